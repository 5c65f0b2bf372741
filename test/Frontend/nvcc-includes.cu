// nvcc's cuda_runtime.h brings <cmath>, <cstdlib>, <new> and <utility>: code that leans on it has no error for it.
// RUN: %cuport report %s --format=json | %python -c "import json, sys; print(json.load(sys.stdin)['files'][0]['state'])" | grep -qx parsed
#include <cuda_fp16.h>

int host(int a, int b) {
  std::swap(a, b);
  std::pair<int, float> both(std::min<int>(a, b), std::sqrt(2.0f));
  try {
    return std::max(a, std::abs(b)) + std::isnan(both.second) + std::rand();
  } catch (const std::bad_alloc &) {
    return std::numeric_limits<int>::max();
  }
}
