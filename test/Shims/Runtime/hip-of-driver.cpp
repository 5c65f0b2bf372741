// HIP's functions that are CUDA's driver API's need no hipInit and no context, in no thread; CUDA's own do.
// RUN: %clangxx %s -D__HIP_PLATFORM_AMD__ -o %t %runtime-program
// RUN: %t | FileCheck %s
// RUN: %t cuda | FileCheck %s
// CHECK: all as it should be

#include "check.h"

#include <hip/hip_runtime_api.h>

#include <thread>

int main(int count, char **) {
  if (count == 1) {
    int supported = -1;
    IS(hipDeviceGetAttribute(&supported, hipDeviceAttributeVirtualMemoryManagementSupported, 0), hipSuccess);
    IS(supported == 0 || supported == 1, true);
    hipModule_t module;
    IS(hipModuleLoad(&module, "/no/such/module"), hipErrorFileNotFound);
    std::thread([] {
      void *base = nullptr;
      size_t size = 0;
      int local = 0;
      IS(hipMemGetAddressRange(&base, &size, &local), hipErrorNotFound);
      IS(hipCtxSynchronize(), hipSuccess);
    }).join();
    return done();
  }
  CUmodule module;
  IS(cuModuleLoad(&module, "/no/such/module"), CUDA_ERROR_NOT_INITIALIZED);
  IS(cuInit(0), CUDA_SUCCESS);
  IS(cuModuleLoad(&module, "/no/such/module"), CUDA_ERROR_INVALID_CONTEXT);
  return done();
}
