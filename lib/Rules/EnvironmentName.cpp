// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Environment variables of CUDA's in string literals.
//
//   Seen: setenv("CUDA_LAUNCH_BLOCKING", "1", 1)     After: setenv("AMD_SERIALIZE_KERNEL", "3", 1)

#include "Rules/Rule.h"

#include "llvm/ADT/StringSwitch.h"

using namespace cuport;

/// What to do about it; empty for what is none of CUDA's variables.
static llvm::StringRef adviceFor(llvm::StringRef Name) {
  return llvm::StringSwitch<llvm::StringRef>(Name)
      .Case("CUDA_VISIBLE_DEVICES", "AMD's runtime takes it too, as HIP_VISIBLE_DEVICES; other cards have a variable of their own")
      .Case("CUDA_LAUNCH_BLOCKING", "with AMD's runtime it is AMD_SERIALIZE_KERNEL=3")
      .Case("CUDA_DEVICE_MAX_CONNECTIONS", "with AMD's runtime GPU_MAX_HW_QUEUES comes nearest")
      .Cases({"CUDA_HOME", "CUDA_PATH", "CUDA_ROOT"}, "AMD's toolkit is found by ROCM_PATH")
      .Cases({"CUDA_DEVICE_ORDER", "CUDA_MODULE_LOADING", "CUDA_CACHE_DISABLE", "CUDA_CACHE_PATH", "CUDA_CACHE_MAXSIZE"}, "HIP has nothing for it: leave it out")
      .Cases({"CUDA_FORCE_PTX_JIT", "CUDA_DISABLE_PTX_JIT", "CUDA_MPS_PIPE_DIRECTORY", "CUDA_MPS_LOG_DIRECTORY"}, "HIP has nothing for it: leave it out")
      .Default("");
}

namespace cuport {
void runEnvironmentName(const FileView &File, std::vector<Finding> &Findings) {
  for (const Token &T : File.tokens()) {
    if (T.What != Token::String)
      continue;
    llvm::StringRef Name = File.Source.textOf(T);
    if (!Name.consume_front("\"") || !Name.consume_back("\""))
      continue;
    Name = Name.split('=').first; // putenv
    llvm::StringRef Advice = Name.starts_with("CUDA_") ? adviceFor(Name) : "";
    if (Advice.empty())
      continue;
    Finding F = File.finding("environment-name", T.Offset, T.Length, Verdict::Review, Confidence::Resolved);
    F.Name = Name.str();
    F.Message = "'" + F.Name + "' is a variable that CUDA's runtime reads: " + Advice.str();
    Findings.push_back(std::move(F));
  }
}
} // namespace cuport
