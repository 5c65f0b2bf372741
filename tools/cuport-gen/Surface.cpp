// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Output.h"
#include "SurfaceTypes.h"
#include "Verbs.h"

#include "llvm/ADT/StringExtras.h"

using namespace cuport;
using namespace cuport::gen;
using llvm::StringRef;

namespace {

/// A signature taken apart: `template <class T>` `cudaError_t` `(T *p, size_t n = 0)` and what
/// stands behind.
struct Signature {
  StringRef Template, Return, Parameters, Trailing;
};

/// The declarations of a header, by the section they go to.
struct Declarations {
  std::string Macros, Types, C, Cxx;
  bool empty() const { return Macros.empty() && Types.empty() && C.empty() && Cxx.empty(); }
};

} // namespace

/// The position behind the bracket that closes the one at Open, or npos.
static size_t closing(StringRef Text, size_t Open, char Left, char Right) {
  int Depth = 0;
  for (size_t I = Open; I < Text.size(); ++I) {
    Depth += Text[I] == Left;
    if (Text[I] == Right && --Depth == 0)
      return I + 1;
  }
  return StringRef::npos;
}

static std::optional<Signature> takeApart(StringRef Text) {
  Signature S;
  StringRef Rest = Text;
  while (Rest.starts_with("template")) {
    size_t End = closing(Rest, Rest.find('<'), '<', '>');
    if (End == StringRef::npos)
      return std::nullopt;
    Rest = Rest.drop_front(End).ltrim();
  }
  S.Template = Text.drop_back(Rest.size()).rtrim();
  size_t Close = Rest.rfind(')');
  if (Close == StringRef::npos)
    return std::nullopt;
  size_t Open = Close;
  for (int Depth = 1; Depth && Open-- > 0;)
    Depth += (Rest[Open] == ')') - (Rest[Open] == '(');
  if (Open == StringRef::npos || Open == 0)
    return std::nullopt;
  S.Return = Rest.take_front(Open).rtrim();
  S.Parameters = Rest.slice(Open, Close + 1);
  S.Trailing = Rest.drop_front(Close + 1).trim();
  return S;
}

/// `(int a, int b = f(1, 2))` -> `(int a, int b CUPORT_DEFAULT(f(1, 2)))`: C has no default
/// arguments.
static std::string hideDefaults(StringRef Parameters) {
  std::string Text;
  int Depth = 0;
  bool InDefault = false;
  for (char C : Parameters) {
    if (StringRef(")]}").contains(C))
      --Depth;
    if (InDefault && (Depth == 0 || (Depth == 1 && C == ','))) {
      Text = StringRef(Text).rtrim().str() + ")";
      InDefault = false;
    }
    if (StringRef("([{").contains(C))
      ++Depth;
    if (Depth == 1 && C == '=' && !InDefault) {
      Text += "CUPORT_DEFAULT(";
      InDefault = true;
    } else if (!(InDefault && C == ' ' && Text.back() == '(')) {
      Text += C;
    }
  }
  return Text;
}

static llvm::Error declareFunction(const RawLibrary &Library, const RawRow &Row,
                                   Declarations &Out) {
  bool HasC = false, IsDevice = Row.Kind == ApiKind::DeviceFunction;
  for (StringRef Text : Row.Signatures) {
    auto S = takeApart(Text);
    if (!S)
      return rowError(Library, Row, "not a signature such as 'int (float x)': '" + Text + "'");
    std::string Trailing = S->Trailing.empty() ? "" : (" " + S->Trailing).str();
    std::string Return = S->Return.ends_with("*") ? S->Return.str() : (S->Return + " ").str();
    std::string Name = lastName(Row.Cuda).str();
    // Only one function of a name can have C linkage; the others are overloads for C++.
    if (!IsDevice && !HasC && !isCxx(Text) && !isCxx(Row.Cuda)) {
      Out.C += Return + Name + hideDefaults(S->Parameters) + Trailing + ";\n";
      HasC = true;
      continue;
    }
    std::string Head = S->Template.empty() ? "" : (S->Template + " ").str();
    if (IsDevice)
      Head += "CUPORT_DEVICE_FUNCTION ";
    Out.Cxx += inNamespace(Row, Head + Return + Name + S->Parameters.str() + Trailing + ";") + "\n";
  }
  return llvm::Error::success();
}

static bool usesWord(const Declarations &D, StringRef Word) {
  return StringRef(D.C).contains(Word) || StringRef(D.Types).contains(Word);
}

static std::string header(const RawLibrary &Library, const Declarations &D) {
  std::string Guard = "CUPORT_" + StringRef(Library.Id).upper() + "_API_H";
  std::replace(Guard.begin(), Guard.end(), '-', '_');
  std::string Text = "// Written by cuport-gen from lib/Knowledge/data/api/" + Library.Id +
                     ".yaml.\n#ifndef " + Guard + "\n#define " + Guard + "\n";
  if (D.empty())
    return Text + "#endif\n";
  Text += "#include <stddef.h>\n";
  if (usesWord(D, "int8_t") || usesWord(D, "int16_t") || usesWord(D, "int32_t") ||
      usesWord(D, "int64_t") || usesWord(D, "intptr_t"))
    Text += "#include <stdint.h>\n";
  if (usesWord(D, "bool"))
    Text += "#include <stdbool.h>\n";
  if (usesWord(D, "CUPORT_DEFAULT"))
    Text += "#ifdef __cplusplus\n#define CUPORT_DEFAULT(...) = __VA_ARGS__\n"
            "#else\n#define CUPORT_DEFAULT(...)\n#endif\n";
  Text += D.Macros + D.Types;
  if (!D.C.empty())
    Text +=
        "#ifdef __cplusplus\nextern \"C\" {\n#endif\n" + D.C + "#ifdef __cplusplus\n}\n#endif\n";
  if (StringRef(D.Cxx).contains("CUPORT_DEVICE_FUNCTION"))
    Text += "#ifndef CUPORT_DEVICE_FUNCTION\n#define CUPORT_DEVICE_FUNCTION\n#endif\n";
  if (!D.Cxx.empty())
    Text += "#ifdef __cplusplus\n" + D.Cxx + "#endif\n";
  return Text + "#endif\n";
}

llvm::Error gen::writeSurface(llvm::ArrayRef<RawLibrary> Libraries, StringRef Folder) {
  for (const RawLibrary &Library : Libraries) {
    Declarations D;
    auto Types = declareTypes(Library);
    if (!Types)
      return Types.takeError();
    D.Types = std::move(*Types);
    for (const RawRow &Row : Library.Rows) {
      if (Row.Expansion)
        D.Macros +=
            "#define " + Row.Cuda + (Row.Expansion->empty() ? "" : " ") + *Row.Expansion + "\n";
      if (llvm::Error E = declareFunction(Library, Row, D))
        return E;
    }
    if (llvm::Error E =
            writeIfChanged((Folder + "/cuport/" + Library.Id + "_api.h").str(), header(Library, D)))
      return E;
  }
  return llvm::Error::success();
}
