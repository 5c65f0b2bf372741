// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/TargetTable.h"

#include "Knowledge/BuiltinTargets.h"
#include "Knowledge/TargetLoader.h"

#include "llvm/ADT/STLExtras.h"

using namespace cuport;
using llvm::StringRef;

struct TargetTable::State {
  TargetMemory Memory;
  std::vector<Target> Targets; // sorted by id
};

TargetTable::TargetTable() : S(std::make_unique<State>()) { S->Targets = builtinTargets().vec(); }
TargetTable::~TargetTable() = default;
TargetTable::TargetTable(TargetTable &&) noexcept = default;
TargetTable &TargetTable::operator=(TargetTable &&) noexcept = default;

llvm::Expected<StringRef> TargetTable::addFile(StringRef Path) {
  auto Read = loadTargetFile(Path, S->Memory);
  if (!Read)
    return Read.takeError();
  auto It = llvm::lower_bound(S->Targets, *Read,
                              [](const Target &A, const Target &B) { return A.Id < B.Id; });
  if (It != S->Targets.end() && It->Id == Read->Id)
    *It = overlay(*It, *Read, S->Memory);
  else
    It = S->Targets.insert(It, *Read);
  return It->Id;
}

const Target *TargetTable::find(StringRef Name) const {
  for (const Target &T : S->Targets)
    if (T.Id.equals_insensitive(Name))
      return &T;
  for (const Target &T : S->Targets)
    if (llvm::any_of(T.Aliases, [Name](StringRef Alias) { return Alias.equals_insensitive(Name); }))
      return &T;
  return nullptr;
}

llvm::ArrayRef<Target> TargetTable::targets() const { return S->Targets; }

std::vector<StringRef> TargetTable::nearest(StringRef Name, unsigned Count) const {
  // More than a third of the letters wrong is another word.
  const unsigned Limit = std::max<size_t>(1, Name.size() / 3);
  std::vector<std::pair<unsigned, StringRef>> Found;
  for (const Target &T : S->Targets) {
    unsigned Best = Limit + 1;
    auto Try = [&](StringRef Word) {
      Best = std::min(Best, Name.edit_distance_insensitive(Word, true, Limit + 1));
      // "ascend910" and "moore" lead to the card as well.
      if (Name.size() >= 3 &&
          (Word.starts_with_insensitive(Name) || Name.starts_with_insensitive(Word)))
        Best = std::min(Best, Limit);
    };
    Try(T.Id);
    llvm::for_each(T.Aliases, Try);
    if (Best <= Limit)
      Found.emplace_back(Best, T.Id);
  }
  llvm::sort(Found);
  std::vector<StringRef> Ids;
  for (const auto &[Distance, Id] : Found)
    if (Ids.size() < Count)
      Ids.push_back(Id);
  return Ids;
}
