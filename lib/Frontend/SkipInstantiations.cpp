// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Names are read off templates as they are written, once; what clang would make of them for each argument costs time and
// says nothing more. At the end of the main file what is still to be instantiated is dropped.

#include "Frontend/Recorders.h"

#include "clang/Frontend/CompilerInstance.h"
#include "clang/Lex/PPCallbacks.h"
#include "clang/Sema/Sema.h"

namespace {

class SkipInstantiations : public clang::PPCallbacks {
public:
  explicit SkipInstantiations(clang::CompilerInstance &CI) : CI(CI) {}

  void EndOfMainFile() override {
    if (!CI.hasSema())
      return;
    CI.getSema().PendingInstantiations.clear();
    CI.getSema().PendingLocalImplicitInstantiations.clear();
  }

private:
  clang::CompilerInstance &CI;
};

} // namespace

std::unique_ptr<clang::PPCallbacks> cuport::makeInstantiationSkipper(clang::CompilerInstance &CI) {
  return std::make_unique<SkipInstantiations>(CI);
}
