// cudaGetLastError forgets, cudaPeekAtLastError does not; a success leaves an error in place
// RUN: %conformance %s

#include "Check.h"

int main() {
  int device = 0;
  CHECK_OK(cudaGetLastError());
  CHECK(cudaSetDevice(-1) == cudaErrorInvalidDevice);
  CHECK_OK(cudaGetDevice(&device));
  CHECK_IS(cudaErrorInvalidDevice, cudaPeekAtLastError());
  CHECK_IS(cudaErrorInvalidDevice, cudaPeekAtLastError());
  CHECK_IS(cudaErrorInvalidDevice, cudaGetLastError());
  CHECK_OK(cudaGetLastError());
}
