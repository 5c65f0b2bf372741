// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A folder that lives as long as the test, and the programs that tests run in it.

#ifndef CUPORT_TEST_UNIT_REWRITE_TEMPFOLDER_H
#define CUPORT_TEST_UNIT_REWRITE_TEMPFOLDER_H

#include "gtest/gtest.h"

#include "llvm/Support/Error.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

namespace cuport {

/// Empty for success.
inline std::string messageOf(llvm::Error E) { return toString(std::move(E)); }

template <typename T> std::string messageOf(llvm::Expected<T> Result) {
  return Result ? std::string() : messageOf(Result.takeError());
}

/// For EXPECT_PRED2, which shows both.
inline bool contains(const std::string &Text, const std::string &Part) {
  return Text.find(Part) != std::string::npos;
}

class TempFolder : public testing::Test {
protected:
  void SetUp() override {
    llvm::SmallString<128> Made, Real;
    ASSERT_FALSE(llvm::sys::fs::createUniqueDirectory("cuport-test", Made));
    ASSERT_FALSE(llvm::sys::fs::real_path(Made, Real));
    Root = std::string(Real);
  }

  void TearDown() override { llvm::sys::fs::remove_directories(Root); }

  std::string at(llvm::StringRef Name) const { return Root + "/" + Name.str(); }

  /// Writes a file with the folders it needs, and returns its path.
  std::string put(llvm::StringRef Name, llvm::StringRef Text) const {
    std::string Path = at(Name);
    llvm::sys::fs::create_directories(llvm::sys::path::parent_path(Path));
    std::error_code Code;
    llvm::raw_fd_ostream Out(Path, Code);
    EXPECT_FALSE(Code) << Path;
    Out << Text;
    return Path;
  }

  static std::string get(llvm::StringRef Path) {
    auto Buffer = llvm::MemoryBuffer::getFile(Path);
    return Buffer ? (*Buffer)->getBuffer().str() : "<no file>";
  }

  void link(llvm::StringRef Target, llvm::StringRef Name) const {
    ASSERT_FALSE(llvm::sys::fs::create_link(Target, at(Name)));
  }

  /// The names of what lies in a folder, sorted.
  static std::vector<std::string> list(llvm::StringRef Folder) {
    std::vector<std::string> Names;
    std::error_code Code;
    for (llvm::sys::fs::directory_iterator I(Folder, Code), End; !Code && I != End;
         I.increment(Code))
      Names.push_back(llvm::sys::path::filename(I->path()).str());
    std::sort(Names.begin(), Names.end());
    return Names;
  }

  static unsigned mode(llvm::StringRef Path) {
    auto Mode = llvm::sys::fs::getPermissions(Path);
    return Mode ? unsigned(*Mode) : ~0u;
  }

  /// Runs a shell command in the folder; the names in tests are the tests' own.
  int run(const std::string &Command) const {
    return std::system(("cd '" + Root + "' && { " + Command + "; } >log 2>&1").c_str());
  }

  static bool has(llvm::StringRef Program) { return bool(llvm::sys::findProgramByName(Program)); }

  std::string Root;
};

} // namespace cuport

#endif
