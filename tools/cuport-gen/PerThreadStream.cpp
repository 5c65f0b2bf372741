// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "PerThreadStream.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringMap.h"

using namespace cuport;
using namespace cuport::gen;
using llvm::StringRef;

static bool isStream(const Parameter &P) {
  return P.type() == "cudaStream_t" || P.type() == "CUstream";
}

/// `cuMemcpyHtoDAsync_v2` for `cuMemcpyHtoD_v2`.
static std::string asyncName(StringRef Name) {
  size_t Version = Name.rfind("_v");
  if (Version == StringRef::npos)
    return (Name + "Async").str();
  return (Name.take_front(Version) + "Async" + Name.drop_front(Version)).str();
}

/// The function under another name, that ends in Body.
static std::string inlineFunction(const HostFunction &F, StringRef Suffix,
                                  const std::string &Body) {
  return F.mark().str() + "static __inline__ " + returning(F.Signature, F.Name + Suffix.str()) +
         (F.Parameters.empty() ? "(void)" : hideDefaults(F.Signature.Parameters)) + " { " + Body +
         " }\n#define " + F.Name + " " + F.Name + Suffix.str() + "\n";
}

std::string gen::perThreadStream(const HostApi &Api) {
  llvm::StringMap<const HostFunction *> ByName;
  for (const HostFunction &F : Api.Symbols)
    ByName[F.Name] = &F;
  std::string WithStream, Waiting;
  for (const HostFunction &F : Api.Symbols) {
    bool OfDriver = F.Signature.Return == "CUresult";
    std::string PerThread = OfDriver ? "CU_STREAM_PER_THREAD" : "cudaStreamPerThread";
    std::string Arguments;
    for (const Parameter &P : F.Parameters)
      Arguments += (Arguments.empty() ? "" : ", ") + P.Name +
                   (isStream(P) ? " ? " + P.Name + " : " + PerThread : "");
    if (llvm::any_of(F.Parameters, isStream)) {
      WithStream += inlineFunction(F, "_ptsz", "return " + F.Name + "(" + Arguments + ");");
      continue;
    }
    // cudaMalloc has an Async form too, and is no matter of streams.
    StringRef Name = F.Name;
    auto Async = ByName.find(asyncName(Name));
    if (Async == ByName.end() || !(Name.contains("Memcpy") || Name.contains("Memset")) ||
        Async->second->Parameters.size() != F.Parameters.size() + 1 ||
        !isStream(Async->second->Parameters.back()))
      continue;
    std::string Return = F.Signature.Return.str();
    Waiting += inlineFunction(F, "_ptds",
                              Return + " error = " + Async->second->Name + "(" + Arguments + ", " +
                                  PerThread + "); return error ? error : " +
                                  (OfDriver ? "cuStreamSynchronize(" : "cudaStreamSynchronize(") +
                                  PerThread + ");");
  }
  if (WithStream.empty())
    return "";
  // The waiting ones first: what they call is meant without the macros.
  return "#ifdef CUDA_API_PER_THREAD_DEFAULT_STREAM\n" + Waiting + WithStream + "#endif\n";
}
