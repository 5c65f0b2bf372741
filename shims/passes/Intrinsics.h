// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The intrinsics of shims/include/cuport/intrinsics.h as the passes see them, and where their answers stand in the structs of
// shims/backends/cpu/Block.h.

#ifndef CUPORT_PASSES_INTRINSICS_H
#define CUPORT_PASSES_INTRINSICS_H

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/Module.h"
#include <optional>

namespace cuport {

enum class Intrinsic {
  // Where a thread is.
  ThreadIdx,
  BlockIdx,
  BlockDim,
  GridDim,
  WarpSize,
  Lane,
  DynamicSharedSize,
  DynamicShared,
  SharedBase, ///< the passes' own: what static shared variables are offsets from
  // Collectives.
  Barrier,
  BarrierReduce,
  GridBarrier,
  WarpBarrier,
  Shuffle,
  ShuffleInside,
  Vote,
  Match,
  Reduce,
  ActiveMask,
  Sleep, ///< a call of the runtime's, which stays one in `thread`
  // Questions that nobody waits for.
  SharedVariable, ///< the passes' own: where the block has a shared variable of a function that other files call
  AddressSpace,
  // Ends.
  Exit,
  Trap,
  AssertFailed,
};

/// What Intrinsic::AddressSpace answers; as intrinsics.h numbers them.
enum class AddressSpace { Other, Shared, Local, Parameter };

/// What F is; nothing for every other function.
std::optional<Intrinsic> intrinsicOf(const llvm::Function &F);
/// The intrinsic that I calls.
std::optional<Intrinsic> intrinsicOf(const llvm::Instruction &I);

/// The declaration, made if it is missing.
llvm::Function *getIntrinsic(llvm::Module &M, Intrinsic Id);

/// Threads wait for each other there.
bool isCollective(Intrinsic Id);
/// A thread may stop there for others: at collectives, and where it sleeps.
bool isStop(Intrinsic Id);
/// A constant of a thread's life.
bool isPlace(Intrinsic Id);

/// Gives the declarations the attributes that let LLVM's passes treat them well.
void prepareIntrinsics(llvm::Module &M);

/// The cuport_place of I: an array of constants; see Block.h.
llvm::Constant *placeOf(const llvm::Instruction &I);

/// A private constant string; equal texts are one.
llvm::Constant *stringConstant(llvm::Module &M, llvm::StringRef Text);

/// Reads the answer of a place intrinsic; Thread and Block point to the structs.
llvm::Value *loadPlace(llvm::IRBuilder<> &Builder, Intrinsic Id, const llvm::CallBase &Call, llvm::Value *Thread,
                       llvm::Value *Block);

/// The running thread's cuport_thread, and its block.
llvm::Value *loadThread(llvm::IRBuilder<> &Builder);
llvm::Value *loadBlock(llvm::IRBuilder<> &Builder, llvm::Value *Thread);
/// A function of the block's scheduler; it is called with Type.
llvm::Value *loadSchedulerFunction(llvm::IRBuilder<> &Builder, llvm::Value *Block, unsigned Index);
/// Calls the scheduler as Call asks, from Builder's place.
llvm::CallInst *callScheduler(llvm::IRBuilder<> &Builder, Intrinsic Id, llvm::CallBase &Call, llvm::Value *Block);

/// Fields of a cuport_block that only `block` asks for.
llvm::Value *loadFrames(llvm::IRBuilder<> &Builder, llvm::Value *Block);
llvm::Value *loadThreadCount(llvm::IRBuilder<> &Builder, llvm::Value *Block);
/// The scheduler's functions for `block`; see shims/backends/cpu/Regions.h.
void callRegions(llvm::IRBuilder<> &Builder, llvm::Constant *Regions, llvm::Value *Arguments, llvm::Value *Block);
void callSettle(llvm::IRBuilder<> &Builder, llvm::Value *Block, llvm::Value *Point, llvm::Value *First, llvm::Value *Count);
/// Lets other blocks go first.
void callYield(llvm::IRBuilder<> &Builder, llvm::Value *Block);

} // namespace cuport

#endif
