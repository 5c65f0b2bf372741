// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Objects -> a program, a shared or static library, a module for cuModuleLoad, or nothing much (-dlink).

#ifndef CUPORT_CC_LINK_H
#define CUPORT_CC_LINK_H

#include "Command.h"
#include "Options.h"
#include "Toolchain.h"

namespace cuport {

/// What is linked: Objects[i] stands for Invocation::Inputs[i].
struct LinkJob {
  const Invocation &Wanted;
  const Toolchain &Tools;
  llvm::ArrayRef<std::string> Objects;
};

/// A program, or with -shared a library. The exit code.
llvm::Expected<int> linkProgram(const LinkJob &Job, llvm::StringRef Output, Runner &Run);
/// -lib
llvm::Expected<int> archive(const LinkJob &Job, llvm::StringRef Output, Runner &Run);
/// -cubin, -fatbin, -ptx: a module for cuModuleLoad; with -rdc=true an object that is linked with others first.
llvm::Expected<int> linkModule(const LinkJob &Job, llvm::StringRef Output, Runner &Run);
/// -dlink: there is nothing to do before the link proper, but build systems want an object.
llvm::Expected<int> emptyObject(const LinkJob &Job, llvm::StringRef Output, Runner &Run);

} // namespace cuport
#endif
