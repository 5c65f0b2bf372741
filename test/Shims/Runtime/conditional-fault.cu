// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A fault ends a loop of a graph that would not end otherwise; a handle that is none is one.
//
// A sanitizer reports bad addresses itself.
// UNSUPPORTED: shim-sanitizer
// RUN: %cuport-cc -I%S/Inputs %s -o %t && %t 2>/dev/null | FileCheck %s
// CHECK: all as it should be

#include "check.h"

__global__ void bad() { cudaGraphSetConditional(12345, 1); }

int main() {
  cudaGraph_t graph;
  OK(cudaGraphCreate(&graph, 0));
  cudaGraphConditionalHandle handle;
  OK(cudaGraphConditionalHandleCreate(&handle, graph, 1, cudaGraphCondAssignDefault));
  cudaGraphNodeParams loop = {cudaGraphNodeTypeConditional};
  loop.conditional.handle = handle;
  loop.conditional.type = cudaGraphCondTypeWhile;
  loop.conditional.size = 1;
  cudaGraphNode_t node;
  OK(cudaGraphAddNode(&node, graph, nullptr, nullptr, 0, &loop));
  cudaGraphNodeParams kernel = {cudaGraphNodeTypeKernel};
  kernel.kernel.func = (void *)bad;
  kernel.kernel.gridDim = kernel.kernel.blockDim = dim3(1);
  OK(cudaGraphAddNode(&node, loop.conditional.phGraph_out[0], nullptr, nullptr, 0, &kernel));
  cudaGraphExec_t exec;
  OK(cudaGraphInstantiate(&exec, graph, 0));
  cudaGraphLaunch(exec, nullptr);
  CHECK(cudaDeviceSynchronize() != cudaSuccess);
  return done();
}
