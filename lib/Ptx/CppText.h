// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Pieces of C++ text: a value of a machine type, and operators that put parentheses where they are
// needed.

#ifndef CUPORT_PTX_CPPTEXT_H
#define CUPORT_PTX_CPPTEXT_H

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <string>

namespace cuport::ptx {

/// What a register of the statement holds, in C++.
enum class Cpp : uint8_t { Bool, U16, U32, U64, S16, S32, S64, F32, F64 };

/// "unsigned", "long long" ...
llvm::StringRef cppName(Cpp T);
unsigned bitsOf(Cpp T);
bool isFloating(Cpp T);
bool isSigned(Cpp T);
/// The unsigned type of as many bits.
Cpp unsignedOf(Cpp T);

struct CppValue {
  std::string Text;
  Cpp Is = Cpp::U32;
  std::optional<uint64_t> Constant; ///< of an integer
};

/// In parentheses, unless it is a name, a number, a call or in parentheses already.
std::string atom(llvm::StringRef Text);
std::string constantText(uint64_t Value, Cpp Is);
/// The same bits as another type of that width; a wider or narrower integer as C++ converts it.
CppValue convert(const CppValue &From, Cpp To);
/// The expression of a truth table over three operands, 0xca -> (a & b) | (~a & c).
std::string tableText(unsigned Table, llvm::StringRef A, llvm::StringRef B, llvm::StringRef C);

} // namespace cuport::ptx

#endif
