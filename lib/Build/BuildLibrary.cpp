// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// CUDA's libraries, CMake's packages of them, and the folders of a toolkit.
//
//   Before: -lcublas -lcudart     find_package(CUDAToolkit REQUIRED)     target_link_libraries(app PRIVATE CUDA::cufft)
//   After:  -lhipblas             find_package(hip REQUIRED) ...         target_link_libraries(app PRIVATE hip::hipfft)
//
// The runtime is linked by the compiler. Folders such as $(CUDA_HOME)/include are said and left.

#include "Build/BuildRule.h"

#include "llvm/ADT/STLExtras.h"

using namespace cuport;
using llvm::StringRef;

static constexpr llvm::StringLiteral Rule = "build-library";

/// "-lcublas".
static void lookAtLink(const BuildView &File, const BuildWord &W, std::vector<Finding> &Findings) {
  StringRef Name = W.Text;
  if (!Name.consume_front("-l"))
    return;
  auto There = libraryThere(Name, *File.Options.Card);
  if (!There)
    return;
  Finding F = File.finding(Rule, W, There->Verdict, "");
  if (There->Title.empty() && !File.Options.IsHip) {
    // The runtime; what has no counterpart of its own, cudadevrt for one, is in it.
    auto Own = compilerOf(*File.Options.Card);
    if (Own && !Own->Libraries.empty() && !There->Link.empty()) {
      replace(F, W, Own->Libraries);
      F.Message = quoted(W.Text) + " is " + quoted(Own->Libraries) + ", the runtime of " + File.Options.Output;
    } else {
      F.Verdict = Verdict::Review;
      F.Message = quoted(W.Text) + " links CUDA's runtime; what " + File.Options.Output + " has for it is not known";
    }
  } else if (!There->Link.empty()) {
    std::string Links = "-l" + There->Link;
    for (size_t At = 0; (At = Links.find(' ', At)) != std::string::npos; At += 3)
      Links.replace(At, 1, " -l");
    replace(F, W, Links);
    F.Message = quoted(W.Text) + " is " + quoted(F.Replacement) + ": " + There->Message;
  } else if (There->Title.empty() && File.remove(W, F.Edits)) {
    F.Message = quoted(W.Text) + " goes: " + There->Message;
  } else {
    F.Verdict = std::max(F.Verdict, Verdict::Review);
    F.Message = quoted(W.Text) + " links " + (There->Title.empty() ? "CUDA's runtime" : There->Title).str() + ": " + There->Message;
  }
  Findings.push_back(std::move(F));
}

/// AC_CHECK_LIB([cublas], [cublasCreate]).
static void lookAtCheck(const BuildView &File, const BuildStatement &S, std::vector<Finding> &Findings) {
  if (llvm::none_of(S.Words, [](const BuildWord &W) { return W.Text == "AC_CHECK_LIB" || W.Text == "AC_SEARCH_LIBS"; }))
    return;
  for (const BuildWord &W : S.Words)
    if (auto There = libraryThere(W.Text, *File.Options.Card))
      Findings.push_back(File.finding(Rule, W, std::max(There->Verdict, Verdict::Review),
                                      quoted(W.Text) + " is looked for" +
                                          (There->Link.empty() ? "" : "; what takes its place is " + quoted(There->Link)) +
                                          (There->Title.empty() ? "" : ": " + There->Message)));
}

/// Commands that ask about targets or make them: what is named there cannot simply be another.
static bool isAboutTargets(const BuildStatement &S) {
  static constexpr llvm::StringLiteral Commands[] = {"add_library", "set_target_properties", "set_property", "get_target_property",
                                                     "get_property", "if", "elseif", "while", "message", "string"};
  return llvm::any_of(Commands, [&](StringRef C) { return S.is(C); });
}

/// CUDA::cublas and FindCUDA's variables; cublas where libraries are linked.
static void lookAtCMakeLibrary(const BuildView &File, const BuildStatement &S, const BuildWord &W, std::vector<Finding> &Findings) {
  const StringRef Variable = targetOfVariable(W.Text);
  auto There = libraryOfTarget(Variable.empty() ? W.Text : Variable, *File.Options.Card);
  if (!There && W.Text.starts_with("CUDA::")) {
    Findings.push_back(File.finding(Rule, W, Verdict::Unknown, quoted(W.Text) + (W.Text.contains('$') ? " is one of CUDA's libraries, and only a build knows which"
                                                                                                : " is no library that cuport knows")));
    return;
  }
  const bool Links = S.is("target_link_libraries") || S.is("link_libraries");
  // The first argument is the target that links.
  const bool IsName = !There && Links && !(S.is("target_link_libraries") && S.Arguments[0].Offset == W.Offset);
  if (IsName && !File.Project.Targets.count(W.Text.str()))
    There = libraryThere(W.Text, *File.Options.Card);
  if (!There)
    return;
  const bool IsHip = File.Options.IsHip, IsRuntime = There->Title.empty();
  const std::string To = IsName ? There->Link : IsHip ? There->CMakeTarget.str() : There->Link;
  Finding F = File.finding(Rule, W, There->Verdict, "");
  if (To.empty() || To.find(' ') != std::string::npos || (IsRuntime && !IsHip)) {
    F.Verdict = std::max(F.Verdict, Verdict::Review);
    F.Message = quoted(W.Text) + " links " + (IsRuntime ? "CUDA's runtime" : There->Title).str();
  } else if (isAboutTargets(S) || (!Variable.empty() && !Links && !S.is("set") && !S.is("list"))) {
    F.Verdict = Verdict::Review;
    F.Message = quoted(W.Text) + " is asked about or made here; what takes its place is " + quoted(To);
  } else {
    replace(F, W, To);
    F.Message = quoted(W.Text) + " is " + quoted(To);
  }
  if (!IsRuntime)
    F.Message += ": " + There->Message;
  Findings.push_back(std::move(F));
}

/// find_package(CUDAToolkit 11.0 REQUIRED COMPONENTS x), find_package(CUDA).
static void lookAtPackage(const BuildView &File, const BuildStatement &S, std::vector<Finding> &Findings) {
  if (!S.is("find_package") || S.Arguments.empty())
    return;
  const BuildWord &Name = S.Arguments.front();
  const bool IsToolkit = Name.Text == "CUDAToolkit" || Name.Text == "CUDA";
  if (!IsToolkit) {
    struct Other {
      StringRef Cuda, Text;
    };
    static constexpr Other Others[] = {
        {"CUDNN", "MIOpen is ROCm's, with an interface of its own"},
        {"cuDNN", "MIOpen is ROCm's, with an interface of its own"},
        {"NCCL", "RCCL is ROCm's: find_package(rccl), roc::rccl"},
        {"CUTLASS", "Composable Kernel is ROCm's, with an interface of its own"},
        {"CUB", "hipCUB is HIP's: find_package(hipcub), hip::hipcub"},
        {"Thrust", "rocThrust is HIP's: find_package(rocthrust), roc::rocthrust"},
        {"CCCL", "hipCUB and rocThrust are HIP's: hip::hipcub, roc::rocthrust"},
        {"NvidiaCutlass", "Composable Kernel is ROCm's, with an interface of its own"},
    };
    for (const Other &O : Others)
      if (Name.Text == O.Cuda)
        Findings.push_back(File.finding(Rule, Name, Verdict::Review, quoted(Name.Text) + " is CUDA's; " +
                                            (File.Options.IsHip ? O.Text.str() : "'cuport targets' says what a card has for it")));
    if (Name.Text == "Torch" && File.Options.IsHip)
      Findings.push_back(File.finding(Rule, Name, Verdict::Review, "PyTorch for ROCm changes its names that say CUDA (at::cuda, c10/cuda) only in extensions that it builds; where CMake does, run "
                                                                   "torch.utils.hipify over the sources"));
    return;
  }
  Finding F = File.finding(Rule, Name, Verdict::Edit, "");
  bool Required = false, Quiet = false;
  for (const BuildWord &A : S.Arguments) {
    Required |= A.Text == "REQUIRED";
    Quiet |= A.Text == "QUIET";
  }
  const std::string Tail = std::string(Quiet ? " QUIET" : "") + (Required ? " REQUIRED" : "") + ")";
  std::set<std::string> Packages = File.Project.Packages;
  Packages.erase("hip");
  std::string Text = "find_package(hip" + Tail, Names = "hip";
  for (const std::string &P : Packages) {
    Text += File.lineBelow(S) + "find_package(" + P + Tail;
    Names += ", " + P;
  }
  F.Replacement = "hip";
  F.Edits.push_back({S.Begin, S.End - S.Begin, Text});
  F.Message = quoted("find_package(" + Name.Text + ")") + (Packages.empty() ? " finds 'hip'" : " finds " + quoted(Names) + ": each of HIP's libraries is a package");
  Findings.push_back(std::move(F));
}

/// Source: the #error in hip/hip_runtime.h of HIP 6.3.
static constexpr const char *ForHostCompilers = " (a compiler other than hipcc that includes them needs -D__HIP_PLATFORM_AMD__, too)";

static bool isToolkitFolder(StringRef Text) {
  if (Text.contains("/usr/local/cuda"))
    return true;
  for (StringRef Name : {"CUDA_HOME", "CUDA_PATH", "CUDA_ROOT", "CUDA_DIR", "CUDA_INSTALL_PATH", "CUDA_TOOLKIT_ROOT_DIR", "CUDA_INC",
                         "CUDA_LIB", "CUDAToolkit_ROOT", "CUDAToolkit_LIBRARY_DIR", "CUDA_TOOLKIT_PATH", "CUDADIR", "CUDATKDIR", "CUDA_INCDIR",
                         "CUDA_LIBDIR", "CUDA_INC_PATH", "CUDA_LIB_PATH", "CUDA_BIN_PATH"})
    for (StringRef Open : {"$(", "${", "$ENV{", "$"}) {
      size_t At = Text.find((Open + Name).str());
      if (At == StringRef::npos)
        continue;
      StringRef Rest = Text.drop_front(At + Open.size() + Name.size());
      if (Rest.empty() || StringRef(")}/:").contains(Rest.front()))
        return true;
    }
  return false;
}

namespace cuport {
void runBuildLibrary(const BuildView &File, std::vector<Finding> &Findings) {
  for (const BuildStatement &S : File.Text.Statements) {
    if (File.isCMake())
      lookAtPackage(File, S, Findings);
    if (File.Text.System == BuildSystem::Autoconf)
      lookAtCheck(File, S, Findings);
    for (const BuildWord &W : S.Words) {
      lookAtLink(File, W, Findings);
      if (File.isCMake())
        lookAtCMakeLibrary(File, S, W, Findings);
      // build-compiler has $(CUDA_PATH)/bin/nvcc.
      // Whether a variable is set is no folder: ifeq ($(CUDA_HOME),).
      const bool Asks = File.Text.System == BuildSystem::Make && W.Text.contains("),") && S.Words.front().Text.starts_with("if");
      if (!Asks && isToolkitFolder(W.Text) && !W.Text.ends_with("/nvcc"))
        Findings.push_back(File.finding(Rule, W, Verdict::Review,
                                        quoted(W.Text) + " is a folder of CUDA's toolkit; hipcc finds its own, take it out or name that of " +
                                            File.Options.Output + "'s" +
                                            (File.Options.IsHip && W.Text.contains_insensitive("inc") ? ForHostCompilers : "")));
    }
  }
}
} // namespace cuport
