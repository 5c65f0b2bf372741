// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "OwnedLaunch.h"

#include <cstring>

namespace cuport::cpu {

OwnedLaunch::OwnedLaunch(const cuport_launch &from) : launch(from) {
  const cuport_kernel &kernel = *launch.kernel;
  // Large enough for what a vector type may ask of its alignment.
  constexpr size_t Alignment = 64;
  size_t bytes = 0;
  auto place = [&](uint32_t size) {
    size_t at = bytes;
    bytes += (size + Alignment - 1) & ~(Alignment - 1);
    return at;
  };
  for (uint32_t i = 0; i < kernel.parameter_count; ++i)
    place(kernel.parameter_sizes[i]);
  storage.reset(new (std::align_val_t(Alignment)) char[bytes + Alignment]);
  pointers.resize(kernel.parameter_count);
  bytes = 0;
  for (uint32_t i = 0; i < kernel.parameter_count; ++i) {
    pointers[i] = storage.get() + place(kernel.parameter_sizes[i]);
    std::memcpy(pointers[i], from.arguments[i], kernel.parameter_sizes[i]);
  }
  launch.arguments = pointers.data();
}

} // namespace cuport::cpu
