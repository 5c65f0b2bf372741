// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// HIP's spelling of the host API. Where several CUDA names have one HIP name the first row of the
// first library counts, so runtime before driver:
//
//   type cudaStream_t, CUstream -> hipStream_t       typedef cudaStream_t hipStream_t; for a tag in C++ a macro
//   CUDA_MEMCPY3D -> HIP_MEMCPY3D                    a struct of the same layout with HIP's member
//   types enumerator cudaSuccess -> hipSuccess             CUPORT_HIP_ENUMERATOR(hipError_t,
//   hipSuccess, cudaSuccess) function cudaFree, cuMemFree -> hipFree          inline hipError_t
//   hipFree(void *devPtr) { return cudaFree(devPtr); }

#include "HostApi.h"
#include "Output.h"
#include "SurfaceTypes.h"
#include "Verbs.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/ADT/StringSet.h"

using namespace cuport;
using namespace cuport::gen;
using llvm::StringRef;

/// What HIP has otherwise than CUDA stands in shims/include: types and enumerators in
/// cuport/hip_types.h, functions in cuport/hip_functions.h and cuport/launch.h; what is hipRTC's in hip/hiprtc.h.
static bool isByHand(StringRef Name) {
  static const llvm::StringSet<> Names = {
      "HIPaddress_mode",
      "HIPaddress_mode_enum",
      "HIPfilter_mode",
      "HIPfilter_mode_enum",
      "hipChooseDevice",
      "hipCreateChannelDesc",
      "hipCtxGetApiVersion",
      "hipDeviceptr_t",
      "hipDrvMemcpy3D",
      "hipDrvMemcpy3DAsync",
      "hipEventCreateWithFlags",
      "hipGetDeviceProperties",
      "hipGetErrorName",
      "hipGraphExecUpdate",
      "hipGraphInstantiate",
      "hipHostMalloc",
      "hipKernelNodeAttrID",
      "hipKernelNodeAttrValue",
      "hipLaunchKernel",
      "hipMemcpyParam2D",
      "hipMemcpyParam2DAsync",
      "hipMemoryTypeArray",
      "hipMemoryTypeUnified",
      "hipModuleOccupancyMaxPotentialBlockSize",
      "hipModuleOccupancyMaxPotentialBlockSizeWithFlags",
      "hipPointerAttribute_t",
      "hipPointerGetAttributes",
      "hipStreamWaitValue32",
      "hipStreamWaitValue64",
      "hipTexRef",
  };
  return Names.contains(Name) || Name.starts_with("hiprtc") || Name.starts_with("ihiprtc") || Name.starts_with("HIPRTC_");
}

/// `struct tag { int a; } b` -> `struct { int a; } b`: CUDA's record defines the tag already.
static std::string withoutTags(StringRef Field) {
  std::string Result;
  forEachIdentifier(Field, [&](StringRef Word, StringRef After) {
    if (After.ltrim().starts_with("{") && Word != "struct" && Word != "union") {
      Result = StringRef(Field.begin(), Word.begin() - Field.begin());
      Result += After;
    }
  });
  return Result.empty() ? Field.str() : withoutTags(Result);
}

namespace {

/// A CUDA type that a HIP name stands for.
struct HipType {
  const RawRow *Row; ///< the CUDA type that the name is made of
  size_t Library;
  bool Alias = true; ///< one type with CUDA's; else a struct of its own, or written by hand
  enum { New, Active, Done } State = New;
};

class HipWriter {
public:
  explicit HipWriter(llvm::ArrayRef<RawLibrary> Libraries) : Libraries(Libraries) {}
  llvm::Expected<std::string> write();

private:
  void collectTypes();
  bool sameType(StringRef Cuda) const;
  void writeType(StringRef Hip, HipType &T);
  void writeEnumerators(size_t Library);
  void writeErrorNames(const RawLibrary &Library);
  llvm::Error writeFunctions(size_t Library);
  void writeFunction(const HostFunction &F, bool IsOverload);
  std::string hipText(StringRef Cuda) const;
  const RawRow *typeRow(StringRef Cuda) const {
    auto It = CudaTypes.find(Cuda);
    return It == CudaTypes.end() ? nullptr : It->second;
  }

  llvm::ArrayRef<RawLibrary> Libraries;
  llvm::MapVector<StringRef, HipType> Types; ///< by HIP name
  llvm::StringMap<const RawRow *> CudaTypes; ///< by CUDA name, all that have a HIP name
  llvm::StringSet<> Written;                 ///< HIP names of enumerators, macros and functions
  std::string Text;
};

} // namespace

/// Not the C and plain types that HIP code takes instead of some of CUDA's.
static bool isHipName(StringRef Name) {
  return Name.starts_with("hip") || Name.starts_with("HIP") || Name.starts_with("ihip");
}

/// The enum or record that a type row means, without its keyword: `CUstream_st *` stays as it is.
static std::string target(const RawRow &Row) {
  StringRef D = Row.Definition;
  if (D.empty() || D == "struct" || D == "union" || D == "enum")
    return Row.Cuda;
  for (StringRef Keyword : {"struct ", "union ", "enum "})
    D.consume_front(Keyword);
  return D.str();
}

void HipWriter::collectTypes() {
  for (const RawLibrary &Library : Libraries)
    for (const RawRow &Row : Library.Rows) {
      if (Row.Kind != ApiKind::Type || isCxx(Row.Cuda) || !isHipName(Row.Hip))
        continue;
      CudaTypes[Row.Cuda] = &Row;
      Types.insert({Row.Hip, HipType{&Row, size_t(&Library - Libraries.data())}});
    }
}

/// True where the CUDA type and what its HIP name stands for are one type to a compiler.
bool HipWriter::sameType(StringRef Cuda) const {
  const RawRow *Row = typeRow(Cuda);
  if (!Row)
    return true;
  const HipType &T = Types.find(Row->Hip)->second;
  if (!T.Alias)
    return false;
  std::string A = target(*Row), B = target(*T.Row);
  for (const RawRow *Next = typeRow(A); Next && target(*Next) != A; Next = typeRow(A))
    A = target(*Next);
  for (const RawRow *Next = typeRow(B); Next && target(*Next) != B; Next = typeRow(B))
    B = target(*Next);
  return A == B;
}

/// CUDA's type names in a C text exchanged for HIP's.
std::string HipWriter::hipText(StringRef Cuda) const {
  std::string Result;
  const char *Copied = Cuda.begin();
  forEachIdentifier(Cuda, [&](StringRef Word, StringRef) {
    const RawRow *Row = typeRow(Word);
    if (!Row)
      return;
    StringRef Before(Copied, Word.begin() - Copied);
    for (StringRef Keyword : {"struct ", "union ", "enum "})
      Before.consume_back(Keyword);
    Result += Before;
    Result += Row->Hip;
    Copied = Word.end();
  });
  return Result + std::string(Copied, Cuda.end());
}

void HipWriter::writeType(StringRef Hip, HipType &T) {
  if (T.State != HipType::New)
    return;
  T.State = HipType::Active;
  // What it is made of comes first: of an alias what it names, of a record its members.
  const RawRow *Record = T.Row;
  while (const RawRow *Next = typeRow(target(*Record)))
    if (Next == Record)
      break;
    else
      Record = Next;
  bool Same = true;
  for (const std::string &Field : Record->Fields)
    forEachIdentifier(Field, [&](StringRef Word, StringRef) {
      const RawRow *Row = typeRow(Word);
      if (!Row)
        return;
      writeType(Row->Hip, Types.find(Row->Hip)->second);
      Same &= sameType(Word);
    });
  T.State = HipType::Done;
  bool IsDeviceProperties = Hip == "hipDeviceProp_t";
  T.Alias = (Same || Record->Fields.empty()) && !IsDeviceProperties && !isByHand(Hip);
  if (isByHand(Hip))
    return;
  if (T.Alias) {
    // Without a definition it is the tag of a handle.
    StringRef D = T.Row->Definition;
    std::string Keyword = D.empty()                                      ? "struct "
                          : D == "struct" || D == "union" || D == "enum" ? D.str() + " "
                                                                         : "";
    const std::string Typedef = "typedef " + Keyword + T.Row->Cuda + " " + Hip.str() + ";\n";
    // In C++ `enum hipMemcpyKind` takes no typedef's name, and in C `hipExtent` alone takes no tag.
    Text += Keyword.empty() ? Typedef
                            : "#ifdef __cplusplus\n#define " + Hip.str() + " " + T.Row->Cuda + "\n#else\n" + Typedef + "#endif\n";
    return;
  }
  Text += "typedef " + Record->Definition + " " + Hip.str() + " {";
  for (const std::string &Field : Record->Fields)
    Text += " " + withoutTags(hipText(Field)) + ";";
  // HIP's properties are CUDA's and some more.
  Text += (IsDeviceProperties ? " CUPORT_HIP_DEVICE_PROPERTIES } " : " } ") + Hip.str() + ";\n";
}

void HipWriter::writeEnumerators(size_t Index) {
  const RawLibrary &Library = Libraries[Index];
  for (const RawRow &Row : Library.Rows) {
    if (Row.Hip.empty() || Row.Hip == Row.Cuda || isCxx(Row.Cuda) ||
        StringRef(Row.Hip).contains(' '))
      continue;
    if (Row.Kind == ApiKind::Macro && Row.Expansion && !Types.count(Row.Hip)) {
      if (Written.insert(Row.Hip).second)
        Text += "#define " + Row.Hip + " " + Row.Cuda + "\n";
    } else if (Row.Kind == ApiKind::Enumerator && !Row.Of.empty()) {
      StringRef Of = Row.Of;
      Of.consume_front("enum ");
      const RawRow *Owner = typeRow(Of);
      if (!isByHand(Row.Hip) && Written.insert(Row.Hip).second)
        Text += "CUPORT_HIP_ENUMERATOR(" + (Owner ? Owner->Hip : "int") + ", " + Row.Hip + ", " +
                Row.Cuda + ")\n";
    }
  }
}

void HipWriter::writeErrorNames(const RawLibrary &Library) {
  std::string Cases;
  llvm::StringSet<> Values;
  for (const RawRow &Row : Library.Rows)
    if (Row.Kind == ApiKind::Enumerator && Row.Of == "cudaError" && !Row.Hip.empty() &&
        Values.insert(Row.Value).second)
      Cases += "  case " + Row.Cuda + ": return \"" + Row.Hip + "\";\n";
  if (!Cases.empty())
    Text += "CUPORT_HIP_FUNCTION const char *hipGetErrorName(hipError_t error) {\n  switch (error) "
            "{\n" +
            Cases + "  default: return cudaGetErrorName(error);\n  }\n}\n";
}

void HipWriter::writeFunction(const HostFunction &F, bool IsOverload) {
  // Argument packs are written by hand.
  if (StringRef(F.Signature.Template).contains("..."))
    return;
  bool OfDriver = F.Signature.Return == "CUresult";
  std::string List, Arguments;
  for (const Parameter &P : F.Parameters) {
    if (P.Name.empty())
      return;
    std::string Declaration = hipText(P.Before);
    if (!P.Before.empty() && Declaration.back() != '*' && Declaration.back() != '&' &&
        Declaration.back() != '(')
      Declaration += ' ';
    Declaration += P.Name + hipText(P.After);
    if (!P.Default.empty())
      Declaration += IsOverload ? " = " + P.Default : " CUPORT_DEFAULT(" + P.Default + ")";
    List += (List.empty() ? "" : ", ") + Declaration;
    bool Same = true;
    forEachIdentifier(P.Before, [&](StringRef Word, StringRef) { Same &= sameType(Word); });
    Arguments +=
        (Arguments.empty() ? "" : ", ") + (Same ? "" : "(" + P.Before + P.After + ")") + P.Name;
  }
  std::string Return = hipText(F.Signature.Return);
  if (!F.Signature.Template.empty())
    Text += F.Signature.Template.str() + " ";
  Text += F.mark().str() + "CUPORT_HIP_FUNCTION " + Return + (Return.back() == '*' ? "" : " ") + F.Row->Hip + "(" +
          (List.empty() && !IsOverload ? "void" : List) + ") { return " +
          (OfDriver ? "CUPORT_HIP_OF_DRIVER(" : "") + F.Name +
          (F.Parameters.empty() && IsOverload ? "<T>" : "") + "(" + Arguments + (OfDriver ? "))" : ")") + "; }\n";
}

llvm::Error HipWriter::writeFunctions(size_t Index) {
  const RawLibrary &Library = Libraries[Index];
  auto Api = hostApi(Library);
  if (!Api)
    return Api.takeError();
  auto Wanted = [&](const HostFunction &F) {
    const RawRow &Row = *F.Row;
    return !Row.Hip.empty() && Row.Hip != Row.Cuda && !isByHand(Row.Hip);
  };
  llvm::StringSet<> Here;
  for (const HostFunction &F : Api->Symbols)
    if (Wanted(F) && Written.insert(F.Row->Hip).second) {
      Here.insert(F.Row->Cuda);
      writeFunction(F, false);
    }
  // A name that a macro turns into its version has no symbol of its own.
  Text += "#ifdef __cplusplus\n";
  for (const HostFunction &F : Api->Overloads)
    if (Wanted(F) && (Here.contains(F.Row->Cuda) || Written.insert(F.Row->Hip).second) &&
        !F.Signature.Template.empty()) {
      Here.insert(F.Row->Cuda);
      writeFunction(F, true);
    }
  Text += "#endif\n";
  return llvm::Error::success();
}

llvm::Expected<std::string> HipWriter::write() {
  Text = "// Written by cuport-gen from lib/Knowledge/data/api: HIP's names over CUDA's.\n"
         "#ifndef CUPORT_HIP_API_H\n#define CUPORT_HIP_API_H\n";
  collectTypes();
  for (auto &[Hip, T] : Types)
    writeType(Hip, T);
  for (size_t I = 0; I < Libraries.size(); ++I)
    writeEnumerators(I);
  for (size_t I = 0; I < Libraries.size(); ++I) {
    writeErrorNames(Libraries[I]);
    if (llvm::Error E = writeFunctions(I))
      return std::move(E);
  }
  return Text + "#endif\n";
}

llvm::Error gen::writeShimHip(llvm::ArrayRef<RawLibrary> Libraries, StringRef OutputFile) {
  auto Text = HipWriter(Libraries).write();
  if (!Text)
    return Text.takeError();
  return writeIfChanged(OutputFile, *Text);
}
