// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What one scan says, whatever the card: the findings as questions to a card, kernels, sizes. A project has thousands of findings
// and hundreds of questions, so a card is asked little.
//
//   findings + files + kernels  ->  Survey  --assess (Assessment.h), once a card-->  CardAssessment

#ifndef CUPORT_EFFORT_SURVEY_H
#define CUPORT_EFFORT_SURVEY_H

#include "Knowledge/CardVerdict.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <vector>

namespace cuport {

/// A file with CUDA in it, or one that could not be read.
struct SurveyFile {
  std::string Path;     ///< as in Place::File
  unsigned Lines = 0;
  bool Analysed = true; ///< false where no parse reached it: its places are known by their tokens only, or not at all
  bool UsesCutlass = false;
};

struct SurveyKernel {
  size_t File = 0; ///< into Survey::Files
  std::string Name; ///< may be empty
  bool IsKernel = false; ///< else a device function
  uint32_t Begin = 0, End = 0; ///< bytes
  unsigned FirstLine = 0, LastLine = 0;
};

/// Places that ask a card the same.
struct SurveyQuestion {
  size_t First = 0; ///< the finding that stands for all
  const ApiRow *Row = nullptr;
  bool InKernel = false;
  std::vector<size_t> Findings;
};

struct Survey {
  llvm::ArrayRef<Finding> Findings; ///< not owned; by file and offset
  std::vector<SurveyFile> Files;    ///< by path
  std::vector<SurveyKernel> Kernels; ///< by file and offset
  std::vector<SurveyQuestion> Questions; ///< in the order of their first findings
  std::vector<uint32_t> QuestionOf; ///< by finding, into Questions
  std::vector<uint32_t> FileOf;     ///< by finding, into Files; NoFile in build files, whose lines nobody counts
  std::vector<uint32_t> KernelOf;   ///< by finding, into Kernels; NoKernel outside of one
  std::vector<uint32_t> LineOf;     ///< by finding, a number of its line that no other line has
  uint32_t LineCount = 0;           ///< of different lines with findings

  static constexpr uint32_t NoKernel = ~0u, NoFile = ~0u;
};

/// Pure. RowOf gives the row of the name of a finding, or null.
Survey makeSurvey(llvm::ArrayRef<Finding> Findings, std::vector<SurveyFile> Files, std::vector<SurveyKernel> Kernels,
                  llvm::function_ref<const ApiRow *(const Finding &)> RowOf);

/// The folder of a file, "." for none: what the report calls a module.
llvm::StringRef moduleOf(llvm::StringRef Path);

} // namespace cuport

#endif
