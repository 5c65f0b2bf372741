// A header with a kernel in it is compiled by a host compiler, too, which leaves it out: what it names needs nothing at the link.
// RUN: %clangxx -std=c++17 -Wall -Werror -Wno-unused-function -I%toolkit/include/cuport %s -o %t
// RUN: %t

#include <cuda_runtime.h>

static __global__ void scale(float *values, int n) {
  for (unsigned i = threadIdx.x + blockIdx.x * blockDim.x; i < unsigned(n); i += gridDim.x * blockDim.x)
    values[i] *= warpSize;
}

int main() {}
