// Small programs that are right with warps of any width: the argument says which one runs.

#include <cuda_fp16.h>
#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>

constexpr int N = 1000, Threads = 256, Blocks = (N + Threads - 1) / Threads;

template <class T> static T *filled(int count = N) {
  T *device, *host = new T[count];
  for (int i = 0; i < count; ++i)
    host[i] = T(float(i * 37 % 101) / 7 - 5);
  cudaMalloc(&device, count * sizeof(T));
  cudaMemcpy(device, host, count * sizeof(T), cudaMemcpyHostToDevice);
  delete[] host;
  return device;
}

template <class T> static T *zeros(int count = N) {
  T *device;
  cudaMalloc(&device, count * sizeof(T));
  cudaMemset(device, 0, count * sizeof(T));
  return device;
}

template <class T> static void show(const T *device, int count) {
  T *host = new T[count];
  cudaMemcpy(host, device, count * sizeof(T), cudaMemcpyDeviceToHost);
  delete[] host;
}

template <class T> __global__ void axpy(T *y, const T *x, T a, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n)
    y[i] = a * x[i] + y[i];
}
static void scaleAndAdd() {
  float *y = filled<float>();
  axpy<<<Blocks, Threads>>>(y, filled<float>(), 2.5f, N);
  axpy<<<Blocks, Threads>>>(filled<double>(), filled<double>(), 0.3, N);
  show(y, N);
}

// The order of the sum depends on the width.
__global__ void sumOf(float *sum, const float *in, int n) {
  __shared__ float sums[Threads];
  const int i = blockIdx.x * blockDim.x + threadIdx.x, lane = threadIdx.x % warpSize;
  float value = i < n ? in[i] : 0;
  for (int d = warpSize / 2; d; d /= 2)
    value += __shfl_down_sync(0xffffffff, value, d);
  if (lane == 0)
    sums[threadIdx.x / warpSize] = value;
  __syncthreads();
  if (threadIdx.x == 0) {
    value = 0;
    for (int w = 0; w < Threads / warpSize; ++w)
      value += sums[w];
    atomicAdd(sum, value);
  }
}
static void sum() {
  float *total = zeros<float>(1);
  sumOf<<<Blocks, Threads>>>(total, filled<float>(), N);
  show(total, 1);
}

__global__ void scanOf(int *out, const int *in) {
  __shared__ int sums[Threads];
  const int t = threadIdx.x, lane = t % warpSize;
  int value = in[t];
  for (int d = 1; d < warpSize; d *= 2) {
    const int other = __shfl_up_sync(0xffffffff, value, d);
    value += lane >= d ? other : 0;
  }
  if (lane == warpSize - 1)
    sums[t / warpSize] = value;
  __syncthreads();
  for (int w = 0; w < t / warpSize; ++w)
    value += sums[w];
  out[t] = value;
}
static void scan() { scanOf<<<1, Threads>>>(zeros<int>(), filled<int>()); }

__global__ void histogramOf(unsigned *bins, const float *in, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n)
    atomicAdd(&bins[int(in[i] + 5)], 1u);
}
static void histogram() {
  unsigned *bins = zeros<unsigned>(16);
  histogramOf<<<Blocks, Threads>>>(bins, filled<float>(), N);
  show(bins, 16);
}

// The order of the list is nobody's to tell.
struct Entry {
  float value;
  char sign; // and padding
  int index;
};
__global__ void positives(Entry *list, int *count, const float *in, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n && in[i] > 0)
    list[atomicAdd(count, 1)] = {in[i], '+', i};
}
static void compact() { positives<<<Blocks, Threads>>>(zeros<Entry>(), zeros<int>(1), filled<float>(), N); }

__global__ void multiply(double *c, const double *a, const double *b, int n) {
  __shared__ double left[8][8], right[8][8];
  const int x = threadIdx.x, y = threadIdx.y, column = blockIdx.x * 8 + x, row = blockIdx.y * 8 + y;
  double sum = 0;
  for (int k = 0; k < n; k += 8) {
    left[y][x] = a[row * n + k + x];
    right[y][x] = b[(k + y) * n + column];
    __syncthreads();
    for (int i = 0; i < 8; ++i)
      sum += left[y][i] * right[i][x];
    __syncthreads();
  }
  c[row * n + column] = sum;
}
static void matrices() { multiply<<<dim3(3, 3), dim3(8, 8)>>>(zeros<double>(), filled<double>(), filled<double>(), 24); }

__global__ void halves(__half *out, const float *in) { out[threadIdx.x] = __hmul(__float2half(in[threadIdx.x]), __float2half(0.3f)); }
static void halfPrecision() { halves<<<1, Threads>>>(zeros<__half>(), filled<float>()); }

__device__ float total;
__managed__ int rounds;
__global__ void addTo(const float *in, int n) {
  for (int i = 0; i < n; ++i)
    total += in[i];
  ++rounds;
}
static void streams() {
  cudaStream_t first, second;
  cudaEvent_t done;
  cudaStreamCreate(&first);
  cudaStreamCreate(&second);
  cudaEventCreate(&done);
  float *in = filled<float>(), *pinned;
  cudaMallocHost(&pinned, sizeof(float));
  for (int i = 0; i < 3; ++i) {
    addTo<<<1, 1, 0, first>>>(in, 100);
    cudaEventRecord(done, first);
    cudaStreamWaitEvent(second, done, 0);
    cudaMemcpyFromSymbolAsync(pinned, total, sizeof total, 0, cudaMemcpyDeviceToHost, second);
    cudaStreamSynchronize(second);
    rounds += 10;
  }
}

struct Node {
  Node *next;
  const float *value;
};
__global__ void chain(Node *nodes, const float *values, int n) {
  const int i = threadIdx.x;
  nodes[i] = {i + 1 < n ? &nodes[i + 1] : nullptr, &values[i]};
}
__global__ void walk(float *out, const Node *first) {
  float sum = 0;
  for (const Node *node = first; node; node = node->next)
    sum += *node->value;
  *out = sum;
}
static void pointers() {
  Node *nodes = zeros<Node>(100);
  chain<<<1, 100>>>(nodes, filled<float>(), 100);
  walk<<<1, 1>>>(zeros<float>(1), nodes);
}

// Of each row of a pitched matrix the padding is nobody's, and a kernel that copies all of it does no harm.
__global__ void copyAll(float *out, const float *in, int n) {
  for (int i = threadIdx.x; i < n; i += blockDim.x)
    out[i] = in[i];
}
static void uninitialised() {
  float *in, *out, row[10] = {1, 2, 3};
  size_t pitch;
  cudaMallocPitch(&in, &pitch, sizeof row, 4);
  cudaMallocAsync(&out, 4 * pitch, 0);
  cudaMemcpy2D(in, pitch, row, sizeof row, sizeof row, 1, cudaMemcpyHostToDevice);
  copyAll<<<1, Threads>>>(out, in, int(4 * pitch / sizeof(float)));
  cudaFreeAsync(out, 0);
}

static void graph() {
  cudaStream_t stream;
  cudaStreamCreate(&stream);
  float *in = filled<float>();
  unsigned *bins = zeros<unsigned>(16);
  cudaGraph_t recorded;
  cudaGraphExec_t ready;
  cudaStreamBeginCapture(stream, cudaStreamCaptureModeGlobal);
  axpy<<<Blocks, Threads, 0, stream>>>(in, in, -0.5f, N);
  histogramOf<<<Blocks, Threads, 0, stream>>>(bins, in, 10);
  cudaStreamEndCapture(stream, &recorded);
  cudaGraphInstantiate(&ready, recorded, nullptr, nullptr, 0);
  cudaGraphLaunch(ready, stream);
  cudaGraphLaunch(ready, stream);
  cudaStreamSynchronize(stream);
  show(bins, 16);
}

int main(int, char **arguments) {
  void (*const programs[])() = {scaleAndAdd, sum, scan, histogram, compact, matrices, halfPrecision, streams, pointers, uninitialised, graph};
  programs[std::atoi(arguments[1])]();
  cudaDeviceSynchronize();
  std::puts(cudaGetErrorString(cudaGetLastError()));
}
