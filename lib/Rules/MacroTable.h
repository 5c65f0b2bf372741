// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The macros a project defines, read from its tokens: what a name in an argument may stand for where no parse says.

#ifndef CUPORT_RULES_MACROTABLE_H
#define CUPORT_RULES_MACROTABLE_H

#include "Rules/Conditions.h"

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cuport {

class MacroTable {
public:
  /// Adds every #define of a file, in whatever branch.
  void add(const SourceFile &File);

  /// The body of an object-like macro, its tokens parted by single blanks; empty where there is none or where
  /// definitions differ.
  llvm::StringRef bodyOf(llvm::StringRef Name) const;

  /// The identifier that begins the first paste in the body of a macro, "cuda" of cuda##name; nothing where there is
  /// none.
  std::optional<llvm::StringRef> pastedPrefix(llvm::StringRef Name) const;

  /// Of AMD's macros, or of one that a project defines otherwise for AMD's cards than elsewhere (`#ifdef __HIP_PLATFORM_AMD__`, `#define
  /// MINE 1`, `#else`, `#define MINE 0`): what it is where code is compiled for AMD's cards, or where it is not. A project's own
  /// switch for them (`MINE_WITH_HIP`) is known where it is not.
  MacroState onPlatform(llvm::StringRef Name, bool IsAmd) const;

private:
  /// A macro's definitions in some of the code.
  struct Definitions {
    bool Any = false, Differ = false;
    std::string Body;
    void add(llvm::StringRef Body);
  };
  /// One that is like an object.
  struct Macro {
    Definitions Anywhere;
    std::array<Definitions, 2> OnPlatform; ///< where code is compiled for others, and for AMD's cards
    bool Apart = false;                    ///< one of them is for either only
  };
  const Macro *find(llvm::StringRef Name) const;

  std::map<std::string, Macro, std::less<>> Macros;
  std::map<std::string, std::string, std::less<>> Prefixes;
};

} // namespace cuport

#endif
