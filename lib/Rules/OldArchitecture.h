// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Conditions on a __CUDA_ARCH__ so old that every card of HIP has what it asks for: whether code for a card is compiled is all that
// they tell apart.
//
//   #if __CUDA_ARCH__ >= 120                                      ->  #if __HIP_DEVICE_COMPILE__
//   #if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ < 130            ->  #if !defined(__HIP_DEVICE_COMPILE__) || !__HIP_DEVICE_COMPILE__

#ifndef CUPORT_RULES_OLDARCHITECTURE_H
#define CUPORT_RULES_OLDARCHITECTURE_H

#include "Rules/Rule.h"

#include <optional>

namespace cuport {

/// What becomes of the __CUDA_ARCH__ at Index in D; nothing where another one in D is compared with something else, or none is compared.
std::optional<Edit> oldArchitectureEdit(const FileView &File, const Directive &D, size_t Index);

/// Whether D has places that become something.
bool asksForOldArchitecture(const FileView &File, const Directive &D);

} // namespace cuport

#endif
