// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cufftXt's transforms on several devices. Their memory is the host's, so a descriptor's array is in one piece, in its natural order, of which
// each device has a part: kernels on each may work on what is theirs. Between devices nothing else orders it, so a transform waits for
// what they have to do, and is waited for.

#include "Plan.h"

#include "libs/Operation.h"

#include <algorithm>
#include <set>

using namespace cuport;
using namespace cuport::fft;

namespace {

/// Makes each device current in turn, and the one before again.
template <class Body> cudaError_t onEach(const std::vector<int> &devices, Body body) {
  int before = 0;
  cudaError_t error = cudaGetDevice(&before);
  for (int device : devices)
    if (!error && !(error = cudaSetDevice(device)))
      error = body();
  cudaSetDevice(before);
  return error;
}

cufftResult statusOf(cudaError_t error) {
  return error == cudaSuccess ? CUFFT_SUCCESS : error == cudaErrorMemoryAllocation ? CUFFT_ALLOC_FAILED : CUFFT_EXEC_FAILED;
}

/// What a descriptor keeps of a plan; behind the one that users see.
struct Descriptor {
  cudaLibXtDesc shown{};
  cudaXtDesc parts{};
};

/// Bytes of an array that holds what goes in and what comes out, in place.
size_t bytesOf(const Shape &shape) {
  bool isReal = toComplex(shape.type) || toReal(shape.type);
  int64_t complexes = shape.elements() / shape.size[shape.rank - 1] * (isReal ? shape.half() : shape.size[shape.rank - 1]) * shape.batch;
  return size_t(complexes) * 2 * (isDouble(shape.type) ? sizeof(double) : shape.stored == Stored::AsCalculated ? sizeof(float) : 2);
}

void *dataOf(const cudaLibXtDesc *descriptor) { return descriptor && descriptor->descriptor ? descriptor->descriptor->data[0] : nullptr; }

cufftResult execute(cufftHandle handle, const char *name, const cufftType *type, cudaLibXtDesc *input, cudaLibXtDesc *output, int direction) {
  Plan plan;
  if (cufftResult status = made(handle, plan))
    return status;
  if (type && plan.shape.type != *type)
    return CUFFT_INVALID_PLAN;
  if (!dataOf(input) || !dataOf(output))
    return CUFFT_INVALID_VALUE;
  if (cudaError_t error = onEach(plan.devices, cudaDeviceSynchronize))
    return statusOf(error);
  if (cufftResult status = run(plan, name, dataOf(input), dataOf(output), directionOf(plan.shape.type, direction)))
    return status;
  return statusOf(cudaStreamSynchronize(plan.stream));
}

} // namespace

cufftResult cufftXtSetGPUs(cufftHandle handle, int count, int *devices) {
  int there = 0;
  cudaGetDeviceCount(&there);
  if (count < 1 || count > int(std::size(cudaXtDesc().GPUs)) || !devices)
    return CUFFT_INVALID_VALUE;
  std::set<int> different(devices, devices + count);
  if (int(different.size()) != count || *different.begin() < 0 || *different.rbegin() >= there)
    return CUFFT_INVALID_DEVICE;
  return withPlan(handle, [&](Plan &plan) {
    if (plan.isMade)
      return CUFFT_INVALID_PLAN;
    plan.devices.assign(devices, devices + count);
    return CUFFT_SUCCESS;
  });
}

cufftResult cufftXtMalloc(cufftHandle handle, cudaLibXtDesc **descriptor, cufftXtSubFormat format) {
  Plan plan;
  if (cufftResult status = made(handle, plan))
    return status;
  if (!descriptor)
    return CUFFT_INVALID_VALUE;
  if (plan.devices.empty())
    plan.devices = {0};
  auto *allocated = new Descriptor;
  const size_t bytes = bytesOf(plan.shape);
  void *data = nullptr;
  if (cudaError_t error = onEach({plan.devices[0]}, [&] { return cudaMalloc(&data, bytes); })) {
    delete allocated;
    return statusOf(error);
  }
  // Whole rows of the first dimension, or, where there is but one, numbers.
  int64_t rows = plan.shape.rank > 1 || plan.shape.batch == 1 ? plan.shape.size[0] : plan.shape.batch;
  size_t row = std::max<size_t>(1, bytes / rows), at = 0;
  cudaXtDesc &parts = allocated->parts;
  parts.nGPUs = int(plan.devices.size());
  for (int i = 0; i < parts.nGPUs; ++i) {
    size_t end = i == parts.nGPUs - 1 ? bytes : std::min(bytes, row * (rows * (i + 1) / parts.nGPUs));
    parts.GPUs[i] = plan.devices[i];
    parts.data[i] = static_cast<char *>(data) + at;
    parts.size[i] = end - at;
    at = end;
  }
  allocated->shown.descriptor = &parts;
  allocated->shown.library = LIB_FORMAT_CUFFT;
  allocated->shown.subFormat = format;
  *descriptor = &allocated->shown;
  return CUFFT_SUCCESS;
}

cufftResult cufftXtFree(cudaLibXtDesc *descriptor) {
  if (!descriptor)
    return CUFFT_SUCCESS;
  cudaError_t error = cudaFree(dataOf(descriptor));
  delete reinterpret_cast<Descriptor *>(descriptor);
  return statusOf(error);
}

cufftResult cufftXtMemcpy(cufftHandle handle, void *to, void *from, cufftXtCopyType type) {
  Plan plan;
  if (cufftResult status = made(handle, plan))
    return status;
  if (!to || !from)
    return CUFFT_INVALID_VALUE;
  if (cudaError_t error = onEach(plan.devices, cudaDeviceSynchronize))
    return statusOf(error);
  auto device = [](void *descriptor) { return dataOf(static_cast<cudaLibXtDesc *>(descriptor)); };
  size_t bytes = bytesOf(plan.shape);
  switch (type) {
  case CUFFT_COPY_HOST_TO_DEVICE:
    return statusOf(cudaMemcpy(device(to), from, bytes, cudaMemcpyHostToDevice));
  case CUFFT_COPY_DEVICE_TO_HOST:
    return statusOf(cudaMemcpy(to, device(from), bytes, cudaMemcpyDeviceToHost));
  case CUFFT_COPY_DEVICE_TO_DEVICE:
    return statusOf(cudaMemcpy(device(to), device(from), bytes, cudaMemcpyDeviceToDevice));
  default:
    return CUFFT_INVALID_VALUE;
  }
}

cufftResult cufftXtExecDescriptor(cufftHandle plan, cudaLibXtDesc *input, cudaLibXtDesc *output, int direction) {
  return execute(plan, "cufftXtExecDescriptor", nullptr, input, output, direction);
}
#define OF_BOTH(name)                                                                                                    \
  cufftResult cufftXtExecDescriptor##name(cufftHandle plan, cudaLibXtDesc *input, cudaLibXtDesc *output, int direction) {                  \
    static constexpr cufftType type = CUFFT_##name;                                                                      \
    return execute(plan, "cufftXtExecDescriptor" #name, &type, input, output, direction);                                \
  }
#define OF_ONE(name, direction)                                                                                          \
  cufftResult cufftXtExecDescriptor##name(cufftHandle plan, cudaLibXtDesc *input, cudaLibXtDesc *output) {               \
    static constexpr cufftType type = CUFFT_##name;                                                                      \
    return execute(plan, "cufftXtExecDescriptor" #name, &type, input, output, direction);                                \
  }
OF_BOTH(C2C)
OF_BOTH(Z2Z)
OF_ONE(R2C, CUFFT_FORWARD)
OF_ONE(D2Z, CUFFT_FORWARD)
OF_ONE(C2R, CUFFT_INVERSE)
OF_ONE(Z2D, CUFFT_INVERSE)
