// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Shared variables of classes whose constructors do something:
//
//   struct Sum { float value = 0; };
//   __global__ void k() { __shared__ Sum sums[256]; ... }
//
// nvcc takes them, and runs no constructor; clang refuses them. So __shared__ has an attribute of ours besides,
// __attribute__((shared, cuport_shared)): a local variable of device code whose class has a constructor or destructor, or of a type that a template
// argument decides, is to clang a static __device__ variable until code is made of it. Such a variable's initializer clang takes with
// LangOptions::GPUAllowDeviceInit. The plugin of shims/passes compiles this file, too.

#ifndef CUPORT_FRONTEND_SHAREDVARIABLES_H
#define CUPORT_FRONTEND_SHAREDVARIABLES_H

namespace clang {
class VarDecl;
}

namespace cuport {

/// Whether D is __shared__, to clang or to us alone.
bool isShared(const clang::VarDecl &D);

/// Makes D, a shared variable, one to clang.
void setShared(clang::VarDecl &D);

/// Whether D has an initializer that is written in the source, which nvcc refuses for a shared variable.
bool hasWrittenInitializer(const clang::VarDecl &D);

/// Whether a constructor that does something would run for D, of device code. Not known in a template that is not instantiated: false.
bool wantsConstructor(const clang::VarDecl &D);

} // namespace cuport

#endif
