// Lanes and warps computed with 32: through variables, calls, fields, templates, macros and constants. Other 32s stay.
// RUN: not %cuport report %s --format=json > %t.json
// RUN: %python %S/Inputs/places.py %t.json warp-index warp-constant | FileCheck %s --implicit-check-not=warp-
// Alone they find the same.
// RUN: not %cuport report %s --rules=warp-index,warp-constant --format=json > %t.json
// RUN: %python %S/Inputs/places.py %t.json warp-index warp-constant | FileCheck %s --implicit-check-not=warp-

#include <cuda_runtime.h>
#include <cooperative_groups.h>
#define WARP_SIZE 32
// CHECK: [[#@LINE-1]]:19: warp-constant WARP_SIZE
constexpr int LogWarp = 5;
// CHECK: [[#@LINE-1]]:25: warp-constant LogWarp
// CHECK: [[#@LINE+1]]:30: warp-index LANE_OF(tid)
#define LANE_OF(t) ((int)(t) % 32)
const int Columns = 32; // the width of a table, not of a warp

__device__ int laneOf(int thread) {
  // CHECK: [[#@LINE+1]]:17: warp-index thread & 31
  return thread & 31;
}

struct Place {
  int thread;
  // CHECK: [[#@LINE+1]]:47: warp-index thread >> LogWarp
  __device__ int warp() const { return thread >> LogWarp; }
};

// CHECK: [[#@LINE+1]]:23: warp-constant Width
template <int Width = 32> __device__ int inTemplate() {
  // CHECK: [[#@LINE+1]]:22: warp-index threadIdx.x / Width
  return threadIdx.x / Width;
}

__global__ void kernel(int *out, int n, int pitch) {
  int tid = blockIdx.x * blockDim.x + threadIdx.x;
  // CHECK: [[#@LINE+1]]:18: warp-index tid % WARP_SIZE
  int lane = tid % WARP_SIZE;
  int flat = threadIdx.y * blockDim.x + threadIdx.x;
  // CHECK: [[#@LINE+1]]:19: warp-index flat / 32u
  int warp = flat / 32u;
  // CHECK: [[#@LINE+1]]:33: warp-index (blockDim.x + 31) / 32
  int warps = (blockDim.x + 31) / 32;
  int again = LANE_OF(tid);
  int column = n % 32, row = n / 32, word = n >> 5, bit = n & 31;  // n is no thread
  int at = (tid * 4) % 32;                                         // nor is this
  int cell = (row * pitch + threadIdx.x) % Columns;                // a row as wide as its pitch
  int right = tid % warpSize, too = tid / warpSize;
  Place place;
  place.thread = threadIdx.x;
  auto block = cooperative_groups::this_thread_block();
  // CHECK: [[#@LINE+1]]:36: warp-index block.thread_rank() % 32
  int ranked = block.thread_rank() % 32;
  tid /= 2;
  out[laneOf(threadIdx.x)] = lane + warp + warps + again + column + word + bit + at + cell + right + too + place.warp() +
                             inTemplate<>() + ranked;
}

template <class T, int Table = 128> __global__ void words(unsigned *bits, T *table) {
  int idx = blockIdx.x * blockDim.x + threadIdx.x, tid = threadIdx.x;
  atomicOr(bits, 1u << (idx & 31)); // the bit of a word
  // CHECK: [[#@LINE+1]]:29: warp-index tid & 31
  atomicOr(bits, 1u << (tid & 31));
  table[tid % (Table / 4)] = 0; // columns of a table
}

int host(int tid) { return tid % 32; } // no device code
