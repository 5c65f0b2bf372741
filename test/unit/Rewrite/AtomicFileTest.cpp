// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rewrite/AtomicFile.h"

#include "TempFolder.h"

#include <sys/stat.h>

using namespace cuport;

namespace {

class AtomicFile : public TempFolder {};

TEST_F(AtomicFile, WritesANewFile) {
  mode_t Mask = ::umask(022);
  EXPECT_EQ(messageOf(writeFileAtomically(at("a.cu"), "text")), "");
  ::umask(Mask);
  EXPECT_EQ(get(at("a.cu")), "text");
  EXPECT_EQ(mode(at("a.cu")), 0644u);
  EXPECT_EQ(list(Root), std::vector<std::string>{"a.cu"}); // nothing else is left behind
}

TEST_F(AtomicFile, KeepsTheModeOfWhatItReplaces) {
  put("a.cu", "old");
  ::chmod(at("a.cu").c_str(), 0751);
  EXPECT_EQ(messageOf(writeFileAtomically(at("a.cu"), "new")), "");
  EXPECT_EQ(get(at("a.cu")), "new");
  EXPECT_EQ(mode(at("a.cu")), 0751u);
}

TEST_F(AtomicFile, TakesTheModeOfItsInput) {
  put("in.cu", "old");
  put("out.cu", "older");
  ::chmod(at("in.cu").c_str(), 0750);
  EXPECT_EQ(messageOf(writeFileAtomically(at("out.cu"), "new", at("in.cu"))), "");
  EXPECT_EQ(mode(at("out.cu")), 0750u);
}

TEST_F(AtomicFile, ReplacesTheFileAndNotItsBytes) {
  // Who has the old file open goes on reading the old text: the sign of a rename.
  put("a.cu", "old text");
  int Open;
  ASSERT_FALSE(llvm::sys::fs::openFileForRead(at("a.cu"), Open));
  EXPECT_EQ(messageOf(writeFileAtomically(at("a.cu"), "new")), "");
  char Buffer[16] = {};
  EXPECT_EQ(::read(Open, Buffer, sizeof Buffer), 8);
  ::close(Open);
  EXPECT_STREQ(Buffer, "old text");
}

TEST_F(AtomicFile, ALinkStaysALink) {
  put("real.cu", "old");
  link("real.cu", "link.cu");
  EXPECT_EQ(messageOf(writeFileAtomically(at("link.cu"), "new")), "");
  EXPECT_TRUE(llvm::sys::fs::is_symlink_file(at("link.cu")));
  EXPECT_EQ(get(at("real.cu")), "new");
}

TEST_F(AtomicFile, ErrorsNameTheFileAndLeaveNothing) {
  EXPECT_PRED2(contains, messageOf(writeFileAtomically(at("none/a.cu"), "x")), at("none/a.cu"));
  ::mkdir(at("folder").c_str(), 0777);
  EXPECT_PRED2(contains, messageOf(writeFileAtomically(at("folder"), "x")), at("folder"));
  EXPECT_EQ(list(Root), std::vector<std::string>{"folder"});
}

TEST_F(AtomicFile, CopiesWithMode) {
  put("tool.sh", "#!/bin/sh\n");
  ::chmod(at("tool.sh").c_str(), 0755);
  EXPECT_EQ(messageOf(copyFileAtomically(at("tool.sh"), at("copy.sh"))), "");
  EXPECT_EQ(get(at("copy.sh")), "#!/bin/sh\n");
  EXPECT_EQ(mode(at("copy.sh")), 0755u);
}

TEST_F(AtomicFile, TemporaryNamesAreKnown) {
  EXPECT_TRUE(isTemporaryName(".cuport-0a1b2c3d.tmp"));
  EXPECT_FALSE(isTemporaryName(".cuport.tmp"));
  EXPECT_FALSE(isTemporaryName("cuport-0a1b2c3d.tmp"));
}

TEST_F(AtomicFile, Reads) {
  std::string Bytes("a\0\r\n\xFF", 5);
  put("a.cu", Bytes);
  auto Buffer = readFile(at("a.cu"));
  ASSERT_TRUE(bool(Buffer));
  EXPECT_EQ((*Buffer)->getBuffer(), Bytes);
  put("empty.cu", "");
  Buffer = readFile(at("empty.cu"));
  ASSERT_TRUE(bool(Buffer));
  EXPECT_EQ((*Buffer)->getBuffer(), "");
}

TEST_F(AtomicFile, RefusesToRead) {
  auto Refusal = [&](const std::string &Path, uint64_t Max = 100) {
    auto Buffer = readFile(Path, Max);
    return Buffer ? std::string("read") : messageOf(Buffer.takeError());
  };
  put("large.cu", std::string(101, 'x'));
  EXPECT_EQ(Refusal(at("large.cu")),
            "'" + at("large.cu") + "': 101 bytes are more than the limit of 100");
  EXPECT_EQ(Refusal(at("large.cu"), 101), "read");
  EXPECT_PRED2(contains, Refusal(at("none.cu")), "none.cu");
  EXPECT_EQ(Refusal(Root), "'" + Root + "': not a regular file");
  ASSERT_EQ(::mkfifo(at("pipe.cu").c_str(), 0600), 0);
  EXPECT_EQ(Refusal(at("pipe.cu")),
            "'" + at("pipe.cu") + "': not a regular file"); // and does not wait
}

} // namespace
