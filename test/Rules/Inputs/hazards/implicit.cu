#include <vector> // HAZARD: lang-implicit-headers runtime-include
__global__ void kernel(float *x) {}
