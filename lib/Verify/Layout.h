// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What type bytes have, as the compiler wrote it into a program's kernels: "12@0f4@4f4@8i4"
// (shims/runtime/KernelImage.h).

#ifndef CUPORT_VERIFY_LAYOUT_H
#define CUPORT_VERIFY_LAYOUT_H

#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace cuport {

enum class ScalarKind : char {
  Signed = 'i',
  Unsigned = 'u',
  Float = 'f',
  BFloat = 'b',
  Pointer = 'p',
  Bits = 'x'
};

struct Scalar {
  uint64_t Offset = 0;
  ScalarKind Kind = ScalarKind::Bits;
  unsigned Size = 0; ///< 1, 2, 4 or 8 bytes

  bool isReal() const { return Kind == ScalarKind::Float || Kind == ScalarKind::BFloat; }
};

struct Layout {
  uint64_t Size = 0;           ///< bytes; not 0
  std::vector<Scalar> Scalars; ///< inside of Size
};

/// Nothing for "?" and what is no layout.
std::optional<Layout> parseLayout(llvm::StringRef Text);

/// Of a pointer's type, "*" and a layout; nothing for other types.
std::optional<Layout> parsePointee(llvm::StringRef Text);

/// Bytes of which nothing is known: words of 4 bytes.
Layout unknownLayout();

} // namespace cuport

#endif
