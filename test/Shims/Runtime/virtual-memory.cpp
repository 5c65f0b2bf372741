// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Addresses and memory apart: reserve, create, map twice, share, unmap.
//
// RUN: %clangxx %s -o %t %runtime-program && %t | FileCheck %s
// CHECK: all as it should be

#include "check.h"

#include <cuda.h>

int main() {
  CUmemAllocationProp properties{};
  properties.type = CU_MEM_ALLOCATION_TYPE_PINNED;
  properties.requestedHandleTypes = CU_MEM_HANDLE_TYPE_POSIX_FILE_DESCRIPTOR;
  properties.location.type = CU_MEM_LOCATION_TYPE_DEVICE;
  size_t piece;
  IS(cuMemGetAllocationGranularity(&piece, &properties, CU_MEM_ALLOC_GRANULARITY_MINIMUM), CUDA_ERROR_NOT_INITIALIZED);
  IS(cuInit(0), CUDA_SUCCESS);
  // A granularity is known, and memory made and mapped, without a context.
  IS(cuMemGetAllocationGranularity(&piece, &properties, CU_MEM_ALLOC_GRANULARITY_MINIMUM), CUDA_SUCCESS);
  CUmemGenericAllocationHandle early;
  CUdeviceptr place;
  IS(cuMemCreate(&early, piece, &properties, 0), CUDA_SUCCESS);
  IS(cuMemAddressReserve(&place, piece, 0, 0, 0), CUDA_SUCCESS);
  IS(cuMemMap(place, piece, 0, early, 0), CUDA_SUCCESS);
  IS(cuMemUnmap(place, piece), CUDA_SUCCESS);
  IS(cuMemAddressFree(place, piece), CUDA_SUCCESS);
  IS(cuMemRelease(early), CUDA_SUCCESS);
  CUcontext context;
  IS(cuDevicePrimaryCtxRetain(&context, 0), CUDA_SUCCESS);
  IS(cuCtxSetCurrent(context), CUDA_SUCCESS);
  CUmemGenericAllocationHandle handle;
  IS(cuMemCreate(&handle, piece / 2, &properties, 0), CUDA_ERROR_INVALID_VALUE);
  IS(cuMemCreate(&handle, piece, &properties, 0), CUDA_SUCCESS);
  CUdeviceptr address;
  IS(cuMemAddressReserve(&address, 3 * piece, 0, 0, 0), CUDA_SUCCESS);
  IS(cuMemMap(address, piece, 0, handle, 0), CUDA_SUCCESS);
  IS(cuMemMap(address, piece, 0, handle, 0), CUDA_ERROR_INVALID_VALUE);
  IS(cuMemMap(address + piece, piece, 0, handle, 0), CUDA_SUCCESS);
  // Without rights it cannot be used.
  IS(cuMemsetD8(address, 1, 16), CUDA_ERROR_INVALID_VALUE);
  CUmemAccessDesc access{};
  access.location = properties.location;
  access.flags = CU_MEM_ACCESS_FLAGS_PROT_READWRITE;
  IS(cuMemSetAccess(address, 2 * piece, &access, 1), CUDA_SUCCESS);
  IS(cuMemRelease(handle), CUDA_SUCCESS);

  // Both addresses are the same memory, and a fill goes over the border of two mappings but not past the last.
  unsigned value = 0;
  IS(cuMemsetD32(address + 64, 77, 1), CUDA_SUCCESS);
  IS(cuMemcpyDtoH(&value, address + piece + 64, 4), CUDA_SUCCESS);
  IS(value, 77u);
  IS(cuMemsetD8(address + piece - 8, 5, 16), CUDA_SUCCESS);
  IS(cuMemsetD8(address + 2 * piece - 8, 5, 16), CUDA_ERROR_INVALID_VALUE);
  IS(cuMemFree(address), CUDA_ERROR_INVALID_VALUE);

  int file;
  CUmemGenericAllocationHandle retained, imported;
  IS(cuMemRetainAllocationHandle(&retained, (void *)(address + 100)), CUDA_SUCCESS);
  IS(cuMemExportToShareableHandle(&file, retained, CU_MEM_HANDLE_TYPE_POSIX_FILE_DESCRIPTOR, 0), CUDA_SUCCESS);
  IS(cuMemImportFromShareableHandle(&imported, (void *)(intptr_t)file, CU_MEM_HANDLE_TYPE_POSIX_FILE_DESCRIPTOR),
     CUDA_SUCCESS);
  IS(cuMemMap(address + 2 * piece, piece, 0, imported, 0), CUDA_SUCCESS);
  IS(cuMemSetAccess(address + 2 * piece, piece, &access, 1), CUDA_SUCCESS);
  IS(cuMemcpyDtoH(&value, address + 2 * piece + 64, 4), CUDA_SUCCESS);
  IS(value, 77u);

  IS(cuMemAddressFree(address, 3 * piece), CUDA_ERROR_INVALID_VALUE);
  IS(cuMemUnmap(address, piece / 2), CUDA_ERROR_INVALID_VALUE);
  IS(cuMemUnmap(address, 3 * piece), CUDA_SUCCESS);
  IS(cuMemcpyDtoH(&value, address, 4), CUDA_ERROR_INVALID_VALUE);
  IS(cuMemAddressFree(address, 3 * piece), CUDA_SUCCESS);
  return done();
}
