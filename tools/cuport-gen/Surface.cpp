// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "ApiHeader.h"
#include "Output.h"
#include "Knowledge/Signature.h"
#include "SurfaceTypes.h"
#include "Verbs.h"

using namespace cuport;
using namespace cuport::gen;
using llvm::StringRef;

static llvm::Error declareFunction(const RawLibrary &Library, const RawRow &Row, ApiHeader &Out) {
  bool HasC = false, IsDevice = Row.Kind == ApiKind::DeviceFunction;
  for (StringRef Text : Row.Signatures) {
    auto S = takeApart(Text);
    if (!S)
      return signatureError(Library, Row, Text);
    std::string Trailing = S->Trailing.empty() ? "" : (" " + S->Trailing).str();
    std::string Name = returning(*S, lastName(Row.Cuda));
    // Only one function of a name can have C linkage; the others are overloads, in C by an attribute of clang's.
    const bool IsC = !IsDevice && !isCxx(Text) && !isCxx(Row.Cuda);
    if (IsC && !HasC) {
      Out.C += Name + hideDefaults(S->Parameters) + Trailing + ";\n";
      HasC = true;
      continue;
    }
    if (IsC)
      Out.C += "#ifndef __cplusplus\n__attribute__((overloadable)) " + Name + hideDefaults(S->Parameters) + Trailing + ";\n#endif\n";
    std::string Head = S->Template.empty() ? "" : (S->Template + " ").str();
    if (IsDevice)
      Head += "CUPORT_DEVICE_FUNCTION ";
    Out.Cxx += inNamespace(Row, Head + Name + S->Parameters.str() + Trailing + ";") + "\n";
  }
  return llvm::Error::success();
}

llvm::Error gen::writeSurface(llvm::ArrayRef<RawLibrary> Libraries, StringRef Folder) {
  for (const RawLibrary &Library : Libraries) {
    auto Header = beginHeader(Library);
    if (!Header)
      return Header.takeError();
    for (const RawRow &Row : Library.Rows)
      if (llvm::Error E = declareFunction(Library, Row, *Header))
        return E;
    if (llvm::Error E = writeIfChanged((Folder + "/cuport/" + Library.Id + "_api.h").str(),
                                       Header->text(Library)))
      return E;
  }
  return llvm::Error::success();
}
