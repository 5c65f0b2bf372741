// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How large a launch is, where that is written in numbers.
//
//   kernel<<<64, dim3(32, 8)>>>(x)   ->   64 blocks of 256 threads

#ifndef CUPORT_FRONTEND_LAUNCHSHAPE_H
#define CUPORT_FRONTEND_LAUNCHSHAPE_H

#include <cstdint>
#include <optional>

namespace clang {
class Expr;
class VarDecl;
} // namespace clang

namespace cuport {

/// Blocks or threads of a grid or block that is written as a number, or as a dim3 of numbers, in place or as the initializer
/// of a variable; UINT32_MAX for that and more.
std::optional<uint32_t> launchExtent(const clang::Expr *E);

/// The variable that an expression names, through casts and parentheses; null where it is more than that.
const clang::VarDecl *variableOf(const clang::Expr *E);

} // namespace cuport

#endif
