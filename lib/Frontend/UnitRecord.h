// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What one parse of one translation unit says about the user's files: facts by (file, offset).
//
//   UnitCommand  --parseUnit-->  UnitRecord  --mergeRecords-->  ProjectFacts  -->  Rules
//
// A record is a plain value that can be written as JSON and read back, so units may be parsed in another process or on
// another machine.

#ifndef CUPORT_FRONTEND_UNITRECORD_H
#define CUPORT_FRONTEND_UNITRECORD_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace cuport {

/// To whom the name at a token belongs, and where it stands; a set of bits, because units may differ.
enum NameOwner : uint8_t {
  OwnerCuda = 1, ///< a declaration or macro of the CUDA surface
  OwnerUser = 2, ///< the user's own, or a third party's
  InDeviceCode = 4, ///< besides OwnerCuda: named in the body of a kernel or a device function
  BecomesDim3 = 8,  ///< besides OwnerCuda: the call of make_uint3 that it names is turned into a dim3
};

struct IncludeFact {
  enum Target : uint8_t { User, System, Cuda, Missing };
  Target Where = Missing;
  std::string Path; ///< of a User file: absolute, without . and ..; of others: as the directive spells it
};

struct OffsetRange {
  uint32_t Begin = 0;
  uint32_t End = 0;
};

/// An error clang reported, as it words it.
struct ParseError {
  uint32_t Offset = 0;
  uint32_t Line = 0;
  std::string Text;
};

/// A CUDA name that the preprocessor made by pasting.
struct PasteFact {
  std::string Name;  ///< "cudaFree"
  std::string Macro; ///< whose expansion made it
  bool operator<(const PasteFact &O) const { return std::tie(Name, Macro) < std::tie(O.Name, O.Macro); }
  bool operator==(const PasteFact &O) const = default;
};

/// Code that takes a warp of 32 lanes for granted, as the flow of values shows it (LaneFlow.h).
struct LaneFact {
  enum Kind : uint8_t {
    LaneNumber,      ///< tid & 31, tid % 32
    WarpNumber,      ///< tid / 32, tid >> 5
    WarpCount,       ///< blockDim.x / 32
    MaskInWord,      ///< a variable, field or result of 32 bits that holds a set of lanes
    MaskIntrinsic,   ///< __popc and its kin, which count 32 bits, of a set of lanes
    LaneBit,         ///< 1 << lane, in 32 bits
    ShuffleTree,     ///< shuffles over distances that reach 32 lanes: 16, 8, ... or 1, 2, ... 16
    ArrayOfLanes,    ///< a shared array of 32 that is indexed by lane or warp
    ArrayOfWarps,    ///< a shared array of so many elements as there are warps of 32
    Tile,            ///< a tile of 32 threads
    FirstWarp,       ///< if (tid < 32) around what only the threads of one warp may do
    Synchronous,     ///< threads that read what others of the warp wrote, with no barrier between
    Constant,        ///< the 32 in a macro or constant that the others name
    BlockSize,       ///< a launch with blocks of so many threads: a multiple of 32 but not of 64
    Divergent,       ///< a shuffle or vote of all lanes, where a condition lets only some lanes come
    EarlyReturn,     ///< threads that return where others of their block go on to a barrier
    LastKind = EarlyReturn
  };
  uint32_t Offset = 0;
  Kind What = LaneNumber;
  uint32_t Length = 0;
  std::string Text; ///< of the source: the expression, the variable, the function
  bool operator<(const LaneFact &O) const { return std::tie(Offset, What) < std::tie(O.Offset, O.What); }
};

/// What a call of a function of CUDA's is given for one argument.
struct ArgumentFact {
  enum Kind : uint8_t {
    Number, ///< Value is it, in decimal
    String, ///< Value is one of the strings it is made of
    Open,   ///< it, or a part of it, is not constant; Value is its type's name, empty where a template decides
    LastKind = Open
  };
  uint32_t Offset = 0; ///< of the token that names the function
  uint32_t Index = 0;  ///< of the argument, from 0
  Kind What = Number;
  std::string Value;
  auto operator<=>(const ArgumentFact &) const = default;
};

/// A place whose meaning depends on types, constants or the code around it, as the AST shows it.
struct CodeFact {
  enum Kind : uint8_t {
    LaunchThreads,     ///< the <<< of a launch; Amount: threads of a block
    LaunchGrid,        ///< the same; Amount: threads of the grid
    LaunchShared,      ///< the same; Amount: bytes of dynamic shared memory
    SharedBytes,       ///< the name of a function; Amount: bytes of the shared variables that it declares
    SharedOptIn,       ///< cudaFuncSetAttribute for more shared memory; Amount: bytes
    SharedInTemplate,  ///< an extern shared array whose elements depend on a template argument
    SharedConstructor, ///< a shared variable of a class whose constructor would do something; Text: its type
    Narrowing,         ///< a value in braces that does not fit the type there; Text: what clang says of it, and so for the next six
    LiteralSuffix,     ///< a literal with a name right behind, "%"PRId64
    StrayLoopPragma,   ///< a statement that is no loop, behind #pragma unroll or its kin
    MainType,          ///< a main that has none
    PointerOrder,      ///< <, > or their kin between a pointer and 0
    VariableArrayInit, ///< an array of a length that is not constant, with an initializer
    OtherSpace,        ///< a kernel or function that is declared again with other words for where it runs, and to nvcc too is another
    AddedSpace,        ///< where a declaration begins that runs elsewhere than its words say, for what others of the function say; Text: what it lacks
    ConstantBytes,     ///< a __constant__ variable; Amount: bytes
    ConstantInTemplate,///< one that is a template or a member of one
    KernelArguments,   ///< the name of a kernel; Amount: bytes of its parameters
    DoubleFunction,    ///< the name of a function of device code that has values of type double
    WideIntegers,      ///< the name of a function of device code that computes with integers of 64 bits
    ShiftByWidth,      ///< in device code, a shift by its number's width less what may be 0; Text: the latter
    DoubleLiteral,     ///< a literal of type double that makes an operation on floats one on doubles
    StructField,       ///< a member of one of CUDA's structs; Text: "cudaDeviceProp::major"
    AddressAsNumber,   ///< a CUdeviceptr computed with, or given to or made from another integer; Text: the code
    ErrorNumber,       ///< an error code beside a number; Text: the expression
    EnumFromNumber,    ///< a number cast to one of CUDA's enums; Text: the enum, "cublasOperation_t"
    EnumAsNumber,      ///< a value of one of CUDA's enums, but for error codes, compared with a number or used as an index; Text: the enum
    PageableCopy,      ///< an asynchronous copy; Text: the variable in pageable memory
    MixedMinMax,       ///< min or max of operands of different types, one an integer; Text: "max(unsigned int, int)"
    FloatingAtomic,    ///< an atomic on float or double; Text: "atomicAdd of 'float'", and so for the next three
    HalfAtomic,        ///< on a half or bfloat16, or a pair of them
    ShortAtomic,       ///< on 16 bits
    ReinterpretedAtomic, ///< on the bits of a float as an integer
    ShuffledRecord,    ///< a shuffle of a value that is no number of 32 or 64 bits; Text: its type
    DeviceHeap,        ///< malloc, free, new or delete in device code; Text: which
    IndirectCall,      ///< a virtual call, or one through a pointer, in device code; Text: the callee
    IndexValue,        ///< threadIdx or its kin as a whole; Text: which
    SpinLock,          ///< a loop that does nothing but try an atomic exchange
    SpinWait,          ///< a loop that does nothing but read memory
    LastKind = SpinWait
  };
  uint32_t Offset = 0;
  Kind What = LaunchThreads;
  uint32_t Length = 0;
  uint32_t Amount = 0; ///< UINT32_MAX for that and more
  std::string Text;    ///< as with the kinds; else empty
  bool operator<(const CodeFact &O) const { return std::tie(Offset, What) < std::tie(O.Offset, O.What); }
};

/// Facts about one file. Offsets are of tokens in the file's text.
struct FileFacts {
  std::map<uint32_t, uint8_t> Names;            ///< token -> NameOwner bits
  std::map<uint32_t, IncludeFact> Includes;     ///< the header token of an include directive that was read
  std::map<uint32_t, bool> Launches;            ///< <<< tokens of launches the AST has -> whether device code makes them
  std::map<uint32_t, std::set<PasteFact>> Pastes; ///< macro name token of the outermost expansion
  std::set<uint32_t> HipOverloads;              ///< names of functions of the user's that HIP's headers define as well
  std::map<uint32_t, std::string> BracedHalves; ///< the { of h = {...} -> the type of h, CUDA's half or half2
  std::set<LaneFact> Lanes;                     ///< one of a kind at an offset
  std::set<ArgumentFact> Arguments;             ///< several of an argument where a macro makes the call
  std::set<CodeFact> Code;                      ///< one of a kind at an offset
  std::vector<OffsetRange> Skipped;             ///< not compiled, sorted, disjoint
  std::vector<ParseError> Errors;               ///< sorted by offset
};

struct UnitRecord {
  std::string MainFile; ///< absolute
  std::string Failure;  ///< why the unit could not be parsed at all; empty when it could
  bool Device = false;  ///< the device pass
  std::map<std::string, FileFacts> Files; ///< by absolute path; only the user's, and only those the unit entered
  /// Names that look like CUDA's but are declared in the user's files, and whether one is visible everywhere: a macro or
  /// a declaration in no class, function or named namespace.
  std::map<std::string, bool> UserNames;
  /// The numbers that CUDA's enumerators and macros stand for, of those that recorded arguments are compared with.
  std::map<std::string, int64_t> Values;
};

/// What both A and B cover. Both sorted and disjoint; so is the result.
std::vector<OffsetRange> intersect(const std::vector<OffsetRange> &A, const std::vector<OffsetRange> &B);

/// One line of JSON.
std::string toJson(const UnitRecord &Record);
llvm::Expected<UnitRecord> unitRecordFromJson(llvm::StringRef Text);

/// All units together.
struct ProjectFacts {
  struct File : FileFacts {
    unsigned Units = 0; ///< how many parses entered the file
  };
  std::map<std::string, File> Files; ///< by absolute path
  std::map<std::string, bool> UserNames;
  std::map<std::string, int64_t> Values;
  std::map<std::string, std::string> Failures; ///< main file -> why no unit of it could be parsed
};

/// Joins records: owners are united, what is skipped is what every unit skips. The result does not depend on the
/// records' order.
ProjectFacts mergeRecords(std::vector<UnitRecord> Records);

} // namespace cuport

#endif
