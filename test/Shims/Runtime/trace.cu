// CUPORT_TRACE: the calls of the program by name, over all threads, what failed of them, and launches by kernel.
//
// RUN: rm -rf %t && mkdir %t && cd %t
// RUN: %cuport-cc -O1 %s -o prog -lpthread
// RUN: ./prog | FileCheck %s --check-prefix=PLAIN
// RUN: env CUPORT_TRACE=%t/calls.json ./prog one "two words" | FileCheck %s --check-prefixes=PLAIN,ARGUMENTS
// PLAIN: done
// ARGUMENTS-SAME: ./prog one two words
// RUN: FileCheck %s --input-file=calls.json
// CHECK:      "schema": "cuport-trace-1"
// CHECK-NEXT: "calls": [
// CHECK-NEXT: {"name": "cuInit", "calls": 1, "failed": 0, "unsupported": 0},
// CHECK-NEXT: {"name": "cudaDeviceSynchronize", "calls": 1, "failed": 0, "unsupported": 0},
// CHECK-NEXT: {"name": "cudaEventCreate", "calls": 1, "failed": 0, "unsupported": 0},
// CHECK-NEXT: {"name": "cudaFree", "calls": 5, "failed": 0, "unsupported": 0},
// CHECK-NEXT: {"name": "cudaIpcGetMemHandle", "calls": 1, "failed": 1, "unsupported": 1},
// CHECK-NEXT: {"name": "cudaMalloc", "calls": 5, "failed": 0, "unsupported": 0},
// CHECK-NEXT: {"name": "cudaSetDevice", "calls": 1, "failed": 1, "unsupported": 0}
// CHECK-NEXT: ],
// CHECK-NEXT: "kernels": [
// CHECK-NEXT: {"name": "fill(int*, int)", "launches": 3}
// CHECK-NEXT: ]
//
// A name with the process's number, and a place that cannot be written.
// RUN: env CUPORT_TRACE=%t/each.%%p.json ./prog > /dev/null && ls each.*.json
// RUN: env CUPORT_TRACE=%t/nowhere/calls.json ./prog 2>&1 | FileCheck %s --check-prefix=NOWHERE
// NOWHERE: cuport: CUPORT_TRACE: {{.*}}/nowhere/calls.json cannot be written
//
// The report: what the source names and the run called, what it named and did not call.
// RUN: %cuport report %s --trace=calls.json --trace=calls.json | FileCheck %s --check-prefix=REPORT
// REPORT:      In the traced run
// REPORT-NEXT: calls failed places verdict name
// REPORT:      10 0 2 rename cudaMalloc
// REPORT:      6 launches of fill(int*, int)
// REPORT:      Named and not called: cudaMemPrefetchAsync.
// REPORT:      Not supported by the backend that ran: cudaIpcGetMemHandle.
// RUN: %cuport report %s --trace=calls.json --format=json | FileCheck %s --check-prefix=JSON
// JSON:      "trace": {
// JSON:      "name": "cudaMalloc",
// JSON-NEXT: "calls": 5,
// JSON-NEXT: "failed": 0,
// JSON-NEXT: "unsupported": 0,
// JSON-NEXT: "places": 2,
// JSON-NEXT: "verdict": "rename"
//
// What is no trace is an error.
// RUN: echo '{"schema": "cuport-report-1"}' > other.json
// RUN: not %cuport report %s --trace=other.json 2>&1 | FileCheck %s --check-prefix=OTHER
// OTHER: error: other.json: it is no trace of cuport's
// RUN: echo '{"schema": "cuport-trace-1", "calls": [{"name": "cudaFree", "calls": -1}], "kernels": []}' > bad.json
// RUN: not %cuport report %s --trace=bad.json 2>&1 | FileCheck %s --check-prefix=BAD
// BAD: error: bad.json: an entry has no count 'calls'

#include <cuda.h>
#include <cuda_runtime.h>

#include <cstdio>
#include <thread>
#include <vector>

__global__ void fill(int *data, int value) { data[threadIdx.x] = value; }

static void work() {
  int *data;
  cudaMalloc(&data, 64 * sizeof(int));
  cudaFree(data);
}

int main(int argc, char **argv) {
  cuInit(0);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back(work);
  for (std::thread &t : threads)
    t.join();
  int *data;
  cudaMalloc(&data, 64 * sizeof(int));
  for (int i = 0; i < 3; ++i)
    fill<<<1, 64>>>(data, i);
  cudaIpcMemHandle_t handle;
  cudaIpcGetMemHandle(&handle, data);
  cudaEvent_t event;
  cudaEventCreate(&event); // calls cudaEventCreateWithFlags, which is not the program's call
  cudaSetDevice(1000);
  if (argc > 100)
    cudaMemPrefetchAsync(data, 4, 0, 0);
  cudaDeviceSynchronize();
  cudaFree(data);
  printf("done");
  for (int i = 0; i < argc; ++i)
    printf(" %s", argv[i]);
  printf("\n");
  return 0;
}
