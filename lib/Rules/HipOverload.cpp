// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Functions that a project defines because CUDA has none, or had none for old cards, and that HIP's headers define on AMD:
// operators of vector types, atomicMin of floats, atomicAdd of doubles. Two equal ones are ambiguous or a redefinition. On
// NVIDIA HIP's headers are CUDA's, so the project's own stay for there.
//
//   Before: inline __host__ __device__ float4 operator*(float4 a, float4 b) { ... }
//   After:  the same between #ifndef __HIP_PLATFORM_AMD__ and #endif; neighbours share one pair

#include "Rules/Rule.h"

#include "llvm/ADT/STLExtras.h"

using namespace cuport;

namespace {
/// Tokens of one or more functions that stand side by side, [First, Last).
struct Definitions {
  size_t First = 0;
  size_t Last = 0;
  unsigned Count = 1;
  bool ByMacro = false; ///< a macro writes it, whose other uses may need what a guard would take out
};
} // namespace

/// The function whose name begins with token Index: from behind whatever ends before it to its } or ;.
static std::optional<Definitions> functionAt(const FileView &File, size_t Index) {
  size_t Open = Index + 1;
  while (Open < File.tokens().size() && Open < Index + 4 && !File.is(Open, "(")) // operator += (
    ++Open;
  size_t Close = File.is(Open, "(") ? File.Source.matching(Open) : File.tokens().size();
  size_t Body = Close + 1;
  size_t Last = File.is(Body, "{") ? File.Source.matching(Body) : Body;
  if (Last >= File.tokens().size() || !(File.is(Last, "}") || File.is(Last, ";")))
    return std::nullopt;
  size_t First = Index;
  while (First > 0 && !File.tokens()[First - 1].InDirective && !File.is(First - 1, ";") && !File.is(First - 1, "{") &&
         !File.is(First - 1, "}"))
    --First;
  return Definitions{First, Last + 1};
}

static std::vector<Definitions> definitionsIn(const FileView &File) {
  std::vector<Definitions> All;
  for (uint32_t Offset : File.Facts->HipOverloads) {
    const size_t At = File.Source.tokenAt(Offset);
    auto D = functionAt(File, At);
    if (!D) {
      All.push_back({At, At + 1, 1, /*ByMacro=*/true});
      continue;
    }
    if (!All.empty() && !All.back().ByMacro && All.back().Last == D->First) {
      All.back().Last = D->Last;
      ++All.back().Count;
    } else {
      All.push_back(*D);
    }
  }
  return All;
}

/// True where the branch that token Index stands in is decided by HIP's platform already.
static bool isGuarded(const FileView &File, size_t Index) {
  std::vector<bool> Open;
  for (const Directive &D : File.Source.directives()) {
    if (D.First >= Index)
      break;
    if (D.Name.starts_with("if")) {
      bool Names = false;
      for (size_t I = D.First; I < D.Last; ++I)
        Names |= File.text(I).starts_with("__HIP_PLATFORM_");
      Open.push_back(Names);
    } else if (D.Name == "endif" && !Open.empty()) {
      Open.pop_back();
    }
  }
  return llvm::is_contained(Open, true);
}

namespace cuport {
void runHipOverload(const FileView &File, std::vector<Finding> &Findings) {
  if (!File.Facts)
    return;
  llvm::StringRef Text = File.Source.text();
  std::string Newline = Text.contains("\r\n") ? "\r\n" : "\n";
  for (const Definitions &D : definitionsIn(File)) {
    if (isGuarded(File, D.First))
      continue;
    uint32_t Begin = File.tokens()[D.First].Offset, End = File.tokens()[D.Last - 1].end();
    Finding F = File.finding("hip-overload", Begin, File.tokens()[D.First].Length, Verdict::Review, Confidence::Resolved);
    F.Message = std::to_string(D.Count) + (D.Count == 1 ? " function" : " functions") +
                " of the project's own that HIP's headers define on AMD as well; they stay for other platforms, so see that "
                "HIP's do the same (operators of vectors go element by element)";
    size_t LineBegin = Text.rfind('\n', Begin) + 1, LineEnd = Text.find('\n', End);
    LineEnd = LineEnd == llvm::StringRef::npos ? Text.size() : LineEnd + 1;
    llvm::StringRef Behind = Text.slice(End, LineEnd).trim();
    bool Alone = Text.slice(LineBegin, Begin).trim().empty() && Text.slice(LineEnd - 1, LineEnd) == "\n" &&
                 (Behind.empty() || (Behind.starts_with("//") && !Behind.ends_with("\\")));
    if (Alone && !D.ByMacro)
      F.Edits = {{static_cast<uint32_t>(LineBegin), 0, "#ifndef __HIP_PLATFORM_AMD__" + Newline},
                 {static_cast<uint32_t>(LineEnd), 0, "#endif" + Newline}};
    Findings.push_back(std::move(F));
  }
}
} // namespace cuport
