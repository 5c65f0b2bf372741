// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The cards that code is compiled for: sm_80 says nothing to another card, and which cards there are only the user knows.
//
//   Before: $(CC) -O3 -arch=sm_70 -c $<      After: $(CC) -O3 -c $<     (hipcc compiles for the card that it finds)
//   Seen:   set(CMAKE_CUDA_ARCHITECTURES 70 80)
//
// A value in a variable of the user's own is left: nothing reads it any more.

#include "Build/BuildRule.h"

#include "llvm/ADT/STLExtras.h"

using namespace cuport;
using llvm::StringRef;

static bool saysNvidiaCard(StringRef Value) {
  return Value.contains("sm_") || Value.contains("compute_") || Value.contains('$') || Value == "all" || Value == "native" ||
         Value == "all-major";
}

static constexpr llvm::StringLiteral Options[] = {"-arch",          "--gpu-architecture", "-gencode", "--generate-code",
                                                  "--gpu-arch",     "-code",              "--gpu-code", "--cuda-gpu-arch"};

/// An option and its value; gives how many words that were, 0 for none.
static size_t lookAtOption(const BuildView &File, const BuildStatement &S, size_t I, std::vector<Finding> &Findings) {
  const BuildWord &W = S.Words[I];
  auto [Option, Value] = W.Text.split('=');
  if (!llvm::is_contained(Options, Option))
    return 0;
  const bool Next = !W.Text.contains('=');
  if (Next && I + 1 == S.Words.size())
    return 0;
  const BuildWord &V = Next ? S.Words[I + 1] : W;
  if (Next)
    Value = V.Text;
  // Other programs have an -arch as well.
  if (!saysNvidiaCard(Value))
    return 0;
  Finding F = File.finding("build-architecture", W, Verdict::Review, "");
  // The option alone: a script that lists a card for each of its lines asks one question.
  F.Name = Option.str();
  bool Done = File.remove(W, F.Edits) && (!Next || File.remove(V, F.Edits));
  if (!Done)
    F.Edits.clear();
  F.Message = quoted(Next ? W.Text + " " + V.Text : llvm::Twine(W.Text)) + " names a card of NVIDIA's" + (Done ? " and goes" : "; take it out") + ": ";
  if (auto Own = File.Options.IsHip ? std::nullopt : compilerOf(*File.Options.Card)) {
    llvm::ArrayRef<TargetFact> Facts = File.Options.Card->facts(FactKey::Architecture);
    F.Message += Own->Name + (Facts.empty() ? " is told a card by " + quoted(Own->Architecture) : " takes " + Facts.front().Value.str());
  } else {
    F.Message += "hipcc compiles for the card of the machine, and for others by --offload-arch=gfx90a or the like";
  }
  Findings.push_back(std::move(F));
  return Next ? 2 : 1;
}

namespace {
struct Variable {
  StringRef Name, There;
};
} // namespace

static constexpr Variable Variables[] = {
    {"CMAKE_CUDA_ARCHITECTURES", "CMAKE_HIP_ARCHITECTURES"},
    {"CUDA_ARCHITECTURES", "HIP_ARCHITECTURES"},
    {"CUDA_ARCH_BIN", "CMAKE_HIP_ARCHITECTURES"},
    {"CUDA_ARCH_PTX", "CMAKE_HIP_ARCHITECTURES"},
    {"cuda_select_nvcc_arch_flags", "CMAKE_HIP_ARCHITECTURES"},
    {"TORCH_CUDA_ARCH_LIST", "PYTORCH_ROCM_ARCH"},
};

static void lookAtName(const BuildView &File, const BuildWord &W, std::vector<Finding> &Findings) {
  // CMake's commands may be written in any case; a variable's name may not.
  const auto *V = llvm::find_if(Variables, [&](const Variable &Known) { return File.isCMake() ? W.Text.equals_insensitive(Known.Name) : W.Text == Known.Name; });
  if (V == std::end(Variables))
    return;
  Finding F = File.finding("build-architecture", W, Verdict::Review,
                           quoted(W.Text) + " names cards of NVIDIA's; " + V->There + " names HIP's (gfx90a or the like)" +
                               (V->There.starts_with("CMAKE") ? ", by default those of the machine" : ""));
  Findings.push_back(std::move(F));
}

namespace cuport {
void runBuildArchitecture(const BuildView &File, std::vector<Finding> &Findings) {
  for (const BuildStatement &S : File.Text.Statements) {
    for (size_t I = 0; I < S.Words.size();)
      I += std::max<size_t>(1, lookAtOption(File, S, I, Findings));
    auto Look = [&](const BuildWord &W) { lookAtName(File, W, Findings); };
    if (File.isCMake()) {
      Look({S.Begin, S.Name, false});
      forEachName(S, Look);
    } else {
      if (!S.Name.empty())
        Look({uint32_t(S.Name.data() - File.Source.text().data()), S.Name, false});
      for (const BuildWord &W : S.Words)
        Look(W);
    }
  }
}
} // namespace cuport
