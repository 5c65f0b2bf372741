// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What could not be parsed. Names there are known by their tokens alone, so nobody may take a clean list for a clean file.
//
//   Seen: #include "of_a_library_that_is_not_here.h"

#include "Rules/Rule.h"

#include "llvm/ADT/StringExtras.h"

#include <set>

using namespace cuport;

/// The first header that was not found where the file at Path is read in the order of the includes: most errors come of one.
static std::string missingHeader(const ProjectFacts &Project, const std::string &Path, std::set<std::string> &Visited) {
  auto It = Project.Files.find(Path);
  if (It == Project.Files.end() || !Visited.insert(Path).second)
    return "";
  for (const auto &[Offset, I] : It->second.Includes) {
    std::string Found = I.Where == IncludeFact::Missing ? I.Path : I.Where == IncludeFact::User ? missingHeader(Project, I.Path, Visited) : "";
    if (!Found.empty())
      return Found;
  }
  return "";
}

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
  std::set<std::string> Visited;
  if (std::string Missing = missingHeader(File.Project, File.RealPath, Visited); !Missing.empty() && !llvm::StringRef(Text).contains(Missing))
    Text += "; '" + Missing + "', which it includes by way of others, was not found";
  F.Message = "parsed with " + std::to_string(Errors.size()) + (Errors.size() == 1 ? " error (" : " errors (first: ") +
              Text + "); names near it may be known by their tokens alone, so give the missing flags or headers";
  Findings.push_back(std::move(F));
}
} // namespace cuport
