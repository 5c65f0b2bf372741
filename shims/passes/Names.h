// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The words by which the plugin's frontend part and its passes understand each other.

#ifndef CUPORT_PASSES_NAMES_H
#define CUPORT_PASSES_NAMES_H

#include "llvm/ADT/StringRef.h"

namespace cuport {

/// Begins a kernel's annotation; see Marks.cpp for what follows.
inline constexpr llvm::StringLiteral KernelMark = "cuport.kernel";
/// The annotation of managed variables, where they are no clang's (see DeviceLaunches in Marks.cpp).
inline constexpr llvm::StringLiteral ManagedMark = "cuport.managed";
/// The annotation of __grid_constant__ parameters, until they are attributes.
inline constexpr llvm::StringLiteral GridConstantMark = "cuport.grid_constant";
/// The section of shared variables, until they are moved to the block's arena.
inline constexpr llvm::StringLiteral SharedSection = "cuport.shared";
/// The section of texture and surface references, until they are variables that the host writes.
inline constexpr llvm::StringLiteral TextureSection = "cuport.texture";
/// The section of functions that another file's device half defines.
inline constexpr llvm::StringLiteral DeviceSection = "cuport.device";
/// The section of functions of the host that kernels reach, until they are traps.
inline constexpr llvm::StringLiteral HostSection = "cuport.host";
/// What the names of the device half end with in the object, so that they do not meet the host half's.
inline constexpr llvm::StringLiteral DeviceSuffix = ".cuport";
/// What the names of intrinsics begin with.
inline constexpr llvm::StringLiteral IntrinsicPrefix = "__cuport_";

/// A layout (shims/runtime/KernelImage.h) has at most so many scalars; larger types are not described.
inline constexpr unsigned LayoutScalars = 64;

} // namespace cuport

#endif
