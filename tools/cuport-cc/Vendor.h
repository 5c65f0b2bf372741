// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// --target=musa, cuda ...: a vendor's own compiler, with CUDA's and HIP's names over its headers where it has names of its own.
//
//   cuport-cc --target=musa prog.cu  ->  mcc -isystem <bindings> -x musa prog.cu ... -lmusart

#ifndef CUPORT_CC_VENDOR_H
#define CUPORT_CC_VENDOR_H

#include "Command.h"
#include "Options.h"
#include "Toolchain.h"

namespace cuport {

struct VendorInfo {
  enum StyleKind { Nvcc, Clang };
  llvm::StringRef Id, Variables, Root, Compiler;
  StyleKind Style;
  llvm::StringRef Language, Architecture, Libraries;
};

/// The vendor's row; null for a target that is none's.
const VendorInfo *findVendor(llvm::StringRef Id);
/// Whether the target is a card of which only the host's side is bound.
bool isHostOnly(llvm::StringRef Id);
/// "cuda, musa, ..., ascend ...", for messages.
std::string vendorList();

/// A vendor's SDK where it is installed.
struct VendorSdk {
  const VendorInfo &Info;
  std::string Root, Compiler;

  /// The command that compiles In, without output. Run makes a file of the vendor's name where only the name tells the language.
  llvm::Expected<Command> compile(const Input &In, const Invocation &Wanted, const Toolchain &Tools, Runner &Run) const;
  /// The command that links, without objects and output, in two parts: what comes before the objects, and behind them.
  Command linkBegin(const Invocation &Wanted) const;
  Command linkEnd() const;
  /// What stands for -lName of CUDA or HIP, without -l; the name itself where nothing else is known.
  std::vector<std::string> libraries(llvm::StringRef Name, const Toolchain &Tools) const;
};

/// Path is what --sdk-path says, or "". An error names what is missing and how to say where it is.
llvm::Expected<VendorSdk> findSdk(const VendorInfo &Info, llvm::StringRef Path);

} // namespace cuport
#endif
