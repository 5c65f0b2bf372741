// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// CUDA's names over the headers of a card's own SDK, for a direct binding. What becomes of a name says nameOnCard, as for a
// translation:
//
//   cudaMalloc -> musaMalloc, seen or by the rule   #define cudaMalloc musaMalloc
//   cudaX, which the card is known to lack          a declaration that is unavailable, with the reason
//   cudaX, of which nothing is known                nothing: the compiler names it
//   cuda_runtime.h -> musa_runtime.h                a header of CUDA's name that includes the card's, and the names
//   cuda_x.h, of which nothing is known             a header that is an error, with the reason
//   -lcublas -> -lmublas                            a line of cuport/libraries.txt, for cuport-cc

#include "Output.h"
#include "Verbs.h"

#include "Knowledge/CardName.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace cuport;
using namespace cuport::gen;
using llvm::StringRef;

static constexpr Version AnyHip{}; ///< a card with HIP's names is bound by `rename`

/// The row as nameOnCard looks at it.
static ApiRow viewOf(const RawRow &Raw) {
  ApiRow Row{};
  Row.Cuda = Raw.Cuda;
  Row.Kind = Raw.Kind;
  Row.Verdict = Raw.Verdict;
  Row.Hip = Raw.Hip;
  Row.Group = Raw.Group;
  Row.Reason = Raw.Reason;
  Row.Note = Raw.Note;
  return Row;
}

static bool isKnown(const CardName &Name) {
  return Name.State == CardName::Seen || Name.State == CardName::Derived || Name.State == CardName::Origin;
}

static bool isWord(StringRef Text) { return llvm::all_of(Text, [](char C) { return llvm::isAlnum(C) || C == '_'; }); }

static std::string quoted(StringRef Text) {
  std::string Result = "\"";
  for (char C : Text) {
    if (C == '"' || C == '\\')
      Result += '\\';
    Result += C;
  }
  return Result + "\"";
}

/// What a program is told of a name that the card lacks.
static std::string lackText(const RawRow &Row, const CardName &Name, const Target &Card) {
  return (Card.Title + " has nothing for " + Row.Cuda + (Name.Note.empty() ? "" : ": " + Name.Note)).str();
}

/// The text for one row, or "".
static std::string bindName(const RawRow &Row, const Target &Card) {
  if (Row.Kind == ApiKind::Include || Row.Kind == ApiKind::Namespace || !isWord(Row.Cuda))
    return "";
  ApiRow View = viewOf(Row);
  CardName Name = nameOnCard(Card, Row.Cuda, &View, AnyHip);
  if (Name.State == CardName::Lacks)
    return (Row.Kind == ApiKind::Type ? "CUPORT_LACKS_TYPE(" : "CUPORT_LACKS(") + Row.Cuda + ", " +
           quoted(lackText(Row, Name, Card)) + ")\n";
  if (!isKnown(Name) || Name.Name == Row.Cuda || !isWord(Name.Name))
    return "";
  return "#define " + Row.Cuda + " " + Name.Name + "\n";
}

static std::string header(const RawRow &Row, const Target &Card) {
  ApiRow View = viewOf(Row);
  CardName Name = nameOnCard(Card, Row.Cuda, &View, AnyHip);
  std::string Text = "// Written by cuport-gen bind.\n#pragma once\n";
  if (!isKnown(Name))
    return Text + "#error " + quoted("cuport: it is not known what " + Card.Title.str() + " has for " + Row.Cuda) + "\n";
  // A header of the card's that has CUDA's name stands behind this one on the path.
  bool Same = Name.Name == Row.Cuda;
  return Text + "#include <cuport/prelude.h>\n" + (Same ? "#include_next <" : "#include <") + Name.Name +
         ">\n#include <cuport/host_library.h>\n#include <cuport/names.h>\n";
}

/// "cublas mublas", one library a line; what is linked for a library that takes several has them all.
static std::string libraries(const Target &Card) {
  std::string Text;
  for (const TargetLibrary &L : Card.Libraries)
    if (!L.Link.empty()) {
      Text += libraryInfo(L.Key).Spelling;
      for (StringRef Name : llvm::split(L.Link, ','))
        Text += (" " + Name.trim()).str();
      Text += "\n";
    }
  return Text;
}

llvm::Error gen::writeBinding(llvm::ArrayRef<RawLibrary> Libraries, const Target &Card, StringRef Folder) {
  std::string Names = "// Written by cuport-gen bind: CUDA's names on " + Card.Title.str() + ".\n#pragma once\n";
  CardName Driver = nameOnCard(Card, "cuda.h", nullptr, AnyHip);
  if (!isKnown(Driver))
    Names += "#define CUPORT_NO_DRIVER_API 1\n";
  for (const RawLibrary &Library : Libraries)
    for (const RawRow &Row : Library.Rows) {
      Names += bindName(Row, Card);
      if (Row.Kind == ApiKind::Include)
        if (llvm::Error E = writeIfChanged((Folder + "/" + Row.Cuda).str(), header(Row, Card)))
          return E;
    }
  if (llvm::Error E = writeIfChanged((Folder + "/cuport/libraries.txt").str(), libraries(Card)))
    return E;
  return writeIfChanged((Folder + "/cuport/names.h").str(), Names);
}
