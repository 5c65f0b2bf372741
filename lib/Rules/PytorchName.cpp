// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Names and headers of PyTorch's C++ interface that say CUDA. They are PyTorch's own: its build for another card renames them, or has them.
//
//   Seen: #include <ATen/cuda/CUDAContext.h>     at::cuda::getCurrentCUDAStream()     C10_CUDA_CHECK(...)

#include "Rules/Needs.h"
#include "Rules/RowUse.h"
#include "Rules/Rule.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace cuport;
using llvm::StringRef;

static bool isHeader(StringRef Name) {
  static constexpr llvm::StringLiteral Folders[] = {"ATen/cuda/", "ATen/native/cuda/", "ATen/cudnn/", "c10/cuda/", "torch/csrc/cuda/", "THC/"};
  return llvm::any_of(Folders, [&](StringRef Folder) { return Name.starts_with(Folder); });
}

static bool isMacro(StringRef Name) {
  static constexpr llvm::StringLiteral Prefixes[] = {"C10_CUDA_", "AT_CUDA_", "AT_CUDNN_", "TORCH_CUDABLAS_", "TORCH_CUDASPARSE_", "TORCH_CUSOLVER_", "TORCH_CUDA_"};
  return llvm::any_of(Prefixes, [&](StringRef Prefix) { return Name.starts_with(Prefix); });
}

/// The token behind a::b::c that begins at First with one of PyTorch's namespaces and goes on with cuda, or First.
static size_t endOfName(const FileView &File, size_t First) {
  if (!llvm::StringSwitch<bool>(File.text(First)).Cases({"at", "c10", "torch"}, true).Default(false) || !File.is(First + 1, "::") || !File.is(First + 2, "cuda") ||
      (First > 0 && (File.is(First - 1, ".") || File.is(First - 1, "->"))))
    return First;
  size_t End = First + 3;
  while (End + 1 < File.tokens().size() && File.is(End, "::") && File.tokens()[End + 1].What == Token::Identifier)
    End += 2;
  return End;
}

static void report(const FileView &File, size_t First, size_t End, std::vector<Finding> &Findings) {
  const uint32_t Begin = File.tokens()[First].Offset;
  Finding F = File.finding("pytorch-name", Begin, File.tokens()[End - 1].end() - Begin, File.Options.Card ? Verdict::Unknown : Verdict::AsIs,
                           File.lexicalConfidence(Begin) == Confidence::Inactive ? Confidence::Inactive : Confidence::Resolved);
  for (size_t I = First; I < End; ++I)
    F.Name += File.text(I);
  if (File.tokens()[First].What == Token::Header)
    F.Name = StringRef(F.Name).drop_front().drop_back().str();
  F.Needs = {need(FactKey::PyTorch)};
  if (StringRef(F.Name).starts_with("THC/")) {
    F.Verdict = Verdict::Review;
    F.Message = "'" + F.Name + "' is PyTorch's, which has not had it since 1.11: ATen/cuda/ has what stands for it";
  } else if (File.Options.Card) {
    F.Message = "'" + F.Name + "' is PyTorch's; " + supportText(File.Options.Card->card(), FactKey::PyTorch) + "; it stays as it is";
  } else {
    F.Message = "'" + F.Name + "' is PyTorch's and stays: PyTorch for ROCm changes it as it builds an extension (setup.py, cpp_extension.load); where "
                               "another build compiles this file, run torch.utils.hipify over it";
  }
  Findings.push_back(std::move(F));
}

namespace cuport {
void runPytorchName(const FileView &File, std::vector<Finding> &Findings) {
  for (size_t I = 0; I < File.tokens().size(); ++I) {
    const Token &T = File.tokens()[I];
    if (T.What == Token::Header) {
      if (T.Length > 2 && isHeader(File.text(I).drop_front().drop_back()))
        report(File, I, I + 1, Findings);
    } else if (T.What == Token::Identifier) {
      if (const size_t End = endOfName(File, I); End != I) {
        report(File, I, End, Findings);
        I = End - 1;
      } else if (isMacro(File.text(I))) {
        report(File, I, I + 1, Findings);
      }
    }
  }
}
} // namespace cuport
