// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rewrite/InPlace.h"

#include "TempFolder.h"

#include <sys/stat.h>

using namespace cuport;

namespace {

class InPlace : public TempFolder {
protected:
  void SetUp() override {
    TempFolder::SetUp();
    if (!has("git"))
      GTEST_SKIP() << "no git";
  }

  /// A work tree at `Folder` with everything in it committed.
  void commitAll(const std::string &Folder) {
    ASSERT_EQ(run("cd '" + Folder +
                  "' && git init -q . && git add -A . && git -c user.name=t -c user.email=t@t "
                  "-c commit.gpgsign=false commit -qm t"),
              0)
        << get(at("log"));
  }

  std::string refusal(std::vector<std::string> Files) {
    return messageOf(planInPlace(Files, /*Force=*/false));
  }

  /// Which of the files the plan keeps the original of, e.g. "101".
  std::string kept(std::vector<std::string> Files, bool Force = false, std::string Git = "git") {
    auto Plan = planInPlace(Files, Force, Git);
    if (!Plan)
      return messageOf(Plan.takeError());
    std::string Result;
    for (const InPlaceFile &F : Plan->Files)
      Result += F.KeepOriginal ? '1' : '0';
    return Result;
  }
};

TEST_F(InPlace, CommittedFilesNeedNoCopy) {
  put("p/a.cu", "a");
  put("p/sub dir/b.cu", "b");
  commitAll("p");
  EXPECT_EQ(kept({at("p/a.cu"), at("p/sub dir/b.cu")}), "00");
}

TEST_F(InPlace, RefusesChangedFiles) {
  put("p/a.cu", "a");
  put("p/sub/b *.cu", "b");
  put("p/c.cu", "c");
  commitAll("p");
  put("p/sub/b *.cu", "changed");
  put("p/c.cu", "staged");
  ASSERT_EQ(run("cd p && git add c.cu"), 0);
  EXPECT_EQ(kept({at("p/a.cu")}), "0"); // another file's changes are no matter
  std::string Refusal = refusal({at("p/a.cu"), at("p/sub/b *.cu"), at("p/c.cu")});
  EXPECT_EQ(Refusal, "2 files have changes that are not committed; commit them, or use --force to "
                     "change the files "
                     "all the same and keep their present text as FILE.orig:\n  " +
                         at("p/sub/b *.cu") + "\n  " + at("p/c.cu"));
  EXPECT_EQ(kept({at("p/a.cu"), at("p/sub/b *.cu"), at("p/c.cu")}, /*Force=*/true), "011");
}

TEST_F(InPlace, KeepsWhatGitDoesNotHave) {
  put("p/a.cu", "a");
  put("p/.gitignore", "ignored.cu\n");
  commitAll("p");
  put("p/untracked.cu", "u");
  put("p/ignored.cu", "i");
  put("outside.cu", "o");
  EXPECT_EQ(kept({at("p/untracked.cu"), at("p/a.cu"), at("p/ignored.cu"), at("outside.cu")}),
            "1011");
}

TEST_F(InPlace, ARepositoryWithoutCommits) {
  put("p/a.cu", "a");
  ASSERT_EQ(run("cd p && git init -q . && git add a.cu"), 0);
  EXPECT_PRED2(contains, refusal({at("p/a.cu")}), at("p/a.cu"));
}

TEST_F(InPlace, InnerRepositoriesAnswerForTheirFiles) {
  put("p/a.cu", "a");
  put("p/inner/b.cu", "b");
  commitAll("p/inner");
  put("p/.gitignore", "inner\n");
  commitAll("p");
  EXPECT_EQ(kept({at("p/a.cu"), at("p/inner/b.cu")}), "00");
  put("p/inner/b.cu", "changed");
  EXPECT_PRED2(contains, refusal({at("p/a.cu"), at("p/inner/b.cu")}), "1 file has changes");
}

TEST_F(InPlace, ALinkIsItsTarget) {
  put("p/a.cu", "a");
  commitAll("p");
  link("p/a.cu", "link.cu");
  EXPECT_EQ(kept({at("link.cu")}), "0");
  put("p/a.cu", "changed");
  EXPECT_PRED2(contains, refusal({at("link.cu")}), at("link.cu"));
}

TEST_F(InPlace, WithoutGitAllOriginalsAreKept) {
  put("p/a.cu", "a");
  commitAll("p");
  put("p/a.cu", "changed");
  EXPECT_EQ(kept({at("p/a.cu")}, false, "no-such-git"), "1");
  auto Plan = planInPlace({at("p/a.cu")}, false, "no-such-git");
  ASSERT_TRUE(bool(Plan));
  ASSERT_EQ(Plan->Notes.size(), 1u);
  EXPECT_PRED2(contains, Plan->Notes[0], "'no-such-git' is not installed");
}

TEST_F(InPlace, ABrokenRepositoryIsReported) {
  put("p/a.cu", "a");
  put("p/.git", "gitdir: /none/at/all\n");
  auto Plan = planInPlace({at("p/a.cu")}, false);
  ASSERT_TRUE(bool(Plan));
  EXPECT_TRUE(Plan->Files[0].KeepOriginal);
  ASSERT_EQ(Plan->Notes.size(), 1u);
  EXPECT_PRED2(contains, Plan->Notes[0], "git could not be asked about " + at("p"));
}

TEST_F(InPlace, ARepositorysProgramsAreNotRun) {
  put("p/a.cu", "a");
  commitAll("p");
  put("p/evil", "#!/bin/sh\ntouch '" + at("ran") + "'\n");
  ::chmod(at("p/evil").c_str(), 0755);
  ASSERT_EQ(run("cd p && git config core.fsmonitor '" + at("p/evil") + "'"), 0);
  EXPECT_EQ(kept({at("p/a.cu")}), "0");
  EXPECT_FALSE(llvm::sys::fs::exists(at("ran")));
}

TEST_F(InPlace, ASurroundingGitIsNotListenedTo) {
  put("p/a.cu", "a");
  put("q/b.cu", "b");
  commitAll("p");
  commitAll("q");
  put("p/a.cu", "changed");
  ::setenv("GIT_DIR", at("q/.git").c_str(), 1);
  std::string Refusal = refusal({at("p/a.cu")});
  ::unsetenv("GIT_DIR");
  EXPECT_PRED2(contains, Refusal, at("p/a.cu"));
}

TEST_F(InPlace, ManyFiles) {
  std::vector<std::string> Files;
  for (int I = 0; I < 1500; ++I)
    Files.push_back(put("p/a-rather-long-name-of-a-folder-that-repeats/" + std::string(60, 'x') +
                            std::to_string(I),
                        "x"));
  commitAll("p");
  EXPECT_EQ(kept(Files), std::string(1500, '0'));
  put("p/a-rather-long-name-of-a-folder-that-repeats/" + std::string(60, 'x') + "1499", "changed");
  EXPECT_PRED2(contains, refusal(Files), "1 file has changes");
}

TEST_F(InPlace, KeepsOriginalsWithoutOverwritingAny) {
  std::string File = put("a.cu", "first");
  ::chmod(File.c_str(), 0750);
  auto Write = [&](const char *Text) {
    auto Kept = writeInPlace({File, true}, Text);
    return Kept ? *Kept : messageOf(Kept.takeError());
  };
  EXPECT_EQ(Write("second"), File + ".orig");
  EXPECT_EQ(Write("third"), File + ".orig.1");
  link("nowhere", "a.cu.orig.2"); // a name that is taken, though nothing can be opened under it
  EXPECT_EQ(Write("fourth"), File + ".orig.3");
  EXPECT_EQ(get(File), "fourth");
  EXPECT_EQ(get(File + ".orig"), "first");
  EXPECT_EQ(get(File + ".orig.1"), "second");
  EXPECT_EQ(get(File + ".orig.3"), "third");
  EXPECT_EQ(mode(File), 0750u);
  EXPECT_EQ(mode(File + ".orig"), 0750u);
}

TEST_F(InPlace, WritesWithoutCopyWhereGitHasIt) {
  std::string File = put("a.cu", "old");
  auto Kept = writeInPlace({File, false}, "new");
  ASSERT_TRUE(bool(Kept));
  EXPECT_EQ(*Kept, "");
  EXPECT_EQ(list(Root), std::vector<std::string>{"a.cu"});
}

TEST_F(InPlace, TwoNamesOfOneFileKeepOneOriginal) {
  put("a.cu", "a");
  link("a.cu", "b.cu");
  EXPECT_EQ(kept({at("a.cu"), at("b.cu")}), "10");
}

TEST_F(InPlace, AFileThatIsGoneIsAnError) {
  EXPECT_PRED2(contains, messageOf(writeInPlace({at("none.cu"), true}, "x")), at("none.cu"));
  EXPECT_TRUE(list(Root).empty());
}

} // namespace
