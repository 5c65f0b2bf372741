// The last error is each host thread's own
// RUN: %conformance %s

#include "Check.h"

#include <thread>

int main() {
  CHECK(cudaSetDevice(-1) == cudaErrorInvalidDevice);
  int seen = -1;
  std::thread([&] { seen = int(cudaGetLastError()); }).join();
  CHECK(seen == 0);
  CHECK_IS(cudaErrorInvalidDevice, cudaGetLastError());
}
