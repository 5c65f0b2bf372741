// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rewrite/ApplyEdits.h"

#include "gtest/gtest.h"

#include <algorithm>

using namespace cuport;

namespace {

Finding finding(std::string Rule, unsigned Line, std::vector<Edit> Edits) {
  Finding F;
  F.Rule = std::move(Rule);
  F.At = {"a.cu", Line, 1, Edits.empty() ? 0 : Edits.front().Offset, 1};
  F.Verdict = Verdict::Rename;
  F.Message = F.Rule + " was seen";
  F.Edits = std::move(Edits);
  return F;
}

/// The edit that makes the first `Old` of `Text` to `New`.
Edit change(llvm::StringRef Text, llvm::StringRef Old, std::string New) {
  return {unsigned(Text.find(Old)), unsigned(Old.size()), std::move(New)};
}

/// The two insertions around the first `Inner` of `Text`.
std::vector<Edit> wrap(llvm::StringRef Text, llvm::StringRef Inner, std::string Open,
                       std::string Close = ")") {
  unsigned Begin = Text.find(Inner);
  return {{Begin, 0, std::move(Open)}, {unsigned(Begin + Inner.size()), 0, std::move(Close)}};
}

/// applyEdits() for every order of the findings; they must all give the same.
std::string applyInAnyOrder(llvm::StringRef Text, std::vector<Finding> Findings) {
  std::vector<size_t> Order(Findings.size());
  for (size_t I = 0; I < Order.size(); ++I)
    Order[I] = I;
  std::vector<std::string> Results;
  do {
    std::vector<Finding> Permuted;
    for (size_t I : Order)
      Permuted.push_back(Findings[I]);
    Results.push_back(applyEdits(Text, Permuted));
    EXPECT_EQ(Results.back(), Results.front());
  } while (std::next_permutation(Order.begin(), Order.end()));
  return Results.front();
}

TEST(ApplyEdits, NothingToDo) {
  std::vector<Finding> None;
  EXPECT_EQ(applyEdits("", None), "");
  EXPECT_EQ(applyEdits("int x;\r\n", None), "int x;\r\n");
  std::vector<Finding> NoEdit = {finding("api-name", 1, {})};
  EXPECT_EQ(applyEdits("cudaFoo", NoEdit), "cudaFoo");
  EXPECT_EQ(NoEdit[0].Verdict, Verdict::Rename);
}

TEST(ApplyEdits, Renames) {
  llvm::StringRef Text = "cudaMalloc(&p, n);\r\n\tcudaFree(p);";
  EXPECT_EQ(
      applyInAnyOrder(Text, {finding("api-name", 1, {change(Text, "cudaMalloc", "hipMalloc")}),
                             finding("api-name", 2, {change(Text, "cudaFree", "hipFree")})}),
      "hipMalloc(&p, n);\r\n\thipFree(p);");
}

TEST(ApplyEdits, InsertsIntoEmptyText) {
  std::vector<Finding> F = {finding("include", 1, {{0, 0, "#include <hip/hip_runtime.h>\n"}})};
  EXPECT_EQ(applyEdits("", F), "#include <hip/hip_runtime.h>\n");
}

TEST(ApplyEdits, WrapAroundARenamedToken) {
  llvm::StringRef Text = "cudaMemcpyToSymbol(sym, p, 4);";
  Finding Wrap = finding("argument-change", 1, wrap(Text, "sym", "HIP_SYMBOL("));
  Finding Inner = finding("api-name", 1, {change(Text, "sym,", "hipSym,")});
  Inner.Edits[0] = change(Text, "sym", "hipSym");
  Finding Outer = finding("api-name", 1, {change(Text, "cudaMemcpyToSymbol", "hipMemcpyToSymbol")});
  EXPECT_EQ(applyInAnyOrder(Text, {Wrap, Inner, Outer}),
            "hipMemcpyToSymbol(HIP_SYMBOL(hipSym), p, 4);");
}

TEST(ApplyEdits, WrapsOfOnePlaceNest) {
  llvm::StringRef Text = "f(a + cudaB)";
  // The wider one is outside, whatever the rules are called; both need their bracket at the common
  // end.
  std::vector<Finding> F = {finding("a-inner", 1, wrap(Text, "cudaB", "in(", ",0)")),
                            finding("b-outer", 1, wrap(Text, "a + cudaB", "out(", ",1)")),
                            finding("api-name", 1, {change(Text, "cudaB", "hipB")})};
  EXPECT_EQ(applyInAnyOrder(Text, F), "f(out(a + in(hipB,0),1))");
}

TEST(ApplyEdits, WrapsThatBeginTogetherNest) {
  llvm::StringRef Text = "f(cudaA + b)";
  std::vector<Finding> F = {finding("a-inner", 1, wrap(Text, "cudaA", "in(")),
                            finding("b-outer", 1, wrap(Text, "cudaA + b", "out(")),
                            finding("c-first", 1, {{2, 0, "0, "}})};
  EXPECT_EQ(applyInAnyOrder(Text, F), "f(0, out(in(cudaA) + b))");
}

TEST(ApplyEdits, WrapsOfTheSameRangeKeepTheirBracketsApart) {
  llvm::StringRef Text = "x";
  std::vector<Finding> F = {finding("b", 1, wrap(Text, "x", "b(", "/*b*/)")),
                            finding("a", 1, wrap(Text, "x", "a(", "/*a*/)"))};
  EXPECT_EQ(applyInAnyOrder(Text, F), "a(b(x/*b*/)/*a*/)");
}

TEST(ApplyEdits, AppendedArgumentStandsAfterTheWrap) {
  llvm::StringRef Text = "f(x)";
  std::vector<Finding> F = {finding("b-wrap", 1, wrap(Text, "x", "W(")),
                            finding("a-append", 1, {{3, 0, ", 0"}})};
  EXPECT_EQ(applyInAnyOrder(Text, F), "f(W(x), 0)");
}

TEST(ApplyEdits, NeighboursDoNotOverlap) {
  llvm::StringRef Text = "abcd";
  std::vector<Finding> F = {finding("r", 1, {{0, 2, "AB"}}), finding("r", 1, {{2, 2, "CD"}})};
  std::vector<Edit> Edits = resolveEdits(Text, F);
  ASSERT_EQ(Edits.size(), 1u); // touching edits are joined
  EXPECT_EQ(Edits[0].Length, 4u);
  EXPECT_EQ(Edits[0].Text, "ABCD");
  EXPECT_EQ(applyResolved(Text, Edits), "ABCD");
}

TEST(ApplyEdits, TheSameReplacementIsMadeOnce) {
  llvm::StringRef Text = "cudaA;";
  std::vector<Finding> F = {finding("a", 1, {{0, 5, "hipA"}}), finding("b", 1, {{0, 5, "hipA"}})};
  EXPECT_EQ(applyInAnyOrder(Text, F), "hipA;");
  applyEdits(Text, F);
  EXPECT_EQ(F[0].Verdict, Verdict::Rename);
  EXPECT_EQ(F[1].Verdict, Verdict::Rename);
}

TEST(ApplyEdits, TheSameLineIsInsertedOnce) {
  llvm::StringRef Text = "cudaA; cudaB;";
  Edit Line = {0, 0, "#include <hip/hip_runtime.h>\n"};
  std::vector<Finding> F = {finding("a", 1, {Line, change(Text, "cudaA", "hipA")}),
                            finding("b", 1, {Line, change(Text, "cudaB", "hipB")})};
  EXPECT_EQ(applyInAnyOrder(Text, F), "#include <hip/hip_runtime.h>\nhipA; hipB;");
}

TEST(ApplyEdits, TheSameWrapIsMadeOnce) {
  llvm::StringRef Text = "f(x)";
  std::vector<Finding> F = {finding("a", 1, wrap(Text, "x", "W(")),
                            finding("b", 1, wrap(Text, "x", "W("))};
  EXPECT_EQ(applyInAnyOrder(Text, F), "f(W(x))");
}

TEST(ApplyEdits, TheLaterFindingLosesWhole) {
  llvm::StringRef Text = "cudaA(cudaB); tail";
  Finding Wide = finding("kernel-launch", 7, {{0, 12, "hipAB()"}});
  Finding Inside =
      finding("api-name", 8, {change(Text, "cudaB", "hipB"), change(Text, "tail", "TAIL")});
  EXPECT_EQ(applyInAnyOrder(Text, {Wide, Inside}), "hipAB(); tail");

  std::vector<Finding> F = {Inside, Wide};
  applyEdits(Text, F);
  EXPECT_EQ(F[1].Verdict, Verdict::Rename);
  EXPECT_EQ(F[1].Edits.size(), 1u);
  EXPECT_EQ(F[0].Verdict, Verdict::Review);
  EXPECT_TRUE(F[0].Edits.empty());
  EXPECT_EQ(F[0].Message, "api-name was seen; its change was not made because it overlaps with "
                          "kernel-launch's at line 7");
  // What was decided stays decided.
  EXPECT_EQ(applyEdits(Text, F), "hipAB(); tail");
}

TEST(ApplyEdits, AtOneOffsetTheRuleDecides) {
  std::vector<Finding> F = {finding("b", 1, {{0, 2, "BB"}}), finding("a", 1, {{0, 1, "A"}})};
  EXPECT_EQ(applyEdits("xyz", F), "Ayz");
  EXPECT_EQ(F[0].Verdict, Verdict::Review);
}

TEST(ApplyEdits, AVerdictThatNeedsAPersonIsNotSoftened) {
  std::vector<Finding> F = {finding("a", 1, {{0, 3, "A"}}), finding("b", 1, {{0, 2, "B"}})};
  F[1].Verdict = Verdict::Unsupported;
  applyEdits("xyz", F);
  EXPECT_EQ(F[1].Verdict, Verdict::Unsupported);
  EXPECT_TRUE(F[1].Edits.empty());
}

TEST(ApplyEdits, InsertionStrictlyInsideOverlaps) {
  for (unsigned Offset : {1u, 2u}) {
    std::vector<Finding> F = {finding("a", 1, {{0, 3, "ABC"}}),
                              finding("b", 1, {{Offset, 0, "!"}})};
    EXPECT_EQ(applyInAnyOrder("xyz", F), "ABC");
  }
  for (auto [Offset, Want] : {std::pair(0u, "!ABC"), std::pair(3u, "ABC!")}) {
    std::vector<Finding> F = {finding("a", 1, {{0, 3, "ABC"}}),
                              finding("b", 1, {{Offset, 0, "!"}})};
    EXPECT_EQ(applyInAnyOrder("xyz", F), Want);
  }
}

TEST(ApplyEdits, ALosersRangeIsFree) {
  // b loses to a; what b would have changed elsewhere is open to c.
  std::vector<Finding> F = {finding("a", 1, {{0, 2, "A"}}),
                            finding("b", 1, {{1, 1, "B"}, {4, 1, "B"}}),
                            finding("c", 1, {{4, 1, "C"}})};
  EXPECT_EQ(applyInAnyOrder("xxxxx", F), "AxxC");
}

TEST(ApplyEdits, WithoutEffectIsNoEdit) {
  std::vector<Finding> F = {finding("a", 1, {{0, 3, "xyz"}})};
  EXPECT_TRUE(resolveEdits("xyz", F).empty());
}

TEST(ApplyEdits, UnsoundEditsAreAFaultOfOurs) {
  for (std::vector<Edit> Bad : {std::vector<Edit>{{2, 2, "x"}},
                                {{4000000000u, 4000000000u, "x"}},
                                {{0, 2, "x"}, {1, 1, "y"}}}) {
    std::vector<Finding> F = {finding("a", 1, Bad)};
#ifdef NDEBUG
    EXPECT_EQ(applyEdits("abc", F), "abc");
    EXPECT_EQ(F[0].Verdict, Verdict::Review);
    EXPECT_EQ(F[0].Message, "a was seen; its change was not made because its edits do not fit the "
                            "text (a fault of cuport)");
#else
    EXPECT_DEATH(applyEdits("abc", F), "overlap each other or pass the end");
#endif
  }
}

TEST(ApplyEdits, TwentyMegabytes) {
  std::string Text, Want;
  std::vector<Finding> F;
  while (Text.size() < (20u << 20)) {
    if (Text.size() % 7 == 0)
      F.push_back(finding("api-name", 1, {{unsigned(Text.size()), 8, "hipFree"}}));
    Want += Text.size() % 7 == 0 ? "hipFree(p); // one of many lines\n"
                                 : "cudaFree(p); // one of many lines\n";
    Text += "cudaFree(p); // one of many lines\n";
  }
  std::reverse(F.begin(), F.end());
  EXPECT_TRUE(applyEdits(Text, F) == Want);
}

} // namespace
