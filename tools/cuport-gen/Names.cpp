// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Output.h"
#include "Knowledge/Signature.h"
#include "SurfaceTypes.h"
#include "Verbs.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace cuport;
using namespace cuport::gen;
using llvm::StringRef;

static constexpr StringRef Head = R"(// Written by cuport-gen names. Compile it behind the library's own headers, with
//   CUPORT_VERSION  their version, 1000 * major + 10 * minor
//   CUPORT_ABSENT   0: the names these headers should have; 1: those that the rows say they lack
#define CUPORT_IN(SINCE, REMOVED) \
  ((CUPORT_VERSION >= SINCE && (!REMOVED || CUPORT_VERSION < REMOVED)) == !CUPORT_ABSENT)
)";

/// Whether headers of releases that should lack a name are asked for it, too.
enum class Absence { Checked, NotChecked };

static std::string number(Version V) { return std::to_string(1000 * V.Major + 10 * V.Minor); }

/// The class or enum of Types that Name is a member of; empty where it stands in a namespace.
static StringRef classOf(StringRef Name, const llvm::StringSet<> &Types) {
  size_t At = Name.rfind("::");
  StringRef Scope = At == StringRef::npos ? StringRef() : Name.take_front(At);
  return Types.contains(Scope) ? Scope : StringRef();
}

/// A declaration, on one line, that compiles where Name is declared as what the row says.
static std::string use(ApiKind Kind, StringRef Name, const llvm::StringSet<> &Types) {
  StringRef Class = classOf(Name, Types);
  if (Kind == ApiKind::Namespace)
    return ("namespace name = ::" + Name + ";").str();
  if (!Class.empty() && Kind == ApiKind::Enumerator)
    return ("constexpr auto name = ::" + Name + ";").str();
  if (!Class.empty())
    return ("struct name : ::" + Class + " { using ::" + Name + "; };").str();
  return ("using ::" + Name + ";").str();
}

/// A line that compiles where one of the row's signatures is the function's; empty where they do not say: templates.
static std::string checkTypes(const RawRow &Row) {
  std::string Any;
  for (StringRef Text : Row.Signatures) {
    auto S = takeApart(Text);
    if (!S || !S->Template.empty() || StringRef(Row.Cuda).contains("::"))
      return "";
    std::string Parameters;
    for (const Parameter &P : cuport::parameters(S->Parameters))
      Parameters += (Parameters.empty() ? "" : ", ") + P.type();
    Any += (Any.empty() ? "is<" : " || is<") + (S->Return + " (*)(" + Parameters + ")>").str();
  }
  if (Any.empty())
    return "";
  return "template <class F> concept is = requires { static_cast<F>(&::" + Row.Cuda + "); }; static_assert(" + Any +
         ", \"the signature of " + Row.Cuda + "\");";
}

llvm::Error gen::writeNames(llvm::ArrayRef<RawLibrary> Libraries, NameSide Side, StringRef OutputFile) {
  auto nameOf = [Side](const RawRow &Row) -> StringRef {
    return Side == NameSide::Cuda ? Row.Cuda : Side == NameSide::Hip ? Row.Hip : Row.Roc;
  };
  llvm::StringSet<> Types;
  for (const RawLibrary &Library : Libraries)
    for (const RawRow &Row : Library.Rows)
      if (Row.Kind == ApiKind::Type && !nameOf(Row).empty())
        Types.insert(nameOf(Row));

  std::string Text = Head.str();
  unsigned Count = 0;
  auto Check = [&](const RawLibrary &Library, const RawRow &Row, StringRef Name, Version Since, Version Removed, Absence Before = Absence::Checked) {
    std::string Place = " // " + Library.File + ":" + std::to_string(Row.Line) + ": " + Name.str() + "\n";
    auto Add = [&](const std::string &Declaration) {
      Text += "namespace cuport_" + std::to_string(Count++) + " { " + Declaration + " }" + Place;
    };
    Text += std::string("#if ") + (Before == Absence::Checked ? "" : "!CUPORT_ABSENT && ") + "CUPORT_IN(" + number(Since) + ", " + number(Removed) + ")\n";
    if (Row.Kind == ApiKind::Include) {
      Text += "#if !__has_include(<" + Name.str() + ">)\n";
      Add("static_assert(false, \"no such file\");");
      Text += "#endif\n";
    } else {
      bool IsPlain = llvm::all_of(Name, [](char C) { return llvm::isAlnum(C) || C == '_'; });
      if (IsPlain)
        Text += "#ifndef " + Name.str() + "\n";
      Add(use(Row.Kind, Name, Types));
      if (IsPlain)
        Text += "#endif\n";
      std::string Signature = Side == NameSide::Cuda ? checkTypes(Row) : "";
      if (!Signature.empty())
        Add(Signature);
    }
    Text += "#endif\n";
  };
  for (const RawLibrary &Library : Libraries)
    for (const RawRow &Row : Library.Rows) {
      // Versions of the roc* libraries stand nowhere.
      if (!nameOf(Row).empty())
        Check(Library, Row, nameOf(Row), Side == NameSide::Cuda ? Row.CudaSince : Side == NameSide::Hip ? Row.HipSince : Version(),
              Side == NameSide::Cuda ? Row.CudaRemoved : Side == NameSide::Hip ? Row.HipRemoved : Version());
      // Before that release the name may have been another function's, with other types.
      if (Side == NameSide::Hip && !Row.HipLater.empty())
        Check(Library, Row, Row.HipLater, Row.HipRemoved, Version(), Absence::NotChecked);
    }
  return writeIfChanged(OutputFile, Text);
}
