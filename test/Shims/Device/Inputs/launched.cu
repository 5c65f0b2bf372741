// A kernel that another file's kernel launches.
__global__ void elsewhere(int *sum, int what) { atomicAdd(sum, what); }
