// cudaMalloc aligns, cudaFree takes null, sizes of 0 are no error
// RUN: %conformance %s

#include "Check.h"

#include <cstdint>

int main() {
  char *one = nullptr, *two = nullptr;
  CHECK_OK(cudaMalloc(&one, 1));
  CHECK_OK(cudaMalloc(&two, 1000));
  CHECK(one && two && one != two);
  CHECK(reinterpret_cast<std::uintptr_t>(one) % 256 == 0 && reinterpret_cast<std::uintptr_t>(two) % 256 == 0);
  CHECK_OK(cudaFree(one));
  CHECK_OK(cudaFree(two));
  CHECK_OK(cudaFree(nullptr));
  CHECK_IS(cudaErrorInvalidValue, cudaMalloc(static_cast<void **>(nullptr), 4));
  int local = 0;
  CHECK_IS(cudaErrorInvalidValue, cudaFree(&local));
}
