// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// HIP's names over CUDA's, for direct bindings: HIP source on NVIDIA, and on cards whose names follow from CUDA's. As macros, so
// that a name whose CUDA counterpart the SDK lacks costs only those who use it:
//
//   hipMalloc <- cudaMalloc        #define hipMalloc cudaMalloc
//   hipModuleLoad <- cuModuleLoad  #define hipModuleLoad(...) cuport_hip_error(cuModuleLoad(__VA_ARGS__))
//   hip/hip_runtime.h              a header of HIP's name that includes CUDA's, and the names
//
// Of several CUDA names with one HIP name the first row of the first library counts, so runtime before driver.

#include "Output.h"
#include "Verbs.h"

#include "Knowledge/Signature.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace cuport;
using namespace cuport::gen;
using llvm::StringRef;

static bool isIdentifier(StringRef Text) {
  return !Text.empty() && !llvm::isDigit(Text[0]) && llvm::all_of(Text, [](char C) { return llvm::isAlnum(C) || C == '_'; });
}

/// What cuport/hip_extras.h has by hand.
static bool isByHand(StringRef Hip) { return Hip == "hipHostMalloc" || Hip == "hipHostAlloc" || Hip == "hipLaunchKernel"; }

static bool returnsDriverStatus(const RawRow &Row) {
  return !Row.Signatures.empty() && StringRef(Row.Signatures.front()).starts_with("CUresult ");
}

static std::string define(const RawRow &Row, StringRef Hip) {
  if (Row.Kind == ApiKind::Function && returnsDriverStatus(Row))
    return ("#define " + Hip + "(...) cuport_hip_error(" + Row.Cuda + "(__VA_ARGS__))\n").str();
  return ("#define " + Hip + " " + Row.Cuda + "\n").str();
}

/// The CUDA header to include for each HIP header: a library's own where several lead there.
static llvm::MapVector<StringRef, StringRef> headersOf(llvm::ArrayRef<RawLibrary> Libraries) {
  llvm::StringSet<> Main;
  for (const RawLibrary &Library : Libraries)
    Main.insert(Library.Header);
  llvm::MapVector<StringRef, StringRef> Headers;
  for (const RawLibrary &Library : Libraries)
    for (const RawRow &Row : Library.Rows)
      // The driver's is included by cuport/hip_extras.h, where the card has it.
      if (Row.Kind == ApiKind::Include && !Row.Hip.empty() && Row.Hip != Row.Cuda && Row.Cuda != "cuda.h")
        if (auto [It, New] = Headers.insert({Row.Hip, Row.Cuda}); !New && Main.contains(Row.Cuda) && !Main.contains(It->second))
          It->second = Row.Cuda;
  return Headers;
}

/// `namespace hipcub = cub;` for the header that has it.
static std::string namespaceFor(llvm::ArrayRef<RawLibrary> Libraries, StringRef CudaHeader) {
  for (const RawLibrary &Library : Libraries)
    if (Library.Header == CudaHeader)
      for (const RawRow &Row : Library.Rows)
        if (Row.Kind == ApiKind::Namespace && isIdentifier(Row.Hip) && Row.Hip != Row.Cuda && isIdentifier(Row.Cuda))
          return "namespace " + Row.Hip + " = " + Row.Cuda + ";\n";
  return "";
}

llvm::Error gen::writeHipNames(llvm::ArrayRef<RawLibrary> Libraries, StringRef Folder) {
  std::string Names = "// Written by cuport-gen hip-names: HIP's names over CUDA's.\n#pragma once\n";
  llvm::StringSet<> Written;
  for (const RawLibrary &Library : Libraries)
    for (const RawRow &Row : Library.Rows) {
      if (Row.Kind == ApiKind::Include || Row.Kind == ApiKind::Namespace || Row.Kind == ApiKind::Keyword || !isIdentifier(Row.Cuda))
        continue;
      for (StringRef Hip : {StringRef(Row.Hip), StringRef(Row.HipLater)})
        if (isHipSpelling(Hip) && Hip != Row.Cuda && !isByHand(Hip) && Written.insert(Hip).second)
          Names += define(Row, Hip);
    }
  if (llvm::Error E = writeIfChanged((Folder + "/cuport/hip_names.h").str(), Names))
    return E;
  for (auto [Hip, Cuda] : headersOf(Libraries)) {
    std::string Text = "// Written by cuport-gen hip-names.\n#pragma once\n#include <cuda_runtime.h>\n";
    if (Cuda != "cuda_runtime.h")
      Text += ("#include <" + Cuda + ">\n").str();
    Text += "#include <cuport/hip_extras.h>\n" + namespaceFor(Libraries, Cuda);
    if (llvm::Error E = writeIfChanged((Folder + "/" + Hip).str(), Text))
      return E;
  }
  return llvm::Error::success();
}
