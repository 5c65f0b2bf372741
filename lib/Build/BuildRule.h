// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a rule on build files sees and what it says:
//
//   a build file taken apart  +  what the other build files say  +  what the card has  ->  Finding[]
//
// Like the rules on source, each has a .cpp of its own, a line in BuildRules.def, a test and a page, and no header.

#ifndef CUPORT_BUILD_BUILDRULE_H
#define CUPORT_BUILD_BUILDRULE_H

#include "Basic/Finding.h"
#include "Basic/RuleInfo.h"
#include "Build/BuildText.h"
#include "Frontend/SourceFile.h"
#include "Knowledge/Target.h"

#include "llvm/ADT/STLFunctionalExtras.h"

#include <set>

namespace cuport {

struct BuildOptions {
  std::vector<std::string> Only;  ///< the rules that run, by id; empty: all
  const Target *Card = nullptr;   ///< whose libraries are linked; not null
  bool IsHip = true;              ///< HIP is written; else names of the card's own
  std::string Output = "HIP";     ///< what messages call the interface that is written
};

/// What all of a project's build files say together.
class BuildProject {
public:
  /// Variables of CMake's that hold, or may hold, the names of .cu files.
  std::set<std::string> KernelLists;
  /// Packages of HIP's for the libraries that CMake files link.
  std::set<std::string> Packages;
  /// What CMake files make, so that a library of this name is none of CUDA's.
  std::set<std::string> Targets;
  /// Python's packages that are the project's own.
  std::set<std::string> PythonPackages;
  /// A branch for HIP is there already: an edit would make it twice.
  bool HasHip = false;
  /// FindCUDA is called, or one of its commands, for which some variables have a meaning.
  bool HasFindCuda = false;
  /// The project itself gives a command what it keeps in CUDA_NVCC_FLAGS.
  bool GivesNvccFlags = false;

  void add(const BuildText &Text, const Target &Card);
  /// To be called when all files are added: a list that holds a list of .cu files is one itself.
  void finish();

private:
  std::vector<std::pair<std::string, std::string>> ListsInLists; ///< the outer one first
};

/// Everything known about one build file; lives as long as the rules run.
struct BuildView {
  const SourceFile &Source;
  const BuildText &Text;
  const BuildProject &Project;
  const BuildOptions &Options;

  bool isCMake() const { return Text.System == BuildSystem::CMake; }
  /// A file for make or a shell: what is written there is what the shell sees.
  bool isCommandLine() const { return Text.System == BuildSystem::Make || Text.System == BuildSystem::Shell; }

  /// What begins the line below a command, as deep: CMake takes no two commands on a line.
  std::string lineBelow(const BuildStatement &S) const;

  /// A finding about [Offset, Offset + Length).
  Finding finding(llvm::StringRef Rule, uint32_t Offset, uint32_t Length, Verdict V, const llvm::Twine &Message) const;
  /// A finding about a word, which is its name.
  Finding finding(llvm::StringRef Rule, const BuildWord &Word, Verdict V, const llvm::Twine &Message) const;

  /// Takes [Begin, End) out with the blanks before it, but for a line's indentation.
  Edit cut(uint32_t Begin, uint32_t End) const;
  /// Takes Word out like that or, in the list of a script, with its quotes and comma. False where that would
  /// leave something else than the rest.
  bool remove(const BuildWord &Word, std::vector<Edit> &Edits) const;
};

/// 'Text', as messages show what stands in a file.
std::string quoted(const llvm::Twine &Text);

/// The finding's edit: Text in place of the word.
void replace(Finding &F, const BuildWord &Word, const llvm::Twine &Text);

/// Calls Each for every name, [A-Za-z_][A-Za-z0-9_]*, of the statement's arguments, ${...} or not.
void forEachName(const BuildStatement &Statement, llvm::function_ref<void(const BuildWord &)> Each);

/// True where the statement is about device code: it names nvcc or CUDA.
bool isAboutDevice(const BuildStatement &Statement);

/// How a card's own compiler is called on a command line, as far as that is known (Knowledge/Vendors.def).
struct CardCompiler {
  std::string Name;             ///< "mcc"
  llvm::StringRef Language;     ///< what makes a file one with kernels, "-x musa"; ".su" where only its name says so
  llvm::StringRef Architecture; ///< what comes before a card's name
  std::string Libraries;        ///< that a program is linked with: "-lmusart"
};
/// Nothing for a card of which that is not known, or that nvcc is for.
std::optional<CardCompiler> compilerOf(const Target &Card);

/// What becomes of one of CUDA's libraries on a card.
struct LibraryThere {
  llvm::StringRef Title;        ///< "cuBLAS"; empty for the runtime
  std::string Link;             ///< without -l; several apart by blanks; empty where none is known, or none is needed.
                                ///< Of the runtime: HIP's
  llvm::StringRef CMakeTarget;  ///< of HIP's; may be empty
  llvm::StringRef CMakePackage; ///< which has it
  cuport::Verdict Verdict = Verdict::Unknown;
  std::string Message;          ///< what to say of it, a part of a sentence
};
/// By the name that stands behind -l, endings like _static included; nothing for a library that is not CUDA's.
std::optional<LibraryThere> libraryThere(llvm::StringRef LinkName, const Target &Card);
/// The same by CMake's name, "CUDA::cublas".
std::optional<LibraryThere> libraryOfTarget(llvm::StringRef CMakeTarget, const Target &Card);

/// CMake's name for the library in a variable of FindCUDA's: "CUDA::cublas" of "${CUDA_CUBLAS_LIBRARIES}"; empty for others.
llvm::StringRef targetOfVariable(llvm::StringRef Variable);

/// Runs every rule of BuildRules.def on the file and heeds its ignore comments; the result is sorted. No finding: nothing
/// in the file has to do with CUDA.
std::vector<Finding> runBuildRules(const BuildView &File);

/// The rules, in the order of BuildRules.def.
llvm::ArrayRef<RuleInfo> buildRules();

} // namespace cuport

#endif
