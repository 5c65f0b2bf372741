// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How values differ between threads that are neighbours in x and run side by side: not at all, by the same step from each to the next
// (an address that grows by 4 is a load of a vector), or in some other way.

#ifndef CUPORT_PASSES_LANESHAPES_H
#define CUPORT_PASSES_LANESHAPES_H

#include "Guard.h"
#include "LaneFlow.h"
#include "LaneTiles.h"

namespace cuport {

struct Shape {
  enum Kind { Uniform, Strided, Varying } Is = Uniform;
  int64_t Stride = 0; ///< Strided: from thread to thread, modulo the value's width; of pointers in bytes

  bool operator==(const Shape &) const = default;
};

class LaneShapes {
public:
  /// Can tell of some values of the function that they are ramps for the caller to check (Guard.h).
  LaneShapes(const Step &S, const Uniformity &Info, const LaneFlow &Flow, const LaneTiles &Tiles, unsigned Threads,
             llvm::function_ref<bool(const llvm::Value &)> CanCheck);

  /// Where it is computed.
  Shape of(const llvm::Value &V) const;
  /// Where it is used.
  Shape at(const llvm::Use &U) const;

  /// Whether Number, which is strided, has as a signed or an unsigned number the same step, for threads that run its block.
  bool isLinear(const llvm::Value &Number, bool Signed) const;
  /// Whether that is so by what the caller checks, or because all threads run the block: for the first thread in any case.
  bool isLinearAnyway(const llvm::Value &Number, bool Signed) const;

  /// By how much V, which varies, grows from thread to thread where nothing special happens: an index that is kept within bounds is a
  /// ramp away from these. Nothing is promised.
  std::optional<int64_t> usualStride(const llvm::Value &V) const;

  /// Whether an address is one of memory that only the thread knows of, and where neighbours are rows.
  bool isOwnMemory(const llvm::Value &Address) const;

  /// What isLinear relied on.
  llvm::ArrayRef<Ramp> ramps() const { return Ramps; }

private:
  std::optional<Shape> compute(const llvm::Instruction &I) const;
  std::optional<Shape> computePhi(const llvm::PHINode &Phi) const;
  /// Nothing yet: not visited.
  std::optional<Shape> known(const llvm::Use &U) const;
  std::optional<int64_t> findUsualStride(const llvm::Value &V) const;
  std::optional<int64_t> computeUsualStride(const llvm::Instruction &I) const;
  bool isRamp(const llvm::Value &Number, bool Signed) const;
  bool isLinear(const llvm::Value &Number, bool Signed, llvm::SmallDenseMap<const llvm::Value *, bool> &Asked) const;

  const Step &S;
  const Uniformity &Info;
  const LaneFlow &Flow;
  const LaneTiles &Tiles;
  const unsigned Threads;
  llvm::function_ref<bool(const llvm::Value &)> CanCheck;
  llvm::DenseMap<const llvm::Instruction *, Shape> Shapes; ///< of those that are not uniform
  mutable llvm::SmallVector<Ramp, 2> Ramps;
  mutable llvm::DenseMap<const llvm::Instruction *, std::optional<int64_t>> UsualStrides;
};

} // namespace cuport

#endif
