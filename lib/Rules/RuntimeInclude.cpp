// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// nvcc includes cuda_runtime.h before every file it compiles; HIP's compilers, and those of cards with names of their own, do not
// include theirs. A file
// that is compiled on its own and relies on that gets the line.
// So does one whose own headers lean on it before the first header of CUDA's comes.
//
//   Before: #include <vector>     After: #include <hip/hip_runtime.h>
//                                        #include <vector>

#include "Frontend/CompileCommand.h"
#include "Rules/Guards.h"

#include <set>

using namespace cuport;

static constexpr llvm::StringLiteral RuntimeHeader = "cuda_runtime.h";

static bool bringsRuntime(const ApiTable &Apis, llvm::StringRef Header) {
  if (const ApiRow *Row = Apis.findInclude(Header); Row && !Row->Hip.empty())
    Header = Row->Hip;
  const ApiRow *Runtime = Apis.findInclude(RuntimeHeader);
  return (Runtime && Header == Runtime->Hip) || Header == "hip/hip_runtime.h" || Header == "hiprand/hiprand_kernel.h" ||
         Header.starts_with("hipcub/") || Header.starts_with("rocwmma/");
}

/// True where a header of the user's at Path brings the runtime, itself or through others.
static bool reachesRuntime(const FileView &View, const std::string &Path, std::set<std::string> &Visited) {
  auto It = View.Project.Files.find(Path);
  if (It == View.Project.Files.end() || !Visited.insert(Path).second)
    return false;
  for (const auto &[Offset, I] : It->second.Includes)
    if (I.Where == IncludeFact::User ? reachesRuntime(View, I.Path, Visited) : bringsRuntime(View.Apis, I.Path))
      return true;
  return false;
}

/// True where, read in the order of the includes, a file names something of CUDA's before any header of CUDA's: nvcc's own
/// include came before all of them.
static bool namesBeforeHeader(const FileView &View, const std::string &Path, std::set<std::string> &Visited,
                              bool &SawHeader) {
  auto It = View.Project.Files.find(Path);
  if (It == View.Project.Files.end() || !Visited.insert(Path).second)
    return false;
  const ProjectFacts::File &F = It->second;
  auto Name = F.Names.begin();
  auto NamedBefore = [&](uint32_t Offset) {
    for (; Name != F.Names.end() && Name->first < Offset; ++Name)
      if (Name->second & OwnerCuda)
        return true;
    return false;
  };
  for (const auto &[Offset, I] : F.Includes) {
    if (NamedBefore(Offset))
      return true;
    if (I.Where == IncludeFact::User && namesBeforeHeader(View, I.Path, Visited, SawHeader))
      return true;
    SawHeader |= I.Where == IncludeFact::Cuda || bringsRuntime(View.Apis, I.Path);
    if (SawHeader)
      return false;
  }
  return NamedBefore(UINT32_MAX);
}

/// True where another file of the project includes this one: then that file has the line.
static bool isIncluded(const FileView &View) {
  for (const auto &[Path, F] : View.Project.Files)
    for (const auto &[Offset, I] : F.Includes)
      if (I.Where == IncludeFact::User && I.Path == View.RealPath)
        return true;
  return false;
}

/// By its name, or because it has kernels. Of other files nvcc leaves all to the host's compiler and includes nothing.
static bool isCompiledAsCuda(const FileView &View) {
  if (Language L = languageOf(View.RealPath); L != Language::Cxx)
    return L == Language::Cuda;
  for (size_t I = 0; I < View.tokens().size(); ++I)
    if (View.is(I, "<<<") || View.is(I, "__global__") || View.is(I, "__device__"))
      return true;
  return false;
}

static bool usesRuntime(const FileView &View) {
  for (size_t I = 0; I < View.tokens().size(); ++I) {
    const Token &T = View.tokens()[I];
    if (T.What == Token::Punctuator && View.is(I, "<<<"))
      return true;
    if (T.What != Token::Identifier || (T.InDirective && isGuardUse(View, I)))
      continue;
    const ApiRow *Row = View.Apis.find(View.text(I));
    if (!Row || Row->Kind == ApiKind::Namespace || View.ownerOfToken(I) == FileView::Owner::User)
      continue;
    llvm::StringRef Library = View.Apis.libraryOf(*Row).Id;
    if (Library == "runtime" || Library == "driver" || Library == "device" || Library == "keywords")
      return true;
  }
  return false;
}

/// Before the first include, and before the #if it may stand in; before the first token where there is none, or where
/// something of CUDA's is named earlier.
static uint32_t insertionPoint(const FileView &View) {
  uint32_t First = View.tokens().empty() ? 0 : View.tokens().front().Offset, Named = UINT32_MAX;
  if (View.Facts)
    for (auto [Offset, Owner] : View.Facts->Names)
      if (Owner & OwnerCuda) {
        Named = Offset;
        break;
      }
  unsigned Depth = 0;
  uint32_t Outermost = 0;
  for (const Directive &D : View.Source.directives()) {
    uint32_t Hash = View.tokens()[D.First].Offset;
    if (D.Name.starts_with("if")) {
      if (Depth++ == 0)
        Outermost = Hash;
    } else if (D.Name == "endif" && Depth > 0) {
      --Depth;
    } else if (D.Name == "include") {
      uint32_t At = Depth ? Outermost : Hash;
      return Named < At ? First : At;
    }
  }
  return First;
}

static void insertInclude(const FileView &View, std::vector<Finding> &Findings) {
  const ApiRow *Row = View.Apis.findInclude(RuntimeHeader);
  llvm::StringRef Header = Row ? Row->Hip : "";
  // A compiler for CUDA's own names includes it as nvcc does.
  if (Header.empty() || Header == RuntimeHeader)
    return;
  uint32_t At = insertionPoint(View);
  llvm::StringRef Newline = View.Source.text().contains("\r\n") ? "\r\n" : "\n";
  Finding F = View.finding("runtime-include", At, 0, Verdict::Edit,
                           View.Facts ? Confidence::Resolved : Confidence::Unparsed);
  F.Replacement = Header.str();
  F.Message = "nvcc includes cuda_runtime.h by itself; " + View.Options.Output + " wants '" + F.Replacement + "' included";
  F.Edits = {{At, 0, ("#include <" + Header + ">" + Newline).str()}};
  Findings.push_back(std::move(F));
}

namespace cuport {
void runRuntimeInclude(const FileView &View, std::vector<Finding> &Findings) {
  if (!isUnitName(View.Source.path()) || !isCompiledAsCuda(View) || isIncluded(View))
    return;
  std::set<std::string> Ordered;
  bool SawHeader = false;
  if (namesBeforeHeader(View, View.RealPath, Ordered, SawHeader))
    return insertInclude(View, Findings);
  for (const Directive &D : View.Source.directives())
    if (D.Name == "include" && D.Last >= D.First + 3 &&
        View.tokens()[D.First + 2].What == Token::Header &&
        bringsRuntime(View.Apis, View.text(D.First + 2).drop_front().drop_back()))
      return;
  if (!usesRuntime(View))
    return;
  std::set<std::string> Visited;
  if (reachesRuntime(View, View.RealPath, Visited))
    return;
  insertInclude(View, Findings);
}
} // namespace cuport
