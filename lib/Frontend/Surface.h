// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The CUDA surface: declarations of ours for everything CUDA's headers declare, carried in the
// program, so that no toolkit is needed to parse CUDA source. lib/Frontend/surface/ holds what is
// written by hand; cuport-gen makes the rest from the API rows.

#ifndef CUPORT_FRONTEND_SURFACE_H
#define CUPORT_FRONTEND_SURFACE_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/IntrusiveRefCntPtr.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/VirtualFileSystem.h"

#include <string>

namespace cuport {

/// Where the surface appears in the file system that a parse sees.
inline constexpr llvm::StringLiteral SurfaceRoot = "/cuport/surface";

/// Where HIP's headers are, of the KnownHeaders below: over CUDA's, whether those are the surface's
/// or a toolkit's.
inline constexpr llvm::StringLiteral HipSurface = "over-cuda";

/// HIP's names as macros for CUDA's; below HipSurface, where the caller made it.
inline constexpr llvm::StringLiteral HipNamesHeader = "cuport/hip_names.h";

struct SurfaceHeader {
  std::string Path; ///< below SurfaceRoot
  std::string Text;
};

struct Surface {
  llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Files;
  std::string Fingerprint; ///< another one where a file has another text
};

/// The surface as files below SurfaceRoot. KnownHeaders that the surface does not have itself come
/// with the text given, be it empty: so that a parse never takes a toolkit's header that happens to
/// lie on the system's include path and mixes its declarations with ours.
Surface makeSurface(llvm::ArrayRef<SurfaceHeader> KnownHeaders);

} // namespace cuport

#endif
