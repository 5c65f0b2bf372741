// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The text of a signature taken apart, and put together again as declarations.
//
//   template <class T> cudaError_t (T *p, size_t n = 0)
//   ->  Template "template <class T>"  Return "cudaError_t"  Parameters {T *, p}, {size_t, n, 0}

#ifndef CUPORT_KNOWLEDGE_SIGNATURE_H
#define CUPORT_KNOWLEDGE_SIGNATURE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

#include <optional>
#include <string>
#include <vector>

namespace cuport {

/// Views into the signature's text.
struct Signature {
  llvm::StringRef Template, Return;
  llvm::StringRef Parameters; ///< with its brackets
  llvm::StringRef Trailing;   ///< what stands behind, e.g. const
};

struct Parameter {
  std::string Before, Name, After; ///< `void (*`, `f`, `)(int)`; the name may be empty
  std::string Default;             ///< empty: none

  /// The declaration without the name, blanks in one form: equal types have equal texts.
  std::string type() const;
  /// The declaration without the default argument.
  std::string declaration() const;
};

std::optional<Signature> takeApart(llvm::StringRef Text);

/// `(int a, int b = f(1, 2))` -> `(int a, int b CUPORT_DEFAULT(f(1, 2)))`: C has no default
/// arguments.
std::string hideDefaults(llvm::StringRef Parameters);

/// The parameters of `(...)`; none for `()` and `(void)`.
std::vector<Parameter> parameters(llvm::StringRef Parameters);

/// `(int a, int b)`: without default arguments.
std::string parameterList(llvm::ArrayRef<Parameter> Parameters);

/// The types of all parameters, for comparisons.
std::string typeList(llvm::ArrayRef<Parameter> Parameters);

/// `cudaError_t name` or `void *name`.
std::string returning(const Signature &S, llvm::StringRef Name);

/// Calls Each(identifier, the text after it) for all identifiers of a C text.
void forEachIdentifier(llvm::StringRef Text,
                       llvm::function_ref<void(llvm::StringRef, llvm::StringRef)> Each);

} // namespace cuport

#endif
