// Two parts of one device program.
#if PART == 1
extern __device__ int offset(int);
extern "C" __global__ void fill(int *out) { out[threadIdx.x] = offset(threadIdx.x); }
#else
__device__ int offset(int i) { return i + 5; }
#endif
