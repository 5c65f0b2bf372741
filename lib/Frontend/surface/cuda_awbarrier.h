// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_CUDA_AWBARRIER_H
#define CUPORT_SURFACE_CUDA_AWBARRIER_H

#include <cuda_awbarrier_primitives.h>

namespace nvcuda {
namespace experimental {

class awbarrier {
public:
  class arrival_token {};
  __device__ arrival_token arrive();
  __device__ arrival_token arrive_and_drop();
  __device__ bool timed_wait(arrival_token token, unsigned int hint);
  __device__ void wait(arrival_token token);
  __device__ void arrive_and_wait();
  __host__ static constexpr unsigned int max();
};
__device__ void init(awbarrier *barrier, unsigned int count);

} // namespace experimental
} // namespace nvcuda

#endif
