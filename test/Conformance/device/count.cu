// cudaGetDeviceCount, cudaGetDevice, cudaSetDevice
// RUN: %conformance %s

#include "Check.h"

int main() {
  int count = 0, device = -1;
  CHECK_OK(cudaGetDeviceCount(&count));
  CHECK(count >= 1);
  CHECK_OK(cudaGetDevice(&device));
  CHECK(device == 0);
  CHECK_OK(cudaSetDevice(count - 1));
  CHECK_OK(cudaGetDevice(&device));
  CHECK(device == count - 1);
  CHECK_IS(cudaErrorInvalidDevice, cudaSetDevice(count));
  CHECK_IS(cudaErrorInvalidDevice, cudaSetDevice(-1));
  CHECK_OK(cudaGetDevice(&device));
  CHECK(device == count - 1);
}
