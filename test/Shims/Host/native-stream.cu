// The vendor's own calls in a stream of CUDA's, in its order. The double's function stands for a kernel that was written anew.
// RUN: %cuport-cc --target=ascend -O1 %s -o %t -L%build-root/declared/ascend/lib -lascendcl
// RUN: env LD_LIBRARY_PATH=%build-root/declared/ascend/lib %t | FileCheck %s
// RUN: env CUPORT_BACKEND=cpu LD_LIBRARY_PATH=%build-root/declared/ascend/lib %t | FileCheck --check-prefix=CPU %s

#include <cuport/native_stream.h>

#include <chrono>
#include <cstdio>
#include <thread>

extern "C" int aclrtMemsetAsync(void *to, size_t room, int value, size_t size, void *stream);

static void linger(void *) { std::this_thread::sleep_for(std::chrono::milliseconds(50)); }

static int answer(cudaStream_t stream) {
  unsigned char *data, *pinned;
  cudaMalloc(&data, 64);
  cudaMallocHost(&pinned, 64);
  pinned[0] = 9;
  cudaLaunchHostFunc(stream, linger, nullptr);
  cudaMemcpyAsync(data, pinned, 64, cudaMemcpyHostToDevice, stream);
  void *native = nullptr;
  if (cudaError_t error = cuportStreamGetNative(stream, &native))
    return -int(error);
  aclrtMemsetAsync(data, 64, 42, 64, native);
  cudaMemcpyAsync(pinned, data, 64, cudaMemcpyDeviceToHost, stream);
  cudaStreamSynchronize(stream);
  int result = pinned[0];
  cudaFree(data);
  cudaFreeHost(pinned);
  return result;
}

int main() {
  cudaStream_t stream;
  cudaStreamCreate(&stream);
  // CHECK: 42 42 1
  // CPU: -801 -801 1
  std::printf("%d ", answer(stream));
  std::printf("%d ", answer(0));
  std::printf("%d\n", cuportStreamGetNative(stream, nullptr));
  cudaStreamDestroy(stream);
}
