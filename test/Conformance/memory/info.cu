// cudaMemGetInfo counts what is allocated
// RUN: %conformance %s

#include "Check.h"

int main() {
  size_t before = 0, after = 0, total = 0;
  char *memory = nullptr;
  CHECK_OK(cudaMemGetInfo(&before, &total));
  CHECK(before <= total && total > 0);
  CHECK_OK(cudaMalloc(&memory, size_t(16) << 20));
  CHECK_OK(cudaMemGetInfo(&after, &total));
  CHECK(after + (size_t(16) << 20) <= before);
  CHECK_OK(cudaFree(memory));
}
