#include <hip/hip_runtime.h>
#ifdef __HIPCC__
int inKernelCode(void *p) { return cudaFree(p); }
#else
int elsewhere(void *p) { return cudaFree(p); }
#endif
