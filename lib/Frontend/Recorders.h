// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The observers of a parse: what the preprocessor does and what the AST says. Internal to the room.

#ifndef CUPORT_FRONTEND_RECORDERS_H
#define CUPORT_FRONTEND_RECORDERS_H

#include <memory>

#include "llvm/ADT/ArrayRef.h"

namespace clang {
class ASTConsumer;
class ASTContext;
class CallExpr;
class CompilerInstance;
class Decl;
class PPCallbacks;
class Preprocessor;
} // namespace clang

namespace cuport {

class FactSink;

std::unique_ptr<clang::PPCallbacks> makePreprocessorRecorder(FactSink &Sink);
std::unique_ptr<clang::ASTConsumer> makeAstRecorder(FactSink &Sink, clang::Preprocessor &PP);
/// Records the arguments of a call of one of CUDA's functions that somebody wants to know.
void recordArguments(const clang::CallExpr *Call, clang::Preprocessor &PP, FactSink &Sink);
/// Records what in the declarations' device code takes a warp of 32 lanes for granted.
void recordLanes(llvm::ArrayRef<clang::Decl *> Declarations, FactSink &Sink);
/// Records the places of the declarations whose meaning types and constants tell.
void recordCode(llvm::ArrayRef<clang::Decl *> Declarations, clang::ASTContext &Context, FactSink &Sink);
/// Records where the declarations take a CUdeviceptr for a number.
void recordAddresses(llvm::ArrayRef<clang::Decl *> Declarations, clang::ASTContext &Context, FactSink &Sink);
/// Spares the parse the bodies of the standard library's templates, and the instantiations that are still to be made at the
/// end of the main file.
std::unique_ptr<clang::PPCallbacks> makeTemplateSkipper(clang::CompilerInstance &CI);

} // namespace cuport

#endif
