// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Guard.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/Instructions.h"
#include "llvm/IR/PatternMatch.h"
#include "llvm/Transforms/Utils/ValueMapper.h"

using namespace llvm;

namespace cuport {

static constexpr unsigned MostInstructions = 24;

static BranchInst &branchOf(const Guard &G) { return *cast<BranchInst>(G.Body->getTerminator()); }

/// In neither Body nor the entry: control may not come there.
static bool isElsewhere(const Instruction &I, const BasicBlock &Body) {
  return I.getParent() != &Body && I.getParent() != &Body.getParent()->getEntryBlock();
}

/// What gives the same, and does no harm, wherever it stands.
static bool isArithmetic(const Instruction &I) { return !I.mayReadFromMemory() && isSafeToSpeculativelyExecute(&I); }

/// The instructions that the branch needs, each behind what it needs itself; false if one of them is not to be run twice.
static bool collect(Value *Needed, const BasicBlock &Body, SmallSetVector<Instruction *, MostInstructions> &Chain) {
  auto *I = dyn_cast<Instruction>(Needed);
  if (!I || Chain.contains(I))
    return true;
  if (isa<PHINode, CallBase, AllocaInst>(I) || I->mayHaveSideEffects() || (isElsewhere(*I, Body) && !isArithmetic(*I)))
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

namespace {

/// Whether the threads of a row that go one way are neighbours, as they are for `i < n`.
class RowCheck {
public:
  RowCheck(const Step &S, SmallVectorImpl<Ramp> &Ramps) : S(S), Ramps(Ramps) {}

  /// For the threads for which Condition is Way.
  bool areNeighbours(Value *Condition, bool Way) {
    using namespace PatternMatch;
    Value *A, *B;
    if (match(Condition, m_Not(m_Value(A))))
      return areNeighbours(A, !Way);
    if (Way ? match(Condition, m_LogicalAnd(m_Value(A), m_Value(B))) : match(Condition, m_LogicalOr(m_Value(A), m_Value(B))))
      return areNeighbours(A, Way) && areNeighbours(B, Way);
    auto *Compare = dyn_cast<ICmpInst>(Condition);
    if (!Compare || !Compare->isRelational())
      return slope(Condition) == 0;
    const std::optional<int64_t> Left = slope(Compare->getOperand(0)), Right = slope(Compare->getOperand(1));
    if (!Left || !Right || (*Left != 0 && *Right != 0))
      return false;
    const bool Signed = Compare->isSigned();
    return (*Left == 0 || addRamp(Compare->getOperand(0), *Left, Signed)) &&
           (*Right == 0 || addRamp(Compare->getOperand(1), *Right, Signed));
  }

private:
  /// How much V grows from a thread to the next, modulo its width; nothing if not by the same everywhere.
  std::optional<int64_t> slope(Value *V) {
    if (V == S.place(ThreadXParameter) || V == S.place(LinearParameter))
      return 1;
    if (V == S.place(LaneParameter))
      return std::nullopt;
    auto *I = dyn_cast<Instruction>(V);
    if (!I)
      return 0;
    if (auto Known = Slopes.find(I); Known != Slopes.end())
      return Known->second;
    return Slopes[I] = slopeOf(I);
  }

  std::optional<int64_t> slopeOf(Instruction *I) {
    auto of = [&](unsigned Operand) { return slope(I->getOperand(Operand)); };
    if (all_of(I->operands(), [&](const Use &U) { return slope(U.get()) == 0; }))
      return 0;
    switch (I->getOpcode()) {
    case Instruction::Add:
    case Instruction::Sub: {
      const std::optional<int64_t> A = of(0), B = of(1);
      if (!A || !B)
        return std::nullopt;
      return small(I->getOpcode() == Instruction::Add ? *A + *B : *A - *B);
    }
    case Instruction::Mul:
    case Instruction::Shl: {
      const std::optional<int64_t> A = of(0);
      auto *Factor = dyn_cast<ConstantInt>(I->getOperand(1));
      if (!A || !Factor || Factor->getValue().abs().ugt(Most))
        return std::nullopt;
      if (I->getOpcode() == Instruction::Shl)
        return Factor->getValue().ult(20) ? small(*A << Factor->getZExtValue()) : std::nullopt;
      return small(*A * Factor->getSExtValue());
    }
    case Instruction::SExt:
    case Instruction::ZExt: {
      const std::optional<int64_t> Narrow = of(0);
      return Narrow && addRamp(I->getOperand(0), *Narrow, I->getOpcode() == Instruction::SExt) ? Narrow : std::nullopt;
    }
    case Instruction::Freeze:
      return of(0);
    default:
      return std::nullopt;
    }
  }

  /// A row has at most 1024 threads: of 32 bits, what grows this little wraps around at most once.
  static constexpr int64_t Most = 1 << 20;
  static std::optional<int64_t> small(int64_t Slope) {
    return std::abs(Slope) <= Most ? std::optional(Slope) : std::nullopt;
  }

  bool addRamp(Value *Number, int64_t Slope, bool Signed) {
    if (Number->getType()->getScalarSizeInBits() < 32)
      return false;
    const CmpInst::Predicate Rises = Signed ? CmpInst::ICMP_SLE : CmpInst::ICMP_ULE;
    Ramps.push_back({Number, Slope > 0 ? Rises : CmpInst::getSwappedPredicate(Rises)});
    return true;
  }

  const Step &S;
  SmallVectorImpl<Ramp> &Ramps;
  DenseMap<Instruction *, std::optional<int64_t>> Slopes;
};

/// A copy of the instructions that a value needs, for a step that is called with Operands.
class Copies {
public:
  Copies(IRBuilder<> &Builder, Value *Needed, const BasicBlock &Body, ArrayRef<Value *> Operands) {
    SmallSetVector<Instruction *, MostInstructions> Chain;
    collect(Needed, Body, Chain);
    for (auto [Formal, Operand] : zip(Body.getParent()->args(), Operands))
      Map[&Formal] = Operand;
    for (Instruction *I : Chain) {
      Instruction *Copy = I->clone();
      Builder.Insert(Copy);
      RemapInstruction(Copy, Map, RF_NoModuleLevelChanges | RF_IgnoreMissingLocals);
      Copy->dropLocation();
      if (isElsewhere(*I, Body))
        Copy->dropPoisonGeneratingFlags();
      Map[I] = Copy;
    }
  }

  Value *of(Value *Original) const {
    Value *Copy = Map.lookup(Original);
    return Copy ? Copy : Original; // a constant
  }

private:
  ValueToValueMapTy Map;
};

/// Whether a thread goes a guard's usual way, for a step that is called with Operands.
struct GuardCopy {
  Copies All;
  Value *Goes;

  GuardCopy(IRBuilder<> &Builder, const Guard &G, ArrayRef<Value *> Operands)
      : All(Builder, branchOf(G).getCondition(), *G.Body, Operands), Goes(All.of(branchOf(G).getCondition())) {
    if (G.Usual != 0)
      Goes = Builder.CreateNot(Goes);
  }
};

} // namespace

Guard guardAt(const Step &S, BasicBlock &Body, unsigned Usual) {
  auto *Branch = dyn_cast<BranchInst>(Body.getTerminator());
  if (!Branch || !Branch->isConditional() || !canCopy(Branch->getCondition(), Body))
    return {};
  Guard G = {&Body, Usual, false, {}};
  G.AtEnds = RowCheck(S, G.Ramps).areNeighbours(Branch->getCondition(), Usual == 0);
  return G;
}

Guard guardAtBegin(const Step &S, BasicBlock &Body) {
  auto *Branch = dyn_cast<BranchInst>(Body.getTerminator());
  if (!Branch || !Branch->isConditional())
    return {};
  auto ends = [&](unsigned Successor) {
    // Behind the ends of variables' lives.
    auto *Return = dyn_cast<ReturnInst>(&*find_if_not(*Branch->getSuccessor(Successor),
                                                      [](const Instruction &I) { return I.isLifetimeStartOrEnd(); }));
    return Return && (!Return->getReturnValue() || cast<ConstantInt>(Return->getReturnValue())->isMinusOne());
  };
  return ends(0) == ends(1) ? Guard() : guardAt(S, Body, ends(0));
}

Value *goesUsualWay(IRBuilder<> &Builder, const Guard &G, ArrayRef<Value *> Operands) {
  return GuardCopy(Builder, G, Operands).Goes;
}

Value *rowGoesUsualWay(IRBuilder<> &Builder, const Guard &G, ArrayRef<Value *> First, ArrayRef<Value *> Last) {
  const GuardCopy AtFirst(Builder, G, First), AtLast(Builder, G, Last);
  Value *Goes = Builder.CreateAnd(AtFirst.Goes, AtLast.Goes);
  for (const Ramp &R : G.Ramps)
    Goes = Builder.CreateAnd(Goes, Builder.CreateICmp(R.Order, AtFirst.All.of(R.Number), AtLast.All.of(R.Number)));
  return Goes;
}

Value *rampsHold(IRBuilder<> &Builder, const Guard &G, ArrayRef<Value *> First, ArrayRef<Value *> Last) {
  Value *Hold = Builder.getTrue();
  for (const Ramp &R : G.Ramps)
    Hold = Builder.CreateAnd(Hold, Builder.CreateICmp(R.Order, copyOf(Builder, R.Number, *G.Body, First),
                                                      copyOf(Builder, R.Number, *G.Body, Last)));
  return Hold;
}

bool canCopy(Value *Needed, const BasicBlock &Body) {
  SmallSetVector<Instruction *, MostInstructions> Chain;
  return collect(Needed, Body, Chain);
}

Value *copyOf(IRBuilder<> &Builder, Value *Needed, const BasicBlock &Body, ArrayRef<Value *> Operands) {
  return Copies(Builder, Needed, Body, Operands).of(Needed);
}

void assumeUsualWay(const Guard &G, Value *Assumed) {
  BranchInst &Branch = branchOf(G);
  IRBuilder<> B(&Branch);
  Branch.setCondition(G.Usual == 0 ? B.CreateOr(Branch.getCondition(), Assumed)
                                   : B.CreateAnd(Branch.getCondition(), B.CreateNot(Assumed)));
}

} // namespace cuport
