// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "LaneArrays.h"
#include "BlockMode.h"
#include "Simplify.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"
#include "llvm/Analysis/ValueTracking.h"
#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InstIterator.h"
#include "llvm/IR/IntrinsicInst.h"
#include "llvm/IR/Operator.h"
#include "llvm/IR/PatternMatch.h"
#include "llvm/Transforms/Utils/BasicBlockUtils.h"

using namespace llvm;

namespace cuport {

/// On a variable that is interleaved: the bytes of an element.
constexpr StringLiteral ElementMetadata = "cuport.element";

uint64_t elementSize(const AllocaInst &Variable) {
  MDNode *Element = Variable.getMetadata(ElementMetadata);
  return Element ? mdconst::extract<ConstantInt>(Element->getOperand(0))->getZExtValue() : 0;
}

uint64_t sizeOf(const AllocaInst &Variable) {
  return alignTo(Variable.getAllocationSize(Variable.getDataLayout())->getFixedValue(), Variable.getAlign());
}

uint64_t pitchOf(const AllocaInst &Variable) {
  const uint64_t Element = elementSize(Variable);
  return Element ? Element : sizeOf(Variable);
}

bool isInterleaved(const Value &Address) {
  SmallVector<const Value *, 4> Bases;
  getUnderlyingObjects(&Address, Bases, nullptr, 0);
  auto *Variable = Bases.empty() ? nullptr : dyn_cast<AllocaInst>(Bases.front());
  return Variable && elementSize(*Variable);
}

namespace {

/// What is done with a variable.
class Uses {
public:
  explicit Uses(AllocaInst &Variable) : Variable(Variable), Layout(Variable.getDataLayout()) { Pointers.insert(&Variable); }

  /// The bytes of an element; 0 if there is no such size. Copies, Moves: what may copy or fill several elements; Moves are stores of zeros
  /// and of what has been loaded for nothing else.
  uint64_t findElement(SmallVectorImpl<MemIntrinsic *> *Copies = nullptr, SmallSetVector<StoreInst *, 8> *Moves = nullptr) {
    this->Copies = Copies;
    this->Moves = Moves;
    for (unsigned Next = 0; Next < Pointers.size(); ++Next)
      for (Use &U : Pointers[Next]->uses())
        if (!add(U))
          return 0;
    if (!isPowerOf2_64(Element) || Element > 8 || Steps % Element != 0 || sizeOf(Variable) % Element != 0)
      return 0;
    // What joins pointers joins those to this variable only.
    const bool Joins = all_of(Pointers, [&](Instruction *Pointer) {
      auto isOurs = [&](Value *V) { return isa<UndefValue>(V) || (isa<Instruction>(V) && Pointers.contains(cast<Instruction>(V))); };
      if (auto *Phi = dyn_cast<PHINode>(Pointer))
        return all_of(Phi->incoming_values(), isOurs);
      auto *Either = dyn_cast<SelectInst>(Pointer);
      return !Either || (isOurs(Either->getTrueValue()) && isOurs(Either->getFalseValue()));
    });
    return Joins ? Element : 0;
  }

  void interleave(unsigned Threads) {
    const Align Most(Element);
    forAccesses([&](Instruction &Access) {
      if (auto *Load = dyn_cast<LoadInst>(&Access))
        Load->setAlignment(std::min(Load->getAlign(), Most));
      else
        cast<StoreInst>(Access).setAlignment(std::min(cast<StoreInst>(Access).getAlign(), Most));
    });
    for (Instruction *Pointer : Pointers)
      if (auto *Place = dyn_cast<GetElementPtrInst>(Pointer))
        spread(*Place, Threads);
    LLVMContext &Context = Variable.getContext();
    Variable.setMetadata(ElementMetadata,
                         MDNode::get(Context, ConstantAsMetadata::get(ConstantInt::get(Type::getInt64Ty(Context), Element))));
  }

  void forAccesses(function_ref<void(Instruction &)> Do) {
    for (Instruction *Pointer : Pointers)
      for (User *U : Pointer->users())
        if (isa<LoadInst, StoreInst>(U))
          Do(*cast<Instruction>(U));
  }

private:
  bool add(Use &U) {
    auto *I = cast<Instruction>(U.getUser());
    if (auto *Load = dyn_cast<LoadInst>(I)) {
      auto *Move = Load->hasOneUse() ? dyn_cast<StoreInst>(Load->user_back()) : nullptr;
      return Load->isSimple() && (Move && isMove(*Move) ? addMove(*Move) : addAccess(*Load->getType()));
    }
    if (auto *Store = dyn_cast<StoreInst>(I)) {
      if (!Store->isSimple() || U.getOperandNo() != StoreInst::getPointerOperandIndex())
        return false;
      return isMove(*Store) ? addMove(*Store) : addAccess(*Store->getValueOperand()->getType());
    }
    if (auto *Place = dyn_cast<GetElementPtrInst>(I))
      return U.getOperandNo() == GetElementPtrInst::getPointerOperandIndex() && !Place->getType()->isVectorTy() && addOffset(*Place);
    if (isa<PHINode, SelectInst>(I)) {
      Pointers.insert(I);
      return true;
    }
    if (isa<MemSetInst, MemCpyInst>(I) && Copies)
      return addCopy(*cast<MemIntrinsic>(I));
    return I->isLifetimeStartOrEnd();
  }

  bool isMove(const StoreInst &Store) const {
    const Value *What = Store.getValueOperand();
    auto *Load = dyn_cast<LoadInst>(What);
    const bool IsCopy = Load && Load->isSimple() && Load->hasOneUse() && What->getType()->isIntegerTy();
    return Moves && Store.isSimple() && Layout.typeSizeEqualsStoreSize(What->getType()) &&
           (IsCopy || match(What, PatternMatch::m_Zero()));
  }

  bool addMove(StoreInst &Move) {
    Steps |= Layout.getTypeStoreSize(Move.getValueOperand()->getType()).getFixedValue();
    Moves->insert(&Move);
    return true;
  }

  bool addAccess(Type &Of) {
    if (!Layout.typeSizeEqualsStoreSize(&Of))
      return false;
    Element = std::max<uint64_t>(Element, Layout.getTypeStoreSize(&Of).getFixedValue());
    return true;
  }

  bool addCopy(MemIntrinsic &Copy) {
    auto *Length = dyn_cast<ConstantInt>(Copy.getLength());
    if (!Length || Length->isZero() || Copy.isVolatile())
      return false;
    Steps |= Length->getZExtValue();
    Copies->push_back(&Copy);
    return true;
  }

  bool addOffset(GetElementPtrInst &Place) {
    SmallMapVector<Value *, APInt, 4> Factors;
    APInt Constant(64, 0);
    if (!Place.collectOffset(Layout, 64, Factors, Constant))
      return false;
    Steps |= Constant.getZExtValue();
    // An index may itself be that of a byte.
    for (const auto &[Index, Factor] : Factors)
      Steps |= Factor.getZExtValue() << std::min(computeKnownBits(Index, Layout).countMinTrailingZeros(), 3u);
    Pointers.insert(&Place);
    return true;
  }

  /// The same place in the variable, where each element is followed by those of the other threads. (Who asks for a copy's original
  /// knows it by its address: nothing goes.)
  void spread(GetElementPtrInst &Place, unsigned Threads) {
    SmallMapVector<Value *, APInt, 4> Factors;
    APInt Constant(64, 0);
    Place.collectOffset(Layout, 64, Factors, Constant);
    IRBuilder<> B(&Place);
    Value *Offset = nullptr;
    for (const auto &[Index, Factor] : Factors) {
      Value *Part = B.CreateMul(B.CreateSExtOrTrunc(Index, B.getInt64Ty()), B.getInt(Factor * Threads));
      Offset = Offset ? B.CreateAdd(Offset, Part) : Part;
    }
    Constant *= Threads;
    if (!Offset || !Constant.isZero())
      Offset = Offset ? B.CreateAdd(Offset, B.getInt(Constant)) : B.getInt(Constant);
    if (Offset)
      Place.replaceAllUsesWith(GetElementPtrInst::Create(B.getInt8Ty(), Place.getPointerOperand(), Offset, "", Place.getIterator()));
  }

  AllocaInst &Variable;
  const DataLayout &Layout;
  SmallSetVector<Instruction *, 16> Pointers;
  SmallVectorImpl<MemIntrinsic *> *Copies = nullptr;
  SmallSetVector<StoreInst *, 8> *Moves = nullptr;
  uint64_t Element = 0;
  uint64_t Steps = 0; ///< all offsets, or'ed: how far they are multiples of a power of two
};

SmallVector<AllocaInst *> variablesOf(Function &F) {
  SmallVector<AllocaInst *> Variables;
  for (Instruction &I : instructions(F))
    if (auto *Variable = dyn_cast<AllocaInst>(&I))
      Variables.push_back(Variable);
  return Variables;
}

/// As a loop over words.
void expand(MemIntrinsic &Copy, uint64_t Word, MDNode *Parallel) {
  BasicBlock *Before = Copy.getParent(), *After = SplitBlock(Before, Copy.getIterator());
  BasicBlock *Words = BasicBlock::Create(Copy.getContext(), "words", Before->getParent(), After);
  Before->getTerminator()->replaceUsesOfWith(After, Words);
  IRBuilder<> B(Words);
  B.SetCurrentDebugLocation(Copy.getDebugLoc());
  PHINode *Offset = B.CreatePHI(B.getInt64Ty(), 2);
  Type *Number = B.getIntNTy(8 * Word);
  Value *What;
  if (auto *Fill = dyn_cast<MemSetInst>(&Copy)) {
    What = wordOf(B, *Fill, Number);
  } else {
    auto &Transfer = cast<MemCpyInst>(Copy);
    LoadInst *Load = B.CreateAlignedLoad(Number, B.CreateGEP(B.getInt8Ty(), Transfer.getRawSource(), Offset),
                                         commonAlignment(Transfer.getSourceAlign().valueOrOne(), Word));
    markParallel(*Load, Parallel);
    What = Load;
  }
  markParallel(*B.CreateAlignedStore(What, B.CreateGEP(B.getInt8Ty(), Copy.getRawDest(), Offset),
                                     commonAlignment(Copy.getDestAlign().valueOrOne(), Word)),
               Parallel);
  Value *Next = B.CreateAdd(Offset, B.getInt64(Word), "", true, true);
  Offset->addIncoming(B.getInt64(0), Before);
  Offset->addIncoming(Next, Words);
  B.CreateCondBr(B.CreateICmpULT(Next, Copy.getLength()), Words, After);
  Copy.eraseFromParent();
}

} // namespace

/// Into moves of words.
static void split(StoreInst &Move, uint64_t Word) {
  auto *Load = dyn_cast<LoadInst>(Move.getValueOperand());
  const uint64_t Size = Move.getDataLayout().getTypeStoreSize(Move.getValueOperand()->getType());
  for (uint64_t Offset = 0; Offset < Size; Offset += Word) {
    IRBuilder<> B(Load ? static_cast<Instruction *>(Load) : &Move);
    Type *Part = B.getIntNTy(8 * Word);
    auto address = [&](Value *Begin) { return B.CreateGEP(B.getInt8Ty(), Begin, B.getInt64(Offset)); };
    Value *What = Constant::getNullValue(Part);
    if (Load) {
      LoadInst *Loaded = B.CreateAlignedLoad(Part, address(Load->getPointerOperand()), commonAlignment(Load->getAlign(), Offset));
      Loaded->copyMetadata(*Load, {LLVMContext::MD_access_group});
      What = Loaded;
    }
    B.SetInsertPoint(&Move);
    StoreInst *Stored = B.CreateAlignedStore(What, address(Move.getPointerOperand()), commonAlignment(Move.getAlign(), Offset));
    Stored->copyMetadata(Move, {LLVMContext::MD_access_group});
  }
  Move.eraseFromParent();
  if (Load)
    Load->eraseFromParent();
}

void expandCopies(Function &F, MDNode *Parallel) {
  MapVector<MemIntrinsic *, uint64_t> Words;
  for (AllocaInst *Variable : variablesOf(F)) {
    SmallVector<MemIntrinsic *> Copies;
    SmallSetVector<StoreInst *, 8> Moves;
    const uint64_t Element = Uses(*Variable).findElement(&Copies, &Moves);
    if (Element == 0)
      continue;
    for (MemIntrinsic *Copy : Copies)
      Words[Copy] = Element;
    for (StoreInst *Move : Moves)
      if (F.getDataLayout().getTypeStoreSize(Move->getValueOperand()->getType()) > Element)
        split(*Move, Element);
  }
  for (auto [Copy, Word] : Words)
    expand(*Copy, Word, Parallel);
}

uint64_t interleaveAccesses(AllocaInst &Variable, unsigned Threads, MDNode *Parallel) {
  Uses Of(Variable);
  const uint64_t Element = Of.findElement();
  if (Element == 0)
    return 0;
  Of.forAccesses([&](Instruction &Access) { Access.setMetadata(LLVMContext::MD_access_group, Parallel); });
  Of.interleave(Threads);
  return Element;
}

void interleaveVariables(Function &F, unsigned Threads) {
  for (AllocaInst *Variable : variablesOf(F)) {
    Uses Of(*Variable);
    if (Of.findElement())
      Of.interleave(Threads);
  }
}

} // namespace cuport
