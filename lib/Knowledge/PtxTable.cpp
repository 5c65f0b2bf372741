// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/PtxTable.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/SmallVector.h"

using namespace cuport;
using llvm::StringRef;

// BuiltinPtxGroups and BuiltinPtxRows, written by cuport-gen.
#include "Knowledge/PtxTable.inc"

llvm::ArrayRef<PtxRow> cuport::ptxRows() { return BuiltinPtxRows; }
llvm::ArrayRef<PtxGroup> cuport::ptxGroups() { return BuiltinPtxGroups; }

/// Where an instruction reads or writes tells less of it than how: ld.global.acquire is ld.acquire.
static bool namesSpace(const PtxRow &Row) {
  llvm::SmallVector<StringRef, 4> Parts;
  Row.Name.split(Parts, '.');
  return llvm::any_of(llvm::drop_begin(Parts), [](StringRef P) {
    return llvm::is_contained({"global", "shared", "local", "const", "param"}, P);
  });
}

const PtxRow *cuport::matchPtx(StringRef Instruction) {
  llvm::SmallVector<StringRef, 8> Parts, Wanted;
  llvm::SmallVector<size_t, 8> Places, BestPlaces;
  Instruction.split(Parts, '.', -1, /*KeepEmpty=*/false);
  if (Parts.empty())
    return nullptr;
  const PtxRow *Best = nullptr;
  auto First =
      llvm::partition_point(ptxRows(), [&](const PtxRow &Row) { return Row.Name < Parts.front(); });
  for (const PtxRow &Row : llvm::make_range(First, ptxRows().end())) {
    if (!Row.Name.starts_with(Parts.front()))
      break;
    Wanted.clear();
    Row.Name.split(Wanted, '.');
    if (Wanted.front() != Parts.front())
      continue;
    Places.clear();
    for (size_t I = 1; I < Parts.size() && Places.size() + 1 < Wanted.size(); ++I)
      // shared::cta and L1::no_allocate are shared and L1 with more said.
      if (StringRef Modifier = Wanted[Places.size() + 1];
          Parts[I] == Modifier || Parts[I].split("::").first == Modifier)
        Places.push_back(I);
    if (Places.size() + 1 < Wanted.size())
      continue;
    if (Best && Places.size() < BestPlaces.size())
      continue;
    if (Best && Places.size() == BestPlaces.size() &&
        (namesSpace(Row) != namesSpace(*Best) ? namesSpace(Row) : !(Places < BestPlaces)))
      continue;
    Best = &Row;
    BestPlaces = Places;
  }
  return Best;
}

std::vector<StringRef> cuport::nearestPtx(StringRef Name, unsigned Count) {
  const unsigned Limit = std::max<size_t>(1, Name.size() / 4);
  std::vector<std::pair<unsigned, StringRef>> Near;
  for (const PtxRow &Row : ptxRows())
    if (unsigned Distance = Name.edit_distance(Row.Name, /*AllowReplacements=*/true, Limit + 1);
        Distance <= Limit)
      Near.emplace_back(Distance, Row.Name);
  llvm::sort(Near);
  std::vector<StringRef> Names;
  for (auto &[Distance, Found] : llvm::ArrayRef(Near).take_front(Count))
    Names.push_back(Found);
  return Names;
}
