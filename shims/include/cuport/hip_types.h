// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Types and values of HIP's host API that CUDA has not, or has otherwise; cuport/hip_api.h has the others.

#ifndef CUPORT_HIP_TYPES_H
#define CUPORT_HIP_TYPES_H

#include "../cuda.h" // a project may have a header of that name, and HIP has none
#include <cuda_runtime_api.h>
#include <stdint.h>

// HIP's headers have no versions of CUDA's, by which sources tell the two apart.
#ifndef __CUDACC__
#undef CUDART_VERSION
#undef CUDA_VERSION
#endif

// How cuport/hip_api.h writes its enumerators and functions: constants of the enum's type in C++, where it matters.
#ifdef __cplusplus
#define CUPORT_HIP_ENUMERATOR(type, name, value) static constexpr type name = (type)value;
#define CUPORT_HIP_FUNCTION inline
#else
#define CUPORT_HIP_ENUMERATOR(type, name, value) enum { name = value };
#define CUPORT_HIP_FUNCTION static __inline__
#endif

/// Makes the thread's device ready, as calls of the runtime API do.
#ifdef __cplusplus
extern "C"
#endif
    void cuport_hip_start(void);
// HIP has one API: what is of CUDA's driver API in it asks for no hipInit and no context before.
#define CUPORT_HIP_OF_DRIVER(call) (cuport_hip_start(), (hipError_t)(call))

// The driver's device pointers are numbers in CUDA.
typedef void *hipDeviceptr_t;

// HIP's driver API takes the runtime's types for these.
typedef struct textureReference *hipTexRef;
typedef enum cudaTextureAddressMode HIPaddress_mode;
typedef enum cudaTextureAddressMode HIPaddress_mode_enum;
typedef enum cudaTextureFilterMode HIPfilter_mode;
typedef enum cudaTextureFilterMode HIPfilter_mode_enum;
typedef cudaLaunchAttributeID hipKernelNodeAttrID;
typedef cudaLaunchAttributeValue hipKernelNodeAttrValue;

typedef struct {
  unsigned hasGlobalInt32Atomics : 1;
  unsigned hasGlobalFloatAtomicExch : 1;
  unsigned hasSharedInt32Atomics : 1;
  unsigned hasSharedFloatAtomicExch : 1;
  unsigned hasFloatAtomicAdd : 1;
  unsigned hasGlobalInt64Atomics : 1;
  unsigned hasSharedInt64Atomics : 1;
  unsigned hasDoubles : 1;
  unsigned hasWarpVote : 1;
  unsigned hasWarpBallot : 1;
  unsigned hasWarpShuffle : 1;
  unsigned hasFunnelShift : 1;
  unsigned hasThreadFenceSystem : 1;
  unsigned hasSyncThreadsExt : 1;
  unsigned hasSurfaceFuncs : 1;
  unsigned has3dGrid : 1;
  unsigned hasDynamicParallelism : 1;
} hipDeviceArch_t;

// What hipDeviceProp_t has behind cudaDeviceProp's members.
#define CUPORT_HIP_DEVICE_PROPERTIES                                                                                   \
  size_t maxSharedMemoryPerMultiProcessor;                                                                             \
  int clockInstructionRate;                                                                                            \
  hipDeviceArch_t arch;                                                                                                \
  unsigned int *hdpMemFlushCntl;                                                                                       \
  unsigned int *hdpRegFlushCntl;                                                                                       \
  int cooperativeMultiDeviceUnmatchedFunc;                                                                             \
  int cooperativeMultiDeviceUnmatchedGridDim;                                                                          \
  int cooperativeMultiDeviceUnmatchedBlockDim;                                                                         \
  int cooperativeMultiDeviceUnmatchedSharedMem;                                                                        \
  int isLargeBar;                                                                                                      \
  int asicRevision;                                                                                                    \
  int gcnArch;                                                                                                         \
  char gcnArchName[256];

#include <cuport/hip_api.h>

typedef struct hipPointerAttribute_t {
  hipMemoryType type;
  int device;
  void *devicePointer;
  void *hostPointer;
  int isManaged;
  unsigned allocationFlags;
} hipPointerAttribute_t;

typedef hipFuncCache_t hipFuncCache;
typedef hipLaunchParams hipLaunchParams_t;

// A number beyond what the enum of CUDA holds: to a C++ compiler its conversion is no constant, its bits are.
#ifdef __cplusplus
#define CUPORT_HIP_FOREIGN(type, name, value) static constexpr type name = __builtin_bit_cast(type, value);
#else
#define CUPORT_HIP_FOREIGN(type, name, value) enum { name = value };
#endif

CUPORT_HIP_FOREIGN(hipMemoryType, hipMemoryTypeArray, 10)
CUPORT_HIP_FOREIGN(hipMemoryType, hipMemoryTypeUnified, 11)

// Older spellings of errors, and errors of AMD's runtime that ours never returns.
CUPORT_HIP_ENUMERATOR(hipError_t, hipErrorInitializationError, cudaErrorInitializationError)
CUPORT_HIP_ENUMERATOR(hipError_t, hipErrorInvalidResourceHandle, cudaErrorInvalidResourceHandle)
CUPORT_HIP_ENUMERATOR(hipError_t, hipErrorMapBufferObjectFailed, cudaErrorMapBufferObjectFailed)
CUPORT_HIP_ENUMERATOR(hipError_t, hipErrorMemoryAllocation, cudaErrorMemoryAllocation)
CUPORT_HIP_FOREIGN(hipError_t, hipErrorRuntimeMemory, 1052)
CUPORT_HIP_FOREIGN(hipError_t, hipErrorRuntimeOther, 1053)
CUPORT_HIP_FOREIGN(hipError_t, hipErrorTbd, 1054)

// Attributes of AMD devices: cudaDeviceGetAttribute does not know these numbers, and says so.
CUPORT_HIP_FOREIGN(hipDeviceAttribute_t, hipDeviceAttributeAmdSpecificBegin, 10000)
CUPORT_HIP_FOREIGN(hipDeviceAttribute_t, hipDeviceAttributeClockInstructionRate, 10000)
CUPORT_HIP_FOREIGN(hipDeviceAttribute_t, hipDeviceAttributeArch, 10001)
CUPORT_HIP_FOREIGN(hipDeviceAttribute_t, hipDeviceAttributeHdpMemFlushCntl, 10003)
CUPORT_HIP_FOREIGN(hipDeviceAttribute_t, hipDeviceAttributeHdpRegFlushCntl, 10004)
CUPORT_HIP_FOREIGN(hipDeviceAttribute_t, hipDeviceAttributeCooperativeMultiDeviceUnmatchedFunc, 10005)
CUPORT_HIP_FOREIGN(hipDeviceAttribute_t, hipDeviceAttributeCooperativeMultiDeviceUnmatchedGridDim, 10006)
CUPORT_HIP_FOREIGN(hipDeviceAttribute_t, hipDeviceAttributeCooperativeMultiDeviceUnmatchedBlockDim, 10007)
CUPORT_HIP_FOREIGN(hipDeviceAttribute_t, hipDeviceAttributeCooperativeMultiDeviceUnmatchedSharedMem, 10008)
CUPORT_HIP_FOREIGN(hipDeviceAttribute_t, hipDeviceAttributeIsLargeBar, 10009)
CUPORT_HIP_FOREIGN(hipDeviceAttribute_t, hipDeviceAttributeAsicRevision, 10010)
CUPORT_HIP_FOREIGN(hipDeviceAttribute_t, hipDeviceAttributeImageSupport, 10013)
CUPORT_HIP_FOREIGN(hipDeviceAttribute_t, hipDeviceAttributeFineGrainSupport, 10015)
CUPORT_HIP_FOREIGN(hipDeviceAttribute_t, hipDeviceAttributeWallClockRate, 10016)
// These CUDA's devices have too.
CUPORT_HIP_ENUMERATOR(hipDeviceAttribute_t, hipDeviceAttributePhysicalMultiProcessorCount,
                      cudaDevAttrMultiProcessorCount)
CUPORT_HIP_ENUMERATOR(hipDeviceAttribute_t, hipDeviceAttributeSharedMemPerMultiprocessor,
                      cudaDevAttrMaxSharedMemoryPerMultiprocessor)

typedef enum hipMemRangeCoherencyMode {
  hipMemRangeCoherencyModeFineGrain = 0,
  hipMemRangeCoherencyModeCoarseGrain = 1,
  hipMemRangeCoherencyModeIndeterminate = 2
} hipMemRangeCoherencyMode;
CUPORT_HIP_FOREIGN(hipMemoryAdvise, hipMemAdviseSetCoarseGrain, 100)
CUPORT_HIP_FOREIGN(hipMemoryAdvise, hipMemAdviseUnsetCoarseGrain, 101)
CUPORT_HIP_FOREIGN(hipMemRangeAttribute, hipMemRangeAttributeCoherencyMode, 100)
#undef CUPORT_HIP_FOREIGN

// Where memory is put and how it is kept coherent: on a CPU it is all the same.
#define hipHostMallocNumaUser 0x20000000
#define hipHostMallocCoherent 0x40000000
#define hipHostMallocNonCoherent 0x80000000
#define hipHostMallocUncached 0x10000000
#define hipHostRegisterCoherent 0x8
#define hipDeviceMallocDefault 0x0
#define hipDeviceMallocFinegrained 0x1
#define hipMallocSignalMemory 0x2
#define hipDeviceMallocUncached 0x3
#define hipDeviceMallocContiguous 0x4
#define hipEventReleaseToDevice 0x40000000
#define hipEventReleaseToSystem 0x80000000
#define hipEventDisableSystemFence 0x20000000
#define hipExtAnyOrderLaunch 0x01
#define hipStreamWaitValueGte 0x0
#define hipStreamWaitValueEq 0x1
#define hipStreamWaitValueAnd 0x2
#define hipStreamWaitValueNor 0x3

enum { HIP_SUCCESS = 0, HIP_ERROR_INVALID_VALUE, HIP_ERROR_NOT_INITIALIZED, HIP_ERROR_LAUNCH_OUT_OF_RESOURCES };

#endif
