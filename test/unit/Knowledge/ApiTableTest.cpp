// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The table as lib/Rules sees it: user rows over built-in ones, spelling help, versions, YAML that
// loads again.

#include "Knowledge/ApiTable.h"

#include "llvm/Support/FileSystem.h"
#include "llvm/Support/raw_ostream.h"

#include "gtest/gtest.h"

using namespace cuport;

namespace {

/// A YAML file that lives as long as the test.
class YamlFile {
public:
  explicit YamlFile(llvm::StringRef Text) {
    int FD;
    EXPECT_FALSE(llvm::sys::fs::createTemporaryFile("api", "yaml", FD, Path));
    llvm::raw_fd_ostream(FD, /*shouldClose=*/true) << Text;
  }
  ~YamlFile() { llvm::sys::fs::remove(Path); }
  llvm::SmallString<128> Path;
};

void add(ApiTable &Table, llvm::StringRef Text) {
  YamlFile File(Text);
  if (llvm::Error E = Table.addFile(File.Path))
    FAIL() << llvm::toString(std::move(E));
}

const char Base[] = R"(library: test-base
title: Base
header: base.h
hip-header: hip/base.h
reasons: {old: HIP never had it.}
rows:
  - {cuda: zzBaseAlpha, kind: function, hip: hipAlpha, since: {cuda: 11.2, hip: 5.2}, removed: {hip: 7.0}}
  - {cuda: zzBaseBeta, kind: function, reason: old}
  - {cuda: zz::nested, kind: namespace, hip: hipzz}
  - {cuda: zz/base.h, kind: include, hip: hip/base.h}
)";

TEST(ApiTable, FindsIdentifiersAndHeadersApart) {
  ApiTable Table;
  add(Table, Base);
  ASSERT_TRUE(Table.find("zzBaseAlpha"));
  EXPECT_EQ(Table.find("zzBaseAlpha")->Hip, "hipAlpha");
  EXPECT_EQ(Table.libraryOf(*Table.find("zzBaseAlpha")).Header, "base.h");
  EXPECT_EQ(Table.find("zzBaseBeta")->Reason, "HIP never had it.");
  EXPECT_TRUE(Table.find("zz::nested"));
  EXPECT_FALSE(Table.find("zz/base.h"));
  EXPECT_TRUE(Table.findInclude("zz/base.h"));
  EXPECT_FALSE(Table.findInclude("zzBaseAlpha"));
  EXPECT_FALSE(Table.find(""));
}

TEST(ApiTable, FindsEveryBuiltInRow) {
  ApiTable Table;
  for (const ApiRow *Row : Table.rows()) {
    bool Include = Row->Kind == ApiKind::Include;
    EXPECT_EQ(Include ? Table.findInclude(Row->Cuda) : Table.find(Row->Cuda), Row) << Row->Cuda.str();
  }
  EXPECT_GT(Table.includes().size(), 100u);
  EXPECT_FALSE(Table.find("cudaMallocX"));
}

TEST(ApiTable, LaterFileWinsAndChangesTheFingerprint) {
  ApiTable Table, Same;
  add(Table, Base);
  add(Same, Base);
  EXPECT_EQ(Table.fingerprint(), Same.fingerprint());
  size_t Rows = Table.rows().size();
  add(Table, "library: test-user\nrows:\n  - {cuda: zzBaseAlpha, kind: function, hip: myAlpha}\n");
  EXPECT_EQ(Table.rows().size(), Rows);
  EXPECT_EQ(Table.find("zzBaseAlpha")->Hip, "myAlpha");
  EXPECT_EQ(Table.libraryOf(*Table.find("zzBaseAlpha")).Id, "test-user");
  EXPECT_NE(Table.fingerprint(), Same.fingerprint());
  EXPECT_EQ(Table.fingerprint().size(), 32u);
}

TEST(ApiTable, RowsAreSortedWithIncludesLast) {
  ApiTable Table;
  add(Table, Base);
  auto Rows = Table.rows();
  for (size_t I = 1; I < Rows.size(); ++I) {
    bool Before = Rows[I - 1]->Kind == ApiKind::Include, After = Rows[I]->Kind == ApiKind::Include;
    EXPECT_LE(Before, After);
    if (Before == After)
      EXPECT_LT(Rows[I - 1]->Cuda, Rows[I]->Cuda);
  }
}

TEST(ApiTable, AFileWithAnErrorAddsNothing) {
  ApiTable Table;
  YamlFile File(
      "library: x\nrows:\n  - {cuda: zzGood, kind: function, hip: a}\n  - {cuda: zzBad}\n");
  std::string Text = llvm::toString(Table.addFile(File.Path));
  EXPECT_EQ(Text, (File.Path + ":4:6: error: 'kind' is missing").str());
  EXPECT_FALSE(Table.find("zzGood"));
}

TEST(ApiTable, NearestGivesTheBestSpellings) {
  ApiTable Table;
  add(Table, Base);
  auto Names = Table.nearest("zzBaseAlhpa", 3);
  ASSERT_FALSE(Names.empty());
  EXPECT_EQ(Names[0], "zzBaseAlpha");
  EXPECT_EQ(Table.nearest("ZZBASEBETA", 1), std::vector<llvm::StringRef>{"zzBaseBeta"});
  EXPECT_TRUE(Table.nearest("nothing_is_like_this_word_at_all", 3).empty());
  EXPECT_TRUE(Table.nearest("zzBaseAlpha", 0).empty());
}

TEST(ApiTable, VerdictFollowsTheVersionOfHip) {
  ApiTable Table;
  add(Table, Base);
  const ApiRow &Row = *Table.find("zzBaseAlpha");
  EXPECT_EQ(verdictFor(Row, {5, 1}), Verdict::Unsupported);
  EXPECT_EQ(verdictFor(Row, {5, 2}), Verdict::Rename);
  EXPECT_EQ(verdictFor(Row, {7, 0}), Verdict::Unsupported);
  EXPECT_EQ(verdictFor(Row, {}), Verdict::Rename);
}

TEST(ApiTable, YamlOfARowLoadsAgainAsTheSameRow) {
  const llvm::StringRef Text = R"(library: test-yaml
title: 'It''s a title: with a colon'
header: yaml.h
rows:
  - cuda: zzYaml
    kind: function
    signature:
      - int (const char *a, int b = 3)
      - template <class T> int (T &&a)
    hip: hipYaml
    since: {cuda: 11.2, hip: 5.2}
    deprecated: {hip: 6.0}
    removed: {cuda: 13.0}
    verdict: review
    note: 'Mind this: # is no comment'
    group: memory
    arguments:
      - {index: 0, wrap: HIP_SYMBOL}
      - {index: 1, cast: const void *}
      - {index: 2, remove: true}
    forms:
      - {arguments: 3, hip: zzYaml}
      - {arguments: 4, note: 'no, not that'}
    conditions:
      - {argument: a, text: ['-arch=*', '--fast'], note: 'No, not that', source: somewhere}
      - {argument: b, not: [cudaA, 0], since: {hip: 6.3}, verdict: unsupported, note: Mind this, source: 'a, b'}
)";
  ApiTable Table;
  add(Table, Text);
  EXPECT_EQ(toYaml(*Table.find("zzYaml"), Table), Text);
}

/// Each built-in row can be printed, loaded again over itself and changes nothing.
TEST(ApiTable, YamlOfEveryBuiltInRowLoads) {
  ApiTable Table, Again;
  std::string Before = Table.fingerprint();
  for (const ApiRow *Row : Table.rows())
    add(Again, toYaml(*Row, Table));
  EXPECT_EQ(Again.fingerprint(), Before);
}

/// A condition speaks of values that CUDA has. Those that HIP has no name for say so in rows of their own, and nothing is
/// said twice.
TEST(ApiTable, ConditionsNameValuesThatHaveRows) {
  ApiTable Table;
  for (const ApiRow *Row : Table.rows())
    for (const ArgumentCondition &C : Row->Conditions)
      for (llvm::StringRef Value : C.Values) {
        int64_t Number;
        if (C.What == ArgumentCondition::Text || !Value.getAsInteger(0, Number))
          continue;
        const ApiRow *Of = Table.find(Value);
        ASSERT_TRUE(Of) << Row->Cuda.str() << ": " << Value.str();
        if (C.What == ArgumentCondition::Type) {
          EXPECT_EQ(Of->Kind, ApiKind::Type) << Value.str();
          continue;
        }
        EXPECT_TRUE(Of->Kind == ApiKind::Enumerator || Of->Kind == ApiKind::Macro) << Value.str();
        EXPECT_FALSE(Of->Hip.empty()) << Row->Cuda.str() << ": " << Value.str();
      }
}

} // namespace
