// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "ApiHeader.h"
#include "HostApi.h"
#include "Output.h"
#include "PerThreadStream.h"
#include "StatusTypes.h"
#include "SurfaceTypes.h"
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

static std::string declarations(llvm::ArrayRef<HostFunction> Functions) {
  std::string Text;
  for (const HostFunction &F : Functions)
    Text += F.mark().str() + returning(F.Signature, F.Name) + (F.Parameters.empty() ? "(void)" : hideDefaults(F.Signature.Parameters)) + ";\n";
  return Text;
}

/// Folder/cuport/<library>_names_api.h, the macros of the library's header, and <library>_legacy_api.h; a file includes one of them.
static llvm::Error writeLegacy(const RawLibrary &Library, const HostApi &Api, std::string Aliases, StringRef Folder) {
  ApiHeader Names, Legacy;
  Names.Macros = std::move(Aliases);
  Legacy.Exported = true;
  Legacy.C = declarations(Api.Legacy);
  const std::string Begin = (Folder + "/cuport/" + Library.Id).str();
  if (llvm::Error E = writeIfChanged(Begin + "_names_api.h", Names.text(Library, "names")))
    return E;
  return writeIfChanged(Begin + "_legacy_api.h", Legacy.text(Library, "legacy"));
}

/// NPP gave sizes of buffers as int until CUDA 12: for C++ the same function with a pointer to that, else "".
static std::string withIntegerSize(const HostFunction &F) {
  if (!StringRef(F.Name).contains("GetBuffer"))
    return "";
  auto Size = llvm::find_if(F.Parameters, [](const Parameter &P) { return P.type() == "size_t*"; });
  if (Size == F.Parameters.end())
    return "";
  std::vector<Parameter> Narrow = F.Parameters;
  Parameter &P = Narrow[Size - F.Parameters.begin()];
  P.Before = "int *";
  std::string Arguments;
  for (const Parameter &Each : Narrow)
    Arguments += (Arguments.empty() ? "" : ", ") + (&Each == &P ? "&wide" : Each.Name);
  return "inline " + returning(F.Signature, F.Name) + parameterList(Narrow) + " { size_t wide = 0; " + F.Signature.Return.str() + " status = " + F.Name + "(" +
         Arguments + "); if (" + P.Name + ") *" + P.Name + " = int(wide); return status; }\n";
}

static llvm::Error writeHeader(const RawLibrary &Library, StringRef Folder) {
  auto Api = hostApi(Library);
  if (!Api)
    return Api.takeError();
  auto Header = beginHeader(Library);
  if (!Header)
    return Header.takeError();
  Header->Exported = true;
  std::string Aliases;
  for (const auto &[Name, Symbol] : Api->Aliases)
    Aliases += "#define " + Name + " " + Symbol + "\n";
  if (Library.LegacyHeader.empty())
    Header->Macros += Aliases;
  else if (llvm::Error E = writeLegacy(Library, *Api, std::move(Aliases), Folder))
    return E;
  Header->C = declarations(Api->Symbols);
  if (Library.Id == "npp")
    for (const HostFunction &F : Api->Symbols)
      Header->Cxx += withIntegerSize(F);
  Header->Inline = perThreadStream(*Api);
  for (const HostFunction &F : Api->Overloads)
    Header->Cxx += (F.Signature.Template.empty() ? F.Call.empty() ? "" : "CUPORT_FORM_FOR_CALLS " : F.Signature.Template.str() + " ") +
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

/// Who answers for a function that nobody defines: the runtime, which sets its last error, or a library, which only says so.
static StringRef answerer(StringRef Return) {
  return Return == "cudaError_t"                  ? "cuport_not_supported"
         : Return == "CUresult"                   ? "cuport_not_supported_driver"
         : !notSupportedStatus(Return).empty() ? "cuport_not_supported_library"
                                                  : "";
}

llvm::Error gen::writeShimWeak(llvm::ArrayRef<RawLibrary> Libraries, StringRef OutputFile) {
  std::string Includes, Answerers, Functions;
  for (const RawLibrary &Library : Libraries) {
    auto Api = hostApi(Library);
    if (!Api)
      return Api.takeError();
    Includes += "#include <" + Library.Header + ">\n";
    // What returns something else is logged by the one that the library's first status has.
    auto First = llvm::find_if(Api->Symbols, [](const HostFunction &F) { return !answerer(F.Signature.Return).empty(); });
    if (First == Api->Symbols.end())
      return rowError(Library, Library.Rows.front(), "no function of the library returns a status");
    StringRef Own = answerer(First->Signature.Return);
    Answerers += (Own != "cuport_not_supported_library" ? First->Signature.Return : "void").str() + " " + Own.str() + "(const char *name);\n";
    for (const HostFunction &F : Api->Symbols) {
      StringRef Return = F.Signature.Return, Answerer = answerer(Return);
      bool OfRuntime = !Answerer.empty() && Answerer != "cuport_not_supported_library";
      std::string Call = ((Answerer.empty() ? Own : Answerer) + "(\"" + F.Name + "\");").str();
      Functions += "WEAK " + returning(F.Signature, F.Name) + parameterList(F.Parameters) + " { " +
                   (OfRuntime            ? "return " + Call
                    : !Answerer.empty() ? Call + " return " + notSupportedStatus(Return).str() + ";"
                    : Return == "void"  ? Call
                                        : Call + " return {};") +
                   " }\n";
    }
  }
  return writeIfChanged(OutputFile, "// Written by cuport-gen shim-weak: what of the API nobody else defines says "
                                    "so when it is called.\n" +
                                        Includes + "extern \"C\" {\n" + Answerers + "#define WEAK __attribute__((weak))\n" +
                                        Functions + "}\n");
}
