#include <cufft.h>
#include <stdio.h>

int main() {
  cufftHandle plan;
  printf("plan: %d\n", cufftPlan1d(&plan, 16, CUFFT_C2C, 1));
  return 0;
}
