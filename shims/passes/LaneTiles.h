// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Threads divided into tiles:
//
//   row = threadIdx.x / 32; column = threadIdx.x % 32; if (threadIdx.x < 64) ...
//
// Where the first of the threads that run side by side stands at a multiple of their number, `row` and the branch are the same for all of
// them, and `column` grows by 1 from each to the next.

#ifndef CUPORT_PASSES_LANETILES_H
#define CUPORT_PASSES_LANETILES_H

#include "BlockMode.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/Analysis/LoopInfo.h"
#include "llvm/IR/Dominators.h"

namespace cuport {

class LaneTiles {
public:
  using Strides = llvm::DenseMap<const llvm::Instruction *, int64_t>;

  /// Of the step as it stands now, for so many threads side by side. WholeRows: none of them is behind the end of a row of the block.
  /// Known: what grows by so much whatever is found here.
  LaneTiles(const Step &S, unsigned Threads, bool WholeRows, Strides Known = Strides());

  /// Whether V is the same for all, as a quotient is.
  bool isUniform(const llvm::Value &V) const;
  /// By how much V, which is a remainder or made of one, grows from thread to thread.
  std::optional<int64_t> strideOf(const llvm::Instruction &I) const;
  /// Whether V grows so without ever wrapping around, for threads that run its block and for others.
  bool isLinear(const llvm::Value &V) const;

  /// Whether there are no such values.
  bool empty() const;
  /// Of the place parameters those, as bits, that must be multiples of Threads for what has been answered.
  uint32_t multiples() const { return Multiples; }

private:
  /// A number that the first thread has with so many zeros at its end, and which grows from thread to thread.
  struct Tile {
    int64_t Stride = 0;
    unsigned Zeros = 0;
    uint32_t Multiples = 0; ///< what this relies on, as above

    bool operator==(const Tile &) const = default;
  };
  using MaybeTile = std::optional<Tile>; ///< nothing: not known to be one

  /// The number of V's low bits in which threads differ, if they share all others.
  std::optional<unsigned> bitsOf(const MaybeTile &Of, const llvm::Value &V) const;
  MaybeTile of(const llvm::Use &U) const;
  MaybeTile of(const llvm::Value &V) const;
  MaybeTile compute(const llvm::Instruction &I) const;
  MaybeTile computePhi(const llvm::PHINode &Phi) const;
  MaybeTile keepBits(const Tile &Number, const llvm::Value &V, const llvm::APInt &Mask) const;
  bool isSame(const llvm::ICmpInst &Compare, uint32_t &Relied) const;

  const Step &S;
  const unsigned ThreadBits;
  const bool WholeRows;
  const Strides Known;
  llvm::DominatorTree Tree;
  llvm::LoopInfo Loops;
  llvm::DenseMap<const llvm::Instruction *, MaybeTile> Tiles;
  mutable uint32_t Multiples = 0;
};

} // namespace cuport

#endif
