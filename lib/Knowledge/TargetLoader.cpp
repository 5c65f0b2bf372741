// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/TargetLoader.h"

#include "Knowledge/TargetReader.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"

using namespace cuport;
using llvm::StringRef;

llvm::Expected<Target> cuport::parseTarget(llvm::MemoryBufferRef Buffer, TargetMemory &Memory) {
  return TargetReader(Buffer, Memory).read();
}

llvm::Expected<Target> cuport::loadTargetFile(StringRef Path, TargetMemory &Memory) {
  auto Buffer = readYamlFile(Path);
  if (!Buffer)
    return Buffer.takeError();
  return parseTarget((*Buffer)->getMemBufferRef(), Memory);
}

llvm::Expected<std::vector<Target>> cuport::loadTargetFiles(llvm::ArrayRef<std::string> Paths,
                                                            TargetMemory &Memory) {
  std::vector<Target> Targets;
  llvm::StringMap<StringRef> Words; // ids and aliases, and the file that has them
  llvm::Error Errors = llvm::Error::success();
  for (const std::string &Path : Paths) {
    auto Read = loadTargetFile(Path, Memory);
    if (!Read) {
      Errors = llvm::joinErrors(std::move(Errors), Read.takeError());
      continue;
    }
    std::vector<StringRef> Mine(Read->Aliases);
    Mine.push_back(Read->Id);
    for (StringRef Word : Mine)
      if (auto [It, New] = Words.try_emplace(Word, Path); !New)
        Errors = llvm::joinErrors(std::move(Errors),
                                  llvm::createStringError(Path + ":1:1: error: card '" + Word +
                                                          "' is already in " + It->second));
    Targets.push_back(*Read);
  }
  if (Errors)
    return std::move(Errors);
  llvm::sort(Targets, [](const Target &A, const Target &B) { return A.Id < B.Id; });
  return Targets;
}

llvm::ArrayRef<TargetFact> cuport::factsByKey(llvm::ArrayRef<TargetFact> Facts,
                                              TargetMemory &Memory) {
  std::vector<TargetFact> Sorted;
  for (const FactInfo &Info : allFacts())
    llvm::copy_if(Facts, std::back_inserter(Sorted),
                  [&](const TargetFact &F) { return F.Key == Info.Key; });
  return Memory.array(llvm::ArrayRef(Sorted));
}
