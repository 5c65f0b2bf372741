// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_CUDA_PIPELINE_H
#define CUPORT_SURFACE_CUDA_PIPELINE_H

#include <cuda_pipeline_primitives.h>

namespace nvcuda {
namespace experimental {

class pipeline {
public:
  __device__ size_t commit();
  __device__ void commit_and_wait();
  __device__ void wait(size_t batch);
  template <unsigned int Prior> __device__ void wait_prior();
};

template <class T> __device__ void memcpy_async(T &destination, const T &source, pipeline &pipe);

} // namespace experimental
} // namespace nvcuda

#endif
