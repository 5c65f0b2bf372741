// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Conditions on __CUDA_ARCH__ that tell apart no more than whether code for a card is compiled: those that ask whether it is defined, and
// those on an architecture so old that every card of HIP has what they ask for.
//
//   #ifdef __CUDA_ARCH__                                          ->  #ifdef __HIP_DEVICE_COMPILE__
//   #if __CUDA_ARCH__ >= 120                                      ->  #if __HIP_DEVICE_COMPILE__
//   #if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ < 130            ->  #if !defined(__HIP_DEVICE_COMPILE__) || !__HIP_DEVICE_COMPILE__

#ifndef CUPORT_RULES_DEVICEPASS_H
#define CUPORT_RULES_DEVICEPASS_H

#include "Rules/Rule.h"

#include <optional>

namespace cuport {

/// What becomes of the __CUDA_ARCH__ at Index in D; nothing where one in D is compared with something else, or where code behind D ends in
/// an #error, which a comparison there may lead to.
std::optional<Edit> devicePassEdit(const FileView &File, const Directive &D, size_t Index);

/// Whether D has places that become something.
bool asksForDevicePass(const FileView &File, const Directive &D);

} // namespace cuport

#endif
