// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a wide form computes with: values of all threads that run side by side, or of the first of them where that tells the others', and
// which threads come to the block that is being written.

#ifndef CUPORT_PASSES_LANEVALUES_H
#define CUPORT_PASSES_LANEVALUES_H

#include "LaneShapes.h"
#include "llvm/Analysis/TargetTransformInfo.h"
#include "llvm/IR/IRBuilder.h"

namespace cuport {

class LaneValues {
protected:
  LaneValues(llvm::Function &F, const LaneShapes &Shapes, const llvm::TargetTransformInfo &Target, unsigned Threads)
      : F(F), Shapes(Shapes), Target(Target), Threads(Threads), B(F.getContext()) {}

  llvm::VectorType *wide(llvm::Type *Lane) const { return llvm::FixedVectorType::get(Lane, Threads); }
  /// All bits of a lane or none: bits of vectors of i1 would be packed and unpacked all the time.
  llvm::VectorType *maskType() { return wide(B.getInt32Ty()); }
  llvm::AllocaInst *slot(llvm::Type *Of) { return Slots->CreateAlloca(Of); }

  /// Base, Base + Stride, Base + 2 * Stride ...
  llvm::Value *ramp(llvm::Value *Base, int64_t Stride);

  /// The first thread's.
  llvm::Value *first(const llvm::Value &V);
  llvm::Value *first(const llvm::Use &U) { return first(*U.get()); }
  /// All threads'.
  llvm::Value *all(const llvm::Use &U);

  /// An i1: whether any thread comes here; null for a full block.
  llvm::Value *any();
  /// Lanes of i1: which threads come here; null for a full block.
  llvm::Value *comes();
  llvm::Value *comesOrAll() { return Mask ? comes() : llvm::ConstantInt::getTrue(wide(B.getInt1Ty())); }
  llvm::Value *maskOrAll() { return Mask ? Mask : llvm::Constant::getAllOnesValue(maskType()); }

  /// Of an access that may be made where nothing is harmed.
  template <typename T> llvm::Align alignment(const T &Access) {
    return Mask ? std::min(Access.getAlign(), llvm::Align(8)) : Access.getAlign();
  }
  /// Pointer, or where nothing is harmed if no thread comes here.
  llvm::Value *ifAny(llvm::Value *Pointer) { return Mask ? B.CreateSelect(any(), Pointer, Harmless) : Pointer; }

  /// Where nothing is harmed, and LLVM does not know it.
  llvm::Value *unknownHarmless();

  llvm::Function &F; ///< one thread's
  const LaneShapes &Shapes;
  const llvm::TargetTransformInfo &Target;
  const unsigned Threads;
  llvm::IRBuilder<> B;
  llvm::Function *Wide = nullptr;
  std::optional<llvm::IRBuilder<>> Slots; ///< in the entry
  llvm::AllocaInst *Harmless = nullptr;
  llvm::Value *Unknown = nullptr;
  llvm::DenseMap<const llvm::Value *, llvm::AllocaInst *> FirstSlots, AllSlots; ///< of what crosses blocks
  // As the block that is being written has them:
  llvm::DenseMap<const llvm::Value *, llvm::Value *> First, All;
  llvm::Value *Mask = nullptr, *Comes = nullptr, *Any = nullptr;
};

} // namespace cuport

#endif
