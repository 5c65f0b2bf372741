// A line for each hazard of host code and of libraries that docs/Hazards.md says is found. HAZARD: its id, then the rule.
#include <cstdlib>
#include <cublas_v2.h>
#include <cuda.h>
#include <cudnn.h>
#include <cufftXt.h>
#include <cusolverDn.h>
#include <cusolverMg.h>
#include <cusparse.h>
#include <nccl.h>
#include <npp.h>
#include <nvml.h>
#include <thrust/execution_policy.h>

#define CUDA_API_PER_THREAD_DEFAULT_STREAM // HAZARD: api-default-stream-per-thread api-name
__constant__ float factors[16];
__global__ void kernel(float *x) {}
#define LAUNCH(n) kernel<<<n, 64>>>(0) // HAZARD: lang-launch-macro-commas kernel-launch

void launches(float *x) {
  kernel<<<1, 64>>>(x);                      // HAZARD: api-unchecked-launch kernel-launch
  kernel<<<1, 2048>>>(x);                    // HAZARD: api-block-size-over-target-limit kernel-launch
  kernel<<<1 << 30, 1024>>>(x);              // HAZARD: api-gridsize-limit kernel-launch
  kernel<<<1, 64, 96 * 1024>>>(x);           // HAZARD: mem-shared-over-64k kernel-launch
  cudaFuncSetAttribute(kernel,               // HAZARD: mem-funcsetattribute-ignored api-name
                       cudaFuncAttributeMaxDynamicSharedMemorySize, 4096);
  cudaFuncSetAttribute(kernel, cudaFuncAttributeMaxDynamicSharedMemorySize, 98304); // HAZARD: mem-shared-over-64k shared-memory
  cudaStream_t s;
  cudaStreamCreate(&s);                      // HAZARD: api-null-stream-interop default-stream
  cudaLaunchAttribute attribute;
  attribute.id = cudaLaunchAttributeProgrammaticStreamSerialization; // HAZARD: mma-pdl-launch-attributes api-name
  void *arguments[1];
  cudaLaunchCooperativeKernel(kernel, 1, 64, arguments, 0, s); // HAZARD: cg-grid-sync-launch api-name
}

int device(cudaDeviceProp prop, cudaPointerAttributes attributes) {
  if (prop.major >= 8)                       // HAZARD: api-compute-capability-logic field-meaning
    return prop.hostNumaId;                  // HAZARD: api-device-props-missing-fields field-meaning
  int major, blocks;
  cudaDeviceGetAttribute(&major, cudaDevAttrComputeCapabilityMajor, 0); // HAZARD: api-compute-capability-logic api-name
  cudaDeviceSetLimit(cudaLimitMallocHeapSize, 1 << 20); // HAZARD: api-device-limits-and-heap api-name
  cudaOccupancyMaxActiveBlocksPerMultiprocessor(&blocks, kernel, 64, 0); // HAZARD: api-occupancy-and-maxregcount api-name
  if (attributes.type == 2)                  // HAZARD: mem-pointer-attributes-enum field-meaning
    return min(blocks, 3u);                  // HAZARD: lang-host-global-minmax-isnan mixed-minmax
  return prop.sharedMemPerBlockOptin;        // HAZARD: mem-static-shared-limit-query field-meaning
}

void errors(CUcontext context) {
  cudaError_t e = cudaDeviceSynchronize();
  if (e == 700)                              // HAZARD: api-error-enum-values error-number
    exit(1);
  cuCtxPushCurrent(context);                 // HAZARD: api-cuda-driver-context api-name
  getenv("CUDA_VISIBLE_DEVICES");            // HAZARD: api-visible-devices-env environment-name
}

void copies(float *d, size_t n, cudaStream_t s, void *user) {
  float *h = (float *)malloc(n), *pageable = (float *)malloc(n);
  cudaMemcpyAsync(d, pageable, n, cudaMemcpyHostToDevice, s); // HAZARD: mem-memcpy-pageable-semantics pageable-copy
  cudaMemcpyToSymbol(factors, h, n);         // HAZARD: mem-symbol-by-name argument-change
  cudaMemcpyPeer(d, 0, d, 1, n);             // HAZARD: api-peer-access-p2p api-name
  size_t pitch;
  cudaMallocPitch(&d, &pitch, n, n);         // HAZARD: mem-pitch-and-alignment api-name
  cudaMallocManaged(&d, n);                  // HAZARD: mem-managed-migration api-name
  cudaHostRegister(h, n, 0);                 // HAZARD: mem-hostregister-flags api-name
  cudaFreeAsync(d, s);                       // HAZARD: mem-async-alloc-pools api-name
  cudaLaunchHostFunc(s, 0, user);            // HAZARD: api-stream-callback-constraints api-name
  cudaMemPrefetchAsync(d, n, cudaMemLocation(), 0, s); // HAZARD: mem-prefetch-advise-signature api-name
  cudaFuncSetCacheConfig(kernel, cudaFuncCachePreferL1); // HAZARD: mem-l2-persistence-and-cache-config api-name
  cudaIpcMemHandle_t handle;
  cudaIpcGetMemHandle(&handle, d);           // HAZARD: mem-vmm-ipc api-name
  cudaTextureDesc texture;
  texture.addressMode[0] = cudaAddressModeBorder; // HAZARD: tex-border-and-normalized-modes api-name
  cudaGraphConditionalHandle condition;      // HAZARD: api-graphs api-name
}

void modules(CUmodule *m, CUfunction *f) {
  cuModuleLoadData(m, "PTX");                // HAZARD: jit-ptx-module-load api-name
  cuModuleLoad(m, "kernels.cubin");          // HAZARD: jit-ptx-module-load jit-string
  cuModuleGetFunction(f, *m, "_Z6kernelPf"); // HAZARD: jit-kernel-name-mangling jit-string
  const char *options[] = {"--gpu-architecture=compute_80"}; // HAZARD: jit-nvrtc-options jit-string
  const char *source = "__global__ void k() {}"; // HAZARD: jit-embedded-cuda-source-strings string-name
}

void libraries(cublasHandle_t blas, cusparseHandle_t sparse, cufftHandle fft, float *x) {
  cublasGemmEx(blas, CUBLAS_OP_N, CUBLAS_OP_N, 1, 1, 1, x, x, CUDA_R_32F, 1, x, CUDA_R_32F, 1, x, x, CUDA_R_32F, 1, // HAZARD: lib-cublas-compute-types api-name
               CUBLAS_COMPUTE_32F, CUBLAS_GEMM_DEFAULT);
  cublasSetPointerMode(blas, CUBLAS_POINTER_MODE_DEVICE); // HAZARD: lib-cublas-pointer-mode-and-1based api-name
  cufftXtSetCallback(fft, 0, CUFFT_CB_LD_COMPLEX, 0); // HAZARD: lib-cufft-callbacks-and-normalization api-name
  cusolverMgHandle_t many;
  cusolverMgCreate(&many);                   // HAZARD: lib-cusolver-info-and-workspace api-name
  cusparseConstrainedGeMM(sparse);           // HAZARD: lib-cusparse-generic-api api-name
  cudnnHandle_t dnn;
  cudnnCreate(&dnn);                         // HAZARD: lib-cudnn-v8-v9 api-name
  nvmlInit();                                // HAZARD: lib-nccl-nvtx-nvml api-name
  nppiMalloc_8u_C1(1, 1, 0);                 // HAZARD: lib-npp-nvjpeg-nvenc api-name
  thrust::cuda::par;                         // HAZARD: lib-thrust-cuda-namespace namespace-name
}
