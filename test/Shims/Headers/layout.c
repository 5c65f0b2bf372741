// Types have the sizes and alignments, enumerators the values that CUDA documents.

// RUN: %clang -std=c11 -fsyntax-only -Wall -Werror -I%toolkit/include/cuport %s
// RUN: %clangxx -std=c++17 -x c++ -fsyntax-only -Wall -Werror -I%toolkit/include/cuport %s

#include <cuda.h>
#include <cuda_runtime.h>

#ifndef __cplusplus
#define static_assert _Static_assert
#define alignof _Alignof
#endif

// The programming guide's table of built-in vector types.
#define VECTOR(type, size, alignment)                                                                                  \
  static_assert(sizeof(type) == size, "size of " #type);                                                               \
  static_assert(alignof(type) == alignment, "alignment of " #type)
VECTOR(char1, 1, 1);
VECTOR(uchar2, 2, 2);
VECTOR(char3, 3, 1);
VECTOR(uchar4, 4, 4);
VECTOR(short1, 2, 2);
VECTOR(ushort2, 4, 4);
VECTOR(short3, 6, 2);
VECTOR(ushort4, 8, 8);
VECTOR(int1, 4, 4);
VECTOR(uint2, 8, 8);
VECTOR(int3, 12, 4);
VECTOR(uint4, 16, 16);
VECTOR(long1, 8, 8);
VECTOR(ulong2, 16, 16);
VECTOR(long3, 24, 8);
VECTOR(ulong4, 32, 16);
VECTOR(longlong2, 16, 16);
VECTOR(ulonglong4, 32, 16);
VECTOR(float1, 4, 4);
VECTOR(float2, 8, 8);
VECTOR(float3, 12, 4);
VECTOR(float4, 16, 16);
VECTOR(double1, 8, 8);
VECTOR(double2, 16, 16);
VECTOR(double3, 24, 8);
VECTOR(double4, 32, 16);
VECTOR(dim3, 12, 4);

static_assert(sizeof(cudaIpcMemHandle_t) == CUDA_IPC_HANDLE_SIZE, "");
static_assert(sizeof(cudaUUID_t) == 16, "");
static_assert(sizeof(CUdeviceptr) == 8, "");
static_assert(sizeof(struct cudaExtent) == 24, "");

static_assert(cudaSuccess == 0 && cudaErrorInvalidValue == 1 && cudaErrorMemoryAllocation == 2, "");
static_assert(cudaErrorInvalidConfiguration == 9 && cudaErrorInvalidSymbol == 13, "");
static_assert(cudaErrorNotReady == 600 && cudaErrorIllegalAddress == 700 && cudaErrorNotSupported == 801, "");
static_assert((int)CUDA_ERROR_NOT_FOUND == 500 && (int)CUDA_ERROR_INVALID_CONTEXT == 201, "");
static_assert(cudaMemcpyHostToDevice == 1 && cudaMemcpyDeviceToHost == 2 && cudaMemcpyDefault == 4, "");
static_assert(cudaDevAttrWarpSize == 10 && (int)CU_DEVICE_ATTRIBUTE_WARP_SIZE == 10, "");
static_assert(CUDART_VERSION == 12090 && CUDA_VERSION == 12090, "");
