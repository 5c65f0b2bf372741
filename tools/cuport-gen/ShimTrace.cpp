// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Each function of the API as the trace has it: counted, then called in the library behind.
//
//   cudaError_t cudaFree(void *devPtr) { return CUPORT_TRACED(17, cudaFree, cudaErrorNotSupported, cudaError_t (*)(void *devPtr))(devPtr); }

#include "HostApi.h"
#include "Output.h"
#include "StatusTypes.h"
#include "Verbs.h"

using namespace cuport;
using namespace cuport::gen;

llvm::Error gen::writeShimTrace(llvm::ArrayRef<RawLibrary> Libraries, llvm::StringRef OutputFile) {
  std::string Includes, Names, Functions;
  unsigned Count = 0;
  for (const RawLibrary &Library : Libraries) {
    auto Api = hostApi(Library);
    if (!Api)
      return Api.takeError();
    Includes += "#include <" + Library.Header + ">\n";
    for (const HostFunction &F : Api->Symbols) {
      std::string Arguments;
      for (const Parameter &P : F.Parameters)
        Arguments += (Arguments.empty() ? "" : ", ") + P.Name;
      llvm::StringRef Status = notSupportedStatus(F.Signature.Return);
      Names += "    \"" + F.Name + "\",\n";
      Functions += returning(F.Signature, F.Name) + parameterList(F.Parameters) + " { return CUPORT_TRACED(" + std::to_string(Count++) +
                   ", " + F.Name + ", " + (Status.empty() ? "nullptr" : Status).str() + ", " + returning(F.Signature, "(*)") + parameterList(F.Parameters) + ")(" +
                   Arguments + "); }\n";
    }
  }
  return writeIfChanged(OutputFile, "// Written by cuport-gen shim-trace.\n#include <trace/Trace.h>\n" + Includes +
                                    "const char *const cuport::trace::names[] = {\n" +
                                        Names + "};\nconst unsigned cuport::trace::nameCount = " + std::to_string(Count) +
                                        ";\nextern \"C\" {\n" + Functions + "}\n");
}
