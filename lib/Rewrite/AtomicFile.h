// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Whole files in, whole files out: a reader of `Path` sees the old text or the new one, never a
// part, whatever happens in between (a full disk, Ctrl-C, a power cut).
//
//   text -> .cuport-XXXXXXXX.tmp beside Path -> fsync -> rename to Path

#ifndef CUPORT_REWRITE_ATOMICFILE_H
#define CUPORT_REWRITE_ATOMICFILE_H

#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"

#include <cstdint>
#include <memory>

namespace cuport {

/// Source files above this are data.
inline constexpr uint64_t MaxSourceBytes = uint64_t(256) << 20;

/// The whole file in memory (not mapped: it may be replaced while the buffer lives). Errors name
/// the file: not there, not readable, not a regular file, more than `MaxBytes`.
llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> readFile(llvm::StringRef Path,
                                                             uint64_t MaxBytes = MaxSourceBytes);

/// Writes `Text` to `Path`, whose folder exists. A symbolic link stays one: what it points to is
/// replaced. Mode bits (and, where that is allowed, the owner) are those of `ModeFrom`, else of the
/// file that is replaced, else the usual ones of a new file. Errors name the file; then `Path` is
/// as it was. What is a device or a pipe is written to instead.
llvm::Error writeFileAtomically(llvm::StringRef Path, llvm::StringRef Text,
                                llvm::StringRef ModeFrom = "");

/// The same for a copy of `From`, which may be too large for memory.
llvm::Error copyFileAtomically(llvm::StringRef From, llvm::StringRef To);

/// True for the names that the two above write to before they rename: what a killed run may leave
/// behind.
bool isTemporaryName(llvm::StringRef FileName);

} // namespace cuport

#endif
