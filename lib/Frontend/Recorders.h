// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The two observers of a parse: what the preprocessor does and what the AST says. Internal to the room.

#ifndef CUPORT_FRONTEND_RECORDERS_H
#define CUPORT_FRONTEND_RECORDERS_H

#include <memory>

namespace clang {
class ASTConsumer;
class PPCallbacks;
} // namespace clang

namespace cuport {

class FactSink;

std::unique_ptr<clang::PPCallbacks> makePreprocessorRecorder(FactSink &Sink);
std::unique_ptr<clang::ASTConsumer> makeAstRecorder(FactSink &Sink);

} // namespace cuport

#endif
