// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Build/BuildText.h"

#include "llvm/ADT/StringExtras.h"

#include <gtest/gtest.h>

using namespace cuport;
using llvm::StringRef;

/// "name: word word" of each statement; quoted words in <>.
static std::string show(const BuildText &Text) {
  std::string Result;
  for (const BuildStatement &S : Text.Statements) {
    Result += S.Name.str() + ":";
    for (const BuildWord &W : S.Words)
      Result += W.Quoted ? " <" + W.Text.str() + ">" : " " + W.Text.str();
    Result += "\n";
  }
  return Result;
}

static std::string show(BuildSystem System, StringRef Text) { return show(takeApart(System, Text)); }

TEST(BuildText, NamesOfFiles) {
  EXPECT_EQ(buildSystemOf("CMakeLists.txt"), BuildSystem::CMake);
  EXPECT_EQ(buildSystemOf("cuda.cmake"), BuildSystem::CMake);
  for (const char *Name : {"Makefile", "GNUmakefile", "Makefile.inc", "Makefile.am", "makefile", "rules.mk", "rules.mk.in"})
    EXPECT_EQ(buildSystemOf(Name), BuildSystem::Make) << Name;
  EXPECT_EQ(buildSystemOf("build.sh"), BuildSystem::Shell);
  EXPECT_EQ(buildSystemOf("setup.py"), BuildSystem::Python);
  EXPECT_EQ(buildSystemOf("defs.bzl"), BuildSystem::Bazel);
  EXPECT_EQ(buildSystemOf("xmake.lua"), BuildSystem::Xmake);
  for (const char *Name : {"main.py", "lists.txt", "Makefiles", "make", "BUILDING.md"})
    EXPECT_EQ(buildSystemOf(Name), std::nullopt) << Name;
}

TEST(BuildText, CMake) {
  EXPECT_EQ(show(BuildSystem::CMake, "set(A b \"c d;e\" # no\n f)"), "set: A b <c> <d> <e> f\n");
  EXPECT_EQ(show(BuildSystem::CMake, "#[[ a(b)\n]] c ( (d) [=[e ]] f]=] )"), "c: d <[=[e> <]]> <f]=]>\n");
  EXPECT_EQ(show(BuildSystem::CMake, "o($<$<COMPILE_LANGUAGE:CUDA>:-g;-h> \"SHELL:-i j\")"), "o: $ $ COMPILE_LANGUAGE:CUDA -g -h <-i> <j>\n");
  EXPECT_EQ(show(BuildSystem::CMake, "message(\"a \\\" b\")"), "message: <a> <\\> <b>\n");
}

TEST(BuildText, Make) {
  EXPECT_EQ(show(BuildSystem::Make, "A := b \\\n  c # d\nall: e\n\t@f $(G) $(shell h i)"), "A: b c\n: all: e\n: f $(G) shell h i\n");
  EXPECT_EQ(show(BuildSystem::Make, "F=-code=\\\"sm_70,x\\\" -g"), "F: -code=\\\"sm_70,x\\\" -g\n");
  EXPECT_EQ(show(BuildSystem::Make, "F += \"a b\" 'c'"), "F: <a> <b> <c>\n");
  EXPECT_EQ(show(BuildSystem::Shell, "export CC=nvcc; x|y"), "CC: nvcc x y\n");
  EXPECT_EQ(show(BuildSystem::Make, "a$(B)/c-$(D E)f"), ": a$(B)/c- D E f\n");
}

TEST(BuildText, Scripts) {
  EXPECT_EQ(show(BuildSystem::Python, "f(['-a b', # c\n 'd'])\ng = \"\"\"h\ni\"\"\""), ": f <-a> <b> <d>\n: g <h> <i>\n");
  EXPECT_EQ(show(BuildSystem::Xmake, "-- a\nb(\"c\")"), ": b <c>\n");
}

/// Texts with all that the readers look for, whole and broken at every place: words stay in order and inside, and every reader ends.
TEST(BuildText, BrokenTexts) {
  const std::string Text = "#[=[ x ]=]\nset(A \"b\\\" ${C}\" [[d]] $<e:f>)\nV := $(shell 'g \"h) \\\n i # j\n'''k\"\"\" -- l\n(";
  for (BuildSystem System : {BuildSystem::CMake, BuildSystem::Make, BuildSystem::Shell, BuildSystem::Python, BuildSystem::Xmake})
    for (size_t Begin = 0; Begin <= Text.size(); ++Begin)
      for (size_t Cut = Begin; Cut <= Text.size(); ++Cut) {
        const std::string Broken = Text.substr(0, Begin) + Text.substr(Cut);
        const BuildText Taken = takeApart(System, Broken);
        uint32_t Last = 0;
        for (const BuildStatement &S : Taken.Statements) {
          ASSERT_LE(S.End, Broken.size());
          for (const BuildWord &W : S.Words) {
            ASSERT_GE(W.Offset, Last);
            ASSERT_LE(W.end(), Broken.size());
            ASSERT_FALSE(W.Text.empty());
            Last = W.end();
          }
        }
      }
}
