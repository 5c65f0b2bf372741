// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Conditionals on macros that tell CUDA's version, compiler or architecture. Renaming cannot carry them over: HIP counts
// its versions otherwise, and code behind #ifdef __CUDACC__ silently goes away. What has no row that
// renames it stays; a person decides.
//
//   Seen: #if CUDART_VERSION >= 11000        Seen: #ifdef __CUDACC__

#include "Rules/Conditions.h"
#include "Rules/DevicePass.h"
#include "Rules/Guards.h"

#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/ADT/StringSwitch.h"

using namespace cuport;

bool cuport::isGuardMacro(llvm::StringRef Name) {
  if (Name.starts_with("__CUDACC_") || Name.starts_with("__CUDA_ARCH"))
    return true;
  return llvm::StringSwitch<bool>(Name)
      .Cases({"CUDA_VERSION", "CUDART_VERSION", "__CUDART_API_VERSION", "__NVCC__", "__CUDA__", "__CUDABE__"}, true)
      .Cases({"CUB_VERSION", "THRUST_VERSION", "CUDNN_VERSION", "CUDNN_MAJOR", "CUBLAS_VERSION"}, true)
      .Cases({"CUBLAS_VER_MAJOR", "CUSPARSE_VERSION", "CUSOLVER_VERSION", "CUFFT_VERSION"}, true)
      .Cases({"__CUDA_FP16_TYPES_EXIST__", "__CUDA_BF16_TYPES_EXIST__", "__CUDA_FP8_TYPES_EXIST__"}, true)
      .Cases({"__CUDA_FP6_TYPES_EXIST__", "__CUDA_FP4_TYPES_EXIST__"}, true)
      .Cases({"NCCL_VERSION_CODE", "__NVCOMPILER", "__NVCOMPILER_CUDA__", "__CUDADEVRT_INTERNAL__"}, true)
      .Default(false);
}

static bool isConditional(llvm::StringRef Directive) {
  return llvm::StringSwitch<bool>(Directive)
      .Cases({"if", "ifdef", "ifndef", "elif", "elifdef", "elifndef"}, true)
      .Default(false);
}

bool cuport::isGuardUse(const FileView &File, size_t Index) {
  if (!isGuardMacro(File.text(Index)))
    return false;
  const Directive *D = File.Source.directiveOf(Index);
  return D && isConditional(D->Name);
}

/// A macro by which code asks for HIP. What a condition with one of them says of HIP is meant.
static bool asksForHip(llvm::StringRef Macro) {
  return llvm::StringSwitch<bool>(Macro)
      .Cases({"__HIP__", "__HIPCC__", "__HIP_DEVICE_COMPILE__", "HIP_VERSION", "USE_ROCM"}, true)
      .Default(Macro.starts_with("__HIP_PLATFORM_"));
}

static bool asksForHip(const FileView &File, const Directive &D) {
  for (size_t I = D.First + 1; I < D.Last; ++I)
    if (asksForHip(File.text(I)))
      return true;
  return false;
}

static std::string adviceFor(llvm::StringRef Macro) {
  if (Macro.starts_with("__CUDA_ARCH"))
    return "it is not defined when HIP compiles kernels, so the code for no architecture is taken; ask for "
           "__HIP_DEVICE_COMPILE__ or for the feature, per target";
  if (Macro.starts_with("__CUDACC_VER") || Macro.ends_with("VERSION") || Macro.ends_with("MAJOR") ||
      Macro.ends_with("_CODE"))
    return "HIP does not define it, so the branch for an old version is taken; decide what each branch means for HIP";
  if (Macro.ends_with("_TYPES_EXIST__"))
    return "HIP's header for these types does not define it, so code behind it goes away; ask for HIP_VERSION, or for a macro of your own";
  return "HIP's compilers do not define it, so code behind it goes away; __HIPCC__ asks the same of HIP";
}

/// A card has macros of its own; what it makes of NVIDIA's is a fact of none.
static std::string adviceOnCard(const std::string &Macro, const Target &Card) {
  std::string Text = "the branch depends on '" + Macro + "': whether " + Card.Title.str() +
                     " defines it is not known; decide what each branch means there";
  if (const TargetFact *Macros = Card.fact(FactKey::Macros))
    Text += " (its own macros: " + Macros->Value.str() + ")";
  return Text;
}

static std::string linesOf(const Branch &B) {
  std::string First = std::to_string(B.FirstLine);
  return B.FirstLine == B.LastLine ? "line " + First : "lines " + First + " to " + std::to_string(B.LastLine);
}

static std::string are(const Branch &B) { return linesOf(B) + (B.FirstLine == B.LastLine ? " is" : " are"); }

/// Of a macro where code is compiled for HIP.
static MacroState stateWithHip(const FileView &File, llvm::StringRef Name) {
  if (Name == "__HIP__" || Name == "__HIPCC__" || Name == "__HIP_PLATFORM_AMD__")
    return {MacroState::Defined, 1};
  if (!isGuardMacro(Name))
    return {MacroState::Unknown, std::nullopt};
  const ApiRow *Row = File.Apis.find(Name);
  const Verdict V = Row ? verdictFor(*Row, File.Options.Hip) : Verdict::Unknown;
  return {V == Verdict::Rename || V == Verdict::AsIs ? MacroState::Defined : MacroState::Undefined, std::nullopt};
}

/// The directives whose condition macros that HIP defines decide, whatever CUDA's are.
static llvm::DenseSet<const Directive *> decidedByHip(const FileView &File) {
  auto StateOf = [&](llvm::StringRef Name) {
    MacroState S = stateWithHip(File, Name);
    return S.Is == MacroState::Defined ? S : MacroState{};
  };
  llvm::DenseSet<const Directive *> Decided;
  for (const std::vector<Branch> &Branches : conditionalsOf(File.Source, StateOf))
    for (const Branch &B : Branches)
      if (B.Compiled)
        Decided.insert(B.Begin);
  return Decided;
}

/// What becomes of the branch that a directive begins, with HIP: "; with HIP lines 3 to 5 are not compiled, lines 7 to 9 are".
/// Nothing where it depends on other macros.
static llvm::DenseMap<const Directive *, std::string> effectsOf(const FileView &File) {
  auto StateOf = [&](llvm::StringRef Name) { return stateWithHip(File, Name); };
  llvm::DenseMap<const Directive *, std::string> Effects;
  for (const std::vector<Branch> &Branches : conditionalsOf(File.Source, StateOf)) {
    std::string Instead; // the branch behind this one that is compiled
    for (const Branch &B : llvm::reverse(Branches)) {
      if (B.LastLine < B.FirstLine || !B.Compiled)
        continue;
      Effects[B.Begin] = "; with HIP " + are(B) + (*B.Compiled ? " compiled" : " not compiled" + Instead);
      if (*B.Compiled)
        Instead = ", " + are(B);
    }
  }
  return Effects;
}

/// Whether code for cards stands between D and the end of its branch: any compiler of such code is meant.
static bool hasKernels(const FileView &File, const Directive &D) {
  unsigned Depth = 0;
  for (size_t I = D.Last; I < File.tokens().size(); ++I)
    if (const Directive *Inner = File.Source.directiveOf(I)) {
      if (Depth == 0 && (Inner->Name == "endif" || Inner->Name.starts_with("el")))
        return false;
      Depth += Inner->Name.starts_with("if");
      Depth -= Inner->Name == "endif";
      I = Inner->Last - 1;
    } else if (File.is(I, "__global__") || File.is(I, "__device__") || File.is(I, "<<<")) {
      return true;
    }
  return false;
}

namespace cuport {
void runVersionGuard(const FileView &File, std::vector<Finding> &Findings) {
  std::optional<llvm::DenseMap<const Directive *, std::string>> Effects; // made for a file that has such a macro
  llvm::DenseSet<const Directive *> Decided;                             // with them
  for (const Directive &D : File.Source.directives()) {
    if (!isConditional(D.Name))
      continue;
    llvm::StringSet<> Asked; // defined(M) && M >= 800 is one question
    for (size_t I = D.First + 1; I < D.Last; ++I) {
      const Token &T = File.tokens()[I];
      if (T.What != Token::Identifier || !isGuardMacro(File.text(I)) ||
          File.ownerOf(T.Offset) == OwnerUser)
        continue;
      Finding F = File.finding("version-guard", T.Offset, T.Length, Verdict::Review,
                               File.confidenceOfToken(I));
      F.Name = File.text(I).str();
      const ApiRow *Row = File.Apis.find(F.Name);
      if (File.Options.Card) {
        F.Message = adviceOnCard(F.Name, File.Options.Card->card());
      } else if (Row && verdictFor(*Row, File.Options.Hip) == Verdict::Rename) {
        F.Verdict = Verdict::Rename;
        F.Replacement = Row->Hip.str();
        F.Message = "'" + F.Name + "' is '" + F.Replacement + "' in HIP";
        F.Edits = {{T.Offset, T.Length, F.Replacement}};
      } else if (Row && verdictFor(*Row, File.Options.Hip) == Verdict::AsIs) {
        F.Verdict = Verdict::AsIs;
        F.Message = "'" + F.Name + "' is the same in HIP" + (Row->Note.empty() ? "" : ": " + Row->Note.str());
      } else {
        if (!Effects) {
          Effects = effectsOf(File);
          Decided = decidedByHip(File);
        }
        F.Message = "the branch depends on '" + F.Name + "': " + adviceFor(F.Name) + (asksForDevicePass(File, D) ? "" : Effects->lookup(&D));
        if (Decided.contains(&D) || asksForHip(File, D)) {
          F.Verdict = Verdict::AsIs;
          F.Message = "the branch does not depend on '" + F.Name + "' with HIP, or asks for HIP itself";
        } else if (F.Name == "__NVCC__" && hasKernels(File, D)) {
          F.Verdict = Verdict::Edit;
          F.Replacement = "__HIPCC__";
          F.Message = "the branch has code for cards, which '__HIPCC__' guards in HIP";
          F.Edits = {{T.Offset, T.Length, F.Replacement}};
        } else if (std::optional<Edit> Pass = F.Name == "__CUDA_ARCH__" ? devicePassEdit(File, D, I) : std::nullopt) {
          F.Verdict = Verdict::Edit;
          F.Replacement = Pass->Text;
          F.Message = "all that '" + F.Name + "' tells apart here is whether code for a card is compiled, which '__HIP_DEVICE_COMPILE__' does in HIP";
          F.Edits = {*Pass};
        }
      }
      if (needsPerson(F.Verdict) && !Asked.insert(F.Name).second) {
        F.Verdict = Verdict::AsIs;
        F.Message = "the branch depends on '" + F.Name + "', which is said where its condition names it first";
      }
      Findings.push_back(std::move(F));
    }
  }
}
} // namespace cuport
