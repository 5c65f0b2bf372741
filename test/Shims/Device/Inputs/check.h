// What the kernels of this folder's tests share: a count of checks, the first failures by name, and numbers by chance.

#pragma once

#define CHECK(condition, ...)                                    \
  do {                                                           \
    ++*checked;                                                  \
    if (!(condition) && ++*wrong <= 10) {                        \
      printf("line %d: ", __LINE__);                             \
      printf(__VA_ARGS__);                                       \
      printf("\n");                                              \
    }                                                            \
  } while (0)

struct random_bits {
  unsigned long long state;
  __device__ unsigned long long next() { // splitmix64
    unsigned long long z = state += 0x9e3779b97f4a7c15ull;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
  }
};
