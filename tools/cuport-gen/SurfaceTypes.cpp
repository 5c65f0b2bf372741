// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "SurfaceTypes.h"
#include "Knowledge/Signature.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

using namespace cuport;
using namespace cuport::gen;
using llvm::StringRef;

llvm::Error gen::signatureError(const RawLibrary &Library, const RawRow &Row, StringRef Text) {
  return rowError(Library, Row, "not a signature such as 'int (float x)': '" + Text + "'");
}

llvm::Error gen::rowError(const RawLibrary &Library, const RawRow &Row,
                          const llvm::Twine &Message) {
  return llvm::createStringError(Library.File + ":" + llvm::Twine(Row.Line) + ":" +
                                 llvm::Twine(Row.Column) + ": error: " + Message);
}

bool gen::isCxx(StringRef Declaration) {
  return Declaration.contains("::") || Declaration.find_first_of("<&") != StringRef::npos;
}

StringRef gen::lastName(StringRef Name) { return Name.substr(Name.rfind(':') + 1); }

std::string gen::inNamespace(const RawRow &Row, const std::string &Declaration) {
  StringRef Name = Row.Cuda;
  if (!Name.contains("::"))
    return Declaration;
  return ("namespace " + Name.drop_back(lastName(Name).size() + 2) + " { " + Declaration + " }")
      .str();
}

namespace {

/// True where what follows a type's name makes it a pointer or reference to that type.
bool isIndirect(StringRef After) {
  for (After = After.ltrim(); After.consume_front("const") || After.consume_front("volatile");)
    After = After.ltrim();
  return After.starts_with("*") || After.starts_with("&");
}

/// `void (*)(int)` and f -> `void (*f)(int)`; `char [16]` and a -> `char a[16]`.
std::string declarator(StringRef Type, StringRef Name) {
  size_t At = Type.find("*)");
  if (At != StringRef::npos)
    ++At;
  else
    At = std::min(Type.find('['), Type.size());
  StringRef Before = Type.take_front(At).rtrim();
  return (Before + (Before.ends_with("*") ? "" : " ") + Name + Type.drop_front(At)).str();
}

class TypeWriter {
public:
  explicit TypeWriter(const RawLibrary &Library) : Library(Library) {}
  llvm::Expected<std::string> write();

private:
  struct Type {
    const RawRow *Row;
    enum { Alias, Enum, Record, ByHand } Kind;
    std::vector<const RawRow *> Enumerators;
    enum { New, Active, Done } State = New;
  };

  llvm::Error collect();
  llvm::Error require(Type &T);
  llvm::Error requireComplete(Type &T);
  llvm::Error requireWords(StringRef Text, const Type &For);
  std::string declare(const Type &T) const;
  Type *find(StringRef Name) {
    auto It = Index.find(Name);
    return It == Index.end() ? nullptr : &Types[It->second];
  }

  const RawLibrary &Library;
  std::vector<Type> Types;
  llvm::StringMap<size_t> Index; ///< of types and, for those of an enum, enumerators
  std::string Text;
};

} // namespace

llvm::Error TypeWriter::collect() {
  for (const RawRow &Row : Library.Rows) {
    if (Row.Kind != ApiKind::Type)
      continue;
    StringRef D = Row.Definition;
    Index[Row.Cuda] = Types.size();
    Types.push_back({&Row,
                     D.empty()                       ? Type::ByHand
                     : D == "enum"                   ? Type::Enum
                     : D == "struct" || D == "union" ? Type::Record
                                                     : Type::Alias,
                     {}});
  }
  for (const RawRow &Row : Library.Rows) {
    if (Row.Kind != ApiKind::Enumerator || Row.Of.empty())
      continue;
    StringRef Of = Row.Of;
    Of.consume_front("enum ");
    Type *Owner = find(Of);
    if (Owner && Owner->Kind == Type::Alias) {
      StringRef Target = Owner->Row->Definition;
      Target.consume_front("enum ");
      Owner = find(Target);
    }
    if (!Owner)
      return rowError(Library, Row,
                      "no row of this file defines '" + Row.Of + "', the enum of '" + Row.Cuda +
                          "'");
    if (Owner->Kind == Type::ByHand)
      continue;
    if (Owner->Kind != Type::Enum)
      return rowError(Library, Row, "'" + Row.Of + "' is not an enum");
    Owner->Enumerators.push_back(&Row);
    Index[Row.Cuda] = Owner - Types.data();
  }
  for (const Type &T : Types)
    if (T.Kind == Type::Enum && T.Enumerators.empty())
      return rowError(Library, *T.Row, "'" + T.Row->Cuda + "' is an enum, but no row is 'of' it");
  return llvm::Error::success();
}

/// Whatever is named in Text has to be declared before For; records named by value have to be
/// complete.
llvm::Error TypeWriter::requireWords(StringRef Text, const Type &For) {
  llvm::Error Problem = llvm::Error::success();
  forEachIdentifier(Text, [&](StringRef Word, StringRef After) {
    Type *T = find(Word);
    if (Problem || !T || T == &For || (T->Kind == Type::Record && isIndirect(After)))
      return;
    Problem = isIndirect(After) ? require(*T) : requireComplete(*T);
  });
  return Problem;
}

/// Writes T and, where it is another name for a record, that record.
llvm::Error TypeWriter::requireComplete(Type &T) {
  if (llvm::Error E = require(T))
    return E;
  if (T.Kind != Type::Alias || T.Row->Definition.find_first_of("*(") != std::string::npos)
    return llvm::Error::success();
  return requireWords(T.Row->Definition, T);
}

llvm::Error TypeWriter::require(Type &T) {
  if (T.State == Type::Done)
    return llvm::Error::success();
  if (T.State == Type::Active)
    return rowError(Library, *T.Row, "'" + T.Row->Cuda + "' contains itself");
  T.State = Type::Active;
  llvm::Error Problem = llvm::Error::success();
  auto Require = [&](StringRef Text) {
    if (!Problem)
      Problem = requireWords(Text, T);
  };
  if (T.Kind == Type::Alias) {
    // Another name for a record needs only its forward declaration, unless it is an array.
    bool IsArray = StringRef(T.Row->Definition).contains('[');
    forEachIdentifier(T.Row->Definition, [&](StringRef Word, StringRef After) {
      Type *Named = find(Word);
      if (!Problem && Named && Named != &T && (Named->Kind != Type::Record || IsArray))
        Problem = require(*Named);
    });
  }
  for (const std::string &Field : T.Row->Fields)
    Require(Field);
  for (const RawRow *Enumerator : T.Enumerators)
    Require(Enumerator->Value);
  if (Problem)
    return Problem;
  T.State = Type::Done;
  std::string Declaration = declare(T);
  if (isCxx(Declaration) || StringRef(T.Row->Cuda).contains("::"))
    Declaration = "#ifdef __cplusplus\n" + inNamespace(*T.Row, Declaration) + "\n#endif";
  if (!Declaration.empty())
    Text += Declaration + "\n";
  return llvm::Error::success();
}

std::string TypeWriter::declare(const Type &T) const {
  std::string Name = lastName(T.Row->Cuda).str();
  switch (T.Kind) {
  case Type::ByHand:
    return "";
  case Type::Alias:
    return "typedef " + declarator(T.Row->Definition, Name) + ";";
  case Type::Record: {
    if (T.Row->Fields.empty())
      return "";
    std::string Body;
    for (const std::string &Field : T.Row->Fields)
      Body += " " + Field + ";";
    return T.Row->Definition + " " + Name + " {" + Body + " };";
  }
  case Type::Enum: {
    std::string Body;
    for (const RawRow *Enumerator : T.Enumerators) {
      Body += (Body.empty() ? "" : ",") + lastName(Enumerator->Cuda).str();
      if (!Enumerator->Value.empty())
        Body += "=" + Enumerator->Value;
    }
    return "typedef enum " + Name + " {" + Body + "} " + Name + ";";
  }
  }
  return "";
}

llvm::Expected<std::string> TypeWriter::write() {
  if (llvm::Error E = collect())
    return std::move(E);
  for (const Type &T : Types)
    if (T.Kind == Type::Record && !StringRef(T.Row->Cuda).contains("::"))
      Text += "typedef " + T.Row->Definition + " " + T.Row->Cuda + " " + T.Row->Cuda + ";\n";
  for (Type &T : Types)
    if (llvm::Error E = require(T))
      return std::move(E);
  return std::move(Text);
}

llvm::Expected<std::string> gen::declareTypes(const RawLibrary &Library) {
  return TypeWriter(Library).write();
}
