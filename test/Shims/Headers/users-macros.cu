// A macro of the program's with an everyday name, before headers that it is no name of: NVIDIA's do not mind either.
// RUN: %cuport-cc -std=c++17 -fsyntax-only %s
#define N 1024
#define M 16
#define K 8
#define BLOCK 256
#define SIZE 32
#define row 7
#define P 11
#define R 12
#define D 13
#define block 3
#include <cooperative_groups.h>
#include <cooperative_groups/memcpy_async.h>
#include <cooperative_groups/reduce.h>
#include <cooperative_groups/scan.h>
#include <cuda/atomic>
#include <cuda/barrier>
#include <cuda_bf16.h>
#include <cuda_fp16.h>
#include <cuda_pipeline.h>
#define count 5
#include <curand_kernel.h>
#include <mma.h>
__global__ void kernel(int *out) { out[threadIdx.x] = N + M + K + BLOCK + SIZE + P + R + D + block + count + row; }
