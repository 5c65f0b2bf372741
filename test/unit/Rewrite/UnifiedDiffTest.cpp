// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rewrite/UnifiedDiff.h"

#include "Rewrite/ApplyEdits.h"

#include "TempFolder.h"

#include <random>

using namespace cuport;

namespace {

class UnifiedDiff : public TempFolder {
protected:
  /// Both programs make the new text from the old one and the diff.
  void expectApplies(llvm::StringRef Old, llvm::ArrayRef<Edit> Edits,
                     llvm::StringRef Name = "d/a.cu") {
    std::string Diff = unifiedDiff(Name, Old, Edits), New = applyResolved(Old, Edits);
    put("the.diff", Diff);
    if (New == Old) {
      EXPECT_EQ(Diff, "");
      return;
    }
    for (const char *Program :
         {"patch -p1 -s --no-backup-if-mismatch -F0 -i the.diff", "git apply the.diff"}) {
      std::string Path = put(Name, Old);
      EXPECT_EQ(run(Program), 0) << Program << "\n" << get(at("log")) << Diff;
      EXPECT_EQ(get(Path), New) << Program << "\n" << Diff;
    }
  }
};

TEST_F(UnifiedDiff, Format) {
  std::string Old = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
  EXPECT_EQ(unifiedDiff("src/a.cu", Old, {{8, 1, "FIVE"}}), "--- a/src/a.cu\n"
                                                            "+++ b/src/a.cu\n"
                                                            "@@ -2,7 +2,7 @@\n"
                                                            " 2\n 3\n 4\n"
                                                            "-5\n"
                                                            "+FIVE\n"
                                                            " 6\n 7\n 8\n");
}

TEST_F(UnifiedDiff, InsertedLine) {
  EXPECT_EQ(unifiedDiff("a.cu", "int a;\n", {{0, 0, "#include <x>\n"}}),
            "--- a/a.cu\n+++ b/a.cu\n@@ -1,1 +1,2 @@\n+#include <x>\n int a;\n");
}

TEST_F(UnifiedDiff, FarChangesHaveTheirOwnHunksAndLineNumbers) {
  std::string Old;
  for (int I = 1; I <= 30; ++I)
    Old += std::to_string(I) + "\n";
  unsigned At20 = Old.find("20\n"), At27 = Old.find("27\n");
  std::string Diff = unifiedDiff("a.cu", Old, {{0, 0, "x\ny\n"}, {At20, 3, ""}, {At27, 2, "z"}});
  EXPECT_EQ(Diff, "--- a/a.cu\n+++ b/a.cu\n"
                  "@@ -1,3 +1,5 @@\n+x\n+y\n 1\n 2\n 3\n"
                  "@@ -17,14 +19,13 @@\n 17\n 18\n 19\n-20\n 21\n 22\n 23\n 24\n 25\n "
                  "26\n-27\n+z\n 28\n 29\n 30\n");
}

TEST_F(UnifiedDiff, NoNewlineAtTheEnd) {
  EXPECT_EQ(unifiedDiff("a.cu", "a\nb", {{2, 1, "c"}}),
            "--- a/a.cu\n+++ b/a.cu\n@@ -1,2 +1,2 @@\n a\n"
            "-b\n\\ No newline at end of file\n"
            "+c\n\\ No newline at end of file\n");
  expectApplies("a\nb", {{2, 1, "c"}});
  expectApplies("a\nb", {{0, 1, "c"}});
  expectApplies("a\nb", {{3, 0, "\n"}});
  expectApplies("a\nb\n", {{3, 1, ""}});
  expectApplies("a", {{1, 0, "\nb\nc"}});
}

TEST_F(UnifiedDiff, EmptyTexts) {
  EXPECT_EQ(unifiedDiff("a.cu", "", {}), "");
  EXPECT_EQ(unifiedDiff("a.cu", "", {{0, 0, "x\n"}}),
            "--- a/a.cu\n+++ b/a.cu\n@@ -0,0 +1,1 @@\n+x\n");
  expectApplies("", {{0, 0, "x\n"}});
  expectApplies("", {{0, 0, "x"}});
}

TEST_F(UnifiedDiff, LineEndingsStay) {
  expectApplies("a\r\nb\r\nc\r\nd\r\n", {{3, 1, "B"}});
  expectApplies("a\r\nb\nc\r\nd", {{5, 1, "C"}, {8, 0, "!"}});
  expectApplies("a\rb\nc\n", {{4, 1, "C"}});
}

TEST_F(UnifiedDiff, JoinedAndSplitLines) {
  expectApplies("a\nb\nc\nd\ne\n", {{1, 1, " "}});
  expectApplies("a\nb\nc\nd\ne\n", {{3, 3, ""}, {8, 0, "x\ny\n"}});
  expectApplies("a\n\n\n\nb\n", {{2, 1, ""}});
}

TEST_F(UnifiedDiff, BytesThatAreNotUtf8) {
  expectApplies("// \xD6\xD0\xCE\xC4\ncudaA;\n", {{8, 5, "hipA"}});
}

TEST_F(UnifiedDiff, NamesAreQuoted) {
  expectApplies("a\n", {{0, 1, "b"}}, "with blank/a b.cu");
  expectApplies("a\n", {{0, 1, "b"}}, "q\"uote\\back\ttab.cu");
  expectApplies("a\n", {{0, 1, "b"}}, "\xE4\xB8\xAD\xE6\x96\x87.cu");
  EXPECT_EQ(unifiedDiff("/abs/a.cu", "a\n", {{0, 1, "b"}}).substr(0, 15), "--- a/abs/a.cu\n");
}

TEST_F(UnifiedDiff, RandomTextsAndEdits) {
  std::mt19937 Random(1);
  auto Upto = [&](unsigned N) { return unsigned(Random() % (N + 1)); };
  auto Letters = [&](unsigned Length) {
    std::string Text;
    for (unsigned I = 0; I < Length; ++I)
      Text += "ab\n\n"[Upto(3)];
    return Text;
  };
  for (int Round = 0; Round < 150; ++Round) {
    std::string Old = Letters(Upto(60));
    std::vector<Edit> Edits;
    for (unsigned At = Upto(8); At <= Old.size(); At += 2 + Upto(20)) {
      unsigned Length = std::min<unsigned>(Upto(5), Old.size() - At);
      Edits.push_back({At, Length, Letters(Upto(4))});
      At += Length;
    }
    // An empty new file is no file to git; edits that do nothing are none.
    std::string New = applyResolved(Old, Edits);
    if (New.empty() || Old.empty())
      continue;
    llvm::erase_if(Edits, [&](const Edit &E) { return Old.substr(E.Offset, E.Length) == E.Text; });
    expectApplies(Old, Edits);
    if (HasFailure())
      return;
  }
}

TEST_F(UnifiedDiff, TwentyMegabytes) {
  std::string Old;
  std::vector<Edit> Few, Many; // git takes a second for each hundred hunks of a text like this
  for (unsigned Line = 0; Old.size() < (20u << 20); ++Line) {
    Edit Rename = {unsigned(Old.size()), 8, "hipFree"};
    if (Line % 20000 == 0)
      Few.push_back(Rename);
    if (Line % 10 == 0)
      Many.push_back(Rename);
    Old += "cudaFree(p); // one of many lines\n";
  }
  expectApplies(Old, Few);
  std::string Text = unifiedDiff("a.cu", Old, Many);
  llvm::StringRef Diff = Text;
  EXPECT_EQ(Diff.count("\n@@ "), Many.size());
  EXPECT_EQ(Diff.count("\n+hipFree(p);"), Many.size());
}

} // namespace
