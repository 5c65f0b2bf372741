// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// NPP's functions by what their names say, so that shims/libs/npp has one definition an operation:
//
//   nppiAdd_8u_C3RSfs(...)      #ifdef CUPORT_NPPI_Add
//   nppiAdd_8u_C3RSfs_Ctx  -->  NppStatus nppiAdd_8u_C3RSfs(...) { return enter<NppStatus, Variant<Npp8u, Npp8u, 'C', 3, 'C', 3, false, true>>(
//                                   nppi::Add(), "nppiAdd_8u_C3RSfs", currentStream(), ...); }
//
// Functions of a name without types are left out. What asks for the size of a buffer is the operation BufferSize.

#include "HostApi.h"
#include "Output.h"
#include "Verbs.h"

#include "llvm/ADT/StringExtras.h"

#include <map>

using namespace cuport;
using namespace cuport::gen;
using llvm::StringRef;

namespace {

/// The parts of a name between its low lines.
struct Parts {
  std::string Operation; ///< with what modifies it: Threshold_LTVal
  std::string From, To;  ///< Npp8u, Npp32f; empty: no types
  std::string Form;      ///< C3RSfs, ISfs
};

/// `8u32f` -> Npp8u, Npp32f; false where it is no such thing.
bool takeTypes(StringRef Part, Parts &P) {
  llvm::SmallVector<std::string, 2> Types;
  while (!Part.empty()) {
    StringRef Digits = Part.take_while(llvm::isDigit);
    StringRef Letters = Part.drop_front(Digits.size()).take_while(llvm::isLower);
    if (Digits.empty() || !llvm::is_contained({"u", "s", "f", "uc", "sc", "fc"}, Letters))
      return false;
    Types.push_back(("Npp" + Digits + Letters).str());
    Part = Part.drop_front(Digits.size() + Letters.size());
  }
  if (Types.empty() || Types.size() > 2)
    return false;
  P.From = Types.front();
  P.To = Types.back();
  return true;
}

bool isForm(StringRef Part) {
  return (Part.size() > 1 && (Part[0] == 'C' || Part[0] == 'P') && llvm::isDigit(Part[1])) || Part.starts_with("AC4") || Part == "I" || Part == "Sfs" ||
         Part == "ISfs";
}

Parts partsOf(StringRef Name) {
  Parts P;
  llvm::SmallVector<StringRef> Split;
  Name.split(Split, '_');
  for (StringRef Part : Split)
    if (!isForm(Part) && (P.From.empty() ? !takeTypes(Part, P) : true))
      P.Operation += (P.Operation.empty() ? "" : "_") + Part.str();
    else if (isForm(Part))
      P.Form = Part.str();
  return P;
}

/// `'C', 3, `: how pixels stand; nothing is taken where no more is said.
std::string takeChannels(StringRef &Form) {
  if (Form.consume_front("AC4"))
    return "'A', 4, ";
  if (Form.size() < 2 || (Form[0] != 'C' && Form[0] != 'P') || !llvm::isDigit(Form[1]))
    return "";
  std::string Text = std::string("'") + Form[0] + "', " + Form[1] + ", ";
  Form = Form.drop_front(2);
  return Text;
}

std::string variantOf(const Parts &P) {
  StringRef Form = P.Form;
  std::string Source = takeChannels(Form), Target = takeChannels(Form);
  if (Source.empty())
    Source = "'C', 1, ";
  return "Variant<" + P.From + ", " + P.To + ", " + Source + (Target.empty() ? Source : Target) + (Form.contains('I') ? "true" : "false") + ", " +
         (Form.contains("Sfs") ? "true" : "false") + ">";
}

} // namespace

llvm::Error gen::writeShimNpp(llvm::ArrayRef<RawLibrary> Libraries, StringRef OutputFile) {
  std::map<std::string, std::string> Operations;
  for (const RawLibrary &Library : Libraries) {
    auto Api = hostApi(Library);
    if (!Api)
      return Api.takeError();
    for (const HostFunction &F : Api->Symbols) {
      StringRef Name = F.Name;
      bool IsImage = Name.consume_front("nppi");
      if (!IsImage && !Name.consume_front("npps"))
        continue;
      llvm::ArrayRef<Parameter> Parameters = F.Parameters;
      std::string Stream = "cuport::npp::currentStream()";
      if (Name.consume_back("_Ctx")) {
        Stream = Parameters.back().Name + ".hStream";
        Parameters = Parameters.drop_back();
      }
      Parts P = partsOf(Name);
      if (P.From.empty())
        continue;
      if (StringRef(P.Operation).contains("GetBuffer"))
        P.Operation = "BufferSize";
      std::string Arguments;
      for (const Parameter &Each : Parameters)
        Arguments += ", " + Each.Name;
      Operations[(IsImage ? "CUPORT_NPPI_" : "CUPORT_NPPS_") + P.Operation] +=
          returning(F.Signature, F.Name) + parameterList(F.Parameters) + " { return cuport::npp::enter<" + F.Signature.Return.str() + ", cuport::npp::" +
          variantOf(P) + ">(cuport::npp::" + (IsImage ? "nppi" : "npps") + "::" + P.Operation + "(), \"" + F.Name + "\", " + Stream + Arguments +
          "); }\n";
    }
  }
  std::string Text = "// Written by cuport-gen shim-npp. Of each operation that is defined as CUPORT_NPPI_<name> or CUPORT_NPPS_<name> the functions.\n";
  for (const auto &[Macro, Functions] : Operations)
    Text += "#ifdef " + Macro + "\n" + Functions + "#endif\n";
  return writeIfChanged(OutputFile, Text);
}
