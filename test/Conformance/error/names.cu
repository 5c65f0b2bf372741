// cudaGetErrorName and cudaGetErrorString
// RUN: %conformance %s

#include "Check.h"

#include <cstring>

int main() {
  CHECK(!std::strcmp(cudaGetErrorName(cudaSuccess), "cudaSuccess"));
  CHECK(!std::strcmp(cudaGetErrorName(cudaErrorInvalidValue), "cudaErrorInvalidValue"));
  CHECK(!std::strcmp(cudaGetErrorName(cudaErrorNotSupported), "cudaErrorNotSupported"));
  CHECK(!std::strcmp(cudaGetErrorString(cudaSuccess), "no error"));
  CHECK(cudaGetErrorString(cudaErrorMemoryAllocation)[0]);
  CHECK(!std::strcmp(cudaGetErrorName(cudaError_t(12345)), "unrecognized error code"));
}
