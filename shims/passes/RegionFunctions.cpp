// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What is made of a cut step: the region behind each point, the step for one thread, the table of points, and `block` around them.

#include "LaneCost.h"
#include "LaneLoop.h"
#include "Regions.h"
#include "Uniformity.h"

#include "llvm/ADT/BitVector.h"
#include "llvm/Transforms/Utils/Cloning.h"
#include "llvm/Transforms/Utils/ValueMapper.h"

using namespace llvm;

namespace cuport {

namespace {

/// What the step does behind a point, and of its entry what that needs. Inlining the whole step once for each point would look at
/// all of it each time.
Step regionBehind(const Step &S, BasicBlock &Resume, OneWay Only) {
  Function &F = *S.Body;
  BasicBlock &Entry = F.getEntryBlock();
  Function *Region = Function::Create(F.getFunctionType(), GlobalValue::InternalLinkage, F.getName(), F.getParent());
  Region->copyAttributesFrom(&F);
  ValueToValueMapTy Map;
  for (Argument &Formal : F.args())
    Map[&Formal] = Region->getArg(Formal.getArgNo());
  BasicBlock *Begin = BasicBlock::Create(F.getContext(), "entry", Region);
  auto need = [&](auto &Self, Instruction &I) -> void {
    for (Value *Operand : I.operands())
      if (auto *Needed = dyn_cast<Instruction>(Operand); Needed && Needed->getParent() == &Entry && !Map.count(Needed)) {
        Self(Self, *Needed);
        Map[Needed] = Needed->clone();
        cast<Instruction>(Map[Needed])->insertInto(Begin, Begin->end());
      }
  };
  SmallVector<BasicBlock *> Copies{Begin};
  const auto Blocks = blocksBehind(Resume, Only);
  for (BasicBlock *Block : Blocks) {
    for (Instruction &I : *Block)
      need(need, I);
    BasicBlock *Copy = CloneBasicBlock(Block, Map, "", Region);
    Map[Block] = Copy;
    auto leads = [&](BasicBlock *Before) { return Blocks.contains(Before) && (Before != Only.At || Block == Only.To); };
    for (PHINode &Phi : Copy->phis())
      Phi.removeIncomingValueIf([&](unsigned Index) { return !leads(Phi.getIncomingBlock(Index)); }, false);
    if (Block == Only.At) {
      Copy->getTerminator()->eraseFromParent();
      BranchInst::Create(Only.To, Copy);
    }
    Copies.push_back(Copy);
  }
  remapInstructionsInBlocks(Copies, Map);
  BranchInst::Create(cast<BasicBlock>(Map[&Resume]), Begin);
  return {Region, S.FirstPlace, S.Parallel};
}

/// uint32_t step(arguments, block, linear, point): one thread, for the scheduler.
Function *makeSingle(const Kernel &K, const CutStep &Cut) {
  LLVMContext &Context = K.Body->getContext();
  Type *Pointer = PointerType::getUnqual(Context), *Int32 = Type::getInt32Ty(Context);
  Function *F = createAround(K, ".single", Int32, {Pointer, Pointer, Int32, Int32});
  // Runs where threads are apart, which is seldom: not worth more code than it needs.
  F->addFnAttr(Attribute::OptimizeForSize);
  IRBuilder<> B(BasicBlock::Create(Context, "entry", F));
  B.SetInsertPoint(new UnreachableInst(Context, B.GetInsertBlock()));
  Value *Block = F->getArg(1), *Linear = F->getArg(2);
  const BlockValues Values = loadBlockValues(B, K, Cut.S, F->getArg(0), Block, false);
  Value *Width = Values.Places[BlockDimParameter], *Height = Values.Places[BlockDimParameter + 1];
  Value *Row = B.CreateUDiv(Linear, Width);
  const ThreadValues Thread = {B.CreateURem(Linear, Width), B.CreateURem(Row, Height), B.CreateUDiv(Row, Height), Linear,
                               B.CreateAnd(Linear, B.CreateSub(Values.Places[WarpSizeParameter], B.getInt32(1)))};
  Value *Frames = loadFrames(B, Block), *Threads = loadThreadCount(B, Block);
  Value *Uniform = uniformSlot(B, Cut, Frames, Threads, Linear);
  AllocaInst *Out = B.CreateAlloca(ArrayType::get(B.getInt8Ty(), Cut.UniformSize));
  Out->setAlignment(Align(8));
  B.CreateMemSet(Out, B.getInt8(0), Cut.UniformSize, Align(8));
  Value *Next =
      inlineStep(B, Cut.S, Values, Thread, {Frames, Threads, F->getArg(3), Uniform, Out, B.getInt32(0), B.getFalse()});
  B.CreateMemCpy(Uniform, Align(8), Out, Align(8), Cut.UniformSize);
  Instruction *Dead = &*B.GetInsertPoint();
  B.CreateRet(Next);
  Dead->eraseFromParent();
  return F;
}

GlobalVariable *pointTable(Module &M, ArrayRef<Point> Points) {
  LLVMContext &Context = M.getContext();
  auto number = [&](uint32_t Value) { return ConstantInt::get(Type::getInt32Ty(Context), Value); };
  Constant *Null = ConstantPointerNull::get(PointerType::getUnqual(Context));
  SmallVector<Constant *> Rows;
  for (const Point &P : Points)
    Rows.push_back(ConstantStruct::getAnon({number(static_cast<uint32_t>(P.Kind)), number(P.Operation),
                                            P.Place ? P.Place : Null, ConstantInt::get(Type::getInt64Ty(Context), P.Mask),
                                            number(P.Operand), number(P.Width), number(P.Given), number(P.UniformSize)}));
  Constant *Data = ConstantArray::get(ArrayType::get(Rows.front()->getType(), Rows.size()), Rows);
  return new GlobalVariable(M, Data->getType(), true, GlobalValue::PrivateLinkage, Data, "cuport.points");
}

} // namespace

Value *uniformSlot(IRBuilder<> &B, const CutStep &Cut, Value *Frames, Value *Threads, Value *Linear) {
  Value *Array = B.CreateNUWMul(B.CreateZExt(Threads, B.getInt64Ty()), B.getInt64(Cut.UniformSlot));
  Value *Index = B.CreateNUWMul(B.CreateZExt(Linear, B.getInt64Ty()), B.getInt64(Cut.UniformSize));
  return B.CreateInBoundsPtrAdd(B.CreateInBoundsPtrAdd(Frames, Array), Index);
}

bool comesAgain(const CutStep &Cut, uint32_t Point) {
  SmallVector<uint32_t> Work(Cut.Points[Point].Next.begin(), Cut.Points[Point].Next.end());
  BitVector Seen(Cut.Points.size());
  while (!Work.empty()) {
    const uint32_t Next = Work.pop_back_val();
    if (Next == Point)
      return true;
    if (Next == End || Seen.test(Next))
      continue;
    Seen.set(Next);
    append_range(Work, Cut.Points[Next].Next);
  }
  return false;
}

static void erase(CutStep &Cut) {
  for (const Point &P : Cut.Points)
    for (const Way &W : P.Ways) {
      if (W.Region.Body)
        W.Region.Body->eraseFromParent();
      for (const WideStep *Several : {&W.Wide, &W.Rest})
        if (Several->Body)
          Several->Body->eraseFromParent();
    }
  Cut.S.Body->eraseFromParent();
}

/// Makes functions of what is behind the points.
static void makeFunctions(const Kernel &K, CutStep &Cut, FunctionAnalysisManager &Analyses) {
  for (Point &P : Cut.Points)
    for (auto [Index, W] : enumerate(P.Ways)) {
      W.Region = regionBehind(Cut.S, *P.Resume, P.way(Index));
      const unsigned Assume = Cut.S.FirstPlace + PlaceParameters + AssumeParameter;
      W.Wide = widen(K, W.Region, {Assume, true}, Analyses);
      if (P.Check.Body)
        W.Rest = widen(K, W.Region, {Assume, false}, Analyses);
    }
}

/// What a thread's way through all of them costs: those of loops eight times.
static double costOf(const CutStep &Cut, FunctionAnalysisManager &Analyses) {
  double Sum = 0;
  for (auto [Index, P] : enumerate(Cut.Points))
    for (const Way &W : P.Ways) {
      Function &F = *W.Region.Body;
      const double Once = W.Wide.Body ? W.Wide.Cost / W.Wide.Threads : costOfThread(F, Analyses.getResult<TargetIRAnalysis>(F), Analyses);
      Analyses.clear(F, F.getName());
      Sum += Once * (comesAgain(Cut, Index) ? 8 : 1);
    }
  return Sum;
}

/// Variables of threads lie as it costs less.
static std::optional<CutStep> cutForLeast(const Kernel &K, FunctionAnalysisManager &Analyses) {
  std::optional<CutStep> Cut = cutStep(K, true);
  if (!Cut || Cut->Points.size() == 1)
    return Cut;
  makeFunctions(K, *Cut, Analyses);
  if (!Cut->HasRows)
    return Cut;
  std::optional<CutStep> Apart = cutStep(K, false);
  makeFunctions(K, *Apart, Analyses);
  const bool AsRows = costOf(*Cut, Analyses) < costOf(*Apart, Analyses);
  erase(AsRows ? *Apart : *Cut);
  return AsRows ? Cut : Apart;
}

void makeRegions(CompiledKernel &C, FunctionAnalysisManager &Analyses) {
  const Kernel &K = C.Source;
  std::optional<CutStep> Cut = cutForLeast(K, Analyses);
  if (!Cut)
    return;
  if (Cut->Points.size() == 1) {
    Cut->S.Body->eraseFromParent();
    C.Block = makeLoop(K, Analyses);
    return;
  }
  Module &M = *K.Body->getParent();
  LLVMContext &Context = M.getContext();
  Type *Pointer = PointerType::getUnqual(Context);
  auto number = [&](uint32_t Value) { return ConstantInt::get(Type::getInt32Ty(Context), Value); };
  GlobalVariable *Points = pointTable(M, Cut->Points);
  Function *Single = makeSingle(K, *Cut);
  Function *Lockstep = makeLockstep(K, *Cut, Points, false);
  Constant *Warp = Cut->ByWarp ? makeLockstep(K, *Cut, Points, true)
                               : cast<Constant>(ConstantPointerNull::get(PointerType::getUnqual(Context)));
  Constant *Data = ConstantStruct::getAnon(
      {Single, Lockstep, Warp, Points, number(Cut->Points.size()), number(Cut->UniformSlot), number(Cut->UniformSize)});
  auto *Regions = new GlobalVariable(M, Data->getType(), true, GlobalValue::PrivateLinkage, Data, "cuport.regions");
  C.Block = createAround(K, ".block", Type::getVoidTy(Context), {Pointer, Pointer});
  IRBuilder<> B(BasicBlock::Create(Context, "entry", C.Block));
  callRegions(B, Regions, C.Block->getArg(0), C.Block->getArg(1));
  B.CreateRetVoid();
  C.Frame = Cut->Frame;
  erase(*Cut);
}

} // namespace cuport
