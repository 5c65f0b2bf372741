// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// __device__, __constant__ and __managed__ variables by their names in host code.

#include "Copy.h"
#include "Kernel.h"

using namespace cuport;

cudaError_t cuport::placeIn(const void *symbol, size_t offset, size_t count, char *&place) {
  const cuport_variable *variable;
  if (cudaError_t error = variableOf(symbol, variable))
    return error;
  if (offset > variable->size || count > variable->size - offset)
    return cudaErrorInvalidValue;
  place = static_cast<char *>(variable->address) + offset;
  return cudaSuccess;
}

namespace {

cudaError_t toSymbol(cudaStream_t handle, const void *symbol, const void *source, size_t count, size_t offset,
                     cudaMemcpyKind kind, Wait wait) {
  return onStream(handle, [&](Stream &stream) {
    char *place;
    CopyBox box;
    if (kind != cudaMemcpyHostToDevice && kind != cudaMemcpyDeviceToDevice && kind != cudaMemcpyDefault)
      return cudaErrorInvalidMemcpyDirection;
    if (cudaError_t error = placeIn(symbol, offset, count, place))
      return error;
    if (cudaError_t error = checkedLine(place, source, count, kind, box))
      return error;
    return transfer(stream, box, wait);
  });
}

cudaError_t fromSymbol(cudaStream_t handle, void *destination, const void *symbol, size_t count, size_t offset,
                       cudaMemcpyKind kind, Wait wait) {
  return onStream(handle, [&](Stream &stream) {
    char *place;
    CopyBox box;
    if (kind != cudaMemcpyDeviceToHost && kind != cudaMemcpyDeviceToDevice && kind != cudaMemcpyDefault)
      return cudaErrorInvalidMemcpyDirection;
    if (cudaError_t error = placeIn(symbol, offset, count, place))
      return error;
    if (cudaError_t error = checkedLine(destination, place, count, kind, box))
      return error;
    return transfer(stream, box, wait);
  });
}

} // namespace

cudaError_t cudaMemcpyToSymbol(const void *symbol, const void *source, size_t count, size_t offset, cudaMemcpyKind kind) {
  return toSymbol(nullptr, symbol, source, count, offset, kind, Wait::AsSynchronousCopies);
}

cudaError_t cudaMemcpyToSymbolAsync(const void *symbol, const void *source, size_t count, size_t offset,
                                    cudaMemcpyKind kind, cudaStream_t stream) {
  return toSymbol(stream, symbol, source, count, offset, kind, Wait::No);
}

cudaError_t cudaMemcpyFromSymbol(void *destination, const void *symbol, size_t count, size_t offset, cudaMemcpyKind kind) {
  return fromSymbol(nullptr, destination, symbol, count, offset, kind, Wait::AsSynchronousCopies);
}

cudaError_t cudaMemcpyFromSymbolAsync(void *destination, const void *symbol, size_t count, size_t offset,
                                      cudaMemcpyKind kind, cudaStream_t stream) {
  return fromSymbol(stream, destination, symbol, count, offset, kind, Wait::No);
}

cudaError_t cudaGetSymbolAddress(void **address, const void *symbol) {
  return api([&](Device &) {
    const cuport_variable *variable;
    if (!address)
      return cudaErrorInvalidValue;
    if (cudaError_t error = variableOf(symbol, variable))
      return error;
    *address = variable->address;
    return cudaSuccess;
  });
}

cudaError_t cudaGetSymbolSize(size_t *size, const void *symbol) {
  return api([&](Device &) {
    const cuport_variable *variable;
    if (!size)
      return cudaErrorInvalidValue;
    if (cudaError_t error = variableOf(symbol, variable))
      return error;
    *size = variable->size;
    return cudaSuccess;
  });
}
