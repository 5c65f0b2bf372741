// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Frame.h"

#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/Instructions.h"

using namespace llvm;

namespace cuport {

MapVector<BasicBlock *, ValueSet> liveInto(Function &F, ArrayRef<BasicBlock *> Blocks) {
  // The usual dataflow: live into a block is what it uses before defining, and what its successors need. What a phi takes is
  // used at the end of the block that it comes from.
  DenseMap<BasicBlock *, ValueSet> In, Uses;
  for (BasicBlock &Block : F) {
    for (Instruction &I : Block)
      for (Use &U : I.operands()) {
        auto *Operand = dyn_cast<Instruction>(U);
        if (!Operand)
          continue;
        BasicBlock *At = &Block;
        if (auto *Phi = dyn_cast<PHINode>(&I))
          At = Phi->getIncomingBlock(U);
        if (Operand->getParent() != At)
          Uses[At].insert(Operand);
      }
  }
  SmallVector<BasicBlock *> Work;
  for (BasicBlock &Block : F)
    Work.push_back(&Block);
  SmallPtrSet<BasicBlock *, 32> Queued(Work.begin(), Work.end());
  while (!Work.empty()) {
    BasicBlock *Block = Work.pop_back_val();
    Queued.erase(Block);
    ValueSet New = Uses.lookup(Block);
    for (BasicBlock *Successor : successors(Block))
      for (Instruction *Value : In[Successor])
        if (Value->getParent() != Block)
          New.insert(Value);
    // A phi's own value is defined at the block's begin: not live into it.
    if (New.size() == In[Block].size())
      continue;
    In[Block] = New;
    for (BasicBlock *Predecessor : predecessors(Block))
      if (Queued.insert(Predecessor).second)
        Work.push_back(Predecessor);
  }
  MapVector<BasicBlock *, ValueSet> Result;
  for (BasicBlock *Block : Blocks)
    Result[Block] = In[Block];
  return Result;
}

static bool isCheap(const Instruction &I) {
  switch (I.getOpcode()) {
  case Instruction::UDiv:
  case Instruction::SDiv:
  case Instruction::URem:
  case Instruction::SRem:
  case Instruction::FDiv:
  case Instruction::FRem:
    return false;
  default:
    return (isa<BinaryOperator>(I) || isa<CastInst>(I) || isa<GetElementPtrInst>(I) || isa<CmpInst>(I) ||
            isa<SelectInst>(I) || isa<FreezeInst>(I)) &&
           isSafeToSpeculativelyExecute(&I);
  }
}

/// The instructions that I needs, I included, in order; false if there are too many, or one must stay.
static bool collect(Instruction &I, BasicBlock &Entry, SmallVectorImpl<Instruction *> &Chain, unsigned Depth) {
  constexpr unsigned MostInstructions = 12;
  if (I.getParent() == &Entry || is_contained(Chain, &I))
    return true;
  if (Depth == 0 || Chain.size() >= MostInstructions || !isCheap(I))
    return false;
  for (Value *Operand : I.operands())
    if (auto *Needed = dyn_cast<Instruction>(Operand); Needed && !collect(*Needed, Entry, Chain, Depth - 1))
      return false;
  Chain.push_back(&I);
  return true;
}

bool hoistToEntry(Instruction &I, BasicBlock &Entry) {
  SmallVector<Instruction *> Chain;
  if (!collect(I, Entry, Chain, 8))
    return false;
  for (Instruction *Moved : Chain) {
    Moved->moveBefore(Entry.getTerminator()->getIterator());
    Moved->dropLocation();
  }
  return true;
}

} // namespace cuport
