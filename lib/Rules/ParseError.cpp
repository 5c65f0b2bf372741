// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What could not be parsed. Names there are known by their tokens alone, so nobody may take a clean list for a clean file.
//
//   Seen: #include "of_a_library_that_is_not_here.h"

#include "Rules/Rule.h"

#include "llvm/ADT/StringExtras.h"

using namespace cuport;

namespace cuport {
void runParseError(const FileView &File, std::vector<Finding> &Findings) {
  if (auto It = File.Project.Failures.find(File.RealPath); It != File.Project.Failures.end()) {
    Finding F = File.finding("parse-error", 0, 0, Verdict::Unknown, Confidence::Unparsed);
    F.Message = "the translation unit could not be parsed (" + It->second +
                "); its names were found by their tokens alone";
    Findings.push_back(std::move(F));
  } else if (!File.Facts) {
    Finding F = File.finding("parse-error", 0, 0, Verdict::Unknown, Confidence::Unparsed);
    F.Message = "no translation unit here includes the file; its names were found by their tokens alone";
    Findings.push_back(std::move(F));
  }
  if (!File.Facts || File.Facts->Errors.empty())
    return;
  const auto &Errors = File.Facts->Errors;
  const ParseError *First = &Errors.front();
  uint32_t Offset = std::min<size_t>(First->Offset, File.Source.text().size());
  Finding F = File.finding("parse-error", Offset, 0, Verdict::Unknown, Confidence::Unresolved);
  std::string Text = First->Text;
  for (char &C : Text)
    if (!llvm::isPrint(C))
      C = '?';
  F.Message = "parsed with " + std::to_string(Errors.size()) + (Errors.size() == 1 ? " error (" : " errors (first: ") +
              Text + "); names near it may be known by their tokens alone, so give the missing flags or headers";
  Findings.push_back(std::move(F));
}
} // namespace cuport
