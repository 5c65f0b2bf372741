// Small programs with one mistake each: built as they are they are right, built with -DPLANTED each has its mistake. The argument says
// which one runs.

#include <cuda_runtime.h>

#include <cstdio>
#include <cstdlib>

#ifdef PLANTED
#define RIGHT_OR_WRONG(right, wrong) wrong
#else
#define RIGHT_OR_WRONG(right, wrong) right
#endif

constexpr int N = 512;

static float *floats(int count = N) {
  float *device, *host = new float[count];
  for (int i = 0; i < count; ++i)
    host[i] = 0.5f * (i * 37 % 101) - 20;
  cudaMalloc(&device, count * sizeof(float));
  cudaMemcpy(device, host, count * sizeof(float), cudaMemcpyHostToDevice);
  delete[] host;
  return device;
}

template <class T> static T *zeros(int count = N) {
  T *device;
  cudaMalloc(&device, count * sizeof(T));
  cudaMemset(device, 0, count * sizeof(T));
  return device;
}

__global__ void reverse(float *out, const float *in) {
  __shared__ float tile[256];
  const int t = threadIdx.x;
  tile[t] = in[t];
  RIGHT_OR_WRONG(__syncthreads(), ;);
  out[t] = tile[255 - t];
}
static void droppedBarrier() { reverse<<<1, 256>>>(zeros<float>(), floats()); }

__global__ void rankOf(int *out, const float *in) {
  const int t = threadIdx.x, lane = t % 32;
  const unsigned positive = __ballot_sync(0xffffffff, in[t] > 0);
  out[t] = __popc(positive & ((1u << lane) - RIGHT_OR_WRONG(1, 2)));
}
static void wrongMask() { rankOf<<<1, 256>>>(zeros<int>(), floats()); }

__global__ void smooth(float *out, const float *in, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x + 1;
  if (i < n - RIGHT_OR_WRONG(1, 2))
    out[i] = (in[i - 1] + in[i] + in[i + 1]) / 3;
}
static void offByOne() { smooth<<<2, 256>>>(zeros<float>(), floats(), N); }

__global__ void subtract(float *out, const float *a, const float *b) { out[threadIdx.x] = a[threadIdx.x] - 2 * b[threadIdx.x]; }
static void swappedArgument() {
  float *a = floats(), *b = zeros<float>(), *out = zeros<float>();
  subtract<<<1, 256>>>(out, RIGHT_OR_WRONG(a, b), RIGHT_OR_WRONG(b, a));
}

__global__ void harmonic(double *out) {
  RIGHT_OR_WRONG(double, float) sum = 0;
  for (int k = 1; k <= 50 + int(threadIdx.x); ++k)
    sum += RIGHT_OR_WRONG(1.0, 1.0f) / k;
  out[threadIdx.x] = sum;
}
static void precisionLoss() { harmonic<<<1, 256>>>(zeros<double>()); }

__global__ void warpSum(float *out, const float *in) {
  float value = in[threadIdx.x];
  for (int d = 16; d; d /= 2)
    value += __shfl_down_sync(0xffffffff, value, d, RIGHT_OR_WRONG(32, 16));
  if (threadIdx.x % 32 == 0)
    out[threadIdx.x / 32] = value;
}
static void wrongShuffleWidth() { warpSum<<<1, 256>>>(zeros<float>(), floats()); }

__global__ void ratio(float *out, int whole) { out[threadIdx.x] = RIGHT_OR_WRONG(float(threadIdx.x), int(threadIdx.x)) / whole; }
static void missingCast() { ratio<<<1, 256>>>(zeros<float>(), 256); }

__global__ void transpose(float *out, const float *in, int width, int height) {
  const int x = threadIdx.x, y = threadIdx.y;
  if (x < width && y < height)
    out[x * RIGHT_OR_WRONG(height, width) + y] = in[y * width + x];
}
static void wrongStride() { transpose<<<1, dim3(16, 8)>>>(zeros<float>(), floats(), 16, 8); }

__global__ void doubled(float *out, const float *in, int n) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  if (i < n)
    out[i] = 2 * in[i];
}
static void wrongLaunchShape() { doubled<<<RIGHT_OR_WRONG(3, 2), 200>>>(zeros<float>(), floats(), N); }

__global__ void weighted(float *out, const float *in, const float *weight) { out[threadIdx.x] = in[threadIdx.x] * weight[threadIdx.x % 4]; }
static void missingCopy() {
  const float weight[4] = {1, 2, 3, 4};
  float *device = zeros<float>(4);
  RIGHT_OR_WRONG(cudaMemcpy(device, weight, sizeof weight, cudaMemcpyHostToDevice), ;);
  weighted<<<1, 256>>>(zeros<float>(), floats(), device);
}

__constant__ float low = -1, high = 1;
__global__ void clampTo(float *out, const float *in) { out[threadIdx.x] = fminf(fmaxf(in[threadIdx.x], low), high); }
static void wrongSymbol() {
  const float value = 7;
  cudaMemcpyToSymbol(RIGHT_OR_WRONG(high, low), &value, sizeof value);
  clampTo<<<1, 256>>>(zeros<float>(), floats());
}

__constant__ float step;
__global__ void advance(float *state) { state[threadIdx.x] += step; }
static void staleConstant() {
  float *state = floats(), now = 0.25f;
  cudaMemcpyToSymbol(step, &now, sizeof now);
  advance<<<1, 256>>>(state);
  now = RIGHT_OR_WRONG(0.5f, 0.25f);
  cudaMemcpyToSymbol(step, &now, sizeof now);
  advance<<<1, 256>>>(state);
}

__global__ void produce(float *data) { data[threadIdx.x] = threadIdx.x; }
__global__ void consume(float *out, const float *data) { out[threadIdx.x] = data[threadIdx.x] + 1; }
static void missingStreamWait() {
  cudaStream_t first, second;
  cudaEvent_t made;
  cudaStreamCreateWithFlags(&first, cudaStreamNonBlocking);
  cudaStreamCreateWithFlags(&second, cudaStreamNonBlocking);
  cudaEventCreate(&made);
  float *data = zeros<float>(), *out = zeros<float>();
  cudaDeviceSynchronize();
  produce<<<1, 256, 0, first>>>(data);
  cudaEventRecord(made, first);
  RIGHT_OR_WRONG(cudaStreamWaitEvent(second, made, 0), ;);
  consume<<<1, 256, 0, second>>>(out, data);
  cudaDeviceSynchronize();
}

__global__ void runningSum(int *out) {
  RIGHT_OR_WRONG(int, short) sum = 0;
  for (int k = 0; k <= int(threadIdx.x); ++k)
    sum += k * 2;
  out[threadIdx.x] = sum;
}
static void integerOverflow() { runningSum<<<1, 256>>>(zeros<int>()); }

__global__ void largest(int *out, const float *in) { RIGHT_OR_WRONG(atomicMax, atomicExch)(out, int(in[threadIdx.x])); }
static void wrongAtomic() { largest<<<1, 256>>>(zeros<int>(1), floats()); }

__global__ void accumulate(float *sum, const float *in) { sum[threadIdx.x] += in[threadIdx.x]; }
static void uninitialised() {
  float *sum;
  cudaMalloc(&sum, 256 * sizeof(float));
  RIGHT_OR_WRONG(cudaMemset(sum, 0, 256 * sizeof(float)), ;);
  accumulate<<<1, 256>>>(sum, floats());
}

__global__ void negated(float *out, const float *in) { out[threadIdx.x] = -in[threadIdx.x]; }
static void shortCopy() {
  float host[256], *device = zeros<float>(256);
  for (int i = 0; i < 256; ++i)
    host[i] = i + 1;
  cudaMemcpy(device, host, RIGHT_OR_WRONG(sizeof host, sizeof host / sizeof(float)), cudaMemcpyHostToDevice);
  negated<<<1, 256>>>(zeros<float>(), device);
}

__global__ void gradient(float *out) {
  const int x = RIGHT_OR_WRONG(threadIdx.x, threadIdx.y), y = RIGHT_OR_WRONG(threadIdx.y, threadIdx.x);
  out[threadIdx.y * blockDim.x + threadIdx.x] = x * 0.5f + y;
}
static void swappedDimensions() { gradient<<<1, dim3(16, 16)>>>(zeros<float>()); }

__global__ void shifted(float *out, const float *in, int n) {
  const int i = threadIdx.x;
  out[i] = in[RIGHT_OR_WRONG(max(i - 1, 0), (i + n - 1) % n)];
}
static void wrongBoundary() { shifted<<<1, 256>>>(zeros<float>(), floats(), 256); }

__global__ void quantise(int *out, const float *in) { out[threadIdx.x] = RIGHT_OR_WRONG(__float2int_rn, __float2int_rz)(in[threadIdx.x] * 0.7f); }
static void wrongRounding() { quantise<<<1, 256>>>(zeros<int>(), floats()); }

__global__ void highest(float *out, const float *in, int n) {
  float most = RIGHT_OR_WRONG(in[0], 0);
  for (int i = 0; i < n; ++i)
    most = fmaxf(most, in[i]);
  out[threadIdx.x] = most;
}
static void wrongStart() {
  float *in = floats(4); // all of them negative
  highest<<<1, 32>>>(zeros<float>(), in, 2);
}

struct Particle {
  float x, y;
  int cell;
};
__global__ void place(Particle *particles, float width) {
  Particle &p = particles[threadIdx.x];
  p.x = threadIdx.x * 0.25f;
  p.y = threadIdx.x * 0.5f;
  p.cell = int(RIGHT_OR_WRONG(p.x, p.y) / width);
}
static void wrongField() { place<<<1, 256>>>(zeros<Particle>(), 4); }

int main(int, char **arguments) {
  void (*const programs[])() = {droppedBarrier, wrongMask,         offByOne,      swappedArgument, precisionLoss,   wrongShuffleWidth,
                                missingCast,    wrongStride,       wrongLaunchShape, missingCopy,  wrongSymbol,     staleConstant,
                                missingStreamWait, integerOverflow, wrongAtomic,  uninitialised,   shortCopy,       swappedDimensions,
                                wrongBoundary,  wrongRounding,     wrongStart,    wrongField};
  programs[std::atoi(arguments[1])]();
  cudaDeviceSynchronize();
  std::puts(cudaGetErrorString(cudaGetLastError()));
}
