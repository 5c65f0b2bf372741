// Thrust's headers and names are the same in HIP: as-is, and seen. The file has an output like any other.
// RUN: rm -rf %t && %cuport translate %s -o %t && cmp %s %t/thrust-only.cu
// RUN: %cuport report %s --format=json --target=cuda | FileCheck %s --match-full-lines --implicit-check-not='"as-is": 0'
// CHECK: "as-is": 5,
#include <thrust/copy.h>
#include <thrust/device_vector.h>

void copyOver(thrust::device_vector<int> &from, thrust::device_vector<int> &to) {
  thrust::copy(from.begin(), from.end(), to.begin());
}
