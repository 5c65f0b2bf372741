// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A call of a library's function as an operation of a stream.
//
//   cublasSgemm(handle, ...) --> checks --> a closure of values --> launched as a kernel of one thread, "cublasSgemm"
//
// So it has a kernel's order, goes into graphs, is recorded by cuport verify with the memory that it changed, and may touch device
// memory where the host may not. A backend that runs no kernels of CUDA's answers that it is not supported.

#ifndef CUPORT_LIBS_OPERATION_H
#define CUPORT_LIBS_OPERATION_H

#include "runtime/KernelImage.h"

#include <cuda_runtime_api.h>

#include <type_traits>

namespace cuport::libs {

/// What is launched for a kernel with one argument of \p size bytes, that lives as long as the process. \p name lives as long, and
/// \p flags are cuport_kernel_flags.
const void *makeKernel(const char *name, uint32_t size, uint32_t flags, decltype(cuport_kernel::thread) thread,
                       decltype(cuport_kernel::block) block);

/// Queues \p body in the stream. It is copied as bytes, and runs in another thread as a rule. A closure's type has one kernel, so
/// one name and one set of flags.
template <class Body> cudaError_t enqueue(cudaStream_t stream, const char *name, const Body &body, uint32_t flags = 0) {
  static_assert(std::is_trivially_copyable_v<Body> && std::is_trivially_destructible_v<Body> && alignof(Body) <= 16);
  static const void *const kernel = makeKernel(
      name, sizeof(Body), flags, [](void *const *arguments) { (*static_cast<const Body *>(arguments[0]))(); },
      [](void *const *arguments, cuport_block *) { (*static_cast<const Body *>(arguments[0]))(); });
  void *arguments[] = {const_cast<Body *>(&body)};
  return cudaLaunchKernel(kernel, dim3(1), dim3(1), arguments, 0, stream);
}

/// Says once on stderr that \p what is not supported.
void logUnsupported(const char *what);

} // namespace cuport::libs

#endif
