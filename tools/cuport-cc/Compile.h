// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// One source -> one object.
//
//   .cu, .hip   device half and host half by two runs of clang at the same time, then ld -r
//   .c, .cpp    one run of clang with the shim's headers
//
// The halves and what they have in common are described in docs/Shim.md.

#ifndef CUPORT_CC_COMPILE_H
#define CUPORT_CC_COMPILE_H

#include "Command.h"
#include "Options.h"
#include "Toolchain.h"

namespace cuport {

class Compiler {
public:
  Compiler(const Invocation &Wanted, const Toolchain &Tools, Runner &Run) : Wanted(Wanted), Tools(Tools), Run(Run) {}

  /// Makes Output, an object, of In. FinalOutput is what a dependency file speaks of: Output, or what is linked of it. The exit
  /// code.
  llvm::Expected<int> object(const Input &In, llvm::StringRef Output, llvm::StringRef FinalOutput);
  /// Only the device half, as an object.
  llvm::Expected<int> deviceObject(const Input &In, llvm::StringRef Output);
  /// -E, -S, -M, -fsyntax-only. Output may be empty: standard output, or a name made of the input's.
  llvm::Expected<int> text(const Input &In, llvm::StringRef Output);

private:
  /// What every run of clang over In begins with.
  Command base(const Input &In) const;
  llvm::Expected<Command> hostHalf(const Input &In);
  Command deviceHalf(const Input &In) const;
  /// Both halves with these at the end of each; messages are printed once.
  llvm::Expected<int> halves(Command Host, Command Device, llvm::ArrayRef<std::string> HostEnd,
                             llvm::ArrayRef<std::string> DeviceEnd);
  llvm::Expected<Command> rocm(const Input &In) const;
  llvm::Expected<Command> vendor(const Input &In) const;
  /// For what is compiled by one run of clang: no halves, or another target.
  llvm::Expected<Command> oneRun(const Input &In);
  void addDependencies(Command &Words, llvm::StringRef File, llvm::StringRef Target) const;
  /// Names this input among all that are linked together.
  std::string unit(const Input &In) const;
  llvm::Expected<std::string> fatBinary(const Input &In);

  const Invocation &Wanted;
  const Toolchain &Tools;
  Runner &Run;
};

/// Whether In has a device half.
inline bool hasHalves(const Input &In) { return In.Kind == InputKind::Cuda || In.Kind == InputKind::Hip; }

/// What --check adds to compilations and to the link.
std::vector<std::string> checkFlags(const Invocation &Wanted);

} // namespace cuport
#endif
