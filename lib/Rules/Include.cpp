// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// CUDA headers in include directives.
//
//   Before: #include <cuda_runtime.h>     After: #include <hip/hip_runtime.h>
//
// A second include that would name the same HIP header in the same branch goes, with its line.

#include "Knowledge/NamePattern.h"
#include "Rules/Cutlass.h"
#include "Rules/Rule.h"

#include "llvm/ADT/StringSwitch.h"

#include <map>
#include <set>

using namespace cuport;

/// The prefixes NVIDIA names its headers with: to tell an unknown header of CUDA's from anybody's.
static bool looksLikeCudaHeader(llvm::StringRef Header) {
  static constexpr llvm::StringLiteral Families[] = {
      "cuda",   "cublas", "cudnn", "cufft", "curand", "cusparse", "cusolver", "cutensor", "cupti",
      "nccl",   "nvrtc",  "nvml",  "nvtx",  "nvjpeg", "npp",      "cooperative_groups", "cufile", "nvcomp", "cuComplex"};
  for (llvm::StringRef Family : Families)
    if (Header.starts_with(Family))
      return true;
  return false;
}

/// Whether it is CUDA's, though no row knows it. One of the system's that is merely named alike is not; but Thrust and CUB lie there, too,
/// where they are installed.
static bool isUnknownHeader(llvm::StringRef Header, const IncludeFact *Fact) {
  return isOfThrustOrCub(Header) || (looksLikeCudaHeader(Header) && !(Fact && Fact->Where == IncludeFact::System));
}

/// True where the file is itself a part of what came with the project: the header's folder, less what the directive spells of its path,
/// holds it.
static bool isPartOf(const FileView &File, llvm::StringRef Path, llvm::StringRef Header) {
  return Path.consume_back(Header) && llvm::StringRef(File.RealPath).starts_with(Path);
}

/// The whole line, newline included, if the directive is all there is on it.
static std::optional<Edit> removeLine(const FileView &File, const Directive &D) {
  llvm::StringRef Text = File.Source.text();
  uint32_t Begin = File.tokens()[D.First].Offset, End = File.tokens()[D.Last - 1].end();
  size_t LineBegin = Text.rfind('\n', Begin);
  LineBegin = LineBegin == llvm::StringRef::npos ? 0 : LineBegin + 1;
  size_t LineEnd = Text.find('\n', End);
  LineEnd = LineEnd == llvm::StringRef::npos ? Text.size() : LineEnd + 1;
  if (!Text.slice(LineBegin, Begin).trim().empty() || !Text.slice(End, LineEnd).trim().empty())
    return std::nullopt;
  return Edit{static_cast<uint32_t>(LineBegin), static_cast<uint32_t>(LineEnd - LineBegin), ""};
}

namespace {

/// Which HIP headers the branches open at a point have included.
class BranchStack {
public:
  /// True where Header is new in all open branches.
  bool add(const std::string &Header) {
    for (const auto &Seen : Open)
      if (Seen.count(Header))
        return false;
    Open.back().insert(Header);
    return true;
  }
  void directive(llvm::StringRef Name) {
    if (Name == "if" || Name == "ifdef" || Name == "ifndef") {
      Open.emplace_back();
    } else if (Name.starts_with("el")) {
      Open.back().clear();
    } else if (Name == "endif" && Open.size() > 1) {
      Open.pop_back();
    }
  }

private:
  std::vector<std::set<std::string>> Open{1};
};

} // namespace

static Finding findingFor(const FileView &File, const Directive &D, const Token &T, const ApiRow *Row,
                          Confidence C, BranchStack &Seen) {
  std::string Header = File.Source.textOf(T).drop_front().drop_back().str();
  Verdict V = Row ? verdictFor(*Row, File.Options.Hip) : Verdict::Unknown;
  Finding F = File.finding("include", T.Offset, T.Length, V, C);
  F.Name = Header;
  if (isOfCutlass(Header)) {
    F.Verdict = Verdict::Unsupported;
    F.Message = "'" + Header + "' is of CUTLASS, whose kernels are made of NVIDIA's matrix instructions: use the card's own library (Composable Kernel on AMD's cards), or its "
                "vendor's fork of CUTLASS";
    return F;
  }
  if (!Row) {
    F.Message = "'" + Header + "' looks like a header of CUDA's, and what stands for it in " + File.Options.Output + " is not known";
    return F;
  }
  F.Replacement = Row->Hip.str();
  std::string Note = Row->Note.empty() ? "" : ": " + Row->Note.str();
  bool Change = V != Verdict::Unsupported && V != Verdict::Redesign && V != Verdict::Unknown;
  if (!Change || Row->Hip.empty()) {
    F.Message = File.Options.Output + (V == Verdict::Unknown ? ": no header is known for '" : " has no header for '") + Header +
                "': " + (Row->Reason.empty() ? Row->Note : Row->Reason).str();
    return F;
  }
  if (Row->Hip == Header) {
    Seen.add(Header);
    F.Message = "'" + Header + "' is the same in " + File.Options.Output + Note;
    return F;
  }
  if (!Seen.add(F.Replacement)) {
    if (auto Removal = removeLine(File, D)) {
      F.Verdict = Verdict::Edit;
      F.Message = "'" + F.Replacement + "' is included already; this line goes";
      F.Edits = {*Removal};
      return F;
    }
  }
  F.Message = "'" + Header + "' is '" + F.Replacement + "' in " + File.Options.Output + Note;
  F.Edits = {{T.Offset + 1, T.Length - 2, F.Replacement}};
  return F;
}

namespace cuport {
void runInclude(const FileView &File, std::vector<Finding> &Findings) {
  BranchStack Seen;
  for (const Directive &D : File.Source.directives()) {
    Seen.directive(D.Name);
    if (!D.Name.starts_with("include") || D.Last < D.First + 3)
      continue;
    const Token &T = File.tokens()[D.First + 2];
    if (T.What != Token::Header || T.Length < 3)
      continue;
    llvm::StringRef Header = File.Source.textOf(T).drop_front().drop_back();
    const IncludeFact *Fact = nullptr;
    if (File.Facts)
      if (auto It = File.Facts->Includes.find(T.Offset); It != File.Facts->Includes.end())
        Fact = &It->second;
    const ApiRow *Row = File.Apis.findInclude(Header);
    // A file of the user's, whatever its name; but what has to be done another way has so too where its headers came with the project.
    const bool ComesAlong = isOfCutlass(Header) || (Row && verdictFor(*Row, File.Options.Hip) == Verdict::Redesign);
    if (Fact && Fact->Where == IncludeFact::User && (!ComesAlong || isPartOf(File, Fact->Path, Header)))
      continue;
    if (!Row && !isOfCutlass(Header) && !isUnknownHeader(Header, Fact))
      continue;
    Confidence C = Fact ? Confidence::Resolved : File.lexicalConfidence(T.Offset);
    Findings.push_back(findingFor(File, D, T, Row, C, Seen));
  }
}
} // namespace cuport
