// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Widen.h"
#include "LaneArrays.h"
#include "LaneCost.h"
#include "LaneFetch.h"
#include "LaneLines.h"
#include "LaneTiles.h"
#include "MathForms.h"
#include "ScalarStep.h"
#include "Simplify.h"
#include "WideForm.h"

#include "llvm/Analysis/OptimizationRemarkEmitter.h"
#include "llvm/Analysis/TargetTransformInfo.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/MDBuilder.h"
#include "llvm/Support/CommandLine.h"

#include <functional>

using namespace llvm;

enum class Widening { Gains, Whole, Always, Never };

static cl::opt<Widening> When("cuport-widen", cl::desc("Run threads of a kernel with loops side by side, in vectors"),
                              cl::values(clEnumValN(Widening::Gains, "gains", "where it is faster"),
                                         clEnumValN(Widening::Whole, "whole", "the same, but not parts of rows"),
                                         clEnumValN(Widening::Always, "always", "where it can be done"),
                                         clEnumValN(Widening::Never, "never", "nowhere")),
                              cl::init(Widening::Gains));

namespace cuport {

namespace {

constexpr uint64_t MostInstructions = 30000;

/// About how many instructions the wide form has.
uint64_t sizeOf(const Function &F, const LaneShapes &Shapes, unsigned Threads) {
  uint64_t Sum = 0;
  for (const Instruction &I : instructions(F)) {
    const Value *Address = getLoadStorePointerOperand(&I);
    Sum += isLaneByLane(I) || (Address && Shapes.of(*Address).Is != Shape::Uniform) ? 3 * Threads : 1;
  }
  return Sum;
}

/// Whether what neighbours load and store are neighbours in memory, or almost.
bool hasOnlyRows(const Function &F, const LaneShapes &Shapes) {
  return all_of(instructions(F), [&](const Instruction &I) {
    const Value *Address = getLoadStorePointerOperand(&I);
    if (!Address)
      return true;
    const Shape Is = Shapes.of(*Address);
    const int64_t Size = F.getDataLayout().getTypeStoreSize(getLoadStoreType(&I)).getFixedValue();
    return Is.Is != Shape::Varying && std::abs(Is.Stride) <= 4 * Size;
  });
}

/// Whether there is a load of one address for those threads that come to it.
bool loadsForSome(const Function &F, const Uniformity &Info, const LaneFlow &Flow) {
  return any_of(F, [&](const BasicBlock &Block) {
    return !Flow.isFull(Block) && any_of(Block, [&](const Instruction &I) { return isa<LoadInst>(I) && Info.isUniform(I.getOperandUse(0)); });
  });
}

/// Whether there is an access for those threads that come to it which the target has no vectors for, as of bytes with AVX2. LLVM makes each
/// by itself, behind a branch that a processor foretells badly.
bool isNarrowForSome(const Function &F, const Uniformity &Info, const LaneFlow &Flow, const TargetTransformInfo &Target, unsigned Threads) {
  auto isNarrow = [&](const Instruction &I) {
    const Value *Address = getLoadStorePointerOperand(&I);
    if (!Address || Info.isUniform(*Address))
      return false;
    auto *Lanes = FixedVectorType::get(getLoadStoreType(&I), Threads);
    return !(isa<LoadInst>(I) ? Target.isLegalMaskedLoad(Lanes, getLoadStoreAlignment(&I), 0)
                              : Target.isLegalMaskedStore(Lanes, getLoadStoreAlignment(&I), 0));
  };
  return any_of(F, [&](const BasicBlock &Block) { return !Flow.isFull(Block) && any_of(Block, isNarrow); });
}

/// Of the numbers of a thread that are extended to the bits of an address, those that grow from thread to thread.
unsigned countRowIndices(const Function &F, const LaneShapes &Shapes) {
  return count_if(instructions(F), [&](const Instruction &I) { return isa<ZExtInst, SExtInst>(I) && Shapes.of(I).Is == Shape::Strided; });
}

/// Whether LLVM's loop vectoriser does as well, over threads whose code has no loop or call: it does not see rows in `a[threadIdx.x % 32]`,
/// nor one load for all in `if (bits & 1) sum ^= table[3]`, makes each access to what lies apart by itself, and asks of each row's index
/// whether it begins anew, but not of more than some (vectorize-scev-check-threshold).
bool isSeenByLlvm(const Function &F, const Uniformity &Info, const LaneFlow &Flow, const LaneShapes &Shapes, const LaneTiles &Tiles) {
  constexpr unsigned MostRowIndices = 16;
  return Tiles.empty() && hasOnlyRows(F, Shapes) && !loadsForSome(F, Info, Flow) && countRowIndices(F, Shapes) <= MostRowIndices;
}

/// Whether most of what is computed in floating point is in double precision.
bool usesDoubles(const Function &F) {
  int More = 0;
  for (const Instruction &I : instructions(F))
    if (I.getType()->isFloatingPointTy())
      More += I.getType()->isDoubleTy() ? 1 : -1;
  return More > 0;
}

/// -Rpass=cuport-lanes, -Rpass-missed=cuport-lanes
void tell(const Kernel &K, const WideStep &W, bool Gains, double Before, double After) {
  OptimizationRemarkEmitter Remarks(K.Body);
  const DiagnosticLocation At(K.Body->getSubprogram());
  auto text = [&](DiagnosticInfoOptimizationBase &&Remark) {
    Remark << ore::NV("Threads", W.Threads) << " threads of " << ore::NV("Kernel", K.Name)
           << (Gains ? " run side by side: cost " : " would gain nothing side by side: cost ") << ore::NV("After", int64_t(After))
           << " instead of " << ore::NV("Before", int64_t(Before));
    Remarks.emit(Remark);
  };
  if (Gains)
    text(OptimizationRemark("cuport-lanes", "Widened", At, &K.Body->getEntryBlock()));
  else
    text(OptimizationRemarkMissed("cuport-lanes", "NotWidened", At, &K.Body->getEntryBlock()));
}

/// InLine, where all threads lie in one line, else Body, of which nothing is left.
Function *joinForms(const Kernel &K, const LaneLines &Lines, Function &InLine, Function &Body,
                    function_ref<Value *(IRBuilder<> &, Value &, ArrayRef<Value *>)> Copy) {
  Function *F = createAround(K, ".wide", Body.getReturnType(), Body.getFunctionType()->params());
  SmallVector<Value *> Operands(make_pointer_range(F->args()));
  IRBuilder<> B(BasicBlock::Create(F->getContext(), "entry", F));
  Value *AreOne = Lines.areOne(B, [&](Value &V) { return Copy(B, V, Operands); });
  BasicBlock *Line = BasicBlock::Create(F->getContext(), "line", F), *Parts = BasicBlock::Create(F->getContext(), "parts", F);
  B.CreateCondBr(AreOne, Line, Parts, MDBuilder(F->getContext()).createLikelyBranchWeights());
  for (auto [Block, Form] : {std::pair(Line, &InLine), std::pair(Parts, &Body)}) {
    Instruction *Last = new UnreachableInst(F->getContext(), Block);
    B.SetInsertPoint(Last);
    if (Value *Result = inlineCall(B, *Form, Operands))
      B.CreateRet(Result);
    else
      B.CreateRetVoid();
    Last->eraseFromParent();
    Form->eraseFromParent();
  }
  return F;
}

enum class Rows { Whole, Part };

/// Alone, a thread leaves out what a condition keeps it from (HeCBench's nw: 2.4 times the cost, and faster); in a loop, where most time
/// goes, they seldom part for that. In a part of a row nothing is without a mask (minisweep, 4 of 8 threads: half the cost, and twice as
/// slow). Of threads in one line the general form is there, too.
constexpr double LeastGainInLoops = 1, LeastGain = 2.5, LeastGainOfPart = 2.5, LeastGainInLine = 1.4;

/// What is known of a step's threads that run side by side.
struct SideBySide {
  SideBySide(const Kernel &K, const Step &S, unsigned Threads, Rows Which, function_ref<bool(const Value &)> CanCheck,
             LaneTiles::Strides Lines = LaneTiles::Strides())
      : Tiles(S, Threads, Which == Rows::Whole, std::move(Lines)),
        Info(K, S, Running::SideBySide,
             [&](const Value &V) { return Tiles.isUniform(V) ? InstructionUniformity::AlwaysUniform : InstructionUniformity::Default; }),
        Flow(*S.Body, Info, [](const BasicBlock &Block) { return any_of(Block, isLaneByLane); }),
        Shapes(S, Info, Flow, Tiles, Threads, CanCheck) {}

  const LaneTiles Tiles;
  const Uniformity Info;
  const LaneFlow Flow;
  const LaneShapes Shapes;
};

class Maker {
public:
  Maker(const Kernel &K, const Step &S, Assumption Assume, Rows Which, FunctionAnalysisManager &Analyses)
      : K(K), From(S, Assume), F(*From.step().Body), Which(Which), Analyses(Analyses), Target(Analyses.getResult<TargetIRAnalysis>(*K.Body)),
        Begin(&S.Body->getEntryBlock()) {
    if (BasicBlock *Next = Begin->getSingleSuccessor(); Next && Next->getSinglePredecessor())
      Begin = Next;
  }

  WideStep run() {
    if (Which == Rows::Part)
      From.endWithRow();
    const unsigned Bits = Target.getRegisterBitWidth(TargetTransformInfo::RGK_FixedWidthVector).getFixedValue();
    if (!From.prepare() || Bits < 128)
      return {};
    auto Return = find_if(F, [](const BasicBlock &Block) { return isa<ReturnInst>(Block.getTerminator()); });
    if (Return == F.end())
      return {};
    // Two registers, and of the widest one: more would be less often as many as a row has.
    W.Threads = std::min(Bits, 256u) / (usesDoubles(F) ? 32 : 16);
    const bool HasLoopsOrCalls = From.hasLoopsOrCalls(Target);
    const double Before = costOfThread(F, Target, Analyses) * W.Threads;
    Analyses.clear(F, F.getName());
    interleaveVariables(F, W.Threads);
    const SideBySide Known(K, From.step(), W.Threads, Which, CanCheck);
    if (sizeOf(F, Known.Shapes, W.Threads) > MostInstructions)
      return {};
    const bool IsNarrow = isNarrowForSome(F, Known.Info, Known.Flow, Target, W.Threads);
    if (!HasLoopsOrCalls && !IsNarrow && isSeenByLlvm(F, Known.Info, Known.Flow, Known.Shapes, Known.Tiles))
      return {};
    const Instruction &End = *Return->getTerminator();
    PartsThreads = End.getNumOperands() && Known.Shapes.at(End.getOperandUse(0)).Is != Shape::Uniform;
    const auto [Body, After] = write(Known);
    const double Least = Which == Rows::Part ? LeastGainOfPart : HasLoopsOrCalls || IsNarrow ? LeastGainInLoops : LeastGain;
    bool Gains = After && (When == Widening::Always || Least * *After < Before);
    if (Which == Rows::Part) {
      W.Least = When == Widening::Always || !Gains ? 1 : static_cast<unsigned>(Least * *After / Before * W.Threads) + 1;
      Gains = Gains && W.Least <= W.Threads / 2;
    } else {
      tell(K, W, Gains, Before, After.value_or(0));
    }
    if (!Gains) {
      Body->eraseFromParent();
      return {};
    }
    fetchRowsAhead(*Body, Target, Analyses);
    W.Body = Body;
    W.Cost = *After;
    W.Gain = Before / *After;
    W.Check.Body = Begin;
    relyOn(W, Known);
    if (Which == Rows::Whole)
      addFormInLine(Known);
    return W;
  }

private:
  /// A form that relies on what is known, and its cost.
  std::pair<Function *, std::optional<double>> write(const SideBySide &Known) {
    Function *Body = writeWideForm(K, From.step(), Known.Flow, Known.Shapes, Target, W.Threads, PartsThreads);
    writeOutVectorMath(*Body, Target);
    simplifyWide(*Body, Analyses);
    const std::optional<double> Cost = costOf(*Body, Target, Analyses);
    Analyses.clear(*Body, Body->getName());
    return {Body, Cost};
  }

  /// On what has been asked of Known so far.
  void relyOn(WideStep &To, const SideBySide &Known) const {
    for (const Ramp &R : Known.Shapes.ramps())
      if (const Ramp New = {From.original(*R.Number), R.Order}; !is_contained(To.Check.Ramps, New))
        To.Check.Ramps.push_back(New);
    To.Multiples |= Known.Tiles.multiples();
  }

  /// Another form in W for threads that all lie in one line, where it gains.
  void addFormInLine(const SideBySide &Known) {
    LaneLines Lines(From.step(), W.Threads, CanCheck);
    if (!Lines.find(Known.Info, Known.Shapes))
      return;
    WideStep Both = W;
    relyOn(Both, Known);
    std::optional<SideBySide> InLine;
    for (bool HasMore = true; HasMore;) {
      InLine.emplace(K, From.step(), W.Threads, Which, CanCheck, Lines.strides());
      HasMore = Lines.find(InLine->Info, InLine->Shapes);
      relyOn(Both, *InLine);
    }
    const auto [Body, Cost] = write(*InLine);
    relyOn(Both, *InLine);
    if (!Cost || LeastGainInLine * *Cost > W.Cost) {
      Body->eraseFromParent();
      return;
    }
    fetchRowsAhead(*Body, Target, Analyses);
    Both.Cost = *Cost;
    Both.Body = joinForms(K, Lines, *Body, *W.Body, [&](IRBuilder<> &B, Value &V, ArrayRef<Value *> Operands) {
      return copyOf(B, From.original(V), *Begin, Operands);
    });
    W = std::move(Both);
  }

  const Kernel &K;
  ScalarStep From;
  Function &F;
  const Rows Which;
  FunctionAnalysisManager &Analyses;
  const TargetTransformInfo &Target;
  BasicBlock *Begin; ///< where the caller computes what it has to check
  const std::function<bool(const Value &)> CanCheck = [this](const Value &Number) {
    Value *Original = From.original(Number);
    return Original && canCopy(Original, *Begin);
  };
  WideStep W;
  bool PartsThreads = false; ///< by what they return
};

} // namespace

static WideStep make(const Kernel &K, const Step &S, Assumption Assume, Rows Which, FunctionAnalysisManager &Analyses) {
  return S.Body->hasOptSize() || When == Widening::Never ? WideStep() : Maker(K, S, Assume, Which, Analyses).run();
}

WideStep widen(const Kernel &K, const Step &S, Assumption Assume, FunctionAnalysisManager &Analyses) {
  return make(K, S, Assume, Rows::Whole, Analyses);
}

WideStep widenPart(const Kernel &K, const Step &S, Assumption Assume, const WideStep &Whole, FunctionAnalysisManager &Analyses) {
  // A part does not cost less.
  if (!Whole.Body || When == Widening::Whole || (When != Widening::Always && Whole.Gain < LeastGainOfPart * 2))
    return {};
  return make(K, S, Assume, Rows::Part, Analyses);
}

} // namespace cuport
