// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// hipRTC for C and C++, over NVRTC. Link with -lhiprtc. The types have the numbers of ROCm 6.2.2; cuport/hiprtc_api.h has the functions.

#ifndef CUPORT_HIP_HIPRTC_H
#define CUPORT_HIP_HIPRTC_H

#include <hip/hip_runtime_api.h>
#include <nvrtc.h>

typedef struct _hiprtcProgram *hiprtcProgram;

typedef enum hiprtcResult {
  HIPRTC_SUCCESS = 0,
  HIPRTC_ERROR_OUT_OF_MEMORY = 1,
  HIPRTC_ERROR_PROGRAM_CREATION_FAILURE = 2,
  HIPRTC_ERROR_INVALID_INPUT = 3,
  HIPRTC_ERROR_INVALID_PROGRAM = 4,
  HIPRTC_ERROR_INVALID_OPTION = 5,
  HIPRTC_ERROR_COMPILATION = 6,
  HIPRTC_ERROR_BUILTIN_OPERATION_FAILURE = 7,
  HIPRTC_ERROR_NO_NAME_EXPRESSIONS_AFTER_COMPILATION = 8,
  HIPRTC_ERROR_NO_LOWERED_NAMES_BEFORE_COMPILATION = 9,
  HIPRTC_ERROR_NAME_EXPRESSION_NOT_VALID = 10,
  HIPRTC_ERROR_INTERNAL_ERROR = 11,
  HIPRTC_ERROR_LINKING = 100
} hiprtcResult;

// The numbers are CUjit_option's.
typedef enum hiprtcJIT_option {
  HIPRTC_JIT_MAX_REGISTERS = 0,
  HIPRTC_JIT_THREADS_PER_BLOCK = 1,
  HIPRTC_JIT_WALL_TIME = 2,
  HIPRTC_JIT_INFO_LOG_BUFFER = 3,
  HIPRTC_JIT_INFO_LOG_BUFFER_SIZE_BYTES = 4,
  HIPRTC_JIT_ERROR_LOG_BUFFER = 5,
  HIPRTC_JIT_ERROR_LOG_BUFFER_SIZE_BYTES = 6,
  HIPRTC_JIT_OPTIMIZATION_LEVEL = 7,
  HIPRTC_JIT_TARGET_FROM_HIPCONTEXT = 8,
  HIPRTC_JIT_TARGET = 9,
  HIPRTC_JIT_FALLBACK_STRATEGY = 10,
  HIPRTC_JIT_GENERATE_DEBUG_INFO = 11,
  HIPRTC_JIT_LOG_VERBOSE = 12,
  HIPRTC_JIT_GENERATE_LINE_INFO = 13,
  HIPRTC_JIT_CACHE_MODE = 14,
  HIPRTC_JIT_NEW_SM3X_OPT = 15,
  HIPRTC_JIT_FAST_COMPILE = 16,
  HIPRTC_JIT_GLOBAL_SYMBOL_NAMES = 17,
  HIPRTC_JIT_GLOBAL_SYMBOL_ADDRESS = 18,
  HIPRTC_JIT_GLOBAL_SYMBOL_COUNT = 19,
  HIPRTC_JIT_LTO = 20,
  HIPRTC_JIT_FTZ = 21,
  HIPRTC_JIT_PREC_DIV = 22,
  HIPRTC_JIT_PREC_SQRT = 23,
  HIPRTC_JIT_FMA = 24,
  HIPRTC_JIT_NUM_OPTIONS = 25,
  HIPRTC_JIT_IR_TO_ISA_OPT_EXT = 10000,
  HIPRTC_JIT_IR_TO_ISA_OPT_COUNT_EXT = 10001
} hiprtcJIT_option;

// Those below 6 are CUjitInputType's.
typedef enum hiprtcJITInputType {
  HIPRTC_JIT_INPUT_CUBIN = 0,
  HIPRTC_JIT_INPUT_PTX = 1,
  HIPRTC_JIT_INPUT_FATBINARY = 2,
  HIPRTC_JIT_INPUT_OBJECT = 3,
  HIPRTC_JIT_INPUT_LIBRARY = 4,
  HIPRTC_JIT_INPUT_NVVM = 5,
  HIPRTC_JIT_NUM_LEGACY_INPUT_TYPES = 6,
  HIPRTC_JIT_INPUT_LLVM_BITCODE = 100,
  HIPRTC_JIT_INPUT_LLVM_BUNDLED_BITCODE = 101,
  HIPRTC_JIT_INPUT_LLVM_ARCHIVES_OF_BUNDLED_BITCODE = 102,
  HIPRTC_JIT_NUM_INPUT_TYPES = 9
} hiprtcJITInputType;

typedef struct ihiprtcLinkState *hiprtcLinkState;

#include <cuport/hiprtc_api.h>

#ifdef __cplusplus
extern "C" {
#endif
#pragma GCC visibility push(default)
/// nvrtcCreateProgram for CUDA's language or HIP's.
nvrtcResult cuport_rtc_create(nvrtcProgram *program, const char *text, const char *name, int count, const char *const *headers,
                              const char *const *includeNames, int isHip);
const char *hiprtcGetErrorString(hiprtcResult result);
#pragma GCC visibility pop
#ifdef __cplusplus
}
#endif

CUPORT_HIP_FUNCTION hiprtcResult hiprtcCreateProgram(hiprtcProgram *program, const char *text, const char *name, int count,
                                                     const char *const *headers, const char *const *includeNames) {
  return cuport_from_nvrtcResult(cuport_rtc_create((nvrtcProgram *)program, text, name, count, headers, includeNames, 1));
}

CUPORT_HIP_FUNCTION hiprtcResult cuport_from_link(CUresult result) {
  switch (result) {
  case CUDA_SUCCESS:
    return HIPRTC_SUCCESS;
  case CUDA_ERROR_INVALID_VALUE:
  case CUDA_ERROR_FILE_NOT_FOUND:
    return HIPRTC_ERROR_INVALID_INPUT;
  default:
    return HIPRTC_ERROR_LINKING;
  }
}

CUPORT_HIP_FUNCTION hiprtcResult hiprtcLinkCreate(unsigned int count, hiprtcJIT_option *options, void **values, hiprtcLinkState *state) {
  cuport_hip_start();
  return cuport_from_link(cuLinkCreate(count, (CUjit_option *)options, values, (CUlinkState *)state));
}

CUPORT_HIP_FUNCTION CUjitInputType cuport_to_input(hiprtcJITInputType type) {
  return type < HIPRTC_JIT_NUM_LEGACY_INPUT_TYPES ? (CUjitInputType)type : CU_JIT_INPUT_CUBIN;
}

CUPORT_HIP_FUNCTION hiprtcResult hiprtcLinkAddData(hiprtcLinkState state, hiprtcJITInputType type, void *image, size_t size, const char *name,
                                                   unsigned int count, hiprtcJIT_option *options, void **values) {
  return cuport_from_link(
      cuLinkAddData((CUlinkState)state, cuport_to_input(type), image, size, name, count, (CUjit_option *)options, values));
}

CUPORT_HIP_FUNCTION hiprtcResult hiprtcLinkAddFile(hiprtcLinkState state, hiprtcJITInputType type, const char *path, unsigned int count,
                                                   hiprtcJIT_option *options, void **values) {
  return cuport_from_link(cuLinkAddFile((CUlinkState)state, cuport_to_input(type), path, count, (CUjit_option *)options, values));
}

CUPORT_HIP_FUNCTION hiprtcResult hiprtcLinkComplete(hiprtcLinkState state, void **code, size_t *size) {
  return cuport_from_link(cuLinkComplete((CUlinkState)state, code, size));
}

CUPORT_HIP_FUNCTION hiprtcResult hiprtcLinkDestroy(hiprtcLinkState state) { return cuport_from_link(cuLinkDestroy((CUlinkState)state)); }

#endif
