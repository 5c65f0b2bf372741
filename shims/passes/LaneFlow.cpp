// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "LaneFlow.h"

#include "llvm/Analysis/PostDominators.h"
#include "llvm/IR/CFG.h"
#include "llvm/IR/Instructions.h"

using namespace llvm;

namespace cuport {

LaneFlow::LaneFlow(Function &F, const Uniformity &Info, function_ref<bool(const BasicBlock &)> IsDear)
    : F(F), Info(Info), Tree(F), Loops(Tree) {
  arrange(nullptr, F.getEntryBlock());
  for (auto [Number, Block] : enumerate(Order))
    Index[Block] = Number;
  findApart();
  do
    findFull();
  while (!linearize(IsDear));
}

/// Appends the blocks of a loop, or of all of the function: those of an inner loop in the place of its header.
void LaneFlow::arrange(const Loop *In, BasicBlock &First) {
  SmallVector<BasicBlock *> Heads; // of inner loops the headers, in reverse
  SmallPtrSet<BasicBlock *, 32> Seen;
  // The loop directly below In that has the block.
  auto below = [&](BasicBlock *Block) {
    Loop *L = Loops.getLoopFor(Block);
    while (L && L->getParentLoop() != In)
      L = L->getParentLoop();
    return L;
  };
  auto visit = [&](auto &Self, BasicBlock *Head) -> void {
    if (!Seen.insert(Head).second)
      return;
    Loop *Inner = Loops.getLoopFor(Head) == In ? nullptr : below(Head);
    SmallVector<BasicBlock *> Next;
    if (Inner)
      Inner->getExitBlocks(Next);
    else
      append_range(Next, successors(Head));
    for (BasicBlock *Successor : reverse(Next))
      if (Successor != &First && (!In || In->contains(Successor)))
        Self(Self, Successor);
    Heads.push_back(Head);
  };
  visit(visit, &First);
  for (BasicBlock *Head : reverse(Heads)) {
    if (Loop *Inner = Loops.getLoopFor(Head) == In ? nullptr : below(Head))
      arrange(Inner, *Head);
    else
      Order.push_back(Head);
  }
}

void LaneFlow::findApart() {
  for (Loop *L : Loops.getLoopsInPreorder()) {
    const Loop *Outer = L->getParentLoop();
    const bool Parting = any_of(L->blocks(), [&](BasicBlock *Block) { return Info.isDivergentAtEnd(*Block); });
    SmallVector<Loop::Edge> Exits;
    L->getExitEdges(Exits);
    const bool IsApart = any_of(Exits, [&](const Loop::Edge &Exit) {
      return Info.isDivergentAtEnd(*Exit.first) || (Parting && !Tree.dominates(Exit.first, L->getLoopLatch())) ||
             (Outer && Apart.contains(Outer) && !Outer->contains(Exit.second));
    });
    if (IsApart)
      Apart.insert(L);
  }
}

void LaneFlow::findFull() {
  PostDominatorTree Joins(F);
  Full.clear();
  for (BasicBlock *Block : Order) {
    if (NotFull.contains(Block))
      continue;
    const Loop *L = Loops.getLoopFor(Block);
    const bool IsHeader = L && L->getHeader() == Block;
    bool All;
    if (IsHeader) {
      All = !Apart.contains(L) && Full.contains(L->getLoopPreheader());
    } else {
      All = all_of(predecessors(Block), [&](BasicBlock *Before) {
        const Loop *Left = Loops.getLoopFor(Before);
        return Full.contains(Before) && !Info.isDivergentAtEnd(*Before) && !(Left && !Left->contains(Block) && Apart.contains(Left));
      });
      for (auto *Above = Tree.getNode(Block)->getIDom(); Above && !All; Above = Above->getIDom()) {
        BasicBlock *A = Above->getBlock();
        All = Full.contains(A) && Loops.getLoopFor(A) == L && Joins.dominates(Block, A);
      }
    }
    if (All)
      Full.insert(Block);
  }
}

/// Fills in how blocks are left. False if some that seemed full are not: control comes by without any thread that wants them.
bool LaneFlow::linearize(function_ref<bool(const BasicBlock &)> IsDear) {
  using Pending = std::set<unsigned>;
  std::vector<Pending> PutOff(Order.size());
  std::vector<std::vector<Pending>> Arriving(Order.size());
  const unsigned Known = NotFull.size();
  Leaves.clear();
  for (auto [Number, Block] : enumerate(Order)) {
    for (const Pending &One : Arriving[Number])
      PutOff[Number].insert(One.begin(), One.end());
    PutOff[Number].erase(Number);
    for (unsigned Later : PutOff[Number])
      if (!all_of(Arriving[Number], [&](const Pending &One) { return One.count(Later); }))
        NotFull.insert(Order[Later]);
    Loop *L = Loops.getLoopFor(Block);
    if (L && L->getHeader() == Block && Apart.contains(L)) {
      SmallVector<BasicBlock *> Exits;
      L->getExitBlocks(Exits);
      for (BasicBlock *Exit : Exits)
        PutOff[Number].insert(Index[Exit]);
    }
    const Pending &Waiting = PutOff[Number];
    Leave &How = Leaves[Block];
    /// To Wanted or what comes before it.
    auto go = [&](const Pending &Wanted) {
      Pending Rest = Waiting;
      Rest.insert(Wanted.begin(), Wanted.end());
      const unsigned First = *Rest.begin();
      Rest.erase(Rest.begin());
      Arriving[First].push_back(std::move(Rest));
      How.Targets.push_back(Order[First]);
    };
    Instruction *End = Block->getTerminator();
    if (isa<ReturnInst>(End)) {
      How.Kind = Leave::Return;
      continue;
    }
    Pending All;
    for (BasicBlock *Successor : successors(Block))
      All.insert(Index[Successor]);
    BasicBlock *Single = Block->getSingleSuccessor();
    if (L && Single == L->getHeader()) {
      How.Kind = Apart.contains(L) ? Leave::Again : Leave::On;
      How.Targets.push_back(Single);
      if (How.Kind == Leave::Again)
        go({});
    } else if (Single && !Full.contains(Block) && !Full.contains(Single) && !Waiting.empty() &&
               (Loops.isLoopHeader(Single) || (Single->getSinglePredecessor() && IsDear(*Single)))) {
      How.Kind = Leave::Skip;
      go(All);
      go({});
    } else if (Single || Info.isDivergentAtEnd(*Block) ||
               any_of(successors(Block), [&](BasicBlock *To) { return L && Apart.contains(L) && !L->contains(To); })) {
      How.Kind = Leave::On;
      go(All);
    } else {
      How.Kind = Leave::Branch;
      for (BasicBlock *Successor : successors(Block))
        go({Index[Successor]});
    }
  }
  for (const BasicBlock *Block : NotFull)
    Full.erase(Block);
  return NotFull.size() == Known;
}

bool LaneFlow::isFromOtherIterations(const BasicBlock &From, const BasicBlock &To) const {
  for (const Loop *L = Loops.getLoopFor(&From); L && !L->contains(&To); L = L->getParentLoop())
    if (Apart.contains(L))
      return true;
  return false;
}

} // namespace cuport
