// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Copies of three dimensions and from and to arrays.

#include "Copy.h"

#include <algorithm>

using namespace cuport;

cudaError_t cuport::sideOf(cudaArray_const_t handle, size_t x, size_t y, size_t z, size_t width, size_t height, size_t depth,
                           Side &side) {
  const cudaArray *array;
  if (cudaError_t error = arrayOf(handle, array))
    return error;
  if (x + width > array->extent.width * array->elementSize || y + height > array->rows || z + depth > array->slices)
    return cudaErrorInvalidValue;
  side.pointer = reinterpret_cast<char *>(array->data) + z * array->slicePitch + y * array->rowPitch + x;
  side.pitch = array->rowPitch;
  side.slice = array->slicePitch;
  side.array = true;
  return cudaSuccess;
}

cudaError_t cuport::checkedBox(const cudaMemcpy3DParms &parameters, CopyBox &box) {
  const cudaMemcpy3DParms &p = parameters;
  // Each side is an array or a pointer, never both.
  if (!p.srcArray == !p.srcPtr.ptr || !p.dstArray == !p.dstPtr.ptr)
    return cudaErrorInvalidValue;
  size_t elementSize = 1;
  for (cudaArray_const_t handle : {cudaArray_const_t(p.srcArray), cudaArray_const_t(p.dstArray)}) {
    const cudaArray *array;
    if (!handle)
      continue;
    if (cudaError_t error = arrayOf(handle, array))
      return error;
    if (elementSize != 1 && elementSize != array->elementSize)
      return cudaErrorInvalidValue;
    elementSize = array->elementSize;
  }
  size_t width = p.extent.width * elementSize;
  auto side = [&](cudaArray_t array, const cudaPos &position, const cudaPitchedPtr &pointer, Side &result) {
    if (array)
      return sideOf(array, position.x * elementSize, position.y, position.z, width, p.extent.height, p.extent.depth, result);
    result.pitch = pointer.pitch;
    result.slice = pointer.pitch * pointer.ysize;
    result.pointer =
        static_cast<char *>(pointer.ptr) + position.z * result.slice + position.y * result.pitch + position.x;
    // With more than one slice, ysize has to be the true height.
    if (p.extent.depth > 1 && pointer.ysize < p.extent.height)
      return cudaErrorInvalidValue;
    return cudaSuccess;
  };
  Side source, destination;
  if (cudaError_t error = side(p.srcArray, p.srcPos, p.srcPtr, source))
    return error;
  if (cudaError_t error = side(p.dstArray, p.dstPos, p.dstPtr, destination))
    return error;
  return checkedBox(destination, source, width, p.extent.height, p.extent.depth, p.kind, box);
}

namespace {

cudaError_t copy3D(cudaStream_t handle, const cudaMemcpy3DParms *parameters, Wait wait) {
  return onStream(handle, [&](Stream &stream) {
    CopyBox box;
    if (!parameters)
      return cudaErrorInvalidValue;
    if (cudaError_t error = checkedBox(*parameters, box))
      return error;
    return transfer(stream, box, wait);
  });
}

cudaError_t copy3DPeer(cudaStream_t handle, const cudaMemcpy3DPeerParms *parameters, Wait wait) {
  if (!parameters)
    return noted(cudaErrorInvalidValue);
  cudaMemcpy3DParms plain{};
  plain.srcArray = parameters->srcArray;
  plain.srcPos = parameters->srcPos;
  plain.srcPtr = parameters->srcPtr;
  plain.dstArray = parameters->dstArray;
  plain.dstPos = parameters->dstPos;
  plain.dstPtr = parameters->dstPtr;
  plain.extent = parameters->extent;
  plain.kind = cudaMemcpyDefault;
  return copy3D(handle, &plain, wait);
}

cudaError_t toArray(cudaStream_t handle, cudaArray_t destination, size_t x, size_t y, const void *source, size_t pitch,
                    size_t width, size_t height, cudaMemcpyKind kind, Wait wait) {
  return onStream(handle, [&](Stream &stream) {
    Side side;
    CopyBox box;
    if (width > pitch)
      return cudaErrorInvalidPitchValue;
    if (cudaError_t error = sideOf(destination, x, y, 0, width, height, 1, side))
      return error;
    if (cudaError_t error = checkedBox(side, {static_cast<char *>(const_cast<void *>(source)), pitch, 0, false}, width,
                                       height, 1, kind, box))
      return error;
    return transfer(stream, box, wait);
  });
}

cudaError_t fromArray(cudaStream_t handle, void *destination, size_t pitch, cudaArray_const_t source, size_t x, size_t y,
                      size_t width, size_t height, cudaMemcpyKind kind, Wait wait) {
  return onStream(handle, [&](Stream &stream) {
    Side side;
    CopyBox box;
    if (width > pitch)
      return cudaErrorInvalidPitchValue;
    if (cudaError_t error = sideOf(source, x, y, 0, width, height, 1, side))
      return error;
    if (cudaError_t error =
            checkedBox({static_cast<char *>(destination), pitch, 0, false}, side, width, height, 1, kind, box))
      return error;
    return transfer(stream, box, wait);
  });
}

// The old forms copy `count` bytes that run on from row to row: the rest of a row, whole rows, the begin of a row.
template <class Piece> cudaError_t byRows(cudaArray_const_t handle, size_t x, size_t y, size_t count, Piece &&piece) {
  const cudaArray *array;
  if (cudaError_t error = arrayOf(handle, array))
    return noted(error);
  size_t row = array->extent.width * array->elementSize;
  if (x >= row && count)
    return noted(cudaErrorInvalidValue);
  for (size_t done = 0; done < count;) {
    size_t width = std::min(row - x, count - done);
    size_t height = x == 0 && count - done >= row ? (count - done) / row : 1;
    if (cudaError_t error = piece(done, x, y, width, height))
      return error;
    done += width * height;
    y += height;
    x = 0;
  }
  return cudaSuccess;
}

cudaError_t lineToArray(cudaStream_t handle, cudaArray_t destination, size_t x, size_t y, const void *source, size_t count,
                        cudaMemcpyKind kind, Wait wait) {
  return byRows(destination, x, y, count, [&](size_t done, size_t x, size_t y, size_t width, size_t height) {
    return toArray(handle, destination, x, y, static_cast<const char *>(source) + done, width, width, height, kind, wait);
  });
}

cudaError_t lineFromArray(cudaStream_t handle, void *destination, cudaArray_const_t source, size_t x, size_t y, size_t count,
                          cudaMemcpyKind kind, Wait wait) {
  return byRows(source, x, y, count, [&](size_t done, size_t x, size_t y, size_t width, size_t height) {
    return fromArray(handle, static_cast<char *>(destination) + done, width, source, x, y, width, height, kind, wait);
  });
}

} // namespace

cudaError_t cudaMemcpy3D(const cudaMemcpy3DParms *parameters) {
  return copy3D(nullptr, parameters, Wait::AsSynchronousCopies);
}

cudaError_t cudaMemcpy3DAsync(const cudaMemcpy3DParms *parameters, cudaStream_t stream) {
  return copy3D(stream, parameters, Wait::No);
}

cudaError_t cudaMemcpy3DPeer(const cudaMemcpy3DPeerParms *parameters) {
  return copy3DPeer(nullptr, parameters, Wait::AsSynchronousCopies);
}

cudaError_t cudaMemcpy3DPeerAsync(const cudaMemcpy3DPeerParms *parameters, cudaStream_t stream) {
  return copy3DPeer(stream, parameters, Wait::No);
}

cudaError_t cudaMemcpy2DToArray(cudaArray_t destination, size_t x, size_t y, const void *source, size_t pitch, size_t width,
                                size_t height, cudaMemcpyKind kind) {
  return toArray(nullptr, destination, x, y, source, pitch, width, height, kind, Wait::AsSynchronousCopies);
}

cudaError_t cudaMemcpy2DToArrayAsync(cudaArray_t destination, size_t x, size_t y, const void *source, size_t pitch,
                                     size_t width, size_t height, cudaMemcpyKind kind, cudaStream_t stream) {
  return toArray(stream, destination, x, y, source, pitch, width, height, kind, Wait::No);
}

cudaError_t cudaMemcpy2DFromArray(void *destination, size_t pitch, cudaArray_const_t source, size_t x, size_t y,
                                  size_t width, size_t height, cudaMemcpyKind kind) {
  return fromArray(nullptr, destination, pitch, source, x, y, width, height, kind, Wait::AsSynchronousCopies);
}

cudaError_t cudaMemcpy2DFromArrayAsync(void *destination, size_t pitch, cudaArray_const_t source, size_t x, size_t y,
                                       size_t width, size_t height, cudaMemcpyKind kind, cudaStream_t stream) {
  return fromArray(stream, destination, pitch, source, x, y, width, height, kind, Wait::No);
}

cudaError_t cudaMemcpy2DArrayToArray(cudaArray_t destination, size_t destinationX, size_t destinationY,
                                     cudaArray_const_t source, size_t sourceX, size_t sourceY, size_t width, size_t height,
                                     cudaMemcpyKind kind) {
  return onStream(nullptr, [&](Stream &stream) {
    Side to, from;
    CopyBox box;
    if (cudaError_t error = sideOf(destination, destinationX, destinationY, 0, width, height, 1, to))
      return error;
    if (cudaError_t error = sideOf(source, sourceX, sourceY, 0, width, height, 1, from))
      return error;
    if (cudaError_t error = checkedBox(to, from, width, height, 1, kind, box))
      return error;
    return transfer(stream, box, Wait::AsSynchronousCopies);
  });
}

cudaError_t cudaMemcpyToArray(cudaArray_t destination, size_t x, size_t y, const void *source, size_t count,
                              cudaMemcpyKind kind) {
  return lineToArray(nullptr, destination, x, y, source, count, kind, Wait::AsSynchronousCopies);
}

cudaError_t cudaMemcpyToArrayAsync(cudaArray_t destination, size_t x, size_t y, const void *source, size_t count,
                                   cudaMemcpyKind kind, cudaStream_t stream) {
  return lineToArray(stream, destination, x, y, source, count, kind, Wait::No);
}

cudaError_t cudaMemcpyFromArray(void *destination, cudaArray_const_t source, size_t x, size_t y, size_t count,
                                cudaMemcpyKind kind) {
  return lineFromArray(nullptr, destination, source, x, y, count, kind, Wait::AsSynchronousCopies);
}

cudaError_t cudaMemcpyFromArrayAsync(void *destination, cudaArray_const_t source, size_t x, size_t y, size_t count,
                                     cudaMemcpyKind kind, cudaStream_t stream) {
  return lineFromArray(stream, destination, source, x, y, count, kind, Wait::No);
}
