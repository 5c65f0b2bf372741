// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Copies of the driver API: by direction, by kind of memory, and by descriptor.

#include "Copy.h"
#include "Driver.h"

using namespace cuport;

namespace {

CUresult copyLine(CUstream handle, void *destination, const void *source, size_t size, cudaMemcpyKind kind, Wait wait) {
  return driver([&] {
    return onStream(handle, [&](Stream &stream) {
      CopyBox box;
      if (cudaError_t error = checkedLine(destination, source, size, kind, box))
        return error;
      return transfer(stream, box, wait);
    });
  });
}

// One side of a descriptor: host, device, unified or array, from byte x, row y, slice z.
struct DescribedSide {
  CUmemorytype type;
  const void *host;
  CUdeviceptr device;
  CUarray array;
  size_t x, y, z, pitch, rows;
};

cudaError_t sideOf(const DescribedSide &said, size_t width, size_t height, size_t depth, Side &side) {
  if (said.type == CU_MEMORYTYPE_ARRAY)
    return cuport::sideOf(arrayOf(said.array), said.x, said.y, said.z, width, height, depth, side);
  char *begin = said.type == CU_MEMORYTYPE_HOST ? static_cast<char *>(const_cast<void *>(said.host))
                                                : static_cast<char *>(pointerOf(said.device));
  if (said.type != CU_MEMORYTYPE_HOST && said.type != CU_MEMORYTYPE_DEVICE && said.type != CU_MEMORYTYPE_UNIFIED)
    return cudaErrorInvalidValue;
  // A pitch of 0 in a copy of one row means that rows follow each other.
  side.pitch = said.pitch ? said.pitch : said.x + width;
  side.slice = side.pitch * (said.rows ? said.rows : height);
  side.pointer = begin + said.z * side.slice + said.y * side.pitch + said.x;
  return cudaSuccess;
}

cudaMemcpyKind kindOf(CUmemorytype destination, CUmemorytype source) {
  auto host = [](CUmemorytype type) { return type == CU_MEMORYTYPE_HOST; };
  if (destination == CU_MEMORYTYPE_UNIFIED || source == CU_MEMORYTYPE_UNIFIED)
    return cudaMemcpyDefault;
  if (host(destination))
    return host(source) ? cudaMemcpyHostToHost : cudaMemcpyDeviceToHost;
  return host(source) ? cudaMemcpyHostToDevice : cudaMemcpyDeviceToDevice;
}

CUresult copyDescribed(CUstream handle, const DescribedSide &to, const DescribedSide &from, size_t width, size_t height,
                       size_t depth, Wait wait) {
  return driver([&] {
    return onStream(handle, [&](Stream &stream) {
      Side destination, source;
      CopyBox box;
      if (cudaError_t error = sideOf(to, width, height, depth, destination))
        return error;
      if (cudaError_t error = sideOf(from, width, height, depth, source))
        return error;
      if (cudaError_t error =
              checkedBox(destination, source, width, height, depth, kindOf(to.type, from.type), box))
        return error == cudaErrorInvalidPitchValue ? cudaErrorInvalidValue : error;
      return transfer(stream, box, wait);
    });
  });
}

CUresult copy2D(const CUDA_MEMCPY2D *c, CUstream stream, Wait wait) {
  if (!c)
    return CUDA_ERROR_INVALID_VALUE;
  return copyDescribed(
      stream, {c->dstMemoryType, c->dstHost, c->dstDevice, c->dstArray, c->dstXInBytes, c->dstY, 0, c->dstPitch, 0},
      {c->srcMemoryType, c->srcHost, c->srcDevice, c->srcArray, c->srcXInBytes, c->srcY, 0, c->srcPitch, 0}, c->WidthInBytes,
      c->Height, 1, wait);
}

template <class Descriptor> CUresult copy3D(const Descriptor *c, CUstream stream, Wait wait) {
  if (!c)
    return CUDA_ERROR_INVALID_VALUE;
  if (c->srcLOD || c->dstLOD)
    return CUDA_ERROR_INVALID_VALUE;
  return copyDescribed(stream,
                       {c->dstMemoryType, c->dstHost, c->dstDevice, c->dstArray, c->dstXInBytes, c->dstY, c->dstZ,
                        c->dstPitch, c->dstHeight},
                       {c->srcMemoryType, c->srcHost, c->srcDevice, c->srcArray, c->srcXInBytes, c->srcY, c->srcZ,
                        c->srcPitch, c->srcHeight},
                       c->WidthInBytes, c->Height, c->Depth, wait);
}

// A 1D array from a byte on.
CUresult copyArrayLine(CUstream handle, CUarray toArray, size_t toOffset, void *to, CUarray fromArray, size_t fromOffset,
                       const void *from, size_t size, Wait wait) {
  CUmemorytype toType = toArray ? CU_MEMORYTYPE_ARRAY : CU_MEMORYTYPE_UNIFIED;
  CUmemorytype fromType = fromArray ? CU_MEMORYTYPE_ARRAY : CU_MEMORYTYPE_UNIFIED;
  return copyDescribed(handle, {toType, nullptr, reinterpret_cast<CUdeviceptr>(to), toArray, toOffset, 0, 0, 0, 0},
                       {fromType, nullptr, reinterpret_cast<CUdeviceptr>(from), fromArray, fromOffset, 0, 0, 0, 0}, size, 1,
                       1, wait);
}

} // namespace

CUresult cuMemcpy(CUdeviceptr destination, CUdeviceptr source, size_t size) {
  return copyLine(nullptr, pointerOf(destination), pointerOf(source), size, cudaMemcpyDefault, Wait::AsSynchronousCopies);
}

CUresult cuMemcpyAsync(CUdeviceptr destination, CUdeviceptr source, size_t size, CUstream stream) {
  return copyLine(stream, pointerOf(destination), pointerOf(source), size, cudaMemcpyDefault, Wait::No);
}

CUresult cuMemcpyPeer(CUdeviceptr destination, CUcontext, CUdeviceptr source, CUcontext, size_t size) {
  return cuMemcpy(destination, source, size);
}

CUresult cuMemcpyPeerAsync(CUdeviceptr destination, CUcontext, CUdeviceptr source, CUcontext, size_t size,
                           CUstream stream) {
  return cuMemcpyAsync(destination, source, size, stream);
}

CUresult cuMemcpyHtoD_v2(CUdeviceptr destination, const void *source, size_t size) {
  return copyLine(nullptr, pointerOf(destination), source, size, cudaMemcpyHostToDevice, Wait::AsSynchronousCopies);
}

CUresult cuMemcpyDtoH_v2(void *destination, CUdeviceptr source, size_t size) {
  return copyLine(nullptr, destination, pointerOf(source), size, cudaMemcpyDeviceToHost, Wait::AsSynchronousCopies);
}

CUresult cuMemcpyDtoD_v2(CUdeviceptr destination, CUdeviceptr source, size_t size) {
  return copyLine(nullptr, pointerOf(destination), pointerOf(source), size, cudaMemcpyDeviceToDevice,
                  Wait::AsSynchronousCopies);
}

CUresult cuMemcpyHtoDAsync_v2(CUdeviceptr destination, const void *source, size_t size, CUstream stream) {
  return copyLine(stream, pointerOf(destination), source, size, cudaMemcpyHostToDevice, Wait::No);
}

CUresult cuMemcpyDtoHAsync_v2(void *destination, CUdeviceptr source, size_t size, CUstream stream) {
  return copyLine(stream, destination, pointerOf(source), size, cudaMemcpyDeviceToHost, Wait::No);
}

CUresult cuMemcpyDtoDAsync_v2(CUdeviceptr destination, CUdeviceptr source, size_t size, CUstream stream) {
  return copyLine(stream, pointerOf(destination), pointerOf(source), size, cudaMemcpyDeviceToDevice, Wait::No);
}

CUresult cuMemcpyHtoA_v2(CUarray array, size_t offset, const void *source, size_t size) {
  return copyArrayLine(nullptr, array, offset, nullptr, nullptr, 0, source, size, Wait::AsSynchronousCopies);
}

CUresult cuMemcpyAtoH_v2(void *destination, CUarray array, size_t offset, size_t size) {
  return copyArrayLine(nullptr, nullptr, 0, destination, array, offset, nullptr, size, Wait::AsSynchronousCopies);
}

CUresult cuMemcpyDtoA_v2(CUarray array, size_t offset, CUdeviceptr source, size_t size) {
  return copyArrayLine(nullptr, array, offset, nullptr, nullptr, 0, pointerOf(source), size, Wait::AsSynchronousCopies);
}

CUresult cuMemcpyAtoD_v2(CUdeviceptr destination, CUarray array, size_t offset, size_t size) {
  return copyArrayLine(nullptr, nullptr, 0, pointerOf(destination), array, offset, nullptr, size,
                       Wait::AsSynchronousCopies);
}

CUresult cuMemcpyAtoA_v2(CUarray to, size_t toOffset, CUarray from, size_t fromOffset, size_t size) {
  return copyArrayLine(nullptr, to, toOffset, nullptr, from, fromOffset, nullptr, size, Wait::AsSynchronousCopies);
}

CUresult cuMemcpyHtoAAsync_v2(CUarray array, size_t offset, const void *source, size_t size, CUstream stream) {
  return copyArrayLine(stream, array, offset, nullptr, nullptr, 0, source, size, Wait::No);
}

CUresult cuMemcpyAtoHAsync_v2(void *destination, CUarray array, size_t offset, size_t size, CUstream stream) {
  return copyArrayLine(stream, nullptr, 0, destination, array, offset, nullptr, size, Wait::No);
}

CUresult cuMemcpy2D_v2(const CUDA_MEMCPY2D *copy) { return copy2D(copy, nullptr, Wait::AsSynchronousCopies); }
CUPORT_SAME(cuMemcpy2DUnaligned_v2, cuMemcpy2D_v2);

CUresult cuMemcpy2DAsync_v2(const CUDA_MEMCPY2D *copy, CUstream stream) { return copy2D(copy, stream, Wait::No); }

CUresult cuMemcpy3D_v2(const CUDA_MEMCPY3D *copy) { return copy3D(copy, nullptr, Wait::AsSynchronousCopies); }

CUresult cuMemcpy3DAsync_v2(const CUDA_MEMCPY3D *copy, CUstream stream) { return copy3D(copy, stream, Wait::No); }

CUresult cuMemcpy3DPeer(const CUDA_MEMCPY3D_PEER *copy) { return copy3D(copy, nullptr, Wait::AsSynchronousCopies); }

CUresult cuMemcpy3DPeerAsync(const CUDA_MEMCPY3D_PEER *copy, CUstream stream) { return copy3D(copy, stream, Wait::No); }
