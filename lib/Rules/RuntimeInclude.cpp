// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// nvcc includes cuda_runtime.h before every file it compiles; HIP's compilers, and those of cards with names of their own, do not
// include theirs. A file
// that is compiled on its own and relies on that gets the line.
// So does one whose own headers lean on it before the first header of CUDA's comes.
//
//   Before: #include <vector>     After: #include <hip/hip_runtime.h>
//                                        #include <vector>
//
// Headers of CUDA's libraries include those of the small floats, and hipBLAS's and RCCL's do not: a file that names such a type and reaches
// its header in no other way gets the line, too.
//
//   Before: #include <cublas_v2.h>        After: #include <hip/hip_bf16.h>
//           void f(__nv_bfloat16 *);             #include <hipblas/hipblas.h>
//                                                void f(__hip_bfloat16 *);

#include "Frontend/CompileCommand.h"
#include "Rules/Guards.h"

#include "llvm/ADT/STLExtras.h"

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

using HeaderTest = llvm::function_ref<bool(llvm::StringRef)>;

/// True where a file of the user's at Path includes a header that is asked for, itself or through others.
static bool reaches(const FileView &View, const std::string &Path, HeaderTest Asked, std::set<std::string> &Visited) {
  auto It = View.Project.Files.find(Path);
  if (It == View.Project.Files.end() || !Visited.insert(Path).second)
    return false;
  for (const auto &[Offset, I] : It->second.Includes)
    if (I.Where == IncludeFact::User ? reaches(View, I.Path, Asked, Visited) : Asked(I.Path))
      return true;
  return false;
}

static bool reaches(const FileView &View, HeaderTest Asked) {
  std::set<std::string> Visited;
  return reaches(View, View.RealPath, Asked, Visited);
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

/// What stands for CUDA's Header, which ByItself includes.
static void insertInclude(const FileView &View, llvm::StringRef ByItself, llvm::StringRef CudaHeader, std::vector<Finding> &Findings) {
  const ApiRow *Row = View.Apis.findInclude(CudaHeader);
  llvm::StringRef Header = Row ? Row->Hip : "";
  // A compiler for CUDA's own names includes it as nvcc does.
  if (Header.empty() || Header == CudaHeader)
    return;
  uint32_t At = insertionPoint(View);
  llvm::StringRef Newline = View.Source.text().contains("\r\n") ? "\r\n" : "\n";
  Finding F = View.finding("runtime-include", At, 0, Verdict::Edit,
                           View.Facts ? Confidence::Resolved : Confidence::Unparsed);
  F.Replacement = Header.str();
  F.Message = (ByItself + " includes " + CudaHeader + " by itself; " + View.Options.Output + " wants '" + F.Replacement + "' included").str();
  F.Edits = {{At, 0, ("#include <" + Header + ">" + Newline).str()}};
  Findings.push_back(std::move(F));
}

/// Headers of CUDA's libraries that include cuda_fp16.h and cuda_bf16.h.
static constexpr llvm::StringLiteral LibraryHeaders[] = {"cublas_v2.h", "cublas_api.h", "cublas.h", "cublasLt.h", "cublasXt.h", "cusolverDn.h", "nccl.h"};

static bool namesOneOf(const FileView &View, llvm::StringRef Group) {
  for (size_t I = 0; I < View.tokens().size(); ++I)
    if (View.tokens()[I].What == Token::Identifier)
      if (const ApiRow *Row = View.Apis.find(View.text(I)); Row && Row->Group == Group && View.ownerOfToken(I) == FileView::Owner::Cuda)
        return true;
  return false;
}

static void insertSmallFloats(const FileView &View, std::vector<Finding> &Findings) {
  llvm::StringRef Library;
  if (!reaches(View, [&](llvm::StringRef Header) {
        if (llvm::is_contained(LibraryHeaders, Header))
          Library = Header;
        return !Library.empty();
      }))
    return;
  static constexpr struct {
    llvm::StringLiteral Header, Group;
  } Types[] = {{"cuda_fp16.h", "half"}, {"cuda_bf16.h", "bfloat16"}};
  for (const auto &[Header, Group] : Types)
    if (namesOneOf(View, Group) && !reaches(View, [Header = Header](llvm::StringRef H) { return H == Header; }))
      insertInclude(View, Library, Header, Findings);
}

static void insertRuntime(const FileView &View, std::vector<Finding> &Findings) {
  if (!isUnitName(View.Source.path()) || !isCompiledAsCuda(View) || isIncluded(View))
    return;
  std::set<std::string> Ordered;
  bool SawHeader = false;
  if (namesBeforeHeader(View, View.RealPath, Ordered, SawHeader))
    return insertInclude(View, "nvcc", RuntimeHeader, Findings);
  for (const Directive &D : View.Source.directives())
    if (D.Name == "include" && D.Last >= D.First + 3 &&
        View.tokens()[D.First + 2].What == Token::Header &&
        bringsRuntime(View.Apis, View.text(D.First + 2).drop_front().drop_back()))
      return;
  if (usesRuntime(View) && !reaches(View, [&](llvm::StringRef Header) { return bringsRuntime(View.Apis, Header); }))
    insertInclude(View, "nvcc", RuntimeHeader, Findings);
}

namespace cuport {
void runRuntimeInclude(const FileView &View, std::vector<Finding> &Findings) {
  insertRuntime(View, Findings);
  insertSmallFloats(View, Findings);
}
} // namespace cuport
