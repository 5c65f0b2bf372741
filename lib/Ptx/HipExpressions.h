// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The value of one PTX instruction as a C++ expression.

#ifndef CUPORT_PTX_HIPEXPRESSIONS_H
#define CUPORT_PTX_HIPEXPRESSIONS_H

#include "Ptx/CppText.h"
#include "Ptx/HipWriter.h"

#include "llvm/ADT/STLFunctionalExtras.h"

namespace cuport::ptx {

/// Reads source operand Index, counted from 0 behind the destination, as a T; nothing where there
/// is none such.
using ReadOperand = llvm::function_ref<std::optional<CppValue>(unsigned Index, Cpp As)>;

/// Arithmetic, bits, comparisons, conversions, warp functions: everything whose effect is its
/// result. Nothing where there is no exact expression.
std::optional<CppValue> hipExpression(const Instruction &I, const HipOptions &Options,
                                      ReadOperand Read);

/// The value of a special register.
std::optional<CppValue> hipRegister(llvm::StringRef Name);

/// The C++ type for an instruction's type; nothing for those of 8 and 128 bits and for several
/// lanes.
std::optional<Cpp> cppType(Type T);

/// The 64-bit mask of lanes that HIP takes for a PTX mask of 32.
std::string maskText(const CppValue &Mask);

} // namespace cuport::ptx

#endif
