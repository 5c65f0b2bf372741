#include <hipfft/hipfft.h>
#include <stdio.h>

int main() {
  hipfftHandle plan;
  printf("plan: %d\n", hipfftPlan1d(&plan, -1, HIPFFT_C2C, 1));
  return 0;
}
