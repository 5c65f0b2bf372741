// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Members of CUDA's structs that HIP's lack, or that tell something else there.
//
//   Seen: if (prop.major * 10 + prop.minor >= 80)     Seen: prop.sharedMemPerBlockOptin
//
// What HIP's hipDeviceProp_t has is from its headers of 6.3, where its form before 6.0 stands too.

#include "Rules/CodeFacts.h"
#include "Rules/Needs.h"

#include "llvm/ADT/StringSwitch.h"

using namespace cuport;

static constexpr Version FirstWithMost{6, 0};

static bool isInNoHip(llvm::StringRef Field) {
  return llvm::StringSwitch<bool>(Field)
      .Cases({"sparseCudaArraySupported", "deferredMappingCudaArraySupported", "deviceNumaConfig", "deviceNumaId"}, true)
      .Cases({"mpsEnabled", "hostNumaId", "gpuPciDeviceID", "gpuPciSubsystemID", "hostNumaMultinodeIpcSupported"}, true)
      .Default(false);
}

/// Fields of cudaDeviceProp that hipDeviceProp_t has since 6.0.
static bool isInLaterHip(llvm::StringRef Field) {
  return llvm::StringSwitch<bool>(Field)
      .Cases({"uuid", "luid", "luidDeviceNodeMask", "surfaceAlignment", "asyncEngineCount", "unifiedAddressing"}, true)
      .Cases({"persistingL2CacheMaxSize", "streamPrioritiesSupported", "globalL1CacheSupported", "localL1CacheSupported"}, true)
      .Cases({"sharedMemPerMultiprocessor", "regsPerMultiprocessor", "multiGpuBoardGroupID", "hostNativeAtomicSupported"}, true)
      .Cases({"computePreemptionSupported", "canUseHostPointerForRegisteredMem", "sharedMemPerBlockOptin"}, true)
      .Cases({"maxBlocksPerMultiProcessor", "accessPolicyMaxWindowSize", "reservedSharedMemPerBlock", "hostRegisterSupported"}, true)
      .Cases({"hostRegisterReadOnlySupported", "timelineSemaphoreInteropSupported", "memoryPoolsSupported"}, true)
      .Cases({"gpuDirectRDMASupported", "gpuDirectRDMAFlushWritesOptions", "gpuDirectRDMAWritesOrdering"}, true)
      .Cases({"memoryPoolSupportedHandleTypes", "ipcEventSupported", "clusterLaunch", "unifiedFunctionPointers"}, true)
      .Cases({"deviceOverlap", "singleToDoublePrecisionPerfRatio"}, true)
      .Default(false);
}

static void sayOfProperty(llvm::StringRef Field, Version Hip, Finding &F) {
  if (Field == "major" || Field == "minor") {
    F.Message = "the compute capability counts NVIDIA's generations; in HIP '" + Field.str() + "' is that of the gfx number (9 for gfx90a), so a comparison takes a branch that "
                "means nothing there: ask for the feature, or for the card by gcnArchName";
  } else if (Field == "warpSize") {
    F.Verdict = Verdict::AsIs;
    F.Message = "'warpSize' is 32, 64 or 128 by the card: kernels that count with a 32 of their own do not fit launches computed with it";
  } else if (Field == "sharedMemPerBlockOptin" && Hip >= FirstWithMost) {
    F.Verdict = Verdict::AsIs;
    F.Message = "'sharedMemPerBlockOptin' is 64 KiB on most of AMD's cards, what a block has without asking; code that has a branch for the usual 48 KiB takes another one there";
  } else if (isInNoHip(Field)) {
    F.Verdict = Verdict::Unsupported;
    F.Message = "hipDeviceProp_t has no '" + Field.str() + "': leave out what depends on it";
  } else if (isInLaterHip(Field) && Hip < FirstWithMost) {
    F.Verdict = Verdict::Unsupported;
    F.Message = "hipDeviceProp_t has '" + Field.str() + "' since HIP 6.0; ask hipDeviceGetAttribute, or leave out what depends on it";
  }
}

namespace cuport {
void runFieldMeaning(const FileView &File, std::vector<Finding> &Findings) {
  addCodeFindings(
      File, "field-meaning", {CodeFact::StructField},
      [&](const CodeFact &Fact, Finding &F) {
        auto [Struct, Field] = llvm::StringRef(Fact.Text).split("::");
        bool IsPair = Struct == "__half2" || Struct == "__nv_bfloat162";
        if (Struct == "cudaDeviceProp") {
          sayOfProperty(Field, File.Options.Hip, F);
        } else if (Struct == "cudaPointerAttributes" && (Field == "type" || Field == "memoryType")) {
          F.Message = "the kinds of memory have other numbers before HIP 6.0, where also a pointer that CUDA calls unregistered is an error: compare with names, and "
                      "take hipErrorInvalidValue for unregistered";
        } else if (IsPair && (Field == "x" || Field == "y")) {
          F.Verdict = Verdict::AsIs;
          F.Message = "'" + Field.str() + "' of a pair is a half in CUDA and raw bits in some versions of HIP: take it with __low2half or __high2half";
          F.Needs = {need(Struct == "__half2" ? FactKey::Fp16 : FactKey::Bf16)};
        }
      },
      Findings);
}
} // namespace cuport
