// Values that HIP treats otherwise are told at the argument, by the row's condition; what is not constant is unknown, and
// only where the row has a condition.
// RUN: rm -rf %t
// RUN: not %cuport translate %s --hip-version=6.2 --rules=argument-value -o %t/old 2>%t.err
// RUN: FileCheck %s --input-file=%t.err --implicit-check-not=warning: --check-prefixes=CHECK,OLD
// RUN: not %cuport translate %s --hip-version=6.3 --rules=argument-value -o %t/new 2>%t.err
// RUN: FileCheck %s --input-file=%t.err --implicit-check-not=warning:

#include <cublas_v2.h>
#include <cuda_runtime.h>
#include <nvrtc.h>

constexpr cudaLimit ring = cudaLimitPrintfFifoSize;
#define RING cudaLimitPrintfFifoSize

// A macro of the project's: once for what its uses give, once for what is not known of one.
#define LIMIT(which, value) cudaDeviceSetLimit(which, value)
// CHECK: argument-value.cu:[[#@LINE-1]]:48: warning: 'cudaLimitPrintfFifoSize' for 'limit' of 'cudaDeviceSetLimit'
// CHECK: argument-value.cu:[[#@LINE-2]]:48: warning: 'limit' of 'cudaDeviceSetLimit' is not constant here

void limits(cudaLimit any, size_t n) {
  cudaDeviceSetLimit(cudaLimitStackSize, n);
  // CHECK: argument-value.cu:[[#@LINE+1]]:22: warning: 'cudaLimitPrintfFifoSize' for 'limit' of 'cudaDeviceSetLimit': hipDeviceSetLimit and hipDeviceGetLimit know the stack and the heap only and return hipErrorUnsupportedLimit; {{.*}} [argument-value]
  cudaDeviceSetLimit(cudaLimitPrintfFifoSize, n);
  // CHECK: argument-value.cu:[[#@LINE+1]]:22: warning: 'cudaLimitPrintfFifoSize' for 'limit'
  cudaDeviceSetLimit(ring, n);
  // CHECK: argument-value.cu:[[#@LINE+1]]:22: warning: 'cudaLimitPrintfFifoSize' for 'limit'
  cudaDeviceSetLimit(RING, n);
  // CHECK: argument-value.cu:[[#@LINE+1]]:22: warning: 'cudaLimitPrintfFifoSize' for 'limit'
  cudaDeviceSetLimit(static_cast<cudaLimit>(0 + 1), n);
  // CHECK: argument-value.cu:[[#@LINE+1]]:22: warning: 'limit' of 'cudaDeviceSetLimit' is not constant here, and HIP differs where limit is cudaLimitPrintfFifoSize: {{.*}} [argument-value]
  cudaDeviceSetLimit(any, n);
  LIMIT(cudaLimitPrintfFifoSize, n);
  LIMIT(cudaLimitMallocHeapSize, n);
  LIMIT(any, n);
}

// What a choice or a local variable can be; not one that others may set.
void choices(bool fast, size_t n, void (*change)(cudaLimit *)) {
  cudaDeviceSetLimit(fast ? cudaLimitStackSize : cudaLimitMallocHeapSize, n);
  // CHECK: argument-value.cu:[[#@LINE+1]]:22: warning: 'cudaLimitPrintfFifoSize' for 'limit'
  cudaDeviceSetLimit(fast ? cudaLimitStackSize : cudaLimitPrintfFifoSize, n);
  cudaLimit known = cudaLimitStackSize;
  if (fast)
    known = cudaLimitMallocHeapSize;
  cudaDeviceSetLimit(known, n);
  cudaLimit later;
  later = fast ? known : cudaLimitPrintfFifoSize;
  // CHECK: argument-value.cu:[[#@LINE+1]]:22: warning: 'cudaLimitPrintfFifoSize' for 'limit'
  cudaDeviceSetLimit(later, n);
  cudaLimit given = cudaLimitStackSize;
  change(&given);
  // CHECK: argument-value.cu:[[#@LINE+1]]:22: warning: 'limit' of 'cudaDeviceSetLimit' is not constant here
  cudaDeviceSetLimit(given, n);
  cudaLimit counted = cudaLimitStackSize;
  counted = static_cast<cudaLimit>(counted + 1);
  // CHECK: argument-value.cu:[[#@LINE+1]]:22: warning: 'limit' of 'cudaDeviceSetLimit' is not constant here
  cudaDeviceSetLimit(counted, n);
}

template <cudaLimit Limit> void limit(size_t n) {
  // CHECK: argument-value.cu:[[#@LINE+1]]:22: warning: 'cudaLimitPrintfFifoSize' for 'limit'
  cudaDeviceSetLimit(cudaLimitPrintfFifoSize, n);
  // CHECK: argument-value.cu:[[#@LINE+1]]:22: warning: 'limit' of 'cudaDeviceSetLimit' is not constant here
  cudaDeviceSetLimit(Limit, n);
}
template void limit<cudaLimitStackSize>(size_t);

void flags(cudaGraphExec_t *exec, cudaGraph_t graph, unsigned long long bits) {
  cudaGraphInstantiateWithFlags(exec, graph, 0);
  cudaGraphInstantiateWithFlags(exec, graph, cudaGraphInstantiateFlagAutoFreeOnLaunch);
  // CHECK: argument-value.cu:[[#@LINE+1]]:46: warning: 'cudaGraphInstantiateFlagUpload' for 'flags' of 'cudaGraphInstantiateWithFlags'
  cudaGraphInstantiateWithFlags(exec, graph, cudaGraphInstantiateFlagAutoFreeOnLaunch | cudaGraphInstantiateFlagUpload);
}

// An #if between the arguments is none of them, nor is the branch that is not compiled.
void branches(cublasHandle_t h, const void *a, void *c, const float *one) {
  cublasGemmEx(h, CUBLAS_OP_N, CUBLAS_OP_N, 8, 8, 8, one, a, CUDA_R_32F, 8, a, CUDA_R_32F, 8, one, c,
#ifdef MY_PORT
               rocblas_datatype_f32_r, 8, rocblas_datatype_f32_r, rocblas_gemm_algo_standard,
               0
#else
               CUDA_R_32F,
               8,
               // CHECK: argument-value.cu:[[#@LINE+1]]:16: warning: 'CUBLAS_COMPUTE_32F_FAST_TF32' for 'computeType' of 'cublasGemmEx'
               CUBLAS_COMPUTE_32F_FAST_TF32,
               CUBLAS_GEMM_DEFAULT
#endif
  );
}

void since(int *value) {
  // OLD: argument-value.cu:[[#@LINE+1]]:33: warning: 'cudaDevAttrMaxSharedMemoryPerBlockOptin' for 'attr' of 'cudaDeviceGetAttribute': {{.*}} (before HIP 6.3) [argument-value]
  cudaDeviceGetAttribute(value, cudaDevAttrMaxSharedMemoryPerBlockOptin, 0);
}

void products(cublasHandle_t h, const void *a, void *c, const float *one) {
  cublasGemmEx(h, CUBLAS_OP_N, CUBLAS_OP_N, 8, 8, 8, one, a, CUDA_R_16F, 8, a, CUDA_R_16F, 8, one, c, CUDA_R_16F, 8, CUBLAS_COMPUTE_32F, CUBLAS_GEMM_DEFAULT);
  // CHECK: argument-value.cu:[[#@LINE+1]]:118: warning: 'CUBLAS_COMPUTE_32F_FAST_TF32' for 'computeType' of 'cublasGemmEx': hipBLAS has {{.*}} [argument-value]
  cublasGemmEx(h, CUBLAS_OP_N, CUBLAS_OP_N, 8, 8, 8, one, a, CUDA_R_32F, 8, a, CUDA_R_32F, 8, one, c, CUDA_R_32F, 8, CUBLAS_COMPUTE_32F_FAST_TF32, CUBLAS_GEMM_DEFAULT);
}

void options(nvrtcProgram program, const char *arch, int n) {
  const char *known[] = {"--std=c++17", "-DX=1"};
  nvrtcCompileProgram(program, 2, known);
  nvrtcCompileProgram(program, 0, nullptr);
  const char *given[] = {"--std=c++17", "--gpu-architecture=compute_80"};
  // CHECK: argument-value.cu:[[#@LINE+1]]:35: warning: '--gpu-architecture=compute_80' for 'options' of 'nvrtcCompileProgram': it names an architecture of NVIDIA; {{.*}} [argument-value]
  nvrtcCompileProgram(program, 2, given);
  const char *made[] = {"--use_fast_math", arch};
  // CHECK: argument-value.cu:[[#@LINE+2]]:35: warning: '--use_fast_math' for 'options' of 'nvrtcCompileProgram': clang calls it -ffast-math [argument-value]
  // CHECK: argument-value.cu:[[#@LINE+1]]:35: warning: 'options' of 'nvrtcCompileProgram' is not constant here, and HIP differs where a string of options is like {{.*}} [argument-value]
  nvrtcCompileProgram(program, 2, made);
}

// Of overloads that differ in a type.
template <typename Where> void advise(void *p, size_t n, Where where) {
  // CHECK: argument-value.cu:[[#@LINE+1]]:58: warning: 'location' of 'cudaMemAdvise' is of a type that is not known here, and HIP differs where location is a cudaMemLocation: HIP takes the device number; {{.*}} [argument-value]
  cudaMemAdvise(p, n, cudaMemAdviseSetPreferredLocation, where);
}
void locations(void *p, size_t n, int device, cudaMemLocation where, cudaStream_t stream) {
  cudaMemAdvise(p, n, cudaMemAdviseSetReadMostly, 0);
  cudaMemAdvise(p, n, cudaMemAdviseSetReadMostly, device);
  // CHECK: argument-value.cu:[[#@LINE+1]]:51: warning: 'where' for 'location' of 'cudaMemAdvise': HIP takes the device number; {{.*}} [argument-value]
  cudaMemAdvise(p, n, cudaMemAdviseSetReadMostly, where);
  cudaMemPrefetchAsync(p, n, device, stream);
  // CHECK: argument-value.cu:[[#@LINE+1]]:30: warning: 'where' for 'location' of 'cudaMemPrefetchAsync': HIP takes the device number; {{.*}} [argument-value]
  cudaMemPrefetchAsync(p, n, where, 0);
  // The form of five arguments says it (api-name).
  cudaMemPrefetchAsync(p, n, where, 0, stream);
}

#ifdef NOT_COMPILED
void inactive(size_t n) {
  cudaDeviceSetLimit(cudaLimitStackSize, n);
  // CHECK: argument-value.cu:[[#@LINE+1]]:22: warning: 'cudaLimitPrintfFifoSize' for 'limit'
  cudaDeviceSetLimit(cudaLimitPrintfFifoSize, n);
  // CHECK: argument-value.cu:[[#@LINE+1]]:22: warning: 'limit' of 'cudaDeviceSetLimit' is not constant here
  cudaDeviceSetLimit(which, n);
}
#endif

// A function of the project's with that name, and calls of functions whose rows have no condition.
struct Device {
  void cudaDeviceSetLimit(int, int);
  void use(int any) { cudaDeviceSetLimit(any, 1); }
};
void others(void **p, size_t n, unsigned any) { cudaMallocManaged(p, n, any); }
