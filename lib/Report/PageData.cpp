// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report/PageData.h"

#include "Report/JsonFields.h"
#include "Report/JsonWriter.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

using namespace llvm;

namespace cuport {
namespace {

class Packer : JsonFields {
public:
  explicit Packer(json::OStream &J) : JsonFields(J) {}

  void pack(const ReportModel &M) {
    countKinds(M);
    J.object([&] {
      origin(M);
      J.attributeBegin("summary");
      writeSummaryJson(M, J);
      J.attributeEnd();
      list("rules", M.Rules, [&](const RuleSummary &R) {
        text("rule", R.Rule);
        text("summary", R.Summary);
        if (R.Verdicts.forPerson())
          text("page", R.Page);
      });
      libraries(M);
      J.attributeArray("kinds", [&] {
        for (const Kind &K : Kinds)
          J.array([&] {
            for (size_t Value : K)
              J.value(Value);
          });
      });
      J.attributeArray("strings", [&] {
        for (StringRef String : Strings)
          J.value(json::fixUTF8(String));
      });
      J.attributeArray("files", [&] {
        auto Next = M.Findings.begin();
        for (const FileSummary &F : M.Files)
          file(F, Next);
      });
      if (M.OnCards)
        writePackedCards(*M.OnCards, J);
      writeTrendAndTrace(M, J);
    });
    J.flush();
  }

private:
  /// Rule, verdict, confidence, name, replacement, message, ignored; all but verdict and confidence index Strings.
  using Kind = std::array<size_t, 7>;

  size_t indexOf(StringRef String) {
    auto [It, New] = StringIndex.try_emplace(String, Strings.size());
    if (New)
      Strings.push_back(It->first());
    return It->second;
  }

  void countKinds(const ReportModel &M) {
    for (const Finding &F : M.Findings) {
      Kind K = {indexOf(F.Rule),        size_t(F.Verdict),    size_t(F.Confidence), indexOf(F.Name),
                indexOf(F.Replacement), indexOf(F.Message), indexOf(F.Ignored)};
      auto [It, New] = KindIndex.try_emplace(K, Kinds.size());
      if (New)
        Kinds.push_back(K);
      KindOf.push_back(It->second);
    }
  }

  void libraries(const ReportModel &M) {
    std::map<StringRef, size_t> Titles;
    for (const ApiSummary &A : M.Apis)
      if (!A.Library.empty())
        Titles.try_emplace(A.Library, 0);
    J.attributeArray("libraries", [&] {
      size_t Index = 0;
      for (auto &[Title, At] : Titles) {
        At = Index++;
        J.value(json::fixUTF8(Title));
      }
    });
    J.attributeObject("library_of", [&] {
      StringRef Last;
      for (const ApiSummary &A : M.Apis) // by name: those with several verdicts stand together
        if (!A.Library.empty() && A.Name != Last) {
          J.attribute(json::fixUTF8(A.Name), Titles[A.Library]);
          Last = A.Name;
        }
    });
  }

  void file(const FileSummary &F, std::vector<Finding>::const_iterator &Next) {
    const FileStatus &S = F.Status;
    J.array([&] {
      J.value(json::fixUTF8(S.Path));
      J.value(fileStateName(S.State));
      J.value(json::fixUTF8(S.Reason));
      J.value(S.Lines);
      J.value(F.CudaLines);
      J.value(S.ErrorCount);
      J.array([&] {
        for (const FileError &E : S.FirstErrors)
          J.array([&] {
            J.value(E.Line);
            J.value(json::fixUTF8(E.Text));
          });
      });
      J.array([&] {
        for (const Excerpt &E : S.Excerpts)
          J.array([&] {
            J.value(E.FirstLine);
            J.value(json::fixUTF8(E.Text));
          });
      });
      J.array([&] { // files and findings are both sorted by path
        for (size_t Left = F.Verdicts.total(); Left > 0; --Left, ++Next, ++Done) {
          J.value(KindOf[Done]);
          J.value(Next->At.Line);
          J.value(Next->At.Column);
        }
      });
    });
  }

  std::vector<StringRef> Strings;
  StringMap<size_t> StringIndex;
  std::vector<Kind> Kinds;
  std::map<Kind, size_t> KindIndex;
  std::vector<size_t> KindOf; ///< by finding
  size_t Done = 0;
};

} // namespace

std::string pageData(const ReportModel &Model) {
  std::string Json;
  raw_string_ostream Out(Json);
  json::OStream J(Out);
  Packer(J).pack(Model);
  return Json;
}

} // namespace cuport
