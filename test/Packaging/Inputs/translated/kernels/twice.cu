__global__ void twice(int *values) { values[threadIdx.x] *= 2; }
void launchTwice(int *values, int count) { twice<<<1, count>>>(values); }
