// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/CardName.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace cuport;
using llvm::StringRef;

static bool isExcepted(StringRef Cuda, const NamingRule &Rule) {
  return llvm::any_of(Rule.Except, [Cuda](StringRef Name) {
    return Name.consume_back("*") ? Cuda.starts_with(Name) : Cuda == Name;
  });
}

/// True where a word ends after Prefix: "cuda" in "cudaMalloc" and "CU" in "CUdevice", not "CU" in
/// "CUDA_R_16F".
static bool startsWithWord(StringRef Name, StringRef Prefix) {
  if (!Name.starts_with(Prefix) || Name.size() == Prefix.size())
    return false;
  const char Next = Name[Prefix.size()];
  return Next == '_' ||
         (llvm::isAlpha(Next) && llvm::isUpper(Next) != llvm::isUpper(Prefix.back()));
}

/// cublas_v2.h, cusolverDn.h: the header that the card's entry for the library is about.
static bool isMainHeader(StringRef Header, const TargetLibraryInfo &Library) {
  StringRef Stem = Header;
  return Stem.consume_front(Library.Prefix) && (Stem == ".h" || Stem == "_v2.h" || Stem == "Dn.h");
}

/// vector_types.h, device_launch_parameters.h: what cuda_runtime.h includes. The driver's is looked for there too, as in HIP.
static bool isPartOfRuntimeHeader(const ApiRow &Row) {
  return Row.Kind == ApiKind::Include && Row.Group == "runtime" && !Row.Hip.empty() &&
         !Row.Cuda.contains("rofiler");
}

/// A name that a rule gives, or that comes from the card itself.
static void setRuled(CardName &Result, const NamingRule &Rule, StringRef Name) {
  Result.State = Rule.Origin ? CardName::Origin : CardName::Derived;
  Result.Confidence = Rule.Origin ? FactConfidence::High : FactConfidence::Low;
  Result.Name = Name.str();
  Result.Rule = Rule.Style == NamingRule::Hip ? "HIP's names" : "CUDA's names";
  Result.From = &Rule.From;
}

static void useHipName(CardName &Result, const NamingRule &Rule, const ApiRow *Row, Version Hip) {
  if (!Row || Row->Verdict == Verdict::Unknown)
    return;
  if (Row->Hip.empty()) {
    Result.State = CardName::Lacks;
    Result.Note = Row->Reason.empty() ? Row->Note : Row->Reason;
  } else if (verdictFor(*Row, Hip) == Verdict::Unsupported) {
    Result.State = CardName::Lacks;
    Result.Note = "HIP of this version does not have it.";
  } else {
    setRuled(Result, Rule, Row->Hip);
    Result.Note = Row->Note;
  }
}

/// Kernels that are as CUDA's have CUDA's words in them, which no naming rule of a host interface tells. HIP, too, kept the word:
/// what even HIP could not keep nobody can conclude for a card.
static void useKernelWord(CardName &Result, const Target &Card, StringRef Cuda, const ApiRow *Row) {
  if (!Row || Row->Hip != Cuda || Cuda.contains("::"))
    return;
  if (Row->Kind != ApiKind::Keyword && Row->Kind != ApiKind::Variable && Row->Kind != ApiKind::DeviceFunction &&
      Row->Kind != ApiKind::Type)
    return;
  llvm::ArrayRef<TargetFact> Simt = Card.facts(FactKey::SimtKernels);
  if (Simt.empty() || !llvm::all_of(Simt, [](const TargetFact &F) { return F.Support == Support::Yes; }))
    return;
  Result.State = CardName::Derived;
  Result.Confidence = FactConfidence::Low;
  Result.Name = Cuda.str();
  Result.Rule = "kernels as CUDA has them";
  Result.From = &Simt.front().From;
}

CardName cuport::nameOnCard(const Target &Card, StringRef Cuda, const ApiRow *Row, Version Hip) {
  CardName Result;
  Result.CudaLibrary = libraryOfName(Cuda);
  if (Result.CudaLibrary)
    Result.Library = Card.library(Result.CudaLibrary->Key);
  if (const TargetName *Seen = Card.name(Cuda)) {
    Result.State = Seen->Name.empty() ? CardName::Lacks : CardName::Seen;
    Result.Name = Seen->Name.str();
    Result.Note = Seen->Note;
    Result.From = Seen->From;
    Result.Confidence = Seen->From->Confidence;
    return Result;
  }
  const NamingRule &Rule = Card.Naming;
  const TargetLibrary *Library = Result.Library;
  if (Library && Library->Name.empty()) {
    Result.State = CardName::Lacks;
    Result.Note = Library->Note;
    Result.From = &Library->From;
    Result.Confidence = Library->From.Confidence;
    return Result;
  }
  if (Rule.Style == NamingRule::Hip) {
    useHipName(Result, Rule, Row, Hip);
    return Result;
  }
  if (Rule.Style == NamingRule::Prefix && Row && isPartOfRuntimeHeader(*Row))
    if (const TargetName *Runtime = Card.name("cuda_runtime.h"); Runtime && !Runtime->Name.empty()) {
      Result.State = CardName::Derived;
      Result.Confidence = FactConfidence::Low;
      Result.Name = Runtime->Name.str();
      Result.Rule = "a part of cuda_runtime.h";
      Result.From = Runtime->From;
      return Result;
    }
  if (isExcepted(Cuda, Rule) || (Library && Library->Interface == TargetLibrary::Own))
    return Result;
  if (Result.CudaLibrary && !Library)
    return Result; // a rule for names does not say that a library is there
  auto Derive = [&](StringRef From, StringRef To, const Evidence &Where) {
    Result.State = CardName::Derived;
    Result.Confidence = FactConfidence::Low;
    Result.Name = (To + Cuda.drop_front(From.size())).str();
    Result.Rule = From == To ? "CUDA's names" : (From + " -> " + To).str();
    Result.From = &Where;
  };
  if (Rule.Style == NamingRule::Cuda) {
    setRuled(Result, Rule, Cuda);
  } else if (Library && !Library->Header.empty() && isMainHeader(Cuda, *Result.CudaLibrary)) {
    Result.State = CardName::Seen;
    Result.Name = Library->Header.str();
    Result.From = &Library->From;
    Result.Confidence = Library->From.Confidence;
  } else if (Result.CudaLibrary) {
    // The rule for the runtime's names says nothing of a library's.
    if (Library->Interface == TargetLibrary::AsCuda &&
        Result.CudaLibrary->Prefix == Library->Prefix) // CUB, Thrust: their headers, too
      Derive("", "", Library->From);
    else if (Library->Interface == TargetLibrary::AsCuda && Cuda.starts_with(Result.CudaLibrary->Prefix))
      Derive(Result.CudaLibrary->Prefix, Library->Prefix, Library->From);
  } else if (Rule.Style == NamingRule::Prefix) {
    const PrefixRule *Longest = nullptr;
    for (const PrefixRule &P : Rule.Prefixes)
      if (startsWithWord(Cuda, P.Cuda) && (!Longest || P.Cuda.size() > Longest->Cuda.size()))
        Longest = &P;
    if (Longest) {
      Derive(Longest->Cuda, Longest->Card, Rule.From);
    } else {
      useKernelWord(Result, Card, Cuda, Row);
    }
  }
  return Result;
}
