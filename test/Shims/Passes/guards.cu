// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Branches that block mode decides for a row of threads by its first and last one, and such that it may not: numbers that wrap
// around within the row, ways that others than neighbours take. What threads load some iterations later is asked for early.
// RUN: %cuport-cc -std=c++17 -O2 %s -o %t
// RUN: %t | FileCheck %s
// RUN: env CUPORT_MODE=thread %t | FileCheck %s
// CHECK: all as it should be

// RUN: %device-half -w -O2 -S -emit-llvm %s -o - | FileCheck %s --check-prefix=FETCH
// FETCH-LABEL: define internal {{.*}}@_Z3farPKdPdi.cuport.lockstep(
// FETCH: call void @llvm.prefetch
// FETCH-LABEL: define internal {{.*}}@_Z4nearPKdPdi.cuport.lockstep(
// FETCH-NOT: call void @llvm.prefetch
// FETCH-LABEL: define

#include <cstdio>
#include <vector>

constexpr unsigned Width = 96, Height = 3, Nearly = 2147483647u - 40; // a row after Nearly is negative

struct Below { // what most guards ask
  __host__ __device__ bool operator()(unsigned x, unsigned, int n) const { return int(x) < n; }
};
struct Between {
  __host__ __device__ bool operator()(unsigned x, unsigned y, int n) const { return x >= 2 && x < unsigned(n) && y < 2; }
};
struct NotOutside {
  __host__ __device__ bool operator()(unsigned x, unsigned, int n) const { return !(int(x) < 3 || int(x) * 3 > n); }
};
struct Falling {
  __host__ __device__ bool operator()(unsigned x, unsigned, int n) const { return n - 4 * int(x) > -9; }
};
struct Inverse { // true at both ends, mostly
  __host__ __device__ bool operator()(unsigned x, unsigned, int n) const { return int(x) < 5 || int(x) > n; }
};
struct NotOne {
  __host__ __device__ bool operator()(unsigned x, unsigned, int n) const { return int(x) != n / 2; }
};
struct WrapsBelow { // the first threads' number is huge
  __host__ __device__ bool operator()(unsigned x, unsigned, int n) const { return x - 5 < unsigned(n); }
};
struct WrapsSigned { // the first threads' number is below the limit, and the last ones', which is negative
  __host__ __device__ bool operator()(unsigned x, unsigned, int n) const { return int(Nearly + x) < int(Nearly + n / 4); }
};
struct WrapsWidened {
  __host__ __device__ bool operator()(unsigned x, unsigned, int n) const {
    return (long long)(int)(Nearly + x) * 2 < (long long)(Nearly + n / 4) * 2;
  }
};
struct Narrow { // 96 threads times 8 go round a byte three times
  __host__ __device__ bool operator()(unsigned x, unsigned, int n) const { return (unsigned char)(x * 8) < n; }
};
struct Even {
  __host__ __device__ bool operator()(unsigned x, unsigned, int) const { return x % 2 == 0; }
};
struct Product { // grows, but not by the same amount
  __host__ __device__ bool operator()(unsigned x, unsigned, int n) const { return int(x * x % 89) < n; }
};
struct Small {
  __host__ __device__ bool operator()(unsigned x, unsigned y, int n) const { return float(x) + float(y) < float(n); }
};

template <typename Condition> __global__ void mark(int *out, int n) {
  if (Condition()(threadIdx.x, threadIdx.y, n))
    out[threadIdx.y * Width + threadIdx.x] += 1;
}

/// The same as a loop's condition, which is asked until it does not hold.
template <typename Condition> __global__ void walk(int *out, int n) {
  __shared__ int unused[1]; // there is a point to cut at
  int steps = 0;
  for (unsigned x = threadIdx.x; x < Width && Condition()(x, threadIdx.y, n); x += 7)
    steps += 1;
  __syncthreads();
  if (steps < 0)
    unused[0] = steps;
  out[threadIdx.y * Width + threadIdx.x] += steps;
}

// Far from iteration to iteration, up to the last bytes of the memory, and not.
__global__ void far(const double *in, double *out, int count) {
  double sum = 0;
  for (int i = blockIdx.x * blockDim.x + threadIdx.x; i < count; i += gridDim.x * blockDim.x)
    sum += in[i];
  __syncthreads();
  out[blockIdx.x * blockDim.x + threadIdx.x] = sum;
}
__global__ void near(const double *in, double *out, int count) {
  double sum = 0;
  for (int i = threadIdx.x; i < count; i += 64)
    sum += in[i];
  __syncthreads();
  out[threadIdx.x] = sum;
}

static int wrong = 0;

template <typename Condition> static void compare(const char *name) {
  int *out;
  cudaMalloc(&out, Width * Height * sizeof(int));
  for (int n : {-20, 0, 1, 17, 95, 96, 97, 288, 1000}) {
    std::vector<int> marked(Width * Height), walked(marked);
    cudaMemset(out, 0, marked.size() * sizeof(int));
    mark<Condition><<<1, dim3(Width, Height)>>>(out, n);
    cudaMemcpy(marked.data(), out, marked.size() * sizeof(int), cudaMemcpyDeviceToHost);
    cudaMemset(out, 0, marked.size() * sizeof(int));
    walk<Condition><<<1, dim3(Width, Height)>>>(out, n);
    cudaMemcpy(walked.data(), out, walked.size() * sizeof(int), cudaMemcpyDeviceToHost);
    for (unsigned y = 0; y < Height; ++y)
      for (unsigned x = 0; x < Width; ++x) {
        int steps = 0;
        for (unsigned at = x; at < Width && Condition()(at, y, n); at += 7)
          ++steps;
        if (marked[y * Width + x] != Condition()(x, y, n) && ++wrong < 10)
          std::printf("%s, n = %d: (%u, %u) is wrong\n", name, n, x, y);
        if (walked[y * Width + x] != steps && ++wrong < 10)
          std::printf("%s, n = %d: (%u, %u) went %d steps, not %d\n", name, n, x, y, walked[y * Width + x], steps);
      }
  }
  cudaFree(out);
}

static void sum(const char *name, void (*kernel)(const double *, double *, int), int blocks, int threads, int step) {
  for (int count : {0, 1, 511, 512, 70000, 131072}) {
    std::vector<double> numbers(count), sums(blocks * threads), expected(sums.size());
    for (int i = 0; i < count; ++i) {
      numbers[i] = i % 1001;
      if (i % step < int(expected.size()))
        expected[i % step] += numbers[i];
    }
    double *in, *out;
    cudaMalloc(&in, count * sizeof(double) + 1);
    cudaMalloc(&out, sums.size() * sizeof(double));
    cudaMemcpy(in, numbers.data(), count * sizeof(double), cudaMemcpyHostToDevice);
    kernel<<<blocks, threads>>>(in, out, count);
    cudaMemcpy(sums.data(), out, sums.size() * sizeof(double), cudaMemcpyDeviceToHost);
    if (sums != expected && ++wrong < 10)
      std::printf("%s of %d: wrong\n", name, count);
    cudaFree(in);
    cudaFree(out);
  }
}

int main() {
  compare<Below>("below");
  compare<Between>("between");
  compare<NotOutside>("not outside");
  compare<Falling>("falling");
  compare<Inverse>("inverse");
  compare<NotOne>("not one");
  compare<WrapsBelow>("wraps below");
  compare<WrapsSigned>("wraps signed");
  compare<WrapsWidened>("wraps widened");
  compare<Narrow>("narrow");
  compare<Even>("even");
  compare<Product>("product");
  compare<Small>("small");
  sum("far", far, 4, 128, 512);
  sum("near", near, 1, 64, 64);
  if (!wrong)
    std::puts("all as it should be");
}
