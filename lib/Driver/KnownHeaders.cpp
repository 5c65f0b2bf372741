// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Driver/KnownHeaders.h"

#include <map>

using namespace cuport;

/// Headers of the C library stand for CUDA's too; they stay what they are.
static bool isHipHeader(const ApiRow &Row) { return Row.Hip != Row.Cuda && Row.Hip.contains('/'); }

/// Where several CUDA names became one HIP name, the one that HIP took it from: the runtime's
/// before the driver's, one that CUDA still has before one that it dropped.
static unsigned rank(const ApiTable &Apis, const ApiRow &Row) {
  llvm::StringRef Library = Apis.libraryOf(Row).Id;
  unsigned Rank = Library == "driver" ? 2 : Library == "runtime" || Library == "device" ? 0 : 1;
  return Rank * 4 + Row.CudaRemoved.isKnown() * 2 + Row.CudaDeprecated.isKnown();
}

/// A name that only HIP has: a macro of it changes nothing else. Some rows name C's own types or
/// CUDA's names.
static bool isHipName(llvm::StringRef Name) {
  for (llvm::StringRef Prefix : {"hip", "HIP", "__hip", "roc", "rccl", "miopen", "MIOPEN"})
    if (Name.starts_with(Prefix))
      return Name.find_first_of(":<( ") == llvm::StringRef::npos;
  return false;
}

static std::string hipNames(const ApiTable &Apis) {
  std::map<llvm::StringRef, const ApiRow *> Best;
  for (const ApiRow *Row : Apis.rows()) {
    if (Row->Kind == ApiKind::Include || !isHipName(Row->Hip) || Row->Cuda.contains(':'))
      continue;
    auto [It, New] = Best.try_emplace(Row->Hip, Row);
    if (!New && rank(Apis, *Row) < rank(Apis, *It->second))
      It->second = Row;
  }
  std::string Text =
      "#ifndef CUPORT_HIP_NAMES_H\n#define CUPORT_HIP_NAMES_H\n#include <cuport/hip_extras.h>\n";
  for (const auto &[Hip, Row] : Best)
    Text += ("#define " + Hip + " " + Row->Cuda + "\n").str();
  return Text + "#endif\n";
}

std::vector<SurfaceHeader> cuport::knownHeaders(const ApiTable &Apis, bool WithHip) {
  std::vector<SurfaceHeader> Headers;
  std::map<llvm::StringRef, std::string> ByHip;
  for (const ApiRow *Row : Apis.includes()) {
    Headers.push_back(
        {Row->Cuda.str(), Row->Cuda.starts_with("thrust/") ? "#include <cuport/thrust.h>\n" : ""});
    if (WithHip && isHipHeader(*Row))
      ByHip[Row->Hip] += ("#include <" + Row->Cuda + ">\n").str();
  }
  if (!WithHip)
    return Headers;
  for (auto &[Hip, Includes] : ByHip)
    Headers.push_back({Hip.str(), "#include <cuda_runtime.h>\n" + Includes +
                                      ("#include <" + HipNamesHeader + ">\n").str()});
  Headers.push_back({HipNamesHeader.str(), hipNames(Apis)});
  return Headers;
}
