// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// CUDA's names over the headers of a HIP release, for a direct binding:
//
//   include cuda_runtime.h -> hip/hip_runtime.h   a header of CUDA's name that includes HIP's, and the renames
//   cudaMalloc -> hipMalloc                       #define cudaMalloc hipMalloc
//   with an argument wrapped or removed           #define cudaMemcpyToSymbol(a0, ...) hipMemcpyToSymbol(HIP_SYMBOL(a0), ...)
//
// A name that this release lacks stays as it is, so that the compiler names it.

#include "Output.h"
#include "Verbs.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"

#include <algorithm>

using namespace cuport;
using namespace cuport::gen;
using llvm::StringRef;

static bool isIdentifier(StringRef Text) {
  return !Text.empty() && !llvm::isDigit(Text[0]) && llvm::all_of(Text, [](char C) { return llvm::isAlnum(C) || C == '_'; });
}

static bool isIn(const RawRow &Row, Version Hip) {
  return !Row.Hip.empty() && (!Row.HipSince.isKnown() || Row.HipSince <= Hip) &&
         (!Row.HipRemoved.isKnown() || Hip < Row.HipRemoved);
}

/// The macro for a call with arguments changed: those up to the last that is have names.
static std::string callMacro(const RawRow &Row) {
  unsigned Named = 0;
  for (const RawArgument &A : Row.Arguments)
    Named = std::max(Named, A.Index + 1);
  std::string Parameters, Arguments;
  for (unsigned I = 0; I < Named; ++I) {
    std::string Name = "a" + std::to_string(I), Value = Name;
    auto Change = llvm::find_if(Row.Arguments, [&](const RawArgument &A) { return A.Index == I; });
    Parameters += Name + ", ";
    if (Change != Row.Arguments.end()) {
      if (Change->What == ArgumentChange::Remove)
        continue;
      Value = Change->What == ArgumentChange::Wrap ? Change->Text + "(" + Name + ")" : "(" + Change->Text + ")(" + Name + ")";
    }
    Arguments += (Arguments.empty() ? "" : ", ") + Value;
  }
  StringRef Rest = Arguments.empty() ? "__VA_ARGS__" : " __VA_OPT__(,) __VA_ARGS__";
  return "#define " + Row.Cuda + "(" + Parameters + "...) " + Row.Hip + "(" + Arguments + Rest.str() + ")\n";
}

/// The text for one row, or "".
static std::string rename(const RawRow &Row, Version Hip) {
  bool Renamable = Row.Kind == ApiKind::Function || Row.Kind == ApiKind::DeviceFunction || Row.Kind == ApiKind::Type ||
                   Row.Kind == ApiKind::Enumerator || Row.Kind == ApiKind::Macro;
  if (!Renamable || !isIn(Row, Hip) || !isIdentifier(Row.Cuda))
    return "";
  if (!Row.Arguments.empty())
    return isIdentifier(Row.Hip) ? callMacro(Row) : "";
  if (Row.Cuda == Row.Hip)
    return "";
  return "#define " + Row.Cuda + " " + Row.Hip + "\n";
}

llvm::Error gen::writeRename(llvm::ArrayRef<RawLibrary> Libraries, Version Hip, StringRef Folder) {
  std::string Renames = "// Written by cuport-gen rename: CUDA's names in HIP " + toString(Hip) + ".\n#pragma once\n";
  for (const RawLibrary &Library : Libraries) {
    for (const RawRow &Row : Library.Rows) {
      Renames += rename(Row, Hip);
      if (Row.Kind != ApiKind::Include || !isIn(Row, Hip))
        continue;
      std::string Text = "// Written by cuport-gen rename.\n#pragma once\n#include <cuport/prelude.h>\n#include <" + Row.Hip +
                         ">\n#include <cuport/rename.h>\n";
      if (llvm::Error E = writeIfChanged((Folder + "/" + Row.Cuda).str(), Text))
        return E;
    }
  }
  return writeIfChanged((Folder + "/cuport/rename.h").str(), Renames);
}
