// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// PTX's small matrices, which the 32 lanes of a warp hold together.
//
// A register holds E elements of a row, and the four lanes of a group 4 * E of them one after the
// other. With group = lane / 4 and t = lane % 4:
//   A  register r: row group + 8 * (r % 2), columns (r / 2) * 4 * E + t * E ...
//   B  register r: column group, rows r * 4 * E + t * E ...
//   C  register r of 32 bits: row group + 8 * (r / 2), column 2 * t + r % 2
// (PTX ISA, "Matrix fragments for mma".) Each lane collects what its elements of the product want
// from the others.

#include "PtxStatement.h"

#include "llvm/ADT/StringExtras.h"

using namespace llvm;

namespace cuport {

namespace {

struct Shape {
  unsigned M = 0, N = 0, K = 0;
};

/// m16n8k8
Shape shapeOf(const ptx::Instruction &I) {
  for (StringRef Part : I.Parts) {
    Shape S;
    if (Part.consume_front("m") && !Part.consumeInteger(10, S.M) && Part.consume_front("n") &&
        !Part.consumeInteger(10, S.N) && Part.consume_front("k") && !Part.consumeInteger(10, S.K) &&
        Part.empty())
      return S;
  }
  return {};
}

} // namespace

/// ldmatrix: lane 8 * m + row gives the address of a row of matrix m.
bool PtxStatement::loadMatrix(const ptx::Instruction &I) {
  if (!I.has("m8n8") || !I.has("b16") || I.Operands.size() != 2)
    return false;
  const auto &To = I.Operands[0].What == ptx::Operand::Vector
                       ? I.Operands[0].Elements
                       : std::vector<ptx::Operand>{I.Operands[0]};
  Value *Row = address(I.Operands[1], I.has("shared")), *Address = as(Row, B.getInt64Ty());
  Value *Group = B.CreateAnd(B.CreateLShr(lane(), 2), 7), *T = B.CreateAnd(lane(), 3);
  auto rowOf = [&](unsigned Matrix, Value *Number) {
    return as(takeFrom(Address, B.CreateAdd(Number, B.getInt32(8 * Matrix))), B.getPtrTy());
  };
  std::vector<Value *> Loaded;
  for (unsigned Matrix = 0; Matrix < To.size(); ++Matrix) {
    if (!I.has("trans")) {
      Value *At =
          B.CreatePtrAdd(rowOf(Matrix, Group), B.CreateZExt(B.CreateShl(T, 2), B.getInt64Ty()));
      Loaded.push_back(B.CreateAlignedLoad(B.getInt32Ty(), At, Align(4)));
      continue;
    }
    Value *Both = B.getInt32(0);
    for (unsigned Half = 0; Half < 2; ++Half) {
      Value *From = rowOf(Matrix, B.CreateAdd(B.CreateShl(T, 1), B.getInt32(Half)));
      Value *At = B.CreatePtrAdd(From, B.CreateZExt(B.CreateShl(Group, 1), B.getInt64Ty()));
      Value *Element =
          B.CreateZExt(B.CreateAlignedLoad(B.getInt16Ty(), At, Align(2)), B.getInt32Ty());
      Both = B.CreateOr(Both, B.CreateShl(Element, 16 * Half));
    }
    Loaded.push_back(Both);
  }
  for (auto [O, V] : zip_equal(To, Loaded))
    set(O, V);
  return true;
}

bool PtxStatement::storeMatrix(const ptx::Instruction &I) {
  if (!I.has("m8n8") || !I.has("b16") || I.Operands.size() != 2)
    return false;
  const auto &From = I.Operands[1].What == ptx::Operand::Vector
                         ? I.Operands[1].Elements
                         : std::vector<ptx::Operand>{I.Operands[1]};
  Value *Address = as(address(I.Operands[0], I.has("shared")), B.getInt64Ty());
  Value *Group = B.CreateAnd(B.CreateLShr(lane(), 2), 7), *T = B.CreateAnd(lane(), 3);
  for (auto [Matrix, O] : enumerate(From)) {
    Value *V = read(O, B.getInt32Ty());
    for (unsigned Half = 0; Half < 2; ++Half) {
      // Row group, columns 2t and 2t + 1; with .trans the other way round.
      Value *Pair = B.CreateAdd(B.CreateShl(T, 1), B.getInt32(Half));
      Value *Row = I.has("trans") ? Pair : Group, *Column = I.has("trans") ? Group : Pair;
      Value *At = as(takeFrom(Address, B.CreateAdd(Row, B.getInt32(8 * Matrix))), B.getPtrTy());
      At = B.CreatePtrAdd(At, B.CreateZExt(B.CreateShl(Column, 1), B.getInt64Ty()));
      B.CreateAlignedStore(B.CreateTrunc(B.CreateLShr(V, 16 * Half), B.getInt16Ty()), At, Align(2));
    }
  }
  return true;
}

bool PtxStatement::multiplyMatrices(const ptx::Instruction &I) {
  const Shape S = shapeOf(I);
  if (I.has("sp") || I.has("xor") || I.Operands.size() != 4 || S.M != 16 || S.N != 8 ||
      !I.has("row") || !I.has("col"))
    return false;
  // The last four modifiers are the types of D, A, B and C.
  const size_t Count = I.Parts.size();
  if (Count < 6)
    return false;
  const StringRef DName = I.Parts[Count - 4], AName = I.Parts[Count - 3],
                  BName = I.Parts[Count - 2], CName = I.Parts[Count - 1];
  const bool Bytes = (AName == "s8" || AName == "u8") && (BName == "s8" || BName == "u8");
  const bool Halves = AName == BName && (AName == "f16" || AName == "bf16"),
             Single = AName == "tf32" && BName == "tf32";
  const bool NarrowSum = DName == "f16";
  if (DName != CName || !(Bytes ? DName == "s32"
                                : (Halves && DName == "f32") || (AName == "f16" && NarrowSum) ||
                                      (Single && DName == "f32")))
    return false;
  const unsigned Elements = Bytes    ? 4
                            : Halves ? 2
                                     : 1,
                 Span = 4 * Elements, Blocks = S.K / Span, Bits = 32 / Elements;
  if (S.K % Span || Blocks < 1 || Blocks > 2)
    return false;
  Type *Int32 = B.getInt32Ty(), *SumType = Bytes ? Int32 : B.getFloatTy();
  auto registersOf = [&](unsigned Index) {
    const ptx::Operand &O = I.Operands[Index];
    return O.What == ptx::Operand::Vector ? O.Elements : std::vector<ptx::Operand>{O};
  };
  const auto DRegisters = registersOf(0), ARegisters = registersOf(1), BRegisters = registersOf(2),
             CRegisters = registersOf(3);
  const unsigned SumRegisters = NarrowSum ? 2 : 4;
  if (ARegisters.size() != 2 * Blocks || BRegisters.size() != Blocks ||
      CRegisters.size() != SumRegisters || DRegisters.size() != SumRegisters)
    return false;

  auto element = [&](Value *Register, unsigned Index, StringRef Name) -> Value * {
    if (Name == "tf32") // the low bits do not count
      return B.CreateBitCast(B.CreateAnd(Register, ~0x1fffu), B.getFloatTy());
    Value *Part = B.CreateTrunc(B.CreateLShr(Register, Index * Bits), B.getIntNTy(Bits));
    if (Name == "f16")
      return B.CreateFPExt(B.CreateBitCast(Part, B.getHalfTy()), B.getFloatTy());
    if (Name == "bf16")
      return fromBFloat(Part);
    return Name == "s8" ? B.CreateSExt(Part, Int32) : B.CreateZExt(Part, Int32);
  };
  Value *T = B.CreateAnd(lane(), 3), *GroupBegin = B.CreateAnd(lane(), 28);
  // Sums[row half][column of the two]
  Value *Sums[2][2];
  for (unsigned Row = 0; Row < 2; ++Row)
    for (unsigned Column = 0; Column < 2; ++Column)
      Sums[Row][Column] = NarrowSum ? element(read(CRegisters[Row], Int32), Column, "f16")
                                    : read(CRegisters[2 * Row + Column], SumType);
  for (unsigned Block = 0; Block < Blocks; ++Block) {
    Value *AOwn[2] = {read(ARegisters[2 * Block], Int32), read(ARegisters[2 * Block + 1], Int32)},
          *BOwn = read(BRegisters[Block], Int32);
    for (unsigned Source = 0; Source < 4; ++Source) {
      Value *AFrom[2], *BFrom[2];
      for (unsigned Half = 0; Half < 2; ++Half) {
        AFrom[Half] = takeFrom(AOwn[Half], B.CreateOr(GroupBegin, B.getInt32(Source)));
        // Column 2t + Half of B is with the group of that number.
        BFrom[Half] = takeFrom(BOwn, B.CreateAdd(B.CreateShl(T, 3), B.getInt32(4 * Half + Source)));
      }
      for (unsigned Index = 0; Index < Elements; ++Index)
        for (unsigned Row = 0; Row < 2; ++Row)
          for (unsigned Column = 0; Column < 2; ++Column) {
            Value *X = element(AFrom[Row], Index, AName), *Y = element(BFrom[Column], Index, BName),
                  *&Sum = Sums[Row][Column];
            Sum =
                Bytes ? B.CreateAdd(Sum, B.CreateMul(X, Y)) : B.CreateFAdd(Sum, B.CreateFMul(X, Y));
          }
    }
  }
  for (unsigned Row = 0; Row < 2; ++Row) {
    if (!NarrowSum) {
      set(DRegisters[2 * Row], Sums[Row][0]);
      set(DRegisters[2 * Row + 1], Sums[Row][1]);
      continue;
    }
    auto half = [&](Value *V) {
      return B.CreateZExt(B.CreateBitCast(B.CreateFPTrunc(V, B.getHalfTy()), B.getInt16Ty()),
                          Int32);
    };
    set(DRegisters[Row], B.CreateOr(half(Sums[Row][0]), B.CreateShl(half(Sums[Row][1]), 16)));
  }
  return true;
}

bool PtxStatement::matrix(const ptx::Instruction &I) {
  const StringRef Op = I.opcode();
  if (Op == "ldmatrix")
    return loadMatrix(I);
  if (Op == "stmatrix")
    return storeMatrix(I);
  if (Op == "mma")
    return multiplyMatrices(I);
  if (Op != "movmatrix" || !I.has("m8n8") || !I.has("trans") || I.Operands.size() != 2)
    return false;
  // Element (2t + Half, group) of the source, which lane 4 * row + column / 2 holds, is (group, 2t
  // + Half) of the result.
  Value *Own = operand(1, B.getInt32Ty()), *Result = B.getInt32(0);
  Value *Group = B.CreateAnd(B.CreateLShr(lane(), 2), 7), *T = B.CreateAnd(lane(), 3);
  for (unsigned Half = 0; Half < 2; ++Half) {
    Value *Row = B.CreateAdd(B.CreateShl(T, 1), B.getInt32(Half));
    Value *Given = takeFrom(Own, B.CreateAdd(B.CreateShl(Row, 2), B.CreateLShr(Group, 1)));
    Value *Element =
        B.CreateAnd(B.CreateLShr(Given, B.CreateShl(B.CreateAnd(Group, 1), 4)), 0xffff);
    Result = B.CreateOr(Result, B.CreateShl(Element, 16 * Half));
  }
  set(I.Operands[0], Result);
  return true;
}

} // namespace cuport
