// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Driver/KnownHeaders.h"

#include "llvm/ADT/StringSet.h"

#include <map>

using namespace cuport;

/// Headers of the C library stand for CUDA's too; they stay what they are.
static bool isHipHeader(const ApiRow &Row) { return Row.Hip != Row.Cuda && Row.Hip.contains('/'); }

/// Where several CUDA names became one HIP name, the one that HIP took it from: the runtime's
/// before the driver's, one that CUDA still has before one that it dropped, one that differs in the
/// prefix alone before others (hipblasStatus_t: cublasStatus_t before cublasStatus).
static unsigned rank(const ApiTable &Apis, const ApiRow &Row) {
  llvm::StringRef Library = Apis.libraryOf(Row).Id;
  unsigned Rank = Library == "driver" ? 2 : Library == "runtime" || Library == "device" ? 0 : 1;
  llvm::StringRef Tail = Row.Cuda;
  (void)(Tail.consume_front("cuda") || Tail.consume_front("cu"));
  return Rank * 8 + Row.CudaRemoved.isKnown() * 4 + Row.CudaDeprecated.isKnown() * 2 +
         !Row.Hip.ends_with(Tail);
}

/// Headers of HIP's that stand for none of CUDA's.
static constexpr llvm::StringLiteral OwnHipHeaders[] = {"hip/hip_version.h",    "hip/hip_common.h",       "hip/hip_ext.h",
                                                        "hip/math_functions.h", "hip/device_functions.h", "hip/hip_math_constants.h",
                                                        "hip/hip_bfloat16.h"};

/// Behind HIP's headers alone.
static constexpr llvm::StringLiteral HipCompilerHeader = "cuport/hip_compiler.h";

/// HIP's macros that tell a compiler (__HIPCC__). They count behind a header of HIP's only: a project that is for CUDA and for HIP asks for
/// them to choose between the two, and its CUDA branch is the one to parse.
static bool isOfCompiler(const ApiRow &Row) { return Row.Kind == ApiKind::Macro && Row.Group == "compiler"; }

static void addNameHeaders(const ApiTable &Apis, std::vector<SurfaceHeader> &Headers) {
  std::map<llvm::StringRef, const ApiRow *> Best;
  for (const ApiRow *Row : Apis.rows()) {
    if (Row->Kind == ApiKind::Include || !isHipSpelling(Row->Hip) || Row->Cuda.contains(':'))
      continue;
    auto [It, New] = Best.try_emplace(Row->Hip, Row);
    if (!New && rank(Apis, *Row) < rank(Apis, *It->second))
      It->second = Row;
  }
  std::string Names = "#ifndef CUPORT_HIP_NAMES_H\n#define CUPORT_HIP_NAMES_H\n#include <cuport/hip_extras.h>\n", Compiler;
  for (const auto &[Hip, Row] : Best)
    (isOfCompiler(*Row) ? Compiler : Names) += ("#define " + Hip + " " + Row->Cuda + "\n").str();
  Headers.push_back({(HipSurface + "/" + HipNamesHeader).str(), Names + "#endif\n"});
  Headers.push_back({(HipSurface + "/" + HipCompilerHeader).str(), Compiler});
}

std::vector<SurfaceHeader> cuport::knownHeaders(const ApiTable &Apis, bool WithHip) {
  std::vector<SurfaceHeader> Headers;
  // Of the CUDA headers that became one of HIP's, those that a library is known by; where there is
  // none, the first. The others they include, and a toolkit's older ones and inner ones do not go
  // together with them.
  llvm::StringSet<> Main;
  for (const ApiLibrary &Library : Apis.libraries())
    Main.insert(Library.Header);
  std::map<llvm::StringRef, std::vector<llvm::StringRef>> ByHip;
  for (const ApiRow *Row : Apis.includes()) {
    Headers.push_back(
        {Row->Cuda.str(), Row->Cuda.starts_with("thrust/") ? "#include <cuport/thrust.h>\n" : ""});
    if (!WithHip || !isHipHeader(*Row))
      continue;
    std::vector<llvm::StringRef> &Cuda = ByHip[Row->Hip];
    if (Cuda.size() == 1 && !Main.contains(Cuda[0]) && Main.contains(Row->Cuda))
      Cuda.clear();
    if (Cuda.empty() || Main.contains(Row->Cuda))
      Cuda.push_back(Row->Cuda);
  }
  if (!WithHip)
    return Headers;
  for (llvm::StringRef Own : OwnHipHeaders)
    ByHip.try_emplace(Own);
  for (const auto &[Hip, Includes] : ByHip) {
    std::string Text = "#include <cuda_runtime.h>\n";
    for (llvm::StringRef Cuda : Includes) // a toolkit may lack it
      Text += ("#if __has_include(<" + Cuda + ">)\n#include <" + Cuda + ">\n#endif\n").str();
    Headers.push_back(
        {(HipSurface + "/" + Hip).str(), Text + ("#include <" + HipNamesHeader + ">\n#include <" + HipCompilerHeader + ">\n").str()});
  }
  addNameHeaders(Apis, Headers);
  return Headers;
}
