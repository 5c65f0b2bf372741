// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "ApiHeader.h"
#include "HostApi.h"
#include "Output.h"
#include "PerThreadStream.h"
#include "Verbs.h"

using namespace cuport;
using namespace cuport::gen;
using llvm::StringRef;

/// With default arguments, for a declaration in C++.
static std::string withDefaults(llvm::ArrayRef<Parameter> Parameters) {
  std::string Text;
  for (const Parameter &P : Parameters)
    Text +=
        (Text.empty() ? "" : ", ") + P.declaration() + (P.Default.empty() ? "" : " = " + P.Default);
  return "(" + Text + ")";
}

static llvm::Error writeHeader(const RawLibrary &Library, StringRef Folder) {
  auto Api = hostApi(Library);
  if (!Api)
    return Api.takeError();
  auto Header = beginHeader(Library);
  if (!Header)
    return Header.takeError();
  Header->Exported = true;
  for (const auto &[Name, Symbol] : Api->Aliases)
    Header->Macros += "#define " + Name + " " + Symbol + "\n";
  for (const HostFunction &F : Api->Symbols)
    Header->C += F.mark().str() + returning(F.Signature, F.Name) +
                 (F.Parameters.empty() ? "(void)" : hideDefaults(F.Signature.Parameters)) + ";\n";
  Header->Inline = perThreadStream(*Api);
  for (const HostFunction &F : Api->Overloads)
    Header->Cxx += (F.Signature.Template.empty() ? "" : F.Signature.Template.str() + " ") +
                   F.mark().str() + "inline " + returning(F.Signature, F.Name) + withDefaults(F.Parameters) +
                   (F.Call.empty() ? ";" : " { return " + F.Call + "; }") + "\n";
  return writeIfChanged((Folder + "/cuport/" + Library.Id + "_api.h").str(), Header->text(Library));
}

llvm::Error gen::writeShimHeaders(llvm::ArrayRef<RawLibrary> Libraries, StringRef Folder) {
  for (const RawLibrary &Library : Libraries)
    if (llvm::Error E = writeHeader(Library, Folder))
      return E;
  return llvm::Error::success();
}

llvm::Error gen::writeShimWeak(llvm::ArrayRef<RawLibrary> Libraries, StringRef OutputFile) {
  std::string Text = "// Written by cuport-gen shim-weak: what of the API nobody else defines says "
                     "so when it is called.\n"
                     "#include <cuda.h>\n#include <cuda_runtime_api.h>\n"
                     "extern \"C\" {\n"
                     "cudaError_t cuport_not_supported(const char *name);\n"
                     "CUresult cuport_not_supported_driver(const char *name);\n"
                     "#define WEAK __attribute__((weak))\n";
  for (const RawLibrary &Library : Libraries) {
    auto Api = hostApi(Library);
    if (!Api)
      return Api.takeError();
    for (const HostFunction &F : Api->Symbols) {
      StringRef Return = F.Signature.Return;
      std::string Call =
          (Return == "CUresult" ? "cuport_not_supported_driver(\"" : "cuport_not_supported(\"") +
          F.Name + "\");";
      Text += "WEAK " + returning(F.Signature, F.Name) + parameterList(F.Parameters) + " { " +
              (Return == "cudaError_t" || Return == "CUresult" ? "return " + Call
               : Return == "void"                              ? Call
                                                               : Call + " return {};") +
              " }\n";
    }
  }
  return writeIfChanged(OutputFile, Text + "}\n");
}
