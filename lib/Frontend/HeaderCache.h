// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Headers of the C++ standard library, parsed once and kept on disk. Most of what a small unit
// costs is <iostream> and its kin, the same for the next unit and the next run.
//
//   unit's text  --heavyHeaders-->  <chrono>, <cmath> ...  --HeaderCache-->  a precompiled header
//   that clang reads instead
//
// A cache is never needed: where it cannot be written or read, or a header changed since, the unit
// is parsed as without it. Internal to the room.

#ifndef CUPORT_FRONTEND_HEADERCACHE_H
#define CUPORT_FRONTEND_HEADERCACHE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

#include <string>
#include <vector>

namespace cuport {

/// The headers of the C++ standard library worth keeping that Text includes whatever is defined;
/// sorted, each once. Few, so that many units have the same: the others are parsed on top of them.
std::vector<std::string> heavyHeaders(llvm::StringRef Text);

/// True where one of the folders holds a file that goes by the name of a standard header: a parse
/// may find that one instead.
bool shadowStandardHeaders(llvm::ArrayRef<std::string> Folders);

class HeaderCache {
public:
  /// Folder is made when it is first written to; empty: there is no cache.
  explicit HeaderCache(llvm::StringRef Folder) : Folder(Folder) {}

  /// The file for Key, which has to tell everything that its content depends on but the headers
  /// themselves; empty where there is none. Who asks for a Key for the second time makes it: Make
  /// writes to the path it is given, and says whether it could. Several processes may ask at once.
  std::string find(llvm::StringRef Key, llvm::function_ref<bool(llvm::StringRef Path)> Make) const;

  /// The file turned out to be of no use.
  static void drop(llvm::StringRef Path);

private:
  std::string Folder;
};

} // namespace cuport

#endif
