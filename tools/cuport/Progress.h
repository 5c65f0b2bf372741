// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// One line on a terminal that says how far a run is; nothing where stderr is no terminal.

#ifndef CUPORT_TOOLS_CUPORT_PROGRESS_H
#define CUPORT_TOOLS_CUPORT_PROGRESS_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/raw_ostream.h"

#include <chrono>

namespace cuport {

class Progress {
public:
  Progress() : Terminal(llvm::sys::Process::StandardErrIsDisplayed()) {}

  void show(size_t Done, size_t All, llvm::StringRef Path) {
    auto Now = std::chrono::steady_clock::now();
    if (!Terminal || (Done != All && Now - Last < std::chrono::milliseconds(100)))
      return;
    Last = Now;
    Shown = true;
    llvm::errs() << "\r\033[K[" << Done << "/" << All << "] " << llvm::sys::path::filename(Path);
  }

  /// Takes the line away; must be called before anything else is printed.
  void clear() {
    if (Shown)
      llvm::errs() << "\r\033[K";
    Shown = false;
  }

private:
  bool Terminal;
  bool Shown = false;
  std::chrono::steady_clock::time_point Last{};
};

} // namespace cuport

#endif
