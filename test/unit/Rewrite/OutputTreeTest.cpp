// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rewrite/OutputTree.h"

#include "TempFolder.h"

#include <sys/stat.h>
#include <unistd.h>

using namespace cuport;

namespace {

class OutputTreeTest : public TempFolder {
protected:
  OutputTree tree(std::vector<std::string> Inputs, std::string Folder) {
    auto Tree = OutputTree::create(Inputs, Folder);
    EXPECT_TRUE(bool(Tree)) << (Tree ? "" : messageOf(Tree.takeError()));
    return Tree ? std::move(*Tree)
                : *OutputTree::create({put("fallback/x", "")}, at("fallback-out"));
  }

  std::string refusal(std::vector<std::string> Inputs, std::string Folder) {
    return messageOf(OutputTree::create(Inputs, Folder));
  }

  static std::string pathOr(llvm::Expected<std::string> Path) {
    return Path ? *Path : "error: " + messageOf(Path.takeError());
  }
};

TEST_F(OutputTreeTest, OneFolderStandsForTheOutput) {
  std::string In = put("p/src/sub/a.cuh", "x");
  OutputTree Tree = tree({at("p/src")}, at("out"));
  EXPECT_EQ(pathOr(Tree.outputPath(In)), at("out/sub/a.cuh"));
  EXPECT_EQ(pathOr(Tree.outputPath(at("p/src/./sub/../sub/a.cuh"))), at("out/sub/a.cuh"));
  EXPECT_EQ(pathOr(tree({at("p/src/")}, at("out/")).outputPath(In)), at("out/sub/a.cuh"));
}

TEST_F(OutputTreeTest, SeveralInputsKeepTheirFolders) {
  put("p/src/a.cu", "x");
  put("p/include/a.cu", "x");
  put("p/main.cu", "x");
  OutputTree Tree = tree({at("p/src"), at("p/include"), at("p/main.cu")}, at("out"));
  EXPECT_EQ(pathOr(Tree.outputPath(at("p/src/a.cu"))), at("out/src/a.cu"));
  EXPECT_EQ(pathOr(Tree.outputPath(at("p/include/a.cu"))), at("out/include/a.cu"));
  EXPECT_EQ(pathOr(Tree.outputPath(at("p/main.cu"))), at("out/main.cu"));
}

TEST_F(OutputTreeTest, NamesThatBeginAlikeAreNotNested) {
  put("p/src/a.cu", "x");
  put("p/src2/a.cu", "x");
  OutputTree Tree = tree({at("p/src"), at("p/src2")}, at("p/src-hip"));
  EXPECT_EQ(pathOr(Tree.outputPath(at("p/src2/a.cu"))), at("p/src-hip/src2/a.cu"));
}

TEST_F(OutputTreeTest, OneFile) {
  put("p/a.cu", "x");
  EXPECT_EQ(pathOr(tree({at("p/a.cu")}, at("p/out")).outputPath(at("p/a.cu"))), at("p/out/a.cu"));
  EXPECT_PRED2(contains, pathOr(tree({at("p/a.cu")}, at("p")).outputPath(at("p/a.cu"))),
               "would replace the input");
}

TEST_F(OutputTreeTest, RelativeNames) {
  put("p/src/a.cu", "x");
  llvm::SmallString<128> Before;
  llvm::sys::fs::current_path(Before);
  llvm::sys::fs::set_current_path(at("p"));
  EXPECT_EQ(pathOr(tree({"src"}, "out").outputPath("src/a.cu")), at("p/out/a.cu"));
  EXPECT_EQ(pathOr(tree({"."}, "../out").outputPath("src/a.cu")), at("out/src/a.cu"));
  EXPECT_EQ(pathOr(tree({"."}, "../out").outputPath("./src/a.cu")), at("out/src/a.cu"));
  llvm::sys::fs::set_current_path(Before);
}

TEST_F(OutputTreeTest, RefusesFoldersThatMixInputAndOutput) {
  put("p/src/a.cu", "x");
  link("p", "link-to-p");
  EXPECT_PRED2(contains, refusal({at("p/src")}, at("p/src")), "use --in-place");
  EXPECT_PRED2(contains, refusal({at("p/src")}, at("link-to-p/src/../src")), "use --in-place");
  EXPECT_PRED2(contains, refusal({at("p")}, at("p/build/out")),
               "lies in the input folder " + at("p"));
  EXPECT_PRED2(contains, refusal({at("p")}, at("link-to-p/out")),
               "lies in the input folder " + at("p"));
  EXPECT_PRED2(contains, refusal({at("p/src")}, at("p")),
               "the input folder " + at("p/src") + " lies in it");
  EXPECT_PRED2(contains, refusal({at("p/src")}, at("p/src/a.cu")), "it is a file");
  EXPECT_PRED2(contains, refusal({at("p/none")}, at("out")), at("p/none"));
  EXPECT_FALSE(llvm::sys::fs::exists(at("out"))); // asking makes nothing
}

TEST_F(OutputTreeTest, RefusesFilesFromOutside) {
  put("p/src/a.cu", "x");
  put("p/other.h", "x");
  OutputTree Tree = tree({at("p/src")}, at("out"));
  EXPECT_PRED2(contains, pathOr(Tree.outputPath(at("p/other.h"))),
               "lies outside of the input folder " + at("p/src"));
  EXPECT_PRED2(contains, pathOr(Tree.outputPath(at("p/src/../other.h"))), "lies outside");
  EXPECT_PRED2(contains, pathOr(Tree.outputPath("/etc/passwd")), "lies outside");
}

TEST_F(OutputTreeTest, RefusesALinkOutOfTheOutput) {
  put("src/sub/a.cu", "x");
  put("src/b.cu", "x");
  put("precious/a.cu", "precious");
  llvm::sys::fs::create_directories(at("out"));
  link("../precious", "out/sub");
  link("../precious/a.cu", "out/b.cu");
  OutputTree Tree = tree({at("src")}, at("out"));
  EXPECT_PRED2(contains, messageOf(Tree.write(at("src/sub/a.cu"), "new")),
               "leads out of the output folder");
  EXPECT_PRED2(contains, messageOf(Tree.write(at("src/b.cu"), "new")),
               "leads out of the output folder");
  EXPECT_EQ(get(at("precious/a.cu")), "precious");
}

TEST_F(OutputTreeTest, ALinkInsideTheOutputIsReplaced) {
  put("src/a.cu", "x");
  put("src/b.cu", "x");
  put("out/a.cu", "first");
  link("a.cu", "out/b.cu");
  OutputTree Tree = tree({at("src")}, at("out"));
  EXPECT_EQ(messageOf(Tree.write(at("src/b.cu"), "second")), "");
  EXPECT_EQ(get(at("out/a.cu")), "first");
  EXPECT_EQ(get(at("out/b.cu")), "second");
}

TEST_F(OutputTreeTest, WritesWithFoldersAndMode) {
  put("src/deep/er/run.cu", "x");
  ::chmod(at("src/deep/er/run.cu").c_str(), 0755);
  OutputTree Tree = tree({at("src")}, at("new/out"));
  EXPECT_EQ(pathOr(Tree.write(at("src/deep/er/run.cu"), "y")), at("new/out/deep/er/run.cu"));
  EXPECT_EQ(get(at("new/out/deep/er/run.cu")), "y");
  EXPECT_EQ(mode(at("new/out/deep/er/run.cu")), 0755u);
}

TEST_F(OutputTreeTest, AFolderThatCannotBeMadeIsNamed) {
  put("src/sub/a.cu", "x");
  put("out/sub", "a file where the folder has to be");
  OutputTree Tree = tree({at("src")}, at("out"));
  EXPECT_PRED2(contains, messageOf(Tree.write(at("src/sub/a.cu"), "y")),
               "'" + at("out/sub") + "': cannot create the output folder");
}

TEST_F(OutputTreeTest, AnUnwritableFolderIsNamed) {
  if (::geteuid() == 0)
    GTEST_SKIP() << "root may write everywhere";
  put("src/a.cu", "x");
  llvm::sys::fs::create_directories(at("out"));
  ::chmod(at("out").c_str(), 0555);
  OutputTree Tree = tree({at("src")}, at("out"));
  EXPECT_PRED2(contains, messageOf(Tree.write(at("src/a.cu"), "y")), at("out/a.cu"));
  ::chmod(at("out").c_str(), 0755);
}

TEST_F(OutputTreeTest, CopiesTheOthers) {
  put("p/src/a.cu", "cuda");
  put("p/src/run.sh", "#!/bin/sh\n");
  ::chmod(at("p/src/run.sh").c_str(), 0755);
  put("p/src/data/in.bin", std::string("\0\1\2", 3));
  put("p/src/.git/config", "secret");
  put("p/src/.gitignore", "*.o\n");
  put("p/src/.cuport-0a1b2c3d.tmp", "half");
  OutputTree Tree = tree({at("p/src")}, at("p/out"));
  ASSERT_EQ(messageOf(Tree.write(at("p/src/a.cu"), "hip")), "");
  auto Result = Tree.copyOthers({at("p/src/a.cu")});
  ASSERT_TRUE(bool(Result));
  EXPECT_EQ(Result->Copied, 3u);
  EXPECT_TRUE(Result->Left.empty());
  EXPECT_EQ(get(at("p/out/a.cu")), "hip"); // not copied over
  EXPECT_EQ(get(at("p/out/data/in.bin")), std::string("\0\1\2", 3));
  EXPECT_EQ(mode(at("p/out/run.sh")), 0755u);
  EXPECT_EQ(list(at("p/out")), (std::vector<std::string>{".gitignore", "a.cu", "data", "run.sh"}));
}

TEST_F(OutputTreeTest, CopiesLinksWithoutFollowingThem) {
  put("elsewhere/big/file", "x");
  put("elsewhere/one.dat", "one");
  put("src/a.cu", "cuda");
  put("src/sub/b.h", "b");
  link("..", "src/sub/up");                 // a loop
  link("self", "src/self");                 // a loop of one
  link("sub/b.h", "src/b.h");               // inside
  link(at("elsewhere/one.dat"), "src/one"); // a file outside: its bytes
  link("../elsewhere/big", "src/big");      // a folder outside
  link("/none/at/all", "src/dangling");
  ASSERT_EQ(::mkfifo(at("src/pipe").c_str(), 0600), 0);
  OutputTree Tree = tree({at("src")}, at("out"));
  for (int Run = 0; Run < 2; ++Run) { // the second finds the first's output
    auto Result = Tree.copyOthers({});
    ASSERT_TRUE(bool(Result)) << messageOf(Result.takeError());
    EXPECT_EQ(Result->Copied, 6u);
    ASSERT_EQ(Result->Left.size(), 3u);
    EXPECT_EQ(Result->Left[0].Path, at("src/big"));
    EXPECT_EQ(Result->Left[0].Reason,
              "a symbolic link out of the input folder, to ../elsewhere/big");
    EXPECT_EQ(Result->Left[1].Path, at("src/dangling"));
    EXPECT_EQ(Result->Left[2].Path, at("src/pipe"));
    EXPECT_EQ(Result->Left[2].Reason, "not a regular file");
  }
  EXPECT_EQ(list(at("out")), (std::vector<std::string>{"a.cu", "b.h", "one", "self", "sub"}));
  EXPECT_TRUE(llvm::sys::fs::is_symlink_file(at("out/b.h")));
  EXPECT_TRUE(llvm::sys::fs::is_symlink_file(at("out/sub/up")));
  EXPECT_FALSE(llvm::sys::fs::is_symlink_file(at("out/one")));
  EXPECT_EQ(get(at("out/one")), "one");
}

TEST_F(OutputTreeTest, NestedInputsAreCopiedOnce) {
  put("p/src/a.h", "x");
  OutputTree Tree = tree({at("p"), at("p/src"), at("p")}, at("out"));
  auto Result = Tree.copyOthers({});
  ASSERT_TRUE(bool(Result));
  EXPECT_EQ(Result->Copied, 1u);
  EXPECT_EQ(get(at("out/src/a.h")), "x");
}

TEST_F(OutputTreeTest, KnowsItsOutput) {
  put("src/a.cu", "x");
  put("out/a.cu", "x");
  OutputTree Tree = tree({at("src")}, at("out"));
  EXPECT_TRUE(Tree.isOutput(at("out")));
  EXPECT_TRUE(Tree.isOutput(at("out/sub/new.cu")));
  EXPECT_FALSE(Tree.isOutput(at("out2")));
  EXPECT_FALSE(Tree.isOutput(at("src/a.cu")));
}

} // namespace
