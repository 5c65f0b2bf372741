// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Ptx/HipWriter.h"

#include "gtest/gtest.h"

#include <random>

using namespace cuport::ptx;

static Program parsed(llvm::StringRef Text, Dialect Written = Dialect::Source) {
  auto P = parse(Text, Written);
  if (!P) {
    ADD_FAILURE() << Text.str() << ": " << llvm::toString(P.takeError());
    return {};
  }
  return std::move(*P);
}

static std::string errorOf(llvm::StringRef Text) {
  auto P = parse(Text, Dialect::Source);
  return P ? "" : llvm::toString(P.takeError());
}

TEST(PtxParser, OneInstruction) {
  Program P = parsed("mad.lo.s32 %0, %1, -2, %3;");
  ASSERT_EQ(P.Instructions.size(), 1u);
  const Instruction &I = P.Instructions[0];
  EXPECT_EQ(I.Name, "mad.lo.s32");
  EXPECT_EQ(I.opcode(), "mad");
  EXPECT_TRUE(I.has("lo"));
  EXPECT_FALSE(I.has("mad"));
  ASSERT_EQ(I.Operands.size(), 4u);
  EXPECT_EQ(I.Operands[1].What, Operand::Argument);
  EXPECT_EQ(I.Operands[1].Value, 1u);
  EXPECT_EQ(I.Operands[2].What, Operand::Integer);
  EXPECT_EQ(int64_t(I.Operands[2].Value), -2);
}

TEST(PtxParser, RegistersPredicatesAndScopes) {
  Program P = parsed("{ .reg .pred p; .reg .b32 t, r<2>; { .reg .f32 t; mov.f32 t, %1; } @!p "
                     "add.u32 t, r1, 0x10; }");
  ASSERT_EQ(P.Registers.size(), 5u);
  EXPECT_EQ(P.Registers[3].Name, "r1");
  EXPECT_EQ(P.Registers[4].Holds.What, Type::Float);
  ASSERT_EQ(P.Instructions.size(), 2u);
  EXPECT_EQ(P.Instructions[0].Operands[0].Value, 4u) << "the inner t";
  const Instruction &Add = P.Instructions[1];
  ASSERT_TRUE(Add.Guard.has_value());
  EXPECT_TRUE(Add.Guard->Negated);
  EXPECT_EQ(Add.Guard->Value, 0u);
  EXPECT_EQ(Add.Operands[0].Value, 1u) << "the outer t again";
  EXPECT_EQ(Add.Operands[1].Value, 3u);
  EXPECT_EQ(Add.Operands[2].Value, 16u);
}

TEST(PtxParser, VectorsAddressesAndPairs) {
  Program P = parsed("ld.global.v2.f32 {%0, %1}, [%2+-8]; setp.lt.s32 p|q, %3, 4; shfl.sync.up.b32 "
                     "%0|_, %1, 1, 0, -1;");
  const Instruction &Load = P.Instructions[0];
  ASSERT_EQ(Load.Operands[0].What, Operand::Vector);
  EXPECT_EQ(Load.Operands[0].Elements[1].Value, 1u);
  ASSERT_EQ(Load.Operands[1].What, Operand::Address);
  EXPECT_EQ(Load.Operands[1].Elements.front().Value, 2u);
  EXPECT_EQ(int64_t(Load.Operands[1].Value), -8);
  EXPECT_EQ(P.Instructions[1].Operands[0].What, Operand::Pair);
  EXPECT_EQ(P.Instructions[2].Operands[0].Elements[1].What, Operand::Sink);
}

TEST(PtxParser, SpecialRegistersWithOneOrTwoPercentSigns) {
  for (llvm::StringRef Text : {"mov.u32 %0, %%tid.x;", "mov.u32 %0, %tid.x;"}) {
    Program P = parsed(Text);
    EXPECT_EQ(P.Instructions[0].Operands[1].What, Operand::Special);
    EXPECT_EQ(P.Instructions[0].Operands[1].Text, "%tid.x");
  }
}

TEST(PtxParser, LabelsCommentsAndNames) {
  Program P =
      parsed("// first\nLOOP_%=: add.u32 %[sum], %[sum], 1; /* then */ @p bra LOOP_%=;\n$L2: ret;");
  ASSERT_EQ(P.Labels.size(), 2u);
  EXPECT_EQ(P.Labels[0].Name, "LOOP_%=");
  EXPECT_EQ(P.Labels[1].Before, 2u);
  EXPECT_EQ(P.Instructions[0].Operands[0].Text, "sum");
  EXPECT_EQ(P.Instructions[1].Operands[0].Text, "LOOP_%=");
}

TEST(PtxParser, Numbers) {
  Program P = parsed(
      "fma.rn.f32 %0, 0f3F800000, 0d3FF0000000000000, -1.5; vadd4.u32 %0, %1.b3210, 0b11, 07U;");
  const auto &F = P.Instructions[0].Operands;
  EXPECT_EQ(F[1].Bits, 32);
  EXPECT_EQ(F[1].Value, 0x3f800000u);
  EXPECT_EQ(F[2].Bits, 64);
  EXPECT_EQ(F[3].Value, 0xbff8000000000000u);
  const auto &V = P.Instructions[1].Operands;
  EXPECT_EQ(V[1].Selector, "b3210");
  EXPECT_EQ(V[2].Value, 3u);
  EXPECT_EQ(V[3].Value, 7u);
}

TEST(PtxParser, AsLlvmKeepsIt) {
  Program P = parsed("$( .reg .pred p; setp.eq.u32 p, ${1:k}, $2; mov.u32 $0, %laneid; @p bra "
                     "L${:uid}; L${:uid}: $)",
                     Dialect::Llvm);
  ASSERT_EQ(P.Instructions.size(), 3u);
  EXPECT_EQ(P.Instructions[0].Operands[1].Value, 1u);
  EXPECT_EQ(P.Instructions[1].Operands[1].Text, "%laneid");
  EXPECT_EQ(P.Instructions[2].Operands[0].Text, P.Labels[0].Name);
}

TEST(PtxParser, Types) {
  EXPECT_EQ(parseType("f16x2")->Lanes, 2);
  EXPECT_EQ(parseType("bf16")->What, Type::BFloat);
  EXPECT_EQ(parseType("pred")->What, Type::Predicate);
  for (llvm::StringRef No : {"", "u", "u7", "f8", "u32x", "u32x3", "f16x2x2", "tf32", "bf32", "lo"})
    EXPECT_FALSE(parseType(No).has_value()) << No.str();
  Program P = parsed("cvt.rn.f16.f32 %0, %1;");
  EXPECT_EQ(P.Instructions[0].type()->Bits, 32);
  EXPECT_EQ(P.Instructions[0].type(1)->Bits, 16);
}

TEST(PtxParser, TextThatMentionsAType) {
  EXPECT_TRUE(mentionsType("mov.u32 %0 %1"));
  EXPECT_TRUE(mentionsType("{ .reg .pred p; "));
  for (llvm::StringRef No : {"", "rdtsc", "fadd v0.4s, v1.4s", "b.eq 1f", ".p2align 4", "ld1.d"})
    EXPECT_FALSE(mentionsType(No)) << No.str();
}

TEST(PtxParser, WhatIsNoPtxSaysWhere) {
  EXPECT_EQ(errorOf("mov.u32 %0 %1;"), "at 11: ';' expected");
  EXPECT_EQ(errorOf("{ mov.u32 %0, %1;"), "at 17: '{' without '}'");
  EXPECT_EQ(errorOf("}"), "at 0: '}' without '{'");
  EXPECT_EQ(errorOf("L: L: ret;"), "at 5: the label 'L' stands twice");
  EXPECT_EQ(errorOf(".reg .u33 x;"), "at 9: '.u33' is no type of a register");
  EXPECT_EQ(errorOf("movl $1, %eax"), "at 7: an operand expected");
}

TEST(PtxParser, Limits) {
  EXPECT_NE(errorOf(std::string(65537, ' ')), "");
  EXPECT_NE(errorOf(std::string(1000, '{') + std::string(1000, '}')), "");
  EXPECT_NE(errorOf("mov.b64 " + std::string(1000, '{') + ";"), "");
  EXPECT_NE(errorOf("st.u32 " + std::string(60000, '[')), "");
  EXPECT_NE(errorOf("mov.pred p, " + std::string(60000, '!') + "q;"), "");
  EXPECT_NE(errorOf(".reg .u32 r<4000000000>;"), "");
  EXPECT_NE(errorOf(".reg .u32 r<60000>; .reg .u32 s<60000>;"), "");
  std::string Many;
  for (int I = 0; I < 5000; ++I)
    Many += "ret;";
  EXPECT_NE(errorOf(Many), "");
}

// Whatever stands there, it is read to the end or refused: nothing hangs, overflows or is read
// beyond the text.
TEST(PtxParser, HostileText) {
  const std::string Seeds[] = {
      "{ .reg .pred p; .reg .b32 t<4>; @!p mad.lo.s32 t1, %1, -2, 0x7f; setp.lt.and.f32 p|q, %1, "
      "0f3F800000, !p; }",
      "ld.global.L1::no_allocate.v4.f32 {%0,%1,%2,%3}, [%4+16]; cp.async.bulk.tensor.2d [%0], [%1, "
      "{%2, %3}], [%4];",
      "$( mov.u32 $0, ${1:r}; L${:uid}: @$2 bra L${:uid}; $) // end\n/* x */ vadd4.u32 %0, "
      "%1.b3210, 1.5e-3, %[name];",
  };
  std::mt19937 Random(1);
  for (int Round = 0; Round < 20000; ++Round) {
    std::string Text = Seeds[Random() % std::size(Seeds)];
    for (unsigned Changes = 1 + Random() % 6; Changes && !Text.empty(); --Changes) {
      const size_t At = Random() % Text.size();
      switch (Random() % 4) {
      case 0:
        Text[At] = char(Random());
        break;
      case 1:
        Text.erase(At, 1 + Random() % 8);
        break;
      case 2:
        Text.insert(At, 1, "{}[]();:,.%$@!|?<>+-0xf\n\0"[Random() % 25]);
        break;
      default:
        Text.resize(At);
      }
    }
    for (Dialect Written : {Dialect::Source, Dialect::Llvm}) {
      auto P = parse(Text, Written);
      if (!P) {
        llvm::consumeError(P.takeError());
        continue;
      }
      for (const Instruction &I : P->Instructions) {
        EXPECT_FALSE(I.opcode().empty());
        for (const Operand &O : I.Operands)
          EXPECT_TRUE(O.What != Operand::Register || O.Value < P->Registers.size());
      }
      // The writer takes whatever the parser gives.
      const HipOperand Operands[] = {{"", 'r', true, false, "d"},
                                     {"", 'r', false, true, "a"},
                                     {"", 'l', false, true, "p"},
                                     {"name", 'f', true, true, "f"}};
      if (auto Code = writeHip(*P, Operands, {}); !Code)
        llvm::consumeError(Code.takeError());
    }
  }
}
