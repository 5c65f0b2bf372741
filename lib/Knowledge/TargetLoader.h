// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Reads and checks YAML in the format of docs/TargetFormat.md.
//
//   data/targets/*.yaml, --target=FILE  ->  Target  ->  cuport-gen, TargetTable

#ifndef CUPORT_KNOWLEDGE_TARGETLOADER_H
#define CUPORT_KNOWLEDGE_TARGETLOADER_H

#include "Knowledge/Target.h"

#include "llvm/Support/Allocator.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/StringSaver.h"

#include <algorithm>

namespace cuport {

/// Holds what the Targets of files point to.
class TargetMemory {
public:
  llvm::StringRef text(llvm::StringRef Text) { return Text.empty() ? "" : Strings.save(Text); }

  template <typename T> llvm::ArrayRef<T> array(llvm::ArrayRef<T> Elements) {
    static_assert(std::is_trivially_destructible_v<T>);
    T *Copy = Allocator.Allocate<T>(Elements.size());
    std::uninitialized_copy(Elements.begin(), Elements.end(), Copy);
    return {Copy, Elements.size()};
  }

  template <typename T> const T *one(const T &Element) {
    return array(llvm::ArrayRef<T>(Element)).data();
  }

private:
  llvm::BumpPtrAllocator Allocator;
  llvm::UniqueStringSaver Strings{Allocator};
};

/// Reads one file. The error's text is one or more lines "file:line:column: error: text".
llvm::Expected<Target> loadTargetFile(llvm::StringRef Path, TargetMemory &Memory);

/// The same for text already in memory; its identifier is the file name of messages.
llvm::Expected<Target> parseTarget(llvm::MemoryBufferRef Buffer, TargetMemory &Memory);

/// Reads files of different cards, sorted by id: an id or another word for a card stands only once
/// in all of them.
llvm::Expected<std::vector<Target>> loadTargetFiles(llvm::ArrayRef<std::string> Paths,
                                                    TargetMemory &Memory);

/// Facts in the order of their keys; those of one key keep theirs.
llvm::ArrayRef<TargetFact> factsByKey(llvm::ArrayRef<TargetFact> Facts, TargetMemory &Memory);

/// Base with what Over says put over it: facts of the same kind and generation, libraries, names,
/// the naming rule and the descriptions are replaced, traps and remarks are added.
Target overlay(const Target &Base, const Target &Over, TargetMemory &Memory);

} // namespace cuport

#endif
