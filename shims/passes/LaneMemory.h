// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How threads that run side by side load and store: rows as vectors, what lies elsewhere lane by lane.

#ifndef CUPORT_PASSES_LANEMEMORY_H
#define CUPORT_PASSES_LANEMEMORY_H

#include "LaneGroups.h"
#include "LaneValues.h"

namespace cuport {

class LaneMemory : protected LaneValues {
protected:
  LaneMemory(llvm::Function &F, const LaneFlow &Flow, const LaneShapes &Shapes, const llvm::TargetTransformInfo &Target, unsigned Threads)
      : LaneValues(F, Shapes, Target, Threads), Groups(F, Flow, Shapes, Threads) {}

  /// Of what differs between threads.
  void writeLoad(llvm::LoadInst &Load);
  void writeStore(llvm::StoreInst &Store);

private:
  static void copyMetadata(const llvm::Instruction &From, llvm::Instruction &To);

  enum class Row { None, Forward, Backward };

  /// Whether accesses of Lane at the address are one of a vector: from the first thread to the last, or from the last to the first.
  Row rowOf(const llvm::Use &Address, llvm::Type *Lane) const;
  llvm::Value *beginOf(Row Is, const llvm::Use &Address, llvm::Type *Lane);
  /// From the order of threads to that of a row, and back.
  llvm::Value *inOrder(Row Is, llvm::Value *Lanes);
  /// Of threads' own variables, where what no thread may see may be read, and written as it was.
  bool isOwnRow(const llvm::Use &Address, llvm::Type *Lane) const;
  void storeToOwnRow(llvm::Value *What, llvm::Value *Address, llvm::Align A);

  bool isRowUsually(const llvm::Use &Address, llvm::Type *Lane) const;
  static bool mayReadPast(const llvm::Value &Address);
  llvm::Value *isOnOnePage(llvm::Value *Begin, uint64_t Bytes);
  bool leavesOutElements(const llvm::StoreInst &Store);
  void writeRowIfAllCome(Row Is, llvm::StoreInst &Store);
  std::pair<llvm::BasicBlock *, llvm::BasicBlock *> writeEither(llvm::Value *Condition, llvm::function_ref<void()> Whole,
                                                                llvm::function_ref<void()> Apart);
  bool canLeaveOut(const llvm::LoadInst &Load);
  void writeIf(llvm::Value *Condition, llvm::LoadInst &Load, llvm::function_ref<llvm::Value *()> AtOnce);
  void writeRowIf(llvm::Value *IsRow, llvm::Value *Begin, Row Is, llvm::LoadInst &Load);
  std::pair<llvm::Value *, llvm::Value *> findRow(llvm::LoadInst &Load);

  void writeLoadOf(const LaneGroup &Group, llvm::LoadInst &Load);
  void writeStoreOf(const LaneGroup &Group, llvm::StoreInst &Store);
  void transpose(llvm::SmallVectorImpl<llvm::Value *> &Vectors);
  void writeLoadOfRuns(const LaneGroup &Group, llvm::LoadInst &Load);
  void writeStoreOfRuns(const LaneGroup &Group, llvm::StoreInst &Store);

  /// What an address in a place that is the same for all is made of, in the block of the access; nothing if it is not.
  struct Index {
    const llvm::GetElementPtrInst *Place = nullptr;
    const llvm::Use *Number = nullptr;           ///< before it is extended
    const llvm::CastInst *Extension = nullptr;   ///< null if it is not
  };
  Index indexOf(const llvm::Instruction &Access, const llvm::Use &Address) const;
  llvm::Value *addressOf(const Index &Is, llvm::Value *Number);

  /// Of a table that registers hold; false: nothing was done.
  bool writeLookup(llvm::LoadInst &Load);

  llvm::SmallVector<llvm::Value *> addresses(const llvm::Instruction &Access, const llvm::Use &Address, int64_t Offset = 0);
  void writeLoads(llvm::LoadInst &Load);
  void writeStores(llvm::StoreInst &Store);

  const LaneGroups Groups;
  llvm::DenseMap<const LaneGroup *, llvm::SmallVector<llvm::Value *, 8>> LoadedGroups; ///< the threads' halves; of runs what each place has
};

} // namespace cuport

#endif
