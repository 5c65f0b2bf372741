// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The style of CUDA's names against the rows: no library is forgotten.

#include "Knowledge/NamePattern.h"

#include "Knowledge/ApiTable.h"

#include "llvm/ADT/STLExtras.h"

#include "gtest/gtest.h"
#include <map>

using namespace cuport;

namespace {

/// Libraries whose names have no style of their own: the language's, and those that stand in
/// namespaces.
constexpr llvm::StringLiteral WithoutStyle[] = {
    "complex",  "cooperative-groups", "cub",        "device", "driver",
    "includes", "keywords",           "libcudacxx", "thrust", "wmma"};

TEST(NamePattern, KnowsMostNamesOfEveryLibrary) {
  ApiTable Table;
  std::map<llvm::StringRef, std::pair<unsigned, unsigned>>
      Counts; // library -> rows, those that look like CUDA's
  for (const ApiRow *Row : Table.rows()) {
    llvm::StringRef Library = Table.libraryOf(*Row).Id;
    if (Row->Kind == ApiKind::Include || Row->Cuda.contains(':') ||
        llvm::is_contained(WithoutStyle, Library))
      continue;
    ++Counts[Library].first;
    Counts[Library].second += looksLikeCuda(Row->Cuda);
  }
  EXPECT_GT(Counts.size(), 15u);
  for (auto [Library, Count] : Counts)
    EXPECT_GE(4 * Count.second, 3 * Count.first)
        << Library.str() << ": " << Count.second << " of " << Count.first;
}

TEST(NamePattern, LeavesOthersAlone) {
  for (llvm::StringRef Name : {"malloc", "custom", "curious", "nppp", "npp", "cu", "NPPX", "nvme",
                               "ncclient", "CUPS_OK", "hipFree"})
    EXPECT_FALSE(looksLikeCuda(Name)) << Name.str();
}

} // namespace
