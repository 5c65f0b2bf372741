// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Functions that are declared again with other words for where they run:
//
//   struct Sum { __device__ void add(int n); };
//   void Sum::add(int n) { ... }
//
// To nvcc all declarations of a function say together where it runs, and a specialization runs where its template does, too; to clang
// functions that run elsewhere are other functions. So every function of the user's own is seen, by an attribute of ours that clang
// pushes on it as it does with `#pragma clang attribute`, before clang compares it with earlier declarations; what its declarations lack
// is added to each. The plugin of shims/passes compiles this file, too.

#ifndef CUPORT_FRONTEND_EXECUTIONSPACES_H
#define CUPORT_FRONTEND_EXECUTIONSPACES_H

#include <memory>
#include <string>

namespace clang {
class ASTConsumer;
class CompilerInstance;
class FunctionDecl;
} // namespace clang

namespace cuport {

/// A consumer with which functions of CUDA source run where nvcc has them run.
std::unique_ptr<clang::ASTConsumer> makeSpaceUniter(clang::CompilerInstance &Compiler);

/// What was added to the declaration, as it is to be written before it: "__host__ __device__ "; empty where nothing was.
std::string addedSpaces(const clang::FunctionDecl &D);

} // namespace cuport

#endif
