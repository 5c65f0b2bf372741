// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rewrite/ExportFixes.h"

#include "Rewrite/ApplyEdits.h"

#include "TempFolder.h"

using namespace cuport;

namespace {

class ExportFixes : public TempFolder {};

TEST_F(ExportFixes, Format) {
  auto Yaml =
      exportFixes("/w", {{"b.cu", {{3, 4, "x"}}}, {"/abs/a.cu", {{0, 0, "#include <h>\n"}}}});
  ASSERT_TRUE(bool(Yaml));
  EXPECT_EQ(*Yaml, "---\n"
                   "MainSourceFile:  '/abs/a.cu'\n"
                   "Replacements:\n"
                   "  - FilePath:        '/abs/a.cu'\n"
                   "    Offset:          0\n"
                   "    Length:          0\n"
                   "    ReplacementText: \"#include <h>\\n\"\n"
                   "  - FilePath:        '/w/b.cu'\n"
                   "    Offset:          3\n"
                   "    Length:          4\n"
                   "    ReplacementText: x\n"
                   "...\n");
}

TEST_F(ExportFixes, ClangApplyReplacementsMakesTheSameText) {
  std::string Program = "clang-apply-replacements-22";
  if (!has(Program))
    GTEST_SKIP() << "no " << Program;
  std::string A = "cudaMemcpyToSymbol(sym, p);\r\n// \xD6\xD0\ncudaFree(p);";
  std::vector<Finding> Findings(4);
  Findings[0].Edits = {{0, 18, "hipMemcpyToSymbol"}};
  Findings[1].Edits = {{19, 0, "HIP_SYMBOL("}, {22, 0, ")"}};
  Findings[2].Edits = {{19, 3, "hipSym"}};
  Findings[3].Edits = {{0, 0, "#include \"it's: \\n {odd}\"\n"}, {35, 8, "hipFree"}};
  for (unsigned I = 0; I < 4; ++I) {
    Findings[I].At.Offset = Findings[I].Edits.front().Offset;
    Findings[I].Rule = std::to_string(I);
  }
  std::string B = "cudaFree(p);\n";
  put("src/a.cu", A);
  put("src/b c.cuh", B);
  std::vector<Edit> EditsA = resolveEdits(A, Findings), EditsB = {{0, 8, "hipFree"}};
  auto Yaml = exportFixes(Root, {{"src/a.cu", EditsA}, {"src/b c.cuh", EditsB}});
  ASSERT_TRUE(bool(Yaml));
  put("fixes/fixes.yaml", *Yaml);
  ASSERT_EQ(run(Program + " fixes"), 0) << get(at("log"));
  EXPECT_EQ(get(at("src/a.cu")),
            "#include \"it's: \\n {odd}\"\nhipMemcpyToSymbol(HIP_SYMBOL(hipSym), p);\r\n// "
            "\xD6\xD0\nhipFree(p);");
  EXPECT_EQ(get(at("src/a.cu")), applyResolved(A, EditsA));
  EXPECT_EQ(get(at("src/b c.cuh")), "hipFree(p);\n");
}

TEST_F(ExportFixes, NoFixes) {
  auto Yaml = exportFixes("/w", {});
  ASSERT_TRUE(bool(Yaml));
  EXPECT_EQ(*Yaml, "---\nMainSourceFile:  ''\nReplacements:    []\n...\n");
}

TEST_F(ExportFixes, RefusesWhatYamlCannotHold) {
  EXPECT_PRED2(contains, messageOf(exportFixes("/w", {{"a.cu", {{7, 0, "\xD6\xD0"}}}})),
               "'a.cu': the new text at offset 7 is not UTF-8");
  EXPECT_PRED2(contains, messageOf(exportFixes("/w", {{"\xD6\xD0.cu", {{7, 0, "x"}}}})),
               "the name is not UTF-8");
}

} // namespace
