// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Effort/Survey.h"

#include "llvm/ADT/STLExtras.h"

#include <map>

using namespace cuport;
using llvm::StringRef;

StringRef cuport::moduleOf(StringRef Path) {
  size_t Slash = Path.rfind('/');
  return Slash == StringRef::npos ? "." : Slash == 0 ? "/" : Path.take_front(Slash);
}

/// Everything of a finding that a card's answer depends on.
static std::string keyOf(const Finding &F, bool InKernel) {
  std::string Key = F.Rule + '\0' + F.Name + '\0' + F.Replacement + '\0';
  Key += char('0' + int(F.Verdict));
  Key += InKernel ? 'k' : 'h';
  Key += F.Edits.empty() ? '-' : 'e';
  Key += F.Ignored.empty() ? '-' : 'i';
  for (const Need &N : F.Needs)
    Key += '\0' + N.Fact + '=' + std::to_string(N.Amount);
  return Key;
}

Survey cuport::makeSurvey(llvm::ArrayRef<Finding> Findings, std::vector<SurveyFile> Files, std::vector<SurveyKernel> Kernels,
                          llvm::function_ref<const ApiRow *(const Finding &)> RowOf) {
  Survey S;
  S.Findings = Findings;
  S.Files = std::move(Files);
  S.Kernels = std::move(Kernels);
  std::map<StringRef, uint32_t> FileIndex;
  for (auto [I, F] : llvm::enumerate(S.Files))
    FileIndex[F.Path] = I;
  std::map<std::string, uint32_t> Known;
  for (auto [I, F] : llvm::enumerate(Findings)) {
    auto File = FileIndex.find(F.At.File);
    const uint32_t FileId = File == FileIndex.end() ? Survey::NoFile : File->second;
    uint32_t Kernel = Survey::NoKernel;
    if (FileId != Survey::NoFile) {
      // The last kernel that begins at or before the place.
      auto It = llvm::upper_bound(S.Kernels, std::pair(size_t(FileId), F.At.Offset), [](const auto &At, const SurveyKernel &K) {
        return At < std::pair(K.File, K.Begin);
      });
      if (It != S.Kernels.begin() && std::prev(It)->File == FileId && F.At.Offset < std::prev(It)->End)
        Kernel = std::prev(It) - S.Kernels.begin();
    }
    S.FileOf.push_back(FileId);
    S.KernelOf.push_back(Kernel);
    const bool SameLine = I > 0 && Findings[I - 1].At.File == F.At.File && Findings[I - 1].At.Line == F.At.Line;
    S.LineCount += !SameLine;
    S.LineOf.push_back(S.LineCount - 1);
    const bool InKernel = Kernel != Survey::NoKernel;
    auto [It, New] = Known.try_emplace(keyOf(F, InKernel), S.Questions.size());
    if (New)
      S.Questions.push_back({I, RowOf(F), InKernel, {}});
    S.QuestionOf.push_back(It->second);
    S.Questions[It->second].Findings.push_back(I);
  }
  return S;
}
