// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// One row of what is known about one CUDA name. docs/KnowledgeFormat.md describes the YAML it comes
// from.
//
//   data/api/*.yaml  --cuport-gen-->  constexpr ApiRow[]  --ApiTable-->  look-up by name
//
// All text is StringRef: built-in rows point into the program, rows from --knowledge=FILE into
// their ApiTable.

#ifndef CUPORT_KNOWLEDGE_APIROW_H
#define CUPORT_KNOWLEDGE_APIROW_H

#include "Basic/Finding.h"
#include "Basic/Version.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

namespace cuport {

enum class ApiKind : uint8_t {
  Function,       ///< called by the host
  DeviceFunction, ///< called in kernels (some of them by the host too)
  Type,
  Enumerator,
  Macro,
  Variable,  ///< threadIdx, warpSize ...
  Keyword,   ///< __global__, __shared__ ...
  Include,   ///< a header, as written between the quotes or brackets
  Namespace, ///< cub, nvcuda::wmma ...
};

/// "function", "device-function", ...: the spelling in YAML.
llvm::StringRef apiKindName(ApiKind K);
std::optional<ApiKind> parseApiKind(llvm::StringRef Name);

/// How HIP wants one argument of a call to differ.
struct ArgumentChange {
  enum Kind : uint8_t {
    Wrap,   ///< Text(argument), e.g. HIP_SYMBOL(argument)
    Cast,   ///< (Text)argument, where the argument is a function and not cast already
    Remove, ///< the argument and its comma go
  };
  unsigned Index; ///< from 0
  Kind What;
  llvm::StringRef Text;
};

/// What HIP does otherwise for some values of one argument, though it has the function and the values have names there.
struct ArgumentCondition {
  enum Kind : uint8_t {
    Is,   ///< the argument equals one of Values
    Has,  ///< it has all bits of one of Values
    Not,  ///< it equals none of Values
    Text, ///< a string of it matches one of Values, where * stands for any text
    Type, ///< Values has its type's name: overloads of the function differ in it
  };
  llvm::StringRef Argument; ///< the parameter's name in the signature
  unsigned Index;           ///< its place, from 0
  Kind What;
  cuport::Verdict Verdict;
  Version HipSince; ///< the first HIP that takes these values as CUDA does; unknown: none known does
  llvm::ArrayRef<llvm::StringRef> Values; ///< names of enumerators and macros, and numbers; patterns of Text
  llvm::StringRef Note, Source;
};

/// What a call with this many arguments becomes, where that differs from the row.
struct CallForm {
  unsigned Arguments;
  llvm::StringRef Hip; ///< empty: HIP has no such form
  llvm::StringRef Note;
  cuport::Verdict Verdict;
};

/// A library or header family; one a YAML file.
struct ApiLibrary {
  llvm::StringRef Id;        ///< "runtime", "driver", "cublas" ...: the file's name
  llvm::StringRef Title;     ///< "CUDA Runtime API"
  llvm::StringRef Header;    ///< the CUDA header that declares it
  llvm::StringRef HipHeader; ///< empty where HIP has none
};

struct ApiRow {
  llvm::StringRef Cuda;
  ApiKind Kind;
  uint8_t LibraryIndex;      ///< into ApiTable::libraries()
  cuport::Verdict Verdict;   ///< for HIP of the newest version known; see ApiTable::verdictFor
  llvm::StringRef Hip;       ///< empty: HIP lacks it, and Reason says why
  llvm::StringRef HipLater;  ///< the name from the version on that dropped Hip; empty where there is none
  llvm::StringRef Roc;       ///< the roc* or MIOpen name, where there is one
  llvm::StringRef Group;     ///< "memory", "stream" ...
  llvm::StringRef Signature; ///< declaration without the name, one overload a line: "cudaError_t
                             ///< (void **devPtr, size_t size)"
  llvm::StringRef Reason;    ///< why HIP lacks it
  llvm::StringRef Note;      ///< what a person has to know when the verdict is review or edit
  Version CudaSince, CudaDeprecated, CudaRemoved;
  Version HipSince, HipDeprecated, HipRemoved;
  llvm::ArrayRef<ArgumentChange> Arguments;
  llvm::ArrayRef<CallForm> Forms;
  llvm::ArrayRef<ArgumentCondition> Conditions;
};

/// The verdict of a row for one HIP version: Unsupported where HIP has the name only later or has
/// dropped it.
Verdict verdictFor(const ApiRow &Row, Version Hip);

/// The name in a version of HIP: a name that was dropped for another is that one from then on. Empty where HIP has none.
llvm::StringRef hipNameFor(const ApiRow &Row, Version Hip);

/// True for an identifier as only HIP or ROCm would name something: hipMalloc, HIP_R_16F, __hip_bfloat16, make_hipExtent,
/// rocblas_handle. Rows also give C's own types and CUDA's names as what HIP has.
bool isHipSpelling(llvm::StringRef Name);

/// "is", "has", "not", "text": the key in YAML.
llvm::StringRef conditionKindName(ArgumentCondition::Kind K);

/// "flags is A or B", "flags has the bits of A or B", "flags is not 0", "a string of options is like -arch=*".
std::string conditionText(const ArgumentCondition &Condition);

} // namespace cuport

#endif
