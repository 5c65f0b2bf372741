// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Each function of a library's legacy header over the one of today, whose name has _v2.
//
//   float cublasSdot(int n, ...) { return legacy<float>(cublasSdot_v2, n, ...); }

#include "HostApi.h"
#include "Output.h"
#include "Verbs.h"

#include "llvm/ADT/STLExtras.h"

using namespace cuport;
using namespace cuport::gen;

llvm::Error gen::writeShimLegacy(llvm::ArrayRef<RawLibrary> Libraries, llvm::StringRef OutputFile) {
  std::string Functions;
  for (const RawLibrary &Library : Libraries) {
    auto Api = hostApi(Library);
    if (!Api)
      return Api.takeError();
    for (const HostFunction &F : Api->Legacy) {
      auto Alias = llvm::find_if(Api->Aliases, [&](const auto &A) { return A.first == F.Name; });
      if (Alias == Api->Aliases.end())
        continue; // of the legacy interface alone, and defined by hand
      std::string Arguments = Alias->second;
      for (const Parameter &P : F.Parameters)
        Arguments += ", " + P.Name;
      Functions += returning(F.Signature, F.Name) + parameterList(F.Parameters) + " { return legacy<" + F.Signature.Return.str() + ">(" + Arguments + "); }\n";
    }
  }
  return writeIfChanged(OutputFile, "// Written by cuport-gen shim-legacy.\n#include \"Legacy.h\"\nusing namespace cuport;\n" + Functions);
}
