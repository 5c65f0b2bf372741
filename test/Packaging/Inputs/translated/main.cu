#include <cstdio>
__global__ void say(int value) { printf("kernel: %d\n", value); }
int sumOfTwice(int count);
int main() {
  say<<<1, 1>>>(sumOfTwice(10));
  return cudaDeviceSynchronize();
}
