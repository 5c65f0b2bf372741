// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Graphs: made by hand and by capture, launched again and again, changed, and what capture forbids.
//
// RUN: %cuport-cc -I%S/Inputs %s -o %t && %t | FileCheck %s
// CHECK: all as it should be

#include "check.h"

#include <vector>

__global__ void add(int *place, int value) { *place += value; }
__global__ void multiply(int *place, int value) { *place *= value; }

static int calls = 0;
static int get(const int *place) {
  int value = -1;
  OK(cudaMemcpy(&value, place, 4, cudaMemcpyDeviceToHost));
  return value;
}

static void byHand(int *place) {
  cudaGraph_t graph;
  OK(cudaGraphCreate(&graph, 0));
  cudaMemsetParams fill{};
  fill.dst = place;
  fill.value = 5;
  fill.elementSize = 4;
  fill.width = 1;
  fill.height = 1;
  cudaGraphNode_t set, plus, times, call;
  OK(cudaGraphAddMemsetNode(&set, graph, nullptr, 0, &fill));
  int value = 2;
  void *arguments[] = {&place, &value};
  cudaKernelNodeParams kernel{};
  kernel.func = (void *)multiply;
  kernel.gridDim = kernel.blockDim = dim3(1);
  kernel.kernelParams = arguments;
  // The product is made first, and depends on the sum by an edge that is added later.
  OK(cudaGraphAddKernelNode(&times, graph, nullptr, 0, &kernel));
  kernel.func = (void *)add;
  OK(cudaGraphAddKernelNode(&plus, graph, &set, 1, &kernel));
  OK(cudaGraphAddDependencies(graph, &plus, &times, nullptr, 1));
  cudaHostNodeParams host{};
  host.fn = [](void *) { ++calls; };
  OK(cudaGraphAddHostNode(&call, graph, &times, 1, &host));
  value = 1000; // the nodes have their own copy

  size_t count = 0;
  OK(cudaGraphGetNodes(graph, nullptr, &count));
  IS(count, size_t(4));
  OK(cudaGraphGetRootNodes(graph, nullptr, &count));
  IS(count, size_t(1));
  OK(cudaGraphGetEdges(graph, nullptr, nullptr, nullptr, &count));
  IS(count, size_t(3));
  cudaGraphNodeType type;
  OK(cudaGraphNodeGetType(times, &type));
  IS(type, cudaGraphNodeTypeKernel);

  cudaGraphExec_t exec;
  OK(cudaGraphInstantiate(&exec, graph, 0));
  OK(cudaGraphLaunch(exec, nullptr));
  OK(cudaGraphLaunch(exec, nullptr));
  IS(get(place), (5 + 2) * 2);
  IS(calls, 2);

  // Another value for one node of the executable; the graph itself stays.
  value = 10;
  kernel.func = (void *)multiply;
  OK(cudaGraphExecKernelNodeSetParams(exec, times, &kernel));
  OK(cudaGraphLaunch(exec, nullptr));
  IS(get(place), (5 + 2) * 10);
  OK(cudaGraphNodeSetEnabled(exec, times, 0));
  OK(cudaGraphLaunch(exec, nullptr));
  IS(get(place), 7);

  // The executable takes over a graph of the same shape, and no other.
  cudaGraph_t clone;
  OK(cudaGraphClone(&clone, graph));
  cudaGraphNode_t cloned;
  OK(cudaGraphNodeFindInClone(&cloned, plus, clone));
  kernel.func = (void *)add;
  value = 1;
  OK(cudaGraphKernelNodeSetParams(cloned, &kernel));
  cudaGraphExecUpdateResultInfo info;
  OK(cudaGraphNodeSetEnabled(exec, times, 1));
  OK(cudaGraphExecUpdate(exec, clone, &info));
  IS(info.result, cudaGraphExecUpdateSuccess);
  OK(cudaGraphLaunch(exec, nullptr));
  IS(get(place), (5 + 1) * 2);
  OK(cudaGraphDestroyNode(cloned));
  IS(cudaGraphExecUpdate(exec, clone, &info), cudaErrorGraphExecUpdateFailure);
  IS(info.result, cudaGraphExecUpdateErrorTopologyChanged);

  // A circle cannot be run.
  OK(cudaGraphAddDependencies(graph, &call, &set, nullptr, 1));
  cudaGraphExec_t none;
  IS(cudaGraphInstantiate(&none, graph, 0), cudaErrorInvalidValue);
  OK(cudaGraphExecDestroy(exec));
  OK(cudaGraphDestroy(graph));
  OK(cudaGraphDestroy(clone));
}

static void captured(int *place) {
  cudaStream_t s, side;
  cudaEvent_t fork, join;
  OK(cudaStreamCreate(&s));
  OK(cudaStreamCreate(&side));
  OK(cudaEventCreate(&fork));
  OK(cudaEventCreate(&join));
  OK(cudaMemset(place, 0, 8));
  OK(cudaDeviceSynchronize());

  OK(cudaStreamBeginCapture(s, cudaStreamCaptureModeGlobal));
  add<<<1, 1, 0, s>>>(place, 3);
  OK(cudaEventRecord(fork, s));
  OK(cudaStreamWaitEvent(side, fork, 0));
  add<<<1, 1, 0, side>>>(place + 1, 4);
  OK(cudaEventRecord(join, side));
  multiply<<<1, 1, 0, s>>>(place, 5);
  OK(cudaStreamWaitEvent(s, join, 0));
  add<<<1, 1, 0, s>>>(place, 1);
  cudaStreamCaptureStatus status;
  OK(cudaStreamIsCapturing(side, &status));
  IS(status, cudaStreamCaptureStatusActive);
  cudaGraph_t graph;
  OK(cudaStreamEndCapture(s, &graph));
  IS(get(place), 0);
  size_t nodes, edges;
  OK(cudaGraphGetNodes(graph, nullptr, &nodes));
  OK(cudaGraphGetEdges(graph, nullptr, nullptr, nullptr, &edges));
  IS(nodes, size_t(4));
  IS(edges, size_t(4));
  cudaGraphExec_t exec;
  OK(cudaGraphInstantiate(&exec, graph, 0));
  OK(cudaGraphLaunch(exec, s));
  OK(cudaStreamSynchronize(s));
  IS(get(place), 16);
  IS(get(place + 1), 4);

  // What a capture does not allow makes it invalid.
  OK(cudaStreamBeginCapture(s, cudaStreamCaptureModeGlobal));
  IS(cudaStreamSynchronize(s), cudaErrorStreamCaptureUnsupported);
  IS(cudaStreamEndCapture(s, &graph), cudaErrorStreamCaptureInvalidated);
  CHECK(graph == nullptr);
  OK(cudaStreamBeginCapture(s, cudaStreamCaptureModeGlobal));
  void *memory;
  IS(cudaMalloc(&memory, 16), cudaErrorStreamCaptureUnsupported);
  IS(cudaStreamEndCapture(s, &graph), cudaErrorStreamCaptureInvalidated);
  OK(cudaStreamBeginCapture(s, cudaStreamCaptureModeRelaxed));
  OK(cudaMalloc(&memory, 16));
  add<<<1, 1>>>(place, 1);
  IS(cudaGetLastError(), cudaErrorStreamCaptureImplicit);
  IS(cudaStreamEndCapture(s, &graph), cudaErrorStreamCaptureInvalidated);
  OK(cudaStreamBeginCapture(s, cudaStreamCaptureModeGlobal));
  OK(cudaEventRecord(fork, s));
  OK(cudaStreamWaitEvent(side, fork, 0));
  add<<<1, 1, 0, side>>>(place, 1);
  IS(cudaStreamEndCapture(s, &graph), cudaErrorStreamCaptureUnjoined);
  IS(cudaStreamEndCapture(s, &graph), cudaErrorIllegalState);
  IS(cudaStreamBeginCapture(nullptr, cudaStreamCaptureModeGlobal), cudaErrorStreamCaptureUnsupported);
  cudaGetLastError();
  OK(cudaGraphExecDestroy(exec));
}

static void memory() {
  cudaStream_t s;
  OK(cudaStreamCreate(&s));
  int *place, result = 0;
  OK(cudaStreamBeginCapture(s, cudaStreamCaptureModeGlobal));
  OK(cudaMallocAsync((void **)&place, 4, s));
  OK(cudaMemsetAsync(place, 0, 4, s));
  add<<<1, 1, 0, s>>>(place, 9);
  OK(cudaMemcpyAsync(&result, place, 4, cudaMemcpyDeviceToHost, s));
  OK(cudaFreeAsync(place, s));
  cudaGraph_t graph;
  OK(cudaStreamEndCapture(s, &graph));
  cudaGraphExec_t exec;
  OK(cudaGraphInstantiate(&exec, graph, 0));
  OK(cudaGraphDestroy(graph));
  for (int i = 0; i < 3; ++i)
    OK(cudaGraphLaunch(exec, s));
  OK(cudaStreamSynchronize(s));
  IS(result, 9);
  OK(cudaGraphExecDestroy(exec));
}

int main() {
  int *place;
  OK(cudaMalloc(&place, 8));
  byHand(place);
  captured(place);
  memory();
  return done();
}
