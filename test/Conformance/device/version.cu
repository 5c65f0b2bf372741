// cudaRuntimeGetVersion, cudaDriverGetVersion: 1000 * major + 10 * minor
// RUN: %conformance %s

#include "Check.h"

int main() {
  int runtime = 0, driver = 0;
  CHECK_OK(cudaRuntimeGetVersion(&runtime));
  CHECK_OK(cudaDriverGetVersion(&driver));
  CHECK(runtime >= 1000 && driver >= runtime);
  CHECK_IS(cudaErrorInvalidValue, cudaRuntimeGetVersion(nullptr));
}
