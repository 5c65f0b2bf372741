// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The CUDA surface: declarations of ours for everything CUDA's headers declare, carried in the program, so that no
// toolkit is needed to parse CUDA source. lib/Frontend/surface/ holds what is written by hand; cuport-gen makes the rest
// from the API rows.

#ifndef CUPORT_FRONTEND_SURFACE_H
#define CUPORT_FRONTEND_SURFACE_H

#include "llvm/ADT/IntrusiveRefCntPtr.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/VirtualFileSystem.h"

namespace cuport {

/// Where the surface appears in the file system that a parse sees.
inline constexpr llvm::StringLiteral SurfaceRoot = "/cuport/surface";

/// Base with the surface laid over it.
llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem>
withSurface(llvm::IntrusiveRefCntPtr<llvm::vfs::FileSystem> Base);

} // namespace cuport

#endif
