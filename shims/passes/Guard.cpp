// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Guard.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/IR/Instructions.h"
#include "llvm/Transforms/Utils/ValueMapper.h"

using namespace llvm;

namespace cuport {

static constexpr unsigned MostInstructions = 24;

static BranchInst &branchOf(const Guard &G) { return *cast<BranchInst>(G.Body->getTerminator()); }

/// The instructions that the branch needs, each behind what it needs itself; false if one of them is not to be run twice.
static bool collect(Value *Needed, const BasicBlock &Body, SmallSetVector<Instruction *, MostInstructions> &Chain) {
  auto *I = dyn_cast<Instruction>(Needed);
  if (!I || Chain.contains(I))
    return true;
  const bool Before = I->getParent() != &Body && I->getParent() == &Body.getParent()->getEntryBlock();
  if ((I->getParent() != &Body && !Before) || isa<PHINode, CallBase, AllocaInst>(I) || I->mayHaveSideEffects())
    return false;
  if (auto *Load = dyn_cast<LoadInst>(I)) {
    // What the thread itself has written shortly before.
    for (Instruction &Other : *I->getParent()) {
      if (&Other == I)
        break;
      if (Other.mayWriteToMemory())
        return false;
    }
    if (!Load->isSimple())
      return false;
  }
  for (Value *Operand : I->operands())
    if (!collect(Operand, Body, Chain))
      return false;
  Chain.insert(I);
  return Chain.size() <= MostInstructions;
}

Guard guardAt(BasicBlock &Body, unsigned Usual) {
  auto *Branch = dyn_cast<BranchInst>(Body.getTerminator());
  SmallSetVector<Instruction *, MostInstructions> Chain;
  if (!Branch || !Branch->isConditional() || !collect(Branch->getCondition(), Body, Chain))
    return {};
  return {&Body, Usual};
}

Guard guardAtBegin(BasicBlock &Body) {
  auto *Branch = dyn_cast<BranchInst>(Body.getTerminator());
  if (!Branch || !Branch->isConditional())
    return {};
  auto ends = [&](unsigned Successor) {
    auto *Return = dyn_cast<ReturnInst>(&Branch->getSuccessor(Successor)->front());
    return Return && (!Return->getReturnValue() || cast<ConstantInt>(Return->getReturnValue())->isMinusOne());
  };
  return ends(0) == ends(1) ? Guard() : guardAt(Body, ends(0));
}

Value *goesUsualWay(IRBuilder<> &Builder, const Guard &G, ArrayRef<Value *> Operands) {
  SmallSetVector<Instruction *, MostInstructions> Chain;
  Value *Condition = branchOf(G).getCondition();
  collect(Condition, *G.Body, Chain);
  ValueToValueMapTy Map;
  for (auto [Formal, Operand] : zip(G.Body->getParent()->args(), Operands))
    Map[&Formal] = Operand;
  for (Instruction *I : Chain) {
    Instruction *Copy = I->clone();
    Builder.Insert(Copy);
    RemapInstruction(Copy, Map, RF_NoModuleLevelChanges | RF_IgnoreMissingLocals);
    Copy->dropLocation();
    Map[I] = Copy;
  }
  Value *Goes = Map.lookup(Condition);
  if (!Goes)
    Goes = Condition; // a constant
  return G.Usual == 0 ? Goes : Builder.CreateNot(Goes);
}

void assumeUsualWay(const Guard &G, Value *Assumed) {
  BranchInst &Branch = branchOf(G);
  IRBuilder<> B(&Branch);
  Branch.setCondition(G.Usual == 0 ? B.CreateOr(Branch.getCondition(), Assumed)
                                   : B.CreateAnd(Branch.getCondition(), B.CreateNot(Assumed)));
}

} // namespace cuport
