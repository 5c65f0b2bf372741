// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// CUDA names in string literals. What is looked up by its name at run time is renamed: functions, and the libraries they are
// in. Other words, in messages for people, stay as they are unless --strings says to rename them; kernel source for a run-time
// compiler is for a person.
//
//   Before: cuGetProcAddress("cuMemCreate", &f, 12000, 0)     After: hipGetProcAddress("hipMemCreate", &f, 12000, 0)
//   Before: printf("cudaMalloc failed")                       After (--strings): printf("hipMalloc failed")

#include "Rules/RowUse.h"
#include "Rules/Rule.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSwitch.h"

using namespace cuport;

static bool isWord(char C) { return llvm::isAlnum(C) || C == '_'; }

namespace {
struct Named {
  uint32_t Offset;
  llvm::StringRef Name;
  const ApiRow *Row;
};
} // namespace

/// The words of a literal that HIP names otherwise.
static std::vector<Named> namesIn(const FileView &File, const Token &T) {
  std::vector<Named> Names;
  llvm::StringRef Text = File.Source.textOf(T);
  for (size_t I = 0; I < Text.size();) {
    if (Text[I] == '\\') { // \n must not glue to what follows
      I += 2;
      continue;
    }
    if (!isWord(Text[I])) {
      ++I;
      continue;
    }
    size_t End = I;
    while (End < Text.size() && isWord(Text[End]))
      ++End;
    llvm::StringRef Word = Text.slice(I, End);
    const ApiRow *Row = Word.size() > 4 ? File.Apis.find(Word) : nullptr;
    if (Row && Row->Kind != ApiKind::Namespace && !Row->Hip.empty() && hipNameFor(*Row, File.Options.Hip) != Word &&
        verdictFor(*Row, File.Options.Hip) != Verdict::Unsupported)
      Names.push_back({static_cast<uint32_t>(T.Offset + I), Word, Row});
    I = End;
  }
  return Names;
}

/// What stands between the quotes.
static llvm::StringRef insideOf(llvm::StringRef Literal) {
  size_t Open = Literal.find('"');
  return Literal.slice(Open + 1, Literal.rfind('"'));
}

/// The function whose call the token is an argument of, as it is spelled; empty where there is none near.
static llvm::StringRef calleeAround(const FileView &File, size_t Index) {
  constexpr size_t Near = 64; // tokens
  unsigned Depth = 0;
  for (size_t I = Index; I > 0 && Index - I < Near; --I) {
    llvm::StringRef Text = File.text(I - 1);
    if (Text == ";" || Text == "{" || Text == "}")
      break;
    if (Text == ")")
      ++Depth;
    else if (Text == "(" && Depth-- == 0)
      return I > 1 && File.tokens()[I - 2].What == Token::Identifier ? File.text(I - 2) : "";
  }
  return "";
}

namespace {
enum class Lookup {
  None,
  InLibrary, ///< dlsym: in a library that the program opened
  InDriver,  ///< cuGetProcAddress, which has a counterpart in HIP
  OfLibrary, ///< dlopen
};
} // namespace

static Lookup lookupBy(llvm::StringRef Callee) {
  return llvm::StringSwitch<Lookup>(Callee)
      .Cases({"dlsym", "dlvsym", "GetProcAddress"}, Lookup::InLibrary)
      .Cases({"cuGetProcAddress", "cuGetProcAddress_v2"}, Lookup::InDriver)
      .Cases({"cudaGetDriverEntryPoint", "cudaGetDriverEntryPointByVersion"}, Lookup::InDriver)
      .Cases({"dlopen", "LoadLibrary", "LoadLibraryA", "LoadLibraryEx", "LoadLibraryExA"}, Lookup::OfLibrary)
      .Default(Lookup::None);
}

/// HIP's library for one of CUDA's; empty where the name is neither.
static llvm::StringRef libraryFor(llvm::StringRef FileName) {
  llvm::StringRef Name = FileName.substr(FileName.rfind('/') + 1);
  if (!Name.consume_front("lib"))
    return "";
  return llvm::StringSwitch<llvm::StringRef>(Name.take_front(Name.find(".so")))
      .Cases({"cuda", "cudart"}, "libamdhip64.so")
      .Case("cublas", "libhipblas.so")
      .Case("cublasLt", "libhipblaslt.so")
      .Case("cufft", "libhipfft.so")
      .Case("curand", "libhiprand.so")
      .Case("cusolver", "libhipsolver.so")
      .Case("cusparse", "libhipsparse.so")
      .Case("nccl", "librccl.so")
      .Case("nvrtc", "libhiprtc.so")
      .Default("");
}

/// A finding where the literal is the name of a function or library that is looked up at run time.
static std::optional<Finding> lookedUp(const FileView &File, size_t Index) {
  const Token &T = File.tokens()[Index];
  llvm::StringRef Inside = insideOf(File.text(Index));
  const ApiRow *Row = File.Apis.find(Inside);
  llvm::StringRef Library = libraryFor(Inside);
  if (!(Row && Row->Kind == ApiKind::Function) && Library.empty())
    return std::nullopt;
  Lookup How = lookupBy(calleeAround(File, Index));
  Finding F = File.finding("string-name", T.Offset, T.Length, Verdict::Review, File.lexicalConfidence(T.Offset));
  if (F.Confidence == Confidence::Unresolved)
    F.Confidence = Confidence::Resolved; // nothing in a literal is left to resolve
  F.Name = Inside.str();
  if (How == Lookup::OfLibrary && !Library.empty()) {
    F.Message = "'" + F.Name + "' is a library of CUDA's; what stands for it with " + File.Options.Output;
    if (File.Options.Output == "HIP") {
      F.Replacement = Library.str();
      F.Message += " is in '" + F.Replacement + "'";
    } else {
      F.Message += " has to be found in its SDK";
    }
    return F;
  }
  if (!Row || (How != Lookup::InLibrary && How != Lookup::InDriver))
    return std::nullopt;
  RowUse Use = wholeRow(*Row, File.Options.Hip);
  F.Replacement = Use.Hip.str();
  if (Use.V == Verdict::Unsupported || Use.V == Verdict::Redesign || Use.V == Verdict::Unknown || Use.Hip.empty()) {
    F.Verdict = Use.V;
    F.Message = "looked up by name: " + messageFor(*Row, Use, File.Options.Hip, File.Options.Output);
    return F;
  }
  if (How == Lookup::InDriver && Use.V != Verdict::Review)
    F.Verdict = Use.Hip == Inside ? Verdict::AsIs : Verdict::Rename;
  F.Message = "looked up by name: " + messageFor(*Row, Use, File.Options.Hip, File.Options.Output);
  if (How == Lookup::InLibrary)
    F.Message += "; see that the library it is looked up in is " + File.Options.Output + "'s";
  if (Use.Hip != Inside)
    F.Edits.push_back({static_cast<uint32_t>(T.Offset + (Inside.data() - File.text(Index).data())),
                       static_cast<uint32_t>(Inside.size()), F.Replacement});
  return F;
}

/// The strings of asm("...") are another rule's.
static bool isInAsm(const FileView &File, size_t Index) {
  for (size_t I = Index; I > 0 && Index - I < 64; --I) {
    llvm::StringRef Text = File.text(I - 1);
    if (Text == ";" || Text == "{" || Text == "}")
      return false;
    if (Text == "asm" || Text == "__asm__" || Text == "__asm")
      return true;
  }
  return false;
}

namespace cuport {
void runStringName(const FileView &File, std::vector<Finding> &Findings) {
  for (size_t I = 0; I < File.tokens().size(); ++I) {
    const Token &T = File.tokens()[I];
    if (T.What != Token::String)
      continue;
    if (auto F = lookedUp(File, I)) {
      Findings.push_back(std::move(*F));
      continue;
    }
    bool Kernel = File.Source.textOf(T).contains("__global__");
    std::vector<Named> Names = namesIn(File, T);
    if ((!Kernel && Names.empty()) || isInAsm(File, I))
      continue;
    Finding F = File.finding("string-name", T.Offset, T.Length, Verdict::AsIs, Confidence::Resolved);
    if (Kernel) {
      F.Verdict = Verdict::Review;
      F.Message = "the string holds kernel source for a run-time compiler; it has to be ported by itself";
    } else if (File.Options.Strings) {
      F.Verdict = Verdict::Rename;
      F.Name = Names.front().Name.str();
      F.Replacement = hipNameFor(*Names.front().Row, File.Options.Hip).str();
      F.Message = "'" + F.Name + "' in a string is '" + F.Replacement + "' in " + File.Options.Output;
      for (const Named &N : Names)
        F.Edits.push_back({N.Offset, static_cast<uint32_t>(N.Name.size()), hipNameFor(*N.Row, File.Options.Hip).str()});
    } else {
      F.Name = Names.front().Name.str();
      F.Message = "'" + F.Name + "' in a string is left; --strings renames it";
    }
    Findings.push_back(std::move(F));
  }
}
} // namespace cuport
