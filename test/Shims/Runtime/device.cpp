// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Devices, properties and attributes say the same, and CUPORT_DEVICE changes them.
//
// RUN: %clangxx %s -o %t %runtime-program && %t | FileCheck %s
// RUN: env CUPORT_DEVICE="name=Card X,major=7,minor=5,multiProcessorCount=40" %t card | FileCheck %s
// RUN: env CUPORT_DEVICE=majr=7 %t 2>&1 | FileCheck --check-prefix=WRONG %s
// RUN: env CUPORT_BACKEND=nosuch not %t 2>&1 | FileCheck --check-prefix=NONE %s
// CHECK: all as it should be
// WRONG: CUPORT_DEVICE: 'majr=7' is not understood
// NONE: cannot load the backend 'nosuch'

#include "check.h"

#include <string>

static int attribute(cudaDeviceAttr id) {
  int value = -1;
  OK(cudaDeviceGetAttribute(&value, id, 0));
  return value;
}

int main(int count, char **) {
  int devices = 0;
  OK(cudaGetDeviceCount(&devices));
  CHECK(devices >= 1);

  int current = -1;
  OK(cudaGetDevice(&current));
  IS(current, 0);
  IS(cudaSetDevice(devices), cudaErrorInvalidDevice);
  IS(cudaSetDevice(-1), cudaErrorInvalidDevice);
  OK(cudaSetDevice(devices - 1));
  OK(cudaGetDevice(&current));
  IS(current, devices - 1);
  OK(cudaSetDevice(0));

  cudaDeviceProp p;
  OK(cudaGetDeviceProperties(&p, 0));
  IS(cudaGetDeviceProperties(&p, devices), cudaErrorInvalidDevice);
  CHECK(p.warpSize == 32 || p.warpSize == 64 || p.warpSize == 128);
  IS(p.maxThreadsPerBlock, 1024);
  IS(p.maxThreadsDim[2], 64);
  IS(p.maxGridSize[0], 2147483647);
  IS(p.maxGridSize[1], 65535);
  IS(p.sharedMemPerBlock, size_t(48 << 10));
  IS(attribute(cudaDevAttrMaxThreadsPerBlock), p.maxThreadsPerBlock);
  IS(attribute(cudaDevAttrMultiProcessorCount), p.multiProcessorCount);
  IS(attribute(cudaDevAttrComputeCapabilityMajor), p.major);
  IS(attribute(cudaDevAttrUnifiedAddressing), 1);
  IS(attribute(cudaDevAttrClusterLaunch), 0);
  int value;
  IS(cudaDeviceGetAttribute(&value, cudaDeviceAttr(9999), 0), cudaErrorInvalidValue);
  if (count > 1) {
    IS(std::string(p.name), "Card X");
    IS(p.major * 10 + p.minor, 75);
    IS(p.multiProcessorCount, 40);
  }

  char bus[32];
  OK(cudaDeviceGetPCIBusId(bus, sizeof(bus), 0));
  OK(cudaDeviceGetByPCIBusId(&current, bus));
  IS(current, 0);
  IS(cudaDeviceGetPCIBusId(bus, 4, 0), cudaErrorInvalidValue);

  size_t heap;
  OK(cudaDeviceSetLimit(cudaLimitMallocHeapSize, 1 << 24));
  OK(cudaDeviceGetLimit(&heap, cudaLimitMallocHeapSize));
  IS(heap, size_t(1 << 24));
  IS(cudaDeviceGetLimit(&heap, cudaLimit(77)), cudaErrorUnsupportedLimit);

  int can = 1;
  OK(cudaDeviceCanAccessPeer(&can, 0, 0));
  IS(can, 0);
  IS(cudaSetDeviceFlags(cudaDeviceScheduleSpin | cudaDeviceScheduleYield), cudaErrorInvalidValue);
  return done();
}
