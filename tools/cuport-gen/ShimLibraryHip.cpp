// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// HIP's spelling of a library such as cuBLAS, over CUDA's. HIP's header, written by hand, defines HIP's types, whose enums have
// numbers of their own, and includes this.
//
//   enum cublasOperation_t of hipblasOperation_t  ->  functions both ways: cuport_to_cublasOperation_t, cuport_from_...
//   cublasSgemm -> hipblasSgemm                   ->  inline hipblasStatus_t hipblasSgemm(...) { calls cublasSgemm_v2 }
//   cublasCgemm -> hipblasCgemm_v2                ->  the same, and hipblasCgemm with the types that HIP had before, which the
//                                                     header says as CUPORT_FIRST_<CUDA type>
//
// A function that gives an enum through a pointer is left for the header.

#include "HostApi.h"
#include "Output.h"
#include "Verbs.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

using namespace cuport;
using namespace cuport::gen;
using llvm::StringRef;

namespace {

/// How a parameter is declared for HIP and handed on.
struct HipParameter {
  std::string Declaration, Argument;
  bool HasFirstForm = false; ///< of the types that HIP's first form has otherwise
};

class LibraryWriter {
public:
  explicit LibraryWriter(const RawLibrary &Library) : Library(Library) {}
  llvm::Expected<std::string> write();

private:
  void collectTypes();
  void writeConversion(const RawRow &Enum);
  std::optional<HipParameter> parameter(const Parameter &P, bool FirstForm) const;
  bool writeFunction(const HostFunction &F, StringRef HipName, bool FirstForm);

  const RawLibrary &Library;
  llvm::StringMap<const RawRow *> Types; ///< the library's, by CUDA name
  llvm::StringSet<> Written;
  std::string Text;
};

/// Types of other libraries: what HIP calls them, and whether the header may say another type for the first form.
struct CommonType {
  StringRef Cuda, Hip;
  bool IsEnum, HasFirstForm;
};
constexpr CommonType CommonTypes[] = {
    {"cudaStream_t", "hipStream_t", false, false},    {"cudaDataType", "hipDataType", true, true},
    {"cudaDataType_t", "hipDataType", true, true},    {"cuComplex", "hipComplex", false, true},
    {"cuDoubleComplex", "hipDoubleComplex", false, true}, {"__half", "hipblasHalf", false, false},
    {"libraryPropertyType", "hipLibraryPropertyType", true, false},
    {"cublasOperation_t", "hipblasOperation_t", true, false}, {"cublasFillMode_t", "hipblasFillMode_t", true, false},
    {"cublasSideMode_t", "hipblasSideMode_t", true, false}, {"cublasDiagType_t", "hipblasDiagType_t", true, false},
};

} // namespace

static const CommonType *commonType(StringRef Name) {
  const auto *It = llvm::find_if(CommonTypes, [&](const CommonType &T) { return T.Cuda == Name; });
  return It == std::end(CommonTypes) ? nullptr : It;
}

/// cublasLtMatmul, cufftXtExec: HIP has them in another header. Of cuSOLVER there is the dense part, without a mode that ROCm 6.2.2 does not
/// have yet. Names of statuses are HIP's own, and by hand.
static bool isLeftOut(StringRef Name, StringRef Library) {
  if (!Name.consume_front(Library))
    return false;
  if (Name.starts_with("GetStatus"))
    return true;
  if (Library == "nvrtc") // a program is of HIP's language
    return Name == "GetErrorString" || Name == "CreateProgram";
  if (Library == "cusolver")
    return Name.starts_with("Rf") || Name.starts_with("Sp") || Name.contains("DeterministicMode");
  return Name.starts_with("Lt") || Name.starts_with("Xt");
}

/// The enum that a type is, or another name for; empty: none.
static StringRef enumOf(const RawRow &Row) {
  StringRef D = Row.Definition;
  return D == "enum" ? StringRef(Row.Cuda) : D.consume_front("enum ") ? D : StringRef();
}

void LibraryWriter::collectTypes() {
  for (const RawRow &Row : Library.Rows)
    if (Row.Kind == ApiKind::Type && !Row.Hip.empty())
      Types[Row.Cuda] = &Row;
}

void LibraryWriter::writeConversion(const RawRow &Enum) {
  std::string To, From;
  llvm::StringSet<> Values, HipNames;
  for (const RawRow &Row : Library.Rows) {
    if (Row.Kind != ApiKind::Enumerator || Row.Of != enumOf(Enum) || Row.Hip.empty())
      continue;
    if (HipNames.insert(Row.Hip).second)
      To += "  case " + Row.Hip + ": return " + Row.Cuda + ";\n";
    if (Row.Value.empty() || Values.insert(Row.Value).second)
      From += "  case " + Row.Cuda + ": return " + Row.Hip + ";\n";
  }
  if (To.empty())
    return;
  Text += "static __inline__ " + Enum.Cuda + " cuport_to_" + Enum.Cuda + "(" + Enum.Hip + " value) {\n  switch ((int)value) {\n" + To +
          "  }\n  return (" + Enum.Cuda + ")-1;\n}\n";
  Text += "static __inline__ " + Enum.Hip + " cuport_from_" + Enum.Cuda + "(" + Enum.Cuda + " value) {\n  switch ((int)value) {\n" +
          From + "  }\n  return (" + Enum.Hip + ")-1;\n}\n";
}

std::optional<HipParameter> LibraryWriter::parameter(const Parameter &P, bool FirstForm) const {
  HipParameter Result;
  std::string Before;
  const char *Copied = P.Before.data();
  std::string Convert;
  bool IsPointer = P.Before.find('*') != std::string::npos || !P.After.empty(), Known = true, Cast = false;
  forEachIdentifier(P.Before, [&](StringRef Word, StringRef) {
    std::string Name;
    bool WordIsEnum = false;
    if (auto It = Types.find(Word); It != Types.end()) {
      Name = It->second->Hip;
      WordIsEnum = !enumOf(*It->second).empty();
    } else if (const CommonType *T = commonType(Word)) {
      Name = FirstForm && T->HasFirstForm ? ("CUPORT_FIRST_" + Word).str() : T->Hip.str();
      Result.HasFirstForm |= T->HasFirstForm;
      // cuBLAS's have numbers of their own in HIP; those of the runtime's only where HIP had other ones before.
      WordIsEnum = T->IsEnum && (Word.starts_with("cublas") || (FirstForm && T->HasFirstForm));
    } else if (Word.starts_with(Library.Id) || Word.starts_with("cuda") || Word.starts_with("__nv_")) {
      Known = false; // HIP has no name for it
    }
    // The first form had a type of data where there is one of calculations now.
    if (Word == "cublasComputeType_t") {
      Result.HasFirstForm = true;
      if (FirstForm)
        Name = "CUPORT_FIRST_cublasComputeType_t";
    }
    if (Name.empty())
      return;
    Before.append(Copied, Word.begin());
    Before += Name;
    Copied = Word.end();
    Cast = true;
    if (WordIsEnum)
      Convert = (FirstForm && StringRef(Name).starts_with("CUPORT_FIRST_") ? "cuport_first_to_" : "cuport_to_") + Word.str();
  });
  Before.append(Copied, P.Before.data() + P.Before.size());
  if (!Known || (!Convert.empty() && IsPointer))
    return std::nullopt;
  bool Joined = Before.empty() || Before.back() == '*' || Before.back() == '(';
  Result.Declaration = Before + (Joined ? "" : " ") + P.Name + P.After;
  std::string PointerTo = P.Before + (P.After == "[]" ? "*" : P.After);
  StringRef Handle = P.Before;
  Handle.consume_front("const ");
  Result.Argument = !Convert.empty() ? Convert + "(" + P.Name + ")" : Cast && IsPointer ? "(" + PointerTo + ")" + P.Name
                    : Cast && Types.count(Handle) ? "(" + P.Before + ")" + P.Name
                                                    : P.Name;
  return Result;
}

/// False where a parameter has no form for HIP.
bool LibraryWriter::writeFunction(const HostFunction &F, StringRef HipName, bool FirstForm) {
  std::string List, Arguments;
  bool HasFirstForm = false;
  for (const Parameter &P : F.Parameters) {
    auto Hip = parameter(P, FirstForm);
    if (!Hip)
      return false;
    HasFirstForm |= Hip->HasFirstForm;
    List += (List.empty() ? "" : ", ") + Hip->Declaration;
    Arguments += (Arguments.empty() ? "" : ", ") + Hip->Argument;
  }
  if (FirstForm && !HasFirstForm)
    return false;
  std::string Return = F.Signature.Return.str(), Call = F.Name + "(" + Arguments + ")";
  if (auto It = Types.find(Return); It != Types.end()) {
    Call = "cuport_from_" + Return + "(" + Call + ")";
    Return = It->second->Hip;
  }
  Text += "CUPORT_HIP_FUNCTION " + Return + (Return.back() == '*' ? "" : " ") + HipName.str() + "(" + (List.empty() ? "void" : List) +
          ") { return " + Call + "; }\n";
  return true;
}

llvm::Expected<std::string> LibraryWriter::write() {
  std::string Guard = "CUPORT_HIP" + StringRef(Library.Id).drop_front(2).upper() + "_API_H";
  Text = "// Written by cuport-gen from lib/Knowledge/data/api/" + Library.Id + ".yaml: HIP's names over CUDA's.\n#ifndef " + Guard +
         "\n#define " + Guard + "\n";
  collectTypes();
  auto Api = hostApi(Library);
  if (!Api)
    return Api.takeError();
  std::vector<const HostFunction *> Functions;
  llvm::StringSet<> Used;
  for (const HostFunction &F : Api->Symbols)
    if (!F.Row->Hip.empty() && StringRef(F.Row->Hip).starts_with("hip") && !isLeftOut(F.Name, Library.Id)) {
      Functions.push_back(&F);
      Used.insert(F.Signature.Return);
      for (const Parameter &P : F.Parameters)
        forEachIdentifier(P.Before, [&](StringRef Word, StringRef) { Used.insert(Word); });
    }
  for (const RawRow &Row : Library.Rows)
    if (Row.Kind == ApiKind::Type && !enumOf(Row).empty() && !Row.Hip.empty() && Used.contains(Row.Cuda))
      writeConversion(Row);
  std::string Renames;
  for (const HostFunction *F : Functions) {
    StringRef Hip = F->Row->Hip;
    if (!Written.insert(Hip).second || !writeFunction(*F, Hip, false))
      continue;
    // hipblasCgemm_v2, hipblasCgemm_v2_64: of the second interface.
    size_t Second = Hip.find("_v2");
    if (Second == StringRef::npos)
      continue;
    std::string First = (Hip.take_front(Second) + Hip.drop_front(Second + 3)).str();
    Renames += "#define " + First + " " + Hip.str() + "\n";
    writeFunction(*F, First, true);
  }
  if (!Renames.empty())
    Text += "#ifdef HIP" + StringRef(Library.Id).drop_front(2).upper() + "_V2\n" + Renames + "#endif\n";
  return Text + "#endif\n";
}

llvm::Error gen::writeShimLibraryHip(llvm::ArrayRef<RawLibrary> Libraries, StringRef Folder) {
  for (const RawLibrary &Library : Libraries) {
    auto Text = LibraryWriter(Library).write();
    if (!Text)
      return Text.takeError();
    std::string File = (Folder + "/cuport/hip" + StringRef(Library.Id).drop_front(2) + "_api.h").str();
    if (llvm::Error E = writeIfChanged(File, *Text))
      return E;
  }
  return llvm::Error::success();
}
