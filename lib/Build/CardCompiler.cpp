// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Build/BuildRule.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/Path.h"

using namespace cuport;
using llvm::StringRef;

namespace {
struct Row {
  StringRef Id, Compiler;
  enum { Nvcc, Clang } Style;
  StringRef Language, Architecture, Libraries;
};
} // namespace

static constexpr Row Rows[] = {
#define VENDOR(ID, VARIABLES, ROOT, COMPILER, STYLE, LANGUAGE, ARCHITECTURE, LIBRARIES)                                               \
  {ID, COMPILER, Row::STYLE, LANGUAGE, ARCHITECTURE, LIBRARIES},
#include "Knowledge/Vendors.def"
};

std::optional<CardCompiler> cuport::compilerOf(const Target &Card) {
  const Row *Found = llvm::find_if(Rows, [&](const Row &R) { return R.Id == Card.Id && R.Style == Row::Clang; });
  if (Found == std::end(Rows))
    return std::nullopt;
  CardCompiler Result;
  Result.Name = llvm::sys::path::filename(Found->Compiler).str();
  // Not where the SDK is, which the compiler finds by itself or is told by the build.
  Result.Language = Found->Language.split(" --").first;
  Result.Architecture = Found->Architecture;
  llvm::SmallVector<StringRef, 2> Libraries;
  Found->Libraries.split(Libraries, ' ', -1, /*KeepEmpty=*/false);
  for (StringRef Each : Libraries)
    Result.Libraries += (Result.Libraries.empty() ? "-l" : " -l") + Each.str();
  return Result;
}
