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

#endif
