// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Queues, memory, the version, and sizes of buffers, of which none is needed.

#include "Image.h"
#include "libs/Operation.h"

#include <atomic>
#include <map>
#include <mutex>
#include <tuple>

using namespace cuport;
using namespace cuport::npp;

static std::atomic<cudaStream_t> &theStream() {
  static auto &stream = *new std::atomic<cudaStream_t>{nullptr};
  return stream;
}

cudaStream_t npp::currentStream() { return theStream(); }

NppStatus Call::unsupported() const {
  libs::logUnsupported(name);
  return NPP_NOT_SUPPORTED_MODE_ERROR;
}

NppStatus Call::queue(const Task &task) const {
  static auto &kernels = *new std::map<const char *, const void *>;
  static auto &mutex = *new std::mutex;
  const void *kernel;
  {
    std::lock_guard lock(mutex);
    const void *&known = kernels[name];
    if (!known)
      known = libs::makeKernel(
          name, sizeof(Task), 0,
          [](void *const *arguments) { static_cast<const Task *>(arguments[0])->run(static_cast<const Task *>(arguments[0])->body); },
          [](void *const *arguments, cuport_block *) { static_cast<const Task *>(arguments[0])->run(static_cast<const Task *>(arguments[0])->body); });
    kernel = known;
  }
  void *arguments[] = {const_cast<Task *>(&task)};
  return cudaLaunchKernel(kernel, dim3(1), dim3(1), arguments, 0, stream) ? NPP_CUDA_KERNEL_EXECUTION_ERROR : NPP_SUCCESS;
}

const NppLibraryVersion *nppGetLibVersion() {
  static const NppLibraryVersion version{NPP_VER_MAJOR, NPP_VER_MINOR, NPP_VER_PATCH};
  return &version;
}

cudaStream_t nppGetStream() { return currentStream(); }
NppStatus nppSetStream(cudaStream_t stream) {
  theStream() = stream;
  return NPP_SUCCESS;
}

/// Of the current device; 0 where it does not say.
static int attribute(cudaDeviceAttr which) {
  int device, value;
  return cudaGetDevice(&device) || cudaDeviceGetAttribute(&value, which, device) ? 0 : value;
}
int nppGetGpuNumSMs() { return attribute(cudaDevAttrMultiProcessorCount); }
int nppGetMaxThreadsPerBlock() { return attribute(cudaDevAttrMaxThreadsPerBlock); }
int nppGetMaxThreadsPerSM() { return attribute(cudaDevAttrMaxThreadsPerMultiProcessor); }
const char *nppGetGpuName() {
  static thread_local cudaDeviceProp properties;
  int device;
  return cudaGetDevice(&device) || cudaGetDeviceProperties(&properties, device) ? "" : properties.name;
}

NppStatus nppGetStreamContext(NppStreamContext *context) {
  if (!context)
    return NPP_NULL_POINTER_ERROR;
  *context = {};
  context->hStream = currentStream();
  if (cudaGetDevice(&context->nCudaDeviceId))
    return NPP_ERROR;
  context->nMultiProcessorCount = nppGetGpuNumSMs();
  context->nMaxThreadsPerMultiProcessor = nppGetMaxThreadsPerSM();
  context->nMaxThreadsPerBlock = nppGetMaxThreadsPerBlock();
  context->nSharedMemPerBlock = size_t(attribute(cudaDevAttrMaxSharedMemoryPerBlock));
  context->nCudaDevAttrComputeCapabilityMajor = attribute(cudaDevAttrComputeCapabilityMajor);
  context->nCudaDevAttrComputeCapabilityMinor = attribute(cudaDevAttrComputeCapabilityMinor);
  return cudaStreamGetFlags(context->hStream, &context->nStreamFlags) ? NPP_ERROR : NPP_SUCCESS;
}

void nppiFree(void *data) { cudaFree(data); }
void nppsFree(void *data) { cudaFree(data); }

namespace cuport::npp::nppi {

struct Malloc {
  template <class V> typename V::From *operator()(V, const Call &, int width, int height, int *step) const {
    void *data = nullptr;
    size_t pitch = 0;
    if (!step || width <= 0 || height <= 0 || cudaMallocPitch(&data, &pitch, size_t(width) * V::from * sizeof(typename V::From), size_t(height)))
      return nullptr;
    *step = int(pitch);
    return static_cast<typename V::From *>(data);
  }
};

struct BufferSize {
  template <class V, class Size, class... Rest> NppStatus operator()(V, const Call &, Size, Rest... rest) const {
    auto *bytes = std::get<sizeof...(Rest) - 1>(std::tuple(rest...));
    if (!bytes)
      return NPP_NULL_POINTER_ERROR;
    // Programs allocate that much, so it is not 0.
    *bytes = 16;
    return NPP_SUCCESS;
  }
};

} // namespace cuport::npp::nppi

namespace cuport::npp::npps {

struct Malloc {
  template <class V> typename V::From *operator()(V, const Call &, size_t count) const {
    void *data = nullptr;
    return count && !cudaMalloc(&data, count * sizeof(typename V::From)) ? static_cast<typename V::From *>(data) : nullptr;
  }
};

struct BufferSize : nppi::BufferSize {};

} // namespace cuport::npp::npps

#define CUPORT_NPPI_Malloc
#define CUPORT_NPPI_BufferSize
#define CUPORT_NPPS_Malloc
#define CUPORT_NPPS_BufferSize
#include "NppEntries.inc"
