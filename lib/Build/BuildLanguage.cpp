// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// CUDA as a language of a build system's, and which sources are written in it.
//
//   Before: project(app LANGUAGES CXX CUDA)        After: project(app LANGUAGES CXX HIP)
//           add_executable(app main.cpp k.cu)             add_executable(app main.cpp k.cu)
//                                                         set_property(SOURCE k.cu PROPERTY LANGUAGE HIP)
//
// Of CMake's languages only CUDA takes .cu for its own, so each such source has to be told. What other systems have for CUDA is
// said and left.

#include "Build/BuildRule.h"
#include "Knowledge/BuiltinRows.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace cuport;
using llvm::StringRef;

static constexpr llvm::StringLiteral Rule = "build-language";

namespace {

struct CMakeName {
  StringRef Cuda, Hip;
  cuport::Verdict Verdict;
  StringRef Message;
};

constexpr CMakeName Names[] = {
#define CMAKE_NAME(CUDA, HIP, VERDICT, MESSAGE) {CUDA, HIP, Verdict::VERDICT, MESSAGE},
#include "Build/CMakeNames.def"
#undef CMAKE_NAME
};

} // namespace

/// Variables, properties and commands by the table. Commands are called in any case of letters.
static void lookAtName(const BuildView &File, const BuildWord &W, bool IsCommand, std::vector<Finding> &Findings) {
  auto Matches = [&](const CMakeName &N) {
    StringRef Want = N.Cuda;
    if (Want.consume_back("*"))
      return (IsCommand ? W.Text.starts_with_insensitive(Want) : W.Text.starts_with(Want));
    return IsCommand ? W.Text.equals_insensitive(Want) : W.Text == Want;
  };
  const CMakeName *N = llvm::find_if(Names, Matches);
  if (N == std::end(Names)) {
    // build-architecture has those.
    if (!W.Text.starts_with("CMAKE_CUDA_") || W.Text == "CMAKE_CUDA_ARCHITECTURES")
      return;
    Findings.push_back(File.finding(Rule, W, Verdict::Unknown, quoted(W.Text) + " is no variable that cuport knows for HIP"));
    return;
  }
  // Without FindCUDA it is a variable as any other, and its options are translated where they stand.
  if (W.Text.starts_with("CUDA_NVCC_FLAGS") && !File.Project.HasFindCuda && File.Project.GivesNvccFlags)
    return;
  Finding F = File.finding(Rule, W, N->Verdict, "");
  StringRef Hip = N->Hip;
  const bool Rest = Hip.consume_back("*");
  const std::string There = Hip.str() + (Rest ? W.Text.drop_front(N->Cuda.size() - 1).str() : "");
  if (N->Verdict == Verdict::Rename || N->Verdict == Verdict::Edit)
    replace(F, W, There);
  F.Message = There.empty() ? quoted(W.Text) + ": " : quoted(W.Text) + " is " + quoted(There) + (N->Message.empty() ? " for HIP" : ": ");
  F.Message += N->Message;
  Findings.push_back(std::move(F));
}

/// The language's name: project(x LANGUAGES CUDA), enable_language(CUDA), LANGUAGE CUDA, $<COMPILE_LANGUAGE:CUDA>.
static void lookAtLanguage(const BuildView &File, const BuildStatement &S, std::vector<Finding> &Findings) {
  const bool Project = S.is("project");
  const bool Enables = Project || S.is("enable_language") || S.is("check_language");
  for (auto [I, A] : llvm::enumerate(S.Arguments)) {
    const bool Property = I > 0 && (S.Arguments[I - 1].Text == "LANGUAGE" || S.Arguments[I - 1].Text == "LINKER_LANGUAGE");
    if (A.Text != "CUDA" || !((Enables && !(Project && I == 0)) || Property))
      continue;
    Finding F = File.finding(Rule, A, Verdict::Edit,
                             Property ? "the language is 'HIP'" : "the language is 'HIP', which CMake has since 3.21");
    replace(F, A, "HIP");
    Findings.push_back(std::move(F));
  }
  for (const BuildWord &W : S.Words) {
    if (size_t At = W.Text.find("CUDA_COMPILER_ID:"); At != StringRef::npos) {
      BuildWord Inner{uint32_t(W.Offset + At), W.Text.drop_front(At), W.Quoted};
      Finding F = File.finding(Rule, Inner, Verdict::Review, quoted(Inner.Text) + ": for HIP there is 'HIP_COMPILER_ID:Clang'");
      if (Inner.Text == "CUDA_COMPILER_ID:NVIDIA") {
        F.Verdict = Verdict::Edit;
        replace(F, Inner, "HIP_COMPILER_ID:Clang");
      }
      Findings.push_back(std::move(F));
    }
    for (StringRef Key : {"COMPILE_LANGUAGE:", "LINK_LANGUAGE:", "COMPILE_LANG_AND_ID:", "LINK_LANG_AND_ID:"}) {
      StringRef Value = W.Text;
      size_t At = Value.find(Key);
      if (At == StringRef::npos)
        continue;
      Value = Value.drop_front(At + Key.size());
      BuildWord Inner{uint32_t(W.Offset + At + Key.size()), "CUDA", W.Quoted};
      if (Value == "CUDA" || Value.starts_with("CUDA,")) {
        Finding F = File.finding(Rule, Inner, Verdict::Edit, "the language is 'HIP'");
        const bool WithId = Value == "CUDA,NVIDIA";
        if (WithId)
          Inner.Text = Value;
        replace(F, Inner, WithId ? "HIP,Clang" : "HIP");
        Findings.push_back(std::move(F));
      } else if (Value.contains("CUDA")) {
        Findings.push_back(File.finding(Rule, W, Verdict::Review, "the language is one of several; for HIP it is 'HIP'"));
      }
      break;
    }
  }
}

/// Commands that make targets of sources: which of these are .cu.
static void lookAtSources(const BuildView &File, const BuildStatement &S, std::vector<Finding> &Findings) {
  const bool FindCuda = S.is("cuda_add_executable") || S.is("cuda_add_library");
  if (!FindCuda && !S.is("add_executable") && !S.is("add_library") && !S.is("target_sources"))
    return;
  std::string Literal;
  bool Lists = false, ByConfiguration = false;
  const BuildWord *Options = nullptr;
  for (const BuildWord &A : llvm::drop_begin(S.Arguments, S.Arguments.empty() ? 0 : 1)) {
    ByConfiguration |= Options && !A.Text.empty() && llvm::all_of(A.Text, llvm::isUpper); // OPTIONS -O3 DEBUG -G
    if (FindCuda && A.Text == "OPTIONS")
      Options = &A;
    if (A.Text.ends_with(".cu") && !A.Text.contains("$<"))
      Literal += (Literal.empty() ? "" : " ") + A.Text.str();
    else if (A.Text.starts_with("${") && A.Text.ends_with("}")) {
      StringRef Name = A.Text.drop_front(2).drop_back();
      Lists |= Name == "ARGN" || Name == "ARGV" || File.Project.KernelLists.count(Name.str());
    }
  }
  std::string Text;
  const std::string Next = File.lineBelow(S);
  const std::string Kernels = Lists && !S.Arguments.empty() ? "${hip_sources}" : Literal;
  if (Lists && !S.Arguments.empty())
    Text = Next + "get_target_property(hip_sources " + S.Arguments[0].Text.str() + " SOURCES)" + Next +
           "list(FILTER hip_sources INCLUDE REGEX \"\\\\.cu$\")";
  if (!Kernels.empty())
    Text += Next + "set_property(SOURCE " + Kernels + " PROPERTY LANGUAGE HIP)";
  if (Text.empty() && !FindCuda)
    return;
  Finding F = File.finding(Rule, S.Begin, S.Name.size(), Verdict::Edit, "");
  F.Name = S.Name.str();
  if (FindCuda) {
    // In lower case, as the commands of today are written.
    replace(F, {S.Begin, S.Name, false}, S.Name.lower() == "cuda_add_library" ? "add_library" : "add_executable");
    F.Message = quoted(S.Name) + " is FindCUDA's and becomes " + quoted(F.Replacement);
  }
  if (Options && (Text.empty() || ByConfiguration)) {
    F.Edits.clear();
    F.Verdict = Verdict::Review;
    F.Message = quoted(S.Name) + " is FindCUDA's; its OPTIONS are target_compile_options of " + quoted(F.Replacement);
  } else if (!Text.empty()) {
    if (Options) {
      // They stay where they are, for the rules on options, and become the end of a command of their own.
      const uint32_t Begin = File.Source.text().take_front(Options->Offset).rtrim().size();
      F.Edits.push_back({Begin, Options->end() - Begin, ")" + Text + Next + "set_property(SOURCE " + Kernels + " APPEND PROPERTY COMPILE_OPTIONS"});
    } else {
      F.Edits.push_back({S.End, 0, Text});
    }
    F.Message += F.Message.empty() ? "" : "; ";
    F.Message += Lists ? "those of its sources that end in .cu are told that they are HIP" : quoted(Literal) + " is told that it is HIP";
    F.Message += Options ? ", and have its OPTIONS" : "";
  }
  Findings.push_back(std::move(F));
}

/// target(cuda_add_cublas_to_target).
static void lookAtFindCudaHelpers(const BuildView &File, const BuildStatement &S, std::vector<Finding> &Findings) {
  StringRef To = llvm::StringSwitch<StringRef>(S.Name.lower())
                     .Case("cuda_add_cublas_to_target", "CUDA::cublas")
                     .Case("cuda_add_cufft_to_target", "CUDA::cufft")
                     .Default("");
  if (To.empty() || S.Arguments.size() != 1)
    return;
  auto There = libraryOfTarget(To, *File.Options.Card);
  Finding F = File.finding(Rule, {S.Begin, S.Name, false}, Verdict::Review, quoted(S.Name) + " is FindCUDA's");
  if (There && !There->CMakeTarget.empty()) {
    F.Verdict = Verdict::Edit;
    F.Replacement = ("target_link_libraries(" + S.Arguments[0].Text + " " + There->CMakeTarget + ")").str();
    F.Edits.push_back({S.Begin, S.End - S.Begin, F.Replacement});
    F.Message += " and becomes " + quoted(F.Replacement);
  }
  Findings.push_back(std::move(F));
}

/// A language enabled by find_package(CUDA) has to be enabled by name for HIP.
static void lookAtFindCuda(const BuildView &File, const BuildStatement &S, std::vector<Finding> &Findings) {
  if (!S.is("find_package") || S.Arguments.empty() || S.Arguments.front().Text != "CUDA")
    return;
  Finding F = File.finding(Rule, S.Begin, S.Name.size(), Verdict::Edit, "FindCUDA compiles .cu itself; for HIP it is a language, enabled here");
  F.Name = "find_package(CUDA)";
  F.Edits.push_back({S.End, 0, File.lineBelow(S) + "enable_language(HIP)"});
  Findings.push_back(std::move(F));
}

/// What other systems have for CUDA. IsOfPytorch: the file names the module whose functions take PyTorch's options for CUDA.
static StringRef whatOthersSay(BuildSystem System, const BuildStatement &S, const BuildWord &W, bool IsOfPytorch) {
  auto Any = [&](StringRef Text) { return llvm::any_of(S.Words, [&](const BuildWord &O) { return O.Text == Text; }); };
  switch (System) {
  case BuildSystem::Autoconf:
    if ((Any("AC_CHECK_HEADER") || Any("AC_CHECK_HEADERS") || Any("AC_CHECK_HEADERS_ONCE")) && findBuiltinRow(W.Text, /*Include=*/true))
      return "it is a header of CUDA's, and the check fails where HIP's are";
    break;
  case BuildSystem::Python:
    if (W.Text.ends_with("CUDAExtension"))
      return "PyTorch for ROCm builds it with hipcc, and runs a hipify of its own over the sources first";
    if (IsOfPytorch && (W.Text == "extra_cuda_cflags" || W.Text == "cuda_sources"))
      return "PyTorch for ROCm gives it to hipcc, sources after a hipify of its own";
    break;
  case BuildSystem::Bazel:
    if (W.Text == "cuda_library" || W.Text == "cuda_objects" || W.Text == "cuda_binary" || W.Text == "if_cuda" ||
        W.Text.contains("rules_cuda") || W.Text.contains("local_config_cuda"))
      return "it is of Bazel's rules for CUDA; HIP needs rules of its own";
    break;
  case BuildSystem::Meson:
    if ((W.Text == "cuda" && (Any("project") || Any("add_languages"))) || W.Text == "unstable-cuda")
      return "Meson has no language HIP; with -x hip clang compiles the same sources as C++";
    break;
  case BuildSystem::Xmake:
    if (W.Text == "cuda" || W.Text == "add_cugencodes" || W.Text == "add_cuflags" || W.Text == "add_culdflags" || W.Text.ends_with(".cu"))
      return "it is of xmake's rules for CUDA; HIP needs a rule and a toolchain of its own";
    break;
  default:
    break;
  }
  return {};
}

namespace cuport {
void runBuildLanguage(const BuildView &File, std::vector<Finding> &Findings) {
  if (File.Text.IsMade && (File.Source.text().contains("nvcc") || File.Source.text().contains_insensitive("cuda"))) {
    Findings.push_back(File.finding(Rule, 0, 0, Verdict::Review, "Autoconf made it, and so it is left: run autoreconf when configure.ac is changed"));
    Findings.back().Name = "configure";
  }
  const bool IsOfPytorch = File.Source.text().contains("cpp_extension");
  for (const BuildStatement &S : File.Text.Statements) {
    if (!File.isCMake()) {
      for (const BuildWord &W : S.Words)
        if (StringRef Say = whatOthersSay(File.Text.System, S, W, IsOfPytorch); !Say.empty())
          Findings.push_back(File.finding(Rule, W, Verdict::Review, quoted(W.Text) + ": " + Say));
      continue;
    }
    lookAtName(File, {S.Begin, S.Name, false}, /*IsCommand=*/true, Findings);
    forEachName(S, [&](const BuildWord &W) { lookAtName(File, W, /*IsCommand=*/false, Findings); });
    lookAtLanguage(File, S, Findings);
    lookAtSources(File, S, Findings);
    lookAtFindCuda(File, S, Findings);
    lookAtFindCudaHelpers(File, S, Findings);
  }
}
} // namespace cuport
