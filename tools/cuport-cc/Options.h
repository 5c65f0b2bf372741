// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The command line: words in nvcc's or clang's manner -> an Invocation, which says what is to be made of which inputs.
//
// Options.def is the table of options. What is not in it is an error that names it; nothing is dropped without a row there
// that says so.

#ifndef CUPORT_CC_OPTIONS_H
#define CUPORT_CC_OPTIONS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace cuport {

/// What a source is compiled as; Linkable is handed to the linker.
enum class InputKind { Cuda, Hip, Cxx, C, Assembler, Linkable };

struct Input {
  std::string Path;
  InputKind Kind = InputKind::Linkable;
};

/// One place of the link line: an input (its object, once it is compiled), an option, or a library by name.
struct LinkItem {
  enum class Kind { Input, Option, Library } What;
  size_t Index = 0; ///< of Invocation::Inputs
  std::string Text; ///< the option as it is given to clang, or the name after -l
};

enum class Phase { Program, Object, Module, Library, DeviceLink, Assembly, Preprocess, Dependencies, SyntaxOnly };
enum class TargetKind { Cpu, Rocm, Vendor, HostOnly };
enum class Question { None, Version, Help, Architectures, Codes, AskClang };

struct Invocation {
  Phase Make = Phase::Program;
  TargetKind Target = TargetKind::Cpu;
  std::string VendorId; ///< of TargetKind::Vendor and HostOnly, see Vendors.def
  std::string RuntimeLibrary; ///< nvcc's -cudart
  Question Ask = Question::None;
  std::string AskedOfClang;

  std::vector<Input> Inputs;
  std::vector<LinkItem> LinkLine;
  std::string Output, OutputDirectory, KeepDirectory;
  bool Keep = false, DryRun = false, Verbose = false, Shared = false;

  std::vector<std::string> Both;     ///< for every compilation
  std::vector<std::string> Included; ///< -include and its file, for every compilation, behind CUDA's or HIP's headers
  std::vector<std::string> Host;     ///< for the host half, and for C and C++
  std::vector<std::string> Archive;  ///< for ar

  bool Dependencies = false; ///< -MD, -MMD; the option itself is in DependencyFlags
  std::vector<std::string> DependencyFlags;
  std::string DependencyFile;

  unsigned Architecture = 0; ///< 800 for sm_80; 0 if not given
  std::vector<std::string> OffloadArchitectures;
  std::string RocmPath = "/usr";
  std::string SdkPath; ///< of a vendor; "" if not given
  bool Separate = false; ///< -rdc=true

  std::string Optimize; ///< "-O2", or "" if not given
  bool Debug = false, DeviceDebug = false, LineInfo = false;
  bool FastMath = false, FusedMultiplyAdd = true;
  bool ExtendedLambda = false, RelaxedConstexpr = false, PerThreadStream = false;
  bool CheckAddress = false, CheckThread = false;

  /// Whether anything is compiled with a device half.
  bool hasDeviceCode() const;
};

/// The highest architecture that -arch takes, and what it is without -arch: nvcc 13's oldest.
inline constexpr unsigned DefaultArchitecture = 750;

/// Reads Words (without the program's own name). Called as hipcc (AsHipcc), sources are HIP whatever they are called.
llvm::Expected<Invocation> parseOptions(llvm::ArrayRef<std::string> Words, bool AsHipcc);

/// The text of --help: one line a row of the table.
std::string helpText();

/// "sm_50\n..." of the architectures that -arch takes, each behind Prefix.
std::string architectureList(llvm::StringRef Prefix);

} // namespace cuport
#endif
