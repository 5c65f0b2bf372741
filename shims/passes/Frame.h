// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a thread keeps from one region to the next: which values, and where.

#ifndef CUPORT_PASSES_FRAME_H
#define CUPORT_PASSES_FRAME_H

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/IR/IRBuilder.h"

namespace cuport {

using ValueSet = llvm::SmallSetVector<llvm::Instruction *, 16>;

/// For each of Blocks, the instructions whose values it or its successors use and that stand elsewhere.
llvm::MapVector<llvm::BasicBlock *, ValueSet> liveInto(llvm::Function &F, llvm::ArrayRef<llvm::BasicBlock *> Blocks);

/// Lays slots out. An offset is a multiple of the slot's alignment, and so is the array's begin, which is a multiple of it.
class Frame {
public:
  explicit Frame(uint32_t Reserved) : Size(Reserved) {}

  /// A slot of Bytes; the alignment is at most 16, the frames' own being larger.
  uint32_t add(uint64_t Bytes, llvm::Align Alignment) {
    Size = llvm::alignTo(Size, Alignment);
    const uint32_t Offset = Size;
    Size += llvm::alignTo(Bytes, Alignment);
    return Offset;
  }
  uint32_t size() const { return llvm::alignTo(Size, 16); }

private:
  uint32_t Size;
};

/// Moves to the entry block what only depends on arguments and costs little, together with what it needs; false if I is not of
/// that kind. Such a value is computed anew in each region instead of kept.
bool hoistToEntry(llvm::Instruction &I, llvm::BasicBlock &Entry);

} // namespace cuport

#endif
