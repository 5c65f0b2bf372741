// Options of cuModuleLoadDataEx have HIP's type for them, and names of that type.
// RUN: rm -rf %t && { %cuport translate %s -o %t > /dev/null 2>&1; test $? -eq 1; }
// RUN: FileCheck %s --input-file=%t/jit-option.cpp
// RUN: %cuport-cc -x hip -fsyntax-only %t/jit-option.cpp
#include <cuda.h>

CUresult load(CUmodule *module, const void *image, char *log) {
  // CHECK: hipJitOption options[] = {hipJitOptionInfoLogBuffer, hipJitOptionInfoLogBufferSizeBytes, hipJitOptionMaxRegisters};
  CUjit_option options[] = {CU_JIT_INFO_LOG_BUFFER, CU_JIT_INFO_LOG_BUFFER_SIZE_BYTES, CU_JIT_MAX_REGISTERS};
  void *values[] = {log, (void *)100, (void *)32};
  return cuModuleLoadDataEx(module, image, 3, options, values);
}
