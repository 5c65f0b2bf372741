// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The passes over a device half, in steps, at every -O:
//
//   pipeline start    kernels and shared variables are found, names get their suffix; intrinsics stay calls
//   (LLVM inlines, simplifies, unrolls)
//   optimizer early   `block` and `thread` functions, intrinsics replaced, the image
//   (LLVM vectorises)
//   optimizer last    under ThreadSanitizer, local memory is hidden and atomics do what fences near them do
//   (sanitizers instrument)

#include "BlockMode.h"
#include "Conversions.h"
#include "Fences.h"
#include "GridConstants.h"
#include "HostFunctions.h"
#include "Image.h"
#include "Simplify.h"
#include "Intrinsics.h"
#include "KernelHandles.h"
#include "Kernels.h"
#include "LocalMemory.h"
#include "MathForms.h"
#include "Ptx.h"
#include "SharedMemory.h"
#include "Shifts.h"
#include "Symbols.h"
#include "ThreadMode.h"
#include "UnsetValues.h"
#include "WaitingLoops.h"
#include "WarpSteps.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/Config/llvm-config.h"
#include "llvm/Passes/PassBuilder.h"
#include "llvm/Plugins/PassPlugin.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Transforms/Utils/ModuleUtils.h"

using namespace llvm;

static cl::opt<bool> Relocatable("cuport-rdc", cl::desc("Other files may use the device functions and variables of this one"));
static cl::opt<unsigned> Architecture("cuport-arch", cl::desc("__CUDA_ARCH__; 0: there is none"));
static cl::opt<std::string> UnitName("cuport-unit", cl::desc("The unit's name, where clang does not write __hip_cuid_<name>"));

namespace cuport {

namespace {

constexpr StringLiteral UnitMetadata = "cuport.unit";

/// What LLVM does not know of x86's processors, or does not use.
void tuneForProcessor(Module &M) {
  if (!Triple(M.getTargetTriple()).isX86())
    return;
  for (Function &F : M) {
    const StringRef Processor = F.getFnAttribute("target-cpu").getValueAsString();
    const bool IsServer = StringSwitch<bool>(Processor)
                              .Cases({"sapphirerapids", "emeraldrapids", "graniterapids", "graniterapids-d", "diamondrapids"}, true)
                              .Default(false);
    const bool IsClient = StringSwitch<bool>(Processor)
                              .Cases({"alderlake", "raptorlake", "meteorlake", "arrowlake", "arrowlake-s", "lunarlake", "pantherlake"}, true)
                              .Default(false);
    // Vectors of 512 bits made all of a processor slower once, so that LLVM still takes those of 256 for Intel's. These take two
    // additions and products of them in a cycle, as of half of them: threads side by side are 1.1 times as fast (Emerald Rapids).
    if (IsServer && !F.hasFnAttribute("prefer-vector-width"))
      F.addFnAttr("prefer-vector-width", "512");
    // Others take longer for a gather or a scatter than for its parts: AMD's, and Intel's before these, as their microcode holds
    // gathers back since 2023 (Intel's advisory 00828, Gather Data Sampling).
    if (IsServer || IsClient)
      continue;
    const StringRef Features = F.getFnAttribute("target-features").getValueAsString();
    F.addFnAttr("target-features", (Features + (Features.empty() ? "" : ",") + "+prefer-no-gather,+prefer-no-scatter").str());
  }
}

struct BeginPass : PassInfoMixin<BeginPass> {
  bool Optimizes;
  explicit BeginPass(bool Optimizes) : Optimizes(Optimizes) {}
  static bool isRequired() { return true; }
  PreservedAnalyses run(Module &M, ModuleAnalysisManager &) {
    std::string Unit = takeUnitName(M);
    if (Unit.empty())
      Unit = UnitName;
    spellAsHostHalf(M, Unit);
    M.getOrInsertNamedMetadata(UnitMetadata)
        ->addOperand(MDNode::get(M.getContext(), MDString::get(M.getContext(), Unit)));
    takeMarks(M);
    takeGridConstants(M);
    allowUnsetValues(M);
    trapHostFunctions(M);
    tuneForProcessor(M);
    useHandles(M);
    clampShifts(M);
    clampConversions(M);
    lowerPtx(M);
    moveSharedVariables(M, Relocatable);
    renameSymbols(M, Relocatable);
    prepareIntrinsics(M);
    keepFencesInStep(M);
    if (Optimizes)
      inlineCollectives(M);
    return PreservedAnalyses::none();
  }
};

struct EndPass : PassInfoMixin<EndPass> {
  static bool isRequired() { return true; }
  PreservedAnalyses run(Module &M, ModuleAnalysisManager &Analyses) {
    NamedMDNode *Mark = M.getNamedMetadata(UnitMetadata);
    if (!Mark)
      return PreservedAnalyses::all();
    const std::string Unit = cast<MDString>(Mark->getOperand(0)->getOperand(0))->getString().str();
    Mark->eraseFromParent();
    settleCarries(M);
    sleepInWaitingLoops(M);
    for (Function &F : M)
      writeOutMath(F);
    FunctionAnalysisManager &PerFunction = Analyses.getResult<FunctionAnalysisManagerModuleProxy>(M).getManager();
    PerFunction.clear(); // what was known of functions before they were changed, such as which block dominates which
    std::vector<CompiledKernel> Compiled;
    for (Kernel &K : findKernels(M)) {
      keepWarpsInStep(K);
      CompiledKernel &C = Compiled.emplace_back();
      C.Source = K;
      C.Flags = collectiveFlags(K);
      makeBlockFunction(C, PerFunction);
      C.Thread = makeThreadFunction(K);
      if (C.Block)
        C.Thread->addFnAttr(Attribute::OptimizeForSize);
    }
    lowerAtomicsOfBlocks(M);
    lowerIntrinsics(M);
    simplifyBlockFunctions(M, Analyses);
    writeImage(M, Compiled, Unit, Architecture, Relocatable);
    for (CompiledKernel &C : Compiled) {
      C.Source.Body->setVisibility(GlobalValue::DefaultVisibility);
      C.Source.Body->setLinkage(GlobalValue::InternalLinkage);
    }
    return PreservedAnalyses::none();
  }
};

/// Last, when nothing changes a copy any more; the sanitizers, which clang adds, come behind.
struct BeforeSanitizersPass : PassInfoMixin<BeforeSanitizersPass> {
  static bool isRequired() { return true; }
  PreservedAnalyses run(Module &M, ModuleAnalysisManager &) {
    hideLocalMemory(M);
    strengthenAtomics(M);
    return PreservedAnalyses::none();
  }
};

/// LLVM looks for vectors in straight code, too, in time that grows faster than the code: a kernel of many shuffles is a function
/// of 100,000 instructions, and what there is to vectorise in it are its loops over threads.
bool isWorthRunning(StringRef Pass, Any Unit) {
  constexpr unsigned Most = 10000;
  const Function *const *F = any_cast<const Function *>(&Unit);
  return Pass != "SLPVectorizerPass" || !F || (*F)->getInstructionCount() <= Most;
}

} // namespace

} // namespace cuport

extern "C" __attribute__((visibility("default"))) PassPluginLibraryInfo llvmGetPassPluginInfo() {
  return {LLVM_PLUGIN_API_VERSION, "cuport-kernels", LLVM_VERSION_STRING, [](PassBuilder &Builder) {
            if (PassInstrumentationCallbacks *Callbacks = Builder.getPassInstrumentationCallbacks())
              Callbacks->registerShouldRunOptionalPassCallback(cuport::isWorthRunning);
            Builder.registerPipelineStartEPCallback(
                [](ModulePassManager &Passes, OptimizationLevel Level) {
                  Passes.addPass(cuport::BeginPass(Level != OptimizationLevel::O0));
                });
            Builder.registerOptimizerEarlyEPCallback([](ModulePassManager &Passes, OptimizationLevel, ThinOrFullLTOPhase) {
              Passes.addPass(cuport::EndPass());
            });
            Builder.registerOptimizerLastEPCallback([](ModulePassManager &Passes, OptimizationLevel, ThinOrFullLTOPhase) {
              Passes.addPass(cuport::BeforeSanitizersPass());
            });
            Builder.registerPipelineParsingCallback(
                [](StringRef Name, ModulePassManager &Passes, ArrayRef<PassBuilder::PipelineElement>) {
                  if (Name == "cuport-begin")
                    Passes.addPass(cuport::BeginPass(true));
                  else if (Name == "cuport-end")
                    Passes.addPass(cuport::EndPass());
                  else
                    return false;
                  return true;
                });
          }};
}
