// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// One inline PTX statement on its way to LLVM's instructions.
//
//   registers and operands  ->  allocas of their bits, which LLVM turns into values
//   labels, predicates      ->  basic blocks
//   each instruction        ->  by its opcode: Ptx.cpp, PtxArithmetic.cpp, PtxWarp.cpp,
//   PtxMatrix.cpp, PtxVideo.cpp

#ifndef CUPORT_PASSES_PTXSTATEMENT_H
#define CUPORT_PASSES_PTXSTATEMENT_H

#include "Intrinsics.h"

#include "Ptx/Parser.h"

#include "llvm/IR/IRBuilder.h"
#include "llvm/IR/InlineAsm.h"
#include "llvm/IR/IntrinsicInst.h"

namespace cuport {

/// The comparison of signed integers that PTX calls Name; BAD_ICMP_PREDICATE where it is none.
llvm::CmpInst::Predicate signedRelation(llvm::StringRef Name);

class PtxStatement {
public:
  PtxStatement(llvm::CallInst &Call, const ptx::Program &Program)
      : Call(Call), Program(Program), M(*Call.getModule()), B(&Call) {}

  /// The instruction that has no meaning here; "" when all have been written and the call's result
  /// replaced.
  std::string run();

private:
  using Value = llvm::Value;
  using StringRef = llvm::StringRef;

  // Ptx.cpp: operands and control.
  bool takeOperands(llvm::InlineAsm &Asm);
  void giveResults();
  llvm::AllocaInst *makeSlot(llvm::Type *T);
  llvm::AllocaInst *slotOf(const ptx::Operand &O);
  void branch(llvm::BasicBlock *To);
  void writeGuarded(const ptx::Instruction &I);
  bool write(const ptx::Instruction &I);
  bool control(const ptx::Instruction &I);
  bool memory(const ptx::Instruction &I);
  bool asyncCopy(const ptx::Instruction &I);
  bool atomic(const ptx::Instruction &I);
  bool addresses(const ptx::Instruction &I);
  bool isInSpace(const ptx::Instruction &I);
  bool moveParts(const ptx::Instruction &I);
  Value *special(StringRef Name);
  Value *warpNumber(bool Count);

  // PtxArithmetic.cpp: null where the instruction is not its own.
  Value *arithmetic(const ptx::Instruction &I);
  Value *floating(const ptx::Instruction &I);
  Value *unaryMath(StringRef Op);
  Value *product(const ptx::Instruction &I);
  Value *carrying(const ptx::Instruction &I);
  Value *bits(const ptx::Instruction &I);
  Value *field(const ptx::Instruction &I);
  Value *dot(const ptx::Instruction &I);
  bool compare(const ptx::Instruction &I);
  Value *convert(const ptx::Instruction &I);
  Value *lookUp(Value *A, Value *X, Value *C, unsigned Table);
  Value *permute(StringRef Mode);
  Value *shift(llvm::Instruction::BinaryOps Way, Value *V, Value *Count);
  Value *toBFloat(Value *Float);
  Value *toHalf(Value *Float);
  Value *fromBFloat(Value *Bits);
  Value *clampToOne(Value *V);
  Value *minMax(bool Min, bool Nan, Value *A, Value *X);

  // PtxWarp.cpp.
  bool warp(const ptx::Instruction &I);
  bool shuffle(const ptx::Instruction &I);
  Value *lanes(Value *Mask);
  Value *lane() { return intrinsic(Intrinsic::Lane); }
  Value *takeFrom(Value *V, Value *Lane);

  // PtxMatrix.cpp.
  bool matrix(const ptx::Instruction &I);
  bool loadMatrix(const ptx::Instruction &I);
  bool storeMatrix(const ptx::Instruction &I);
  bool multiplyMatrices(const ptx::Instruction &I);

  // PtxVideo.cpp.
  bool video(const ptx::Instruction &I);

  // What all of them are written with.
  llvm::Type *typeOf(ptx::Type T);
  llvm::Type *typeOr32(const ptx::Instruction &I, unsigned Behind = 0);
  /// The same bits as a T; wider or narrower by zeros.
  Value *as(Value *V, llvm::Type *T);
  /// An operand's bits as a T; a constant 0 and a refusal where it has no value.
  Value *read(const ptx::Operand &O, llvm::Type *T);
  /// Source operand Index of the running instruction, the destination being operand 0.
  Value *operand(unsigned Index, llvm::Type *T);
  void set(const ptx::Operand &O, Value *V);
  Value *intrinsic(Intrinsic Id, llvm::ArrayRef<Value *> Operands = {}) {
    return B.CreateCall(getIntrinsic(M, Id), Operands);
  }
  Value *runtime(StringRef Name, llvm::Type *Result) {
    return B.CreateCall(M.getOrInsertFunction(Name, Result));
  }
  Value *refuse(llvm::Type *T) {
    Refused = true;
    return llvm::Constant::getNullValue(T);
  }
  /// The generic pointer that [register + offset] means.
  Value *address(const ptx::Operand &O, bool Shared);
  Value *sharedPointer(Value *Address);
  std::optional<uint64_t> constant(unsigned Index);

  llvm::CallInst &Call;
  const ptx::Program &Program;
  llvm::Module &M;
  llvm::IRBuilder<> B;
  llvm::BasicBlock *Rest = nullptr; ///< what follows the statement
  struct Argument {
    llvm::AllocaInst *Slot;
    llvm::Type *Holds;
    Value *Given = nullptr; ///< a constant input
  };
  std::vector<Argument> Arguments; ///< %0, %1 ...
  unsigned OutputCount = 0;
  std::vector<llvm::AllocaInst *> Registers;
  llvm::StringMap<llvm::BasicBlock *> Labels;
  const ptx::Instruction *At = nullptr;
  bool Refused = false;
};

} // namespace cuport

#endif
