// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// PTX's warp instructions, by the intrinsics that CUDA's warp functions are made of.

#include "PtxStatement.h"

using namespace llvm;

namespace cuport {

// The values of the enums in shims/include/cuport/intrinsics.h.
enum ShuffleKind { ShuffleIndex };
enum VoteKind { VoteBallot, VoteAll, VoteAny, VoteUniform };
enum ReduceKind {
  ReduceAdd,
  ReduceMin,
  ReduceMax,
  ReduceUMin,
  ReduceUMax,
  ReduceAnd,
  ReduceOr,
  ReduceXor
};

/// The mask as intrinsics want it: that of all 32 lanes means all there are.
Value *PtxStatement::lanes(Value *Mask) {
  Value *Wide = B.CreateZExt(Mask, B.getInt64Ty());
  return B.CreateSelect(B.CreateICmpEQ(Mask, B.getInt32(-1)), B.getInt64(-1), Wide);
}

/// V of another lane, of the 32 around this one.
Value *PtxStatement::takeFrom(Value *V, Value *Lane) {
  Value *Given = intrinsic(Intrinsic::Shuffle, {B.getInt64(-1), as(V, B.getInt64Ty()),
                                                B.getInt32(ShuffleIndex), Lane, B.getInt32(32)});
  return as(Given, V->getType());
}

/// The lane that is read, as PTX defines it: the control operand cuts the warp in segments (bits 8 to 12) and bounds the lane
/// (bits 0 to 4).
bool PtxStatement::shuffle(const ptx::Instruction &I) {
  Type *Int32 = B.getInt32Ty();
  const bool Pair = I.Operands[0].What == ptx::Operand::Pair;
  if (I.Operands.size() != (I.has("sync") ? 5u : 4u))
    return false;
  Value *Mask = I.has("sync") ? lanes(operand(4, Int32)) : intrinsic(Intrinsic::ActiveMask);
  Value *V = operand(1, Int32), *Control = operand(3, Int32), *Lane = B.CreateAnd(lane(), 31);
  Value *Given = B.CreateAnd(operand(2, Int32), 31);
  Value *Segment = B.CreateAnd(B.CreateLShr(Control, 8), 31);
  Value *Outside = B.CreateXor(Segment, B.getInt32(31));
  Value *Bound =
      B.CreateOr(B.CreateAnd(Lane, Segment), B.CreateAnd(B.CreateAnd(Control, 31), Outside));
  Value *Source = I.has("up")     ? B.CreateSub(Lane, Given)
                  : I.has("down") ? B.CreateAdd(Lane, Given)
                  : I.has("bfly") ? B.CreateXor(Lane, Given)
                  : I.has("idx")
                      ? B.CreateOr(B.CreateAnd(Lane, Segment), B.CreateAnd(Given, Outside))
                      : nullptr;
  if (!Source)
    return false;
  Value *Inside = I.has("up") ? B.CreateICmpSGE(Source, Bound) : B.CreateICmpSLE(Source, Bound);
  Source = B.CreateSelect(Inside, Source, Lane);
  Value *Read = intrinsic(Intrinsic::Shuffle, {Mask, B.CreateZExt(V, B.getInt64Ty()),
                                               B.getInt32(ShuffleIndex), Source, B.getInt32(32)});
  set(Pair ? I.Operands[0].Elements[0] : I.Operands[0], Read);
  if (Pair)
    set(I.Operands[0].Elements[1], Inside);
  return true;
}

bool PtxStatement::warp(const ptx::Instruction &I) {
  const StringRef Op = I.opcode();
  Type *Int32 = B.getInt32Ty(), *Int64 = B.getInt64Ty();
  if (Op == "shfl")
    return shuffle(I);
  if (Op == "activemask") {
    set(I.Operands[0], intrinsic(Intrinsic::ActiveMask));
    return true;
  }
  if (Op == "vote") {
    const int Kind = I.has("ballot") ? VoteBallot
                     : I.has("all")  ? VoteAll
                     : I.has("any")  ? VoteAny
                     : I.has("uni")  ? VoteUniform
                                     : -1;
    if (Kind < 0)
      return false;
    Value *Mask = I.has("sync") ? lanes(operand(2, Int32)) : intrinsic(Intrinsic::ActiveMask);
    Value *P = B.CreateZExt(operand(1, B.getInt1Ty()), Int32);
    Value *Result = intrinsic(Intrinsic::Vote, {Mask, B.getInt32(Kind), P});
    set(I.Operands[0], Kind == VoteBallot ? Result : B.CreateICmpNE(Result, B.getInt64(0)));
    return true;
  }
  if (Op == "match") {
    const bool All = I.has("all"), Pair = I.Operands[0].What == ptx::Operand::Pair;
    Value *Result =
        intrinsic(Intrinsic::Match,
                  {lanes(operand(2, Int32)), as(operand(1, typeOr32(I)), Int64), B.getInt32(All)});
    set(Pair ? I.Operands[0].Elements[0] : I.Operands[0], Result);
    if (Pair)
      set(I.Operands[0].Elements[1], B.CreateICmpNE(Result, B.getInt64(0)));
    return true;
  }
  if (Op == "redux") {
    auto Holds = I.type();
    if (!Holds || Holds->isFloat() || Holds->Bits != 32)
      return false;
    const bool Signed = Holds->What == ptx::Type::Signed;
    const int Kind = I.has("add")   ? ReduceAdd
                     : I.has("min") ? (Signed ? ReduceMin : ReduceUMin)
                     : I.has("max") ? (Signed ? ReduceMax : ReduceUMax)
                     : I.has("and") ? ReduceAnd
                     : I.has("or")  ? ReduceOr
                     : I.has("xor") ? ReduceXor
                                    : -1;
    if (Kind < 0)
      return false;
    Value *V = operand(1, Int32);
    V = Signed ? B.CreateSExt(V, Int64) : B.CreateZExt(V, Int64);
    set(I.Operands[0],
        intrinsic(Intrinsic::Reduce, {lanes(operand(2, Int32)), V, B.getInt32(Kind)}));
    return true;
  }
  if (Op == "elect") {
    // Which lane it is PTX leaves open: the first of the mask.
    if (I.Operands[0].What != ptx::Operand::Pair)
      return false;
    Value *Leader = B.CreateBinaryIntrinsic(llvm::Intrinsic::cttz, operand(1, Int32), B.getFalse());
    set(I.Operands[0].Elements[0], Leader);
    set(I.Operands[0].Elements[1], B.CreateICmpEQ(Leader, B.CreateAnd(lane(), 31)));
    return true;
  }
  return false;
}

} // namespace cuport
