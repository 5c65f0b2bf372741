// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Says how far a run is: on a terminal by one line that changes, elsewhere by a line every so many seconds.

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
  Progress() : Terminal(llvm::sys::Process::StandardErrIsDisplayed()), Last(Clock::now()) {}

  /// Where stderr is no terminal, how many seconds are between two lines; 0: none is written.
  void setSeconds(unsigned Value) { Seconds = Value; }

  void show(size_t Done, size_t All, llvm::StringRef Path) {
    const Clock::time_point Now = Clock::now();
    if (Terminal ? Done != All && Now - Last < std::chrono::milliseconds(100)
                 : Done == All || !Seconds || Now - Last < std::chrono::seconds(Seconds))
      return;
    Last = Now;
    llvm::errs() << (Terminal ? "\r\033[K" : "cuport: ") << "[" << Done << "/" << All << "] " << llvm::sys::path::filename(Path)
                 << (Terminal ? "" : "\n");
    Shown = Terminal;
  }

  /// Takes the terminal's line away; must be called before anything else is printed.
  void clear() {
    if (Shown)
      llvm::errs() << "\r\033[K";
    Shown = false;
  }

private:
  using Clock = std::chrono::steady_clock;
  bool Terminal;
  bool Shown = false;
  unsigned Seconds = 0;
  Clock::time_point Last;
};

} // namespace cuport

#endif
