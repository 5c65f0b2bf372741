// A program without kernels does on the host's side of each card what it does on the CPU.
// RUN: %cuport-cc --target=ascend -O1 %s -lcuda -o %t
// RUN: env CUPORT_DEVICES=2 CUPORT_BACKEND=cpu %t
// RUN: env CUPORT_DEVICES=2 %on-ascend %t
// RUN: env CUPORT_DEVICES=2 %on-cambricon %t
// RUN: env CUPORT_DEVICES=2 %on-enflame %t
// RUN: env CUPORT_DEVICES=2 %on-kunlunxin %t

#include <cuda.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <thread>
#include <vector>

#define CHECK(condition)                                                                                                           \
  do {                                                                                                                             \
    if (!(condition)) {                                                                                                            \
      std::printf("line %d: %s\n", __LINE__, #condition);                                                                          \
      std::exit(1);                                                                                                                \
    }                                                                                                                              \
  } while (0)
#define OK(call) CHECK((call) == 0)

static std::vector<int> fetch(const void *device, size_t count) {
  std::vector<int> numbers(count);
  OK(cudaMemcpy(numbers.data(), device, count * sizeof(int), cudaMemcpyDeviceToHost));
  return numbers;
}

static void linger(void *flag) {
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  *static_cast<bool *>(flag) = true;
}

static void streams() {
  constexpr int N = 1 << 16;
  int *pinned, *back, *device;
  OK(cudaMallocHost(&pinned, N * sizeof(int)));
  OK(cudaMallocHost(&back, N * sizeof(int)));
  OK(cudaMalloc(&device, N * sizeof(int)));
  for (int i = 0; i < N; ++i)
    pinned[i] = i;
  cudaStream_t first, second;
  cudaEvent_t copied;
  OK(cudaStreamCreateWithFlags(&first, cudaStreamNonBlocking));
  OK(cudaStreamCreateWithFlags(&second, cudaStreamNonBlocking));
  OK(cudaEventCreateWithFlags(&copied, cudaEventDisableTiming));
  OK(cudaEventQuery(copied));
  static bool done = false;
  OK(cudaLaunchHostFunc(first, linger, &done));
  OK(cudaMemcpyAsync(device, pinned, N * sizeof(int), cudaMemcpyHostToDevice, first));
  OK(cudaEventRecord(copied, first));
  OK(cudaStreamWaitEvent(second, copied, 0));
  OK(cudaMemcpyAsync(back, device, N * sizeof(int), cudaMemcpyDeviceToHost, second));
  // Still waited for, as far as the host knows.
  OK(cudaEventDestroy(copied));
  OK(cudaStreamSynchronize(second));
  CHECK(done && back[N - 1] == N - 1);
  OK(cudaStreamQuery(second));
  OK(cudaStreamDestroy(first));
  OK(cudaStreamDestroy(second));
  OK(cudaFree(device));
  OK(cudaFreeHost(pinned));
  OK(cudaFreeHost(back));
}

static void copies() {
  int *device;
  OK(cudaMalloc(&device, 4096));
  std::vector<int> numbers(1024);
  for (int i = 0; i < 1024; ++i)
    numbers[i] = i;
  OK(cudaMemcpy(device, numbers.data(), 4096, cudaMemcpyHostToDevice));
  // Onto itself, forwards and backwards, and from addresses that are multiples of 4 only.
  OK(cudaMemcpy(device + 1, device, 400, cudaMemcpyDeviceToDevice));
  CHECK(fetch(device, 102)[100] == 99);
  OK(cudaMemcpy(device, device + 1, 400, cudaMemcpyDeviceToDevice));
  CHECK(fetch(device, 101)[99] == 99 && fetch(device, 101)[0] == 0);
  OK(cudaMemcpy(device + 501, device + 2, 400, cudaMemcpyDeviceToDevice));
  CHECK(fetch(device, 1024)[501] == 2);
  // A box of 3 rows in 2 slices.
  cudaPitchedPtr box;
  OK(cudaMalloc3D(&box, make_cudaExtent(20, 3, 2)));
  cudaMemcpy3DParms parameters = {};
  parameters.srcPtr = make_cudaPitchedPtr(numbers.data(), 20, 20, 3);
  parameters.dstPtr = box;
  parameters.extent = make_cudaExtent(20, 3, 2);
  parameters.kind = cudaMemcpyHostToDevice;
  OK(cudaMemcpy3D(&parameters));
  std::vector<int> out(30, -1);
  std::swap(parameters.srcPtr, parameters.dstPtr);
  parameters.dstPtr.ptr = out.data();
  parameters.kind = cudaMemcpyDeviceToHost;
  OK(cudaMemcpy3D(&parameters));
  CHECK(!std::memcmp(out.data(), numbers.data(), 120));
  OK(cudaFree(box.ptr));
  OK(cudaFree(device));
}

static void fills() {
  int *device, *pinned;
  OK(cudaMalloc(&device, 1 << 22));
  OK(cudaMemset(device, 7, 1 << 22));
  CHECK(fetch(device, 1 << 20)[(1 << 20) - 1] == 0x07070707);
  OK(cuMemsetD32((CUdeviceptr)device, 0x12345678, 1 << 20));
  CHECK(fetch(device, 1 << 20)[(1 << 20) - 1] == 0x12345678);
  OK(cuMemsetD16((CUdeviceptr)device, 0x0201, 3));
  CHECK(fetch(device, 2)[0] == 0x02010201 && fetch(device, 2)[1] == 0x12340201);
  OK(cudaMemset2D(device, 64, 1, 4, 2));
  CHECK(fetch(device, 17)[0] == 0x01010101 && fetch(device, 17)[1] == 0x12340201 && fetch(device, 17)[16] == 0x01010101);
  OK(cudaMallocHost(&pinned, 64));
  OK(cudaMemset(pinned, 3, 64));
  OK(cudaDeviceSynchronize());
  CHECK(pinned[15] == 0x03030303);
  OK(cudaFreeHost(pinned));
  OK(cudaFree(device));
}

static void devices() {
  int count = 0;
  OK(cudaGetDeviceCount(&count));
  CHECK(count == 2);
  int *here, *there;
  OK(cudaMalloc(&here, 4096));
  OK(cudaMemset(here, 9, 4096));
  OK(cudaSetDevice(1));
  OK(cudaMalloc(&there, 4096));
  OK(cudaMemcpyPeer(there, 1, here, 0, 4096));
  CHECK(fetch(there, 1024)[1023] == 0x09090909);
  std::thread([&] { // which begins on device 0
    int device = -1;
    OK(cudaGetDevice(&device));
    CHECK(device == 0);
    OK(cudaMemset(here, 1, 4096));
    CHECK(fetch(here, 1024)[0] == 0x01010101);
  }).join();
  OK(cudaFree(there));
  OK(cudaSetDevice(0));
  OK(cudaFree(here));
}

static void pools() {
  cudaStream_t stream;
  void *memory;
  OK(cudaStreamCreate(&stream));
  for (int i = 0; i < 3; ++i) {
    OK(cudaMallocAsync(&memory, 1 << 16, stream));
    OK(cudaMemsetAsync(memory, i, 1 << 16, stream));
    OK(cudaFreeAsync(memory, stream));
  }
  OK(cudaStreamSynchronize(stream));
  OK(cudaStreamDestroy(stream));
}

int main() {
  streams();
  copies();
  fills();
  devices();
  pools();
  OK(cudaDeviceReset());
}
