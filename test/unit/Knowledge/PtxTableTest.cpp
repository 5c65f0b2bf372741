// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/PtxTable.h"

#include "gtest/gtest.h"

using namespace cuport;

static llvm::StringRef nameOf(llvm::StringRef Instruction) {
  const PtxRow *Row = matchPtx(Instruction);
  return Row ? Row->Name : "";
}

TEST(PtxTable, TheRowWithMostModifiers) {
  EXPECT_EQ(nameOf("add.s32"), "add");
  EXPECT_EQ(nameOf("add.cc.u32"), "add.cc");
  EXPECT_EQ(nameOf("addc.u32"), "addc");
  EXPECT_EQ(nameOf("cvt.rn.f16x2.e4m3x2"), "cvt.f16x2.e4m3x2");
  EXPECT_EQ(nameOf("cp.async.cg.shared.global.L2::128B"), "cp.async");
}

TEST(PtxTable, AmongEqualsTheModifierNearestToTheOpcode) {
  EXPECT_EQ(nameOf("cp.async.bulk.commit_group"), "cp.async.bulk");
  EXPECT_EQ(nameOf("ld.volatile.global.u32"), "ld.volatile");
  EXPECT_EQ(nameOf("ld.global.acquire.gpu.b32"), "ld.acquire");
  EXPECT_EQ(nameOf("fence.proxy.tensormap::generic.acquire.gpu"), "fence.proxy");
}

TEST(PtxTable, WhatStandsBehindColonsSaysMore) {
  EXPECT_EQ(nameOf("ld.shared::cta.u32"), "ld.shared");
  EXPECT_EQ(nameOf("mapa.shared::cluster.u32"), "mapa");
}

TEST(PtxTable, NoRow) {
  EXPECT_EQ(nameOf(""), "");
  EXPECT_EQ(nameOf("."), "");
  EXPECT_EQ(nameOf("addx.s32"), "");
  EXPECT_EQ(nameOf("tid.x"), "");
  EXPECT_EQ(nameOf("%tidy"), "");
}
