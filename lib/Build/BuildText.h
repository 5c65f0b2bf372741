// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A build file taken apart, whatever system it is for:
//
//   text  --by the system's own rules for comments, quotes and line ends-->  statements of words
//
// Nothing is evaluated: a variable stays a variable, and both branches of an if() are there.

#ifndef CUPORT_BUILD_BUILDTEXT_H
#define CUPORT_BUILD_BUILDTEXT_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cuport {

enum class BuildSystem : uint8_t {
  CMake,  ///< CMakeLists.txt, *.cmake
  Make,   ///< Makefile, *.mk, and what makes them: Makefile.in, Makefile.am
  Shell,  ///< *.sh, and a configure that somebody wrote
  Autoconf, ///< configure.ac, *.m4: a shell's lines within macros
  Python, ///< setup.py, and all other Python: it compiles kernels as it runs, or names options for them
  Bazel,  ///< BUILD, *.bzl
  Meson,  ///< meson.build
  Xmake,  ///< xmake.lua
};

/// The system that a file of this name (without folders) is for.
std::optional<BuildSystem> buildSystemOf(llvm::StringRef FileName);

/// What stands between blanks, quotes and the brackets of generator expressions: an option, a name, a path.
struct BuildWord {
  uint32_t Offset = 0;
  llvm::StringRef Text;
  bool Quoted = false; ///< within quotes
  bool Leads = false;  ///< for make and the shell: the first of a command, or of what a variable is given

  uint32_t end() const { return Offset + Text.size(); }
};

/// A command of CMake's, a logical line of Make's or the shell's, a statement of a script.
struct BuildStatement {
  llvm::StringRef Name; ///< the command as it is spelled; the variable that is assigned; empty for neither
  uint32_t Begin = 0, End = 0;
  std::vector<BuildWord> Arguments; ///< of a command of CMake's: each whole, without its quotes
  std::vector<BuildWord> Words;

  bool is(llvm::StringRef Command) const { return Name.equals_insensitive(Command); }
};

struct BuildText {
  BuildSystem System = BuildSystem::CMake;
  std::vector<BuildStatement> Statements;
  std::vector<BuildWord> Comments; ///< without the signs that open them
  bool IsMade = false;             ///< by Autoconf, from another file: not taken apart
};

/// Text must outlive the result. What breaks the system's rules is passed over.
BuildText takeApart(BuildSystem System, llvm::StringRef Text);

/// The newest C++ that a build file asks a compiler for, 20 for -std=c++20; 0 where it names none since C++17.
unsigned newestStandard(const BuildText &File);

/// The options of a build file that put Thrust or CUB into a namespace of the project's own: "-DCUB_WRAPPED_NAMESPACE=mine".
std::set<std::string> libraryNamespaces(const BuildText &File);

} // namespace cuport

#endif
