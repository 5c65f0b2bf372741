// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// In device code nvcc does without the word template in front of a member template's name; what reads so and compares stays.
// RUN: %cuport-cc -std=c++17 -Werror %s -o %t && %t | FileCheck %s
// What lines say stays.
// RUN: not %cuport-cc -std=c++17 -fsyntax-only -DWRONG %s 2>&1 | FileCheck %s --check-prefix=LINE

#include <cstdio>

template <class T, class U> struct Cast {
  template <size_t N> __host__ __device__ static void to(T *into, const U *from) {
    for (size_t i = 0; i < N; ++i)
      into[i] = T(from[i]);
  }
  template <int Times> __host__ __device__ static T times(U x) { return T(x * Times); }
  static constexpr int Small = 1;
};

template <> template <> __host__ __device__ void Cast<char, char>::to<9>(char *into, const char *) { *into = 9; }

template <class T, class U, size_t Count> __device__ void convert(T *into, const U *from) {
  Cast<T, U>::to<Count>(into, from);
  if (Count == 4)
    Cast<T, U>::to<(Count + 1) / 5>(into, from);
  into[3] = Cast<T, U>::times<2>(from[3]) + Cast<T, U>::template times<3>(from[3]);
  into[2] = (Cast<T, U>::Small < Count) + 2 * (Cast<T, U>::Small<Count && Count>(2));
#ifdef WRONG
  missing; // LINE: template-keyword.cu:[[#@LINE]]:3: error: use of undeclared identifier 'missing'
#endif
}

__global__ void kernel(float *into, const int *from) { convert<float, int, 4>(into, from); }

int main() {
  float *into;
  int *from;
  cudaMallocManaged(&into, 4 * sizeof(float));
  cudaMallocManaged(&from, 4 * sizeof(int));
  for (int i = 0; i < 4; ++i)
    from[i] = i + 1;
  kernel<<<1, 1>>>(into, from);
  cudaDeviceSynchronize();
  char special;
  Cast<char, char>::to<9>(&special, &special);
  // CHECK: 1 2 3 20 9
  printf("%g %g %g %g %d\n", into[0], into[1], into[2], into[3], special);
}
