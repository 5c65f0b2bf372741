// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Strings that are meant for CUDA's compilers and loaders at run time: options of NVRTC, names of files with machine code, mangled names
// of kernels.
//
//   Seen: "--gpu-architecture=compute_80"     Seen: "_Z6kernelPf"     Seen: "kernels.cubin"

#include "Rules/Rule.h"

#include "llvm/ADT/StringExtras.h"

using namespace cuport;

static bool namesArchitecture(llvm::StringRef Text) {
  for (llvm::StringRef Prefix : {"compute_", "sm_"}) {
    size_t At = Text.find(Prefix);
    if (At != llvm::StringRef::npos && At + Prefix.size() < Text.size() && llvm::isDigit(Text[At + Prefix.size()]))
      return true;
  }
  return Text.starts_with("--gpu-architecture") || Text.starts_with("--gpu-code");
}

/// _Z6kernelPf, _ZN2ns6kernelEPf.
static bool isMangled(llvm::StringRef Text) {
  return Text.consume_front("_Z") && !Text.empty() && (llvm::isDigit(Text[0]) || Text[0] == 'N' || Text[0] == 'L') &&
         llvm::all_of(Text, [](char C) { return llvm::isAlnum(C) || C == '_'; });
}

static std::string adviceFor(llvm::StringRef Text) {
  if (isMangled(Text))
    return "is a mangled name: names of CUDA's vector types and halves are mangled otherwise in HIP, and the look-up fails; declare the kernel extern \"C\", or ask hiprtc "
           "for the name of an expression";
  if (Text.ends_with(".ptx") || Text.ends_with(".cubin") || Text.ends_with(".fatbin"))
    return "names a file of NVIDIA's machine code, which no other card loads: build a code object in its place";
  if (Text.contains(".version") && Text.contains(".target"))
    return "holds PTX, which no other card loads: keep its source and compile that";
  if (namesArchitecture(Text))
    return "names one of NVIDIA's architectures: HIP's compilers take --offload-arch=gfx..., and hiprtc the card at hand where none is given";
  return Text == "--use_fast_math" || Text == "-use_fast_math"
             ? "is an option of NVIDIA's compilers; -ffast-math is no replacement, as it takes away NaN and infinity too"
             : "";
}

namespace cuport {
void runJitString(const FileView &File, std::vector<Finding> &Findings) {
  for (const Token &T : File.tokens()) {
    if (T.What != Token::String)
      continue;
    llvm::StringRef Text = File.Source.textOf(T).trim('"');
    std::string Advice = adviceFor(Text);
    if (Advice.empty())
      continue;
    constexpr size_t MaxText = 40; // of a message
    Finding F = File.finding("jit-string", T.Offset, T.Length, Verdict::Review, Confidence::Resolved);
    F.Name = Text.size() > MaxText ? (Text.take_front(MaxText) + " ...").str() : Text.str();
    F.Message = "'" + F.Name + "' " + Advice;
    Findings.push_back(std::move(F));
  }
}
} // namespace cuport
