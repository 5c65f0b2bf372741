// nvcc's own include brings <assert.h>, so a kernel may use assert without an include.
// RUN: %cuport translate %s --dry-run
__global__ void checked(int *p) { assert(p != nullptr); }
void host(int *p) { assert(p); }
