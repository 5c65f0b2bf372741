// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Conditional nodes of graphs: if with and without else, while, switch, one in another; what CUDA
// does not allow; changes; the driver API. Rounds run in threads of the backend, so one thread has
// to do.
//
// RUN: %cuport-cc -I%S/Inputs %s -lcuda -o %t && %t | FileCheck %s
// RUN: env CUPORT_THREADS=1 %t | FileCheck %s
// RUN: env CUPORT_RECORD=%t.rec %t | FileCheck %s
// CHECK: all as it should be

#include "check.h"

#include <cuda.h>

__global__ void set(cudaGraphConditionalHandle handle, const unsigned *value) {
  cudaGraphSetConditional(handle, *value);
}
__global__ void countDown(cudaGraphConditionalHandle handle, int *left) {
  cudaGraphSetConditional(handle, --*left > 0);
}
__global__ void add(int *place, int value) { *place += value; }

template <class T> static T get(const T *place) {
  T value;
  OK(cudaMemcpy(&value, place, sizeof value, cudaMemcpyDeviceToHost));
  return value;
}

static cudaGraphNode_t kernelNode(cudaGraph_t graph, const void *kernel, void **arguments,
                                  cudaGraphNode_t after = nullptr) {
  cudaGraphNodeParams parameters = {cudaGraphNodeTypeKernel};
  parameters.kernel.func = const_cast<void *>(kernel);
  parameters.kernel.gridDim = parameters.kernel.blockDim = dim3(1);
  parameters.kernel.kernelParams = arguments;
  cudaGraphNode_t node = nullptr;
  OK(cudaGraphAddNode(&node, graph, &after, nullptr, after != nullptr, &parameters));
  return node;
}

static cudaGraphNode_t addNode(cudaGraph_t graph, int *place, int value,
                               cudaGraphNode_t after = nullptr) {
  void *arguments[] = {&place, &value};
  return kernelNode(graph, (const void *)add, arguments, after);
}

static cudaGraph_t *conditional(cudaGraphNode_t &node, cudaGraph_t graph,
                                cudaGraphConditionalHandle handle,
                                cudaGraphConditionalNodeType type, unsigned size,
                                cudaGraphNode_t after = nullptr) {
  cudaGraphNodeParams parameters = {cudaGraphNodeTypeConditional};
  parameters.conditional.handle = handle;
  parameters.conditional.type = type;
  parameters.conditional.size = size;
  OK(cudaGraphAddNode(&node, graph, &after, nullptr, after != nullptr, &parameters));
  return parameters.conditional.phGraph_out;
}

/// A graph: set the condition from *value; choose by it among bodies that add 1, 2, 3 ... to
/// place[0]; add 100.
struct Choice {
  cudaGraph_t graph;
  cudaGraphConditionalHandle handle;
  cudaGraphNode_t node;
  Choice(cudaGraphConditionalNodeType type, unsigned size, unsigned *value, int *place) {
    OK(cudaGraphCreate(&graph, 0));
    OK(cudaGraphConditionalHandleCreate(&handle, graph));
    void *arguments[] = {&handle, &value};
    cudaGraphNode_t first = kernelNode(graph, (const void *)set, arguments);
    cudaGraph_t *bodies = conditional(node, graph, handle, type, size, first);
    for (unsigned i = 0; i < size; ++i)
      addNode(bodies[i], place, int(i) + 1);
    addNode(graph, place, 100, node);
  }
};

static int launched(cudaGraphExec_t exec, unsigned *value, unsigned what, int *place) {
  OK(cudaMemcpy(value, &what, 4, cudaMemcpyHostToDevice));
  OK(cudaMemset(place, 0, 4));
  OK(cudaGraphLaunch(exec, nullptr));
  OK(cudaDeviceSynchronize());
  return get(place);
}

static void choices(unsigned *value, int *place) {
  Choice plain(cudaGraphCondTypeIf, 1, value, place), either(cudaGraphCondTypeIf, 2, value, place),
      several(cudaGraphCondTypeSwitch, 3, value, place);
  cudaGraphNodeType type;
  OK(cudaGraphNodeGetType(plain.node, &type));
  IS(type, cudaGraphNodeTypeConditional);
  cudaGraphExec_t exec;
  OK(cudaGraphInstantiate(&exec, plain.graph, 0));
  IS(launched(exec, value, 0, place), 100);
  IS(launched(exec, value, 7, place), 101);
  OK(cudaGraphExecDestroy(exec));
  OK(cudaGraphInstantiate(&exec, either.graph, 0));
  IS(launched(exec, value, 7, place), 101);
  IS(launched(exec, value, 0, place), 102);
  OK(cudaGraphExecDestroy(exec));
  OK(cudaGraphInstantiate(&exec, several.graph, 0));
  IS(launched(exec, value, 0, place), 101);
  IS(launched(exec, value, 1, place), 102);
  IS(launched(exec, value, 2, place), 103);
  IS(launched(exec, value, 3, place), 100);

  // There is one executable at a time, and no copy.
  cudaGraphExec_t other;
  CHECK(cudaGraphInstantiate(&other, several.graph, 0) != cudaSuccess);
  OK(cudaGraphExecDestroy(exec));
  OK(cudaGraphInstantiate(&exec, several.graph, 0));
  OK(cudaGraphExecDestroy(exec));
  cudaGraph_t copy;
  CHECK(cudaGraphClone(&copy, plain.graph) != cudaSuccess);
  cudaGraphNode_t child;
  CHECK(cudaGraphAddChildGraphNode(&child, either.graph, nullptr, 0, plain.graph) != cudaSuccess);

  // Another graph of the same shape, and one that is not.
  Choice again(cudaGraphCondTypeIf, 2, value, place);
  OK(cudaGraphInstantiate(&exec, either.graph, 0));
  cudaGraphExecUpdateResultInfo info;
  OK(cudaGraphExecUpdate(exec, again.graph, &info));
  OK(cudaGraphDestroy(either.graph));
  IS(launched(exec, value, 0, place), 102);
  IS(cudaGraphExecUpdate(exec, plain.graph, &info), cudaErrorGraphExecUpdateFailure);
  IS(launched(exec, value, 1, place), 101);
  OK(cudaGraphExecDestroy(exec));
  OK(cudaGraphDestroy(plain.graph));
  OK(cudaGraphDestroy(again.graph));
  OK(cudaGraphDestroy(several.graph));
}

// while (--*outer) { *inner = 3; while (--*inner) add(place, 1); add(place, 100); }
static void loops(int *place) {
  cudaGraph_t graph;
  OK(cudaGraphCreate(&graph, 0));
  cudaGraphConditionalHandle outer, inner;
  OK(cudaGraphConditionalHandleCreate(&outer, graph, 1, cudaGraphCondAssignDefault));
  cudaGraphNode_t node;
  cudaGraph_t body = conditional(node, graph, outer, cudaGraphCondTypeWhile, 1)[0];
  CHECK(cudaGraphDestroy(body) != cudaSuccess);
  OK(cudaGraphConditionalHandleCreate(&inner, body));
  int *left = place + 1, *innerLeft = place + 2;

  cudaStream_t stream;
  OK(cudaStreamCreate(&stream));
  OK(cudaStreamBeginCaptureToGraph(stream, body, nullptr, nullptr, 0, cudaStreamCaptureModeGlobal));
  OK(cudaMemsetAsync(innerLeft, 0, 4, stream));
  add<<<1, 1, 0, stream>>>(innerLeft, 3);
  countDown<<<1, 1, 0, stream>>>(inner, innerLeft);
  cudaStreamCaptureStatus status;
  const cudaGraphNode_t *last;
  size_t count;
  cudaGraph_t captured;
  OK(cudaStreamGetCaptureInfo(stream, &status, nullptr, &captured, &last, nullptr, &count));
  CHECK(captured == body);
  IS(count, size_t(1));
  cudaGraphNode_t innerNode;
  cudaGraph_t innerBody =
      conditional(innerNode, body, inner, cudaGraphCondTypeWhile, 1, last[0])[0];
  OK(cudaStreamUpdateCaptureDependencies(stream, &innerNode, nullptr, 1,
                                         cudaStreamSetCaptureDependencies));
  add<<<1, 1, 0, stream>>>(place, 100);
  countDown<<<1, 1, 0, stream>>>(outer, left);
  OK(cudaStreamEndCapture(stream, nullptr));
  OK(cudaStreamBeginCaptureToGraph(stream, innerBody, nullptr, nullptr, 0,
                                   cudaStreamCaptureModeGlobal));
  add<<<1, 1, 0, stream>>>(place, 1);
  countDown<<<1, 1, 0, stream>>>(inner, innerLeft);
  OK(cudaStreamEndCapture(stream, nullptr));

  cudaGraphExec_t exec;
  OK(cudaGraphInstantiate(&exec, graph, 0));
  int values[] = {0, 4};
  // What comes behind waits for the loop: launches, copies, other streams.
  for (int i = 0; i < 50; ++i) {
    OK(cudaMemcpyAsync(place, values, sizeof values, cudaMemcpyHostToDevice, stream));
    OK(cudaGraphLaunch(exec, stream));
    add<<<1, 1, 0, stream>>>(place, 10000);
    int result = -1;
    OK(cudaMemcpyAsync(&result, place, 4, cudaMemcpyDeviceToHost, stream));
    OK(cudaStreamSynchronize(stream));
    IS(result, 10000 + 4 * (2 + 100));
  }
  OK(cudaStreamBeginCapture(stream, cudaStreamCaptureModeGlobal));
  CHECK(cudaGraphLaunch(exec, stream) != cudaSuccess);
  cudaStreamEndCapture(stream, &captured);
  OK(cudaGraphDestroy(graph));
  OK(cudaGraphExecDestroy(exec));
  OK(cudaStreamDestroy(stream));
}

static void refused(int *place) {
  cudaGraph_t graph;
  OK(cudaGraphCreate(&graph, 0));
  cudaGraphConditionalHandle handle;
  IS(cudaGraphConditionalHandleCreate(&handle, graph, 0, 2), cudaErrorInvalidValue);
  OK(cudaGraphConditionalHandleCreate(&handle, graph));
  cudaGraphNodeParams parameters = {cudaGraphNodeTypeConditional};
  parameters.conditional.handle = handle;
  struct {
    cudaGraphConditionalNodeType type;
    unsigned size;
  } wrong[] = {{cudaGraphCondTypeIf, 0},
               {cudaGraphCondTypeIf, 3},
               {cudaGraphCondTypeWhile, 2},
               {cudaGraphCondTypeSwitch, 0}};
  cudaGraphNode_t node;
  for (auto &each : wrong) {
    parameters.conditional.type = each.type;
    parameters.conditional.size = each.size;
    IS(cudaGraphAddNode(&node, graph, nullptr, nullptr, 0, &parameters), cudaErrorInvalidValue);
  }
  cudaGraphExec_t exec;
  cudaGraphInstantiateParams how{};
  CHECK(cudaGraphInstantiateWithParams(&exec, graph, &how) != cudaSuccess);
  IS(how.result_out, cudaGraphInstantiateConditionalHandleUnused);

  // A body has nodes of the device only.
  cudaGraph_t body = conditional(node, graph, handle, cudaGraphCondTypeIf, 1)[0];
  cudaHostNodeParams host{};
  host.fn = [](void *) {};
  cudaGraphNode_t call;
  if (cudaGraphAddHostNode(&call, body, nullptr, 0, &host) == cudaSuccess) {
    CHECK(cudaGraphInstantiateWithParams(&exec, graph, &how) != cudaSuccess);
    IS(how.result_out, cudaGraphInstantiateInvalidStructure);
    OK(cudaGraphDestroyNode(call));
  }
  addNode(body, place, 1);
  OK(cudaGraphInstantiate(&exec, graph, 0));
  OK(cudaGraphExecDestroy(exec));
  OK(cudaGraphDestroy(graph));
}

// A child that moves is its node's, as it is.
static void moved(int *place) {
  cudaGraph_t graph, child;
  OK(cudaGraphCreate(&graph, 0));
  OK(cudaGraphCreate(&child, 0));
  cudaGraphNodeParams parameters = {cudaGraphNodeTypeGraph};
  parameters.graph.graph = child;
  parameters.graph.ownership = cudaGraphChildGraphOwnershipMove;
  cudaGraphNode_t node;
  OK(cudaGraphAddNode(&node, graph, nullptr, nullptr, 0, &parameters));
  cudaGraph_t inside;
  OK(cudaGraphChildGraphNodeGetGraph(node, &inside));
  CHECK(inside == child);
  addNode(child, place, 5);
  CHECK(cudaGraphDestroy(child) != cudaSuccess);
  cudaGraphExec_t exec;
  OK(cudaGraphInstantiate(&exec, graph, 0));
  OK(cudaMemset(place, 0, 4));
  OK(cudaGraphLaunch(exec, nullptr));
  IS(get(place), 5);
  OK(cudaGraphExecDestroy(exec));
  OK(cudaGraphDestroy(graph));
}

static void throughDriver(int *place) {
  CUgraph graph;
  CUgraphConditionalHandle handle;
  CUcontext context;
  IS(cuCtxGetCurrent(&context), CUDA_SUCCESS);
  IS(cuGraphCreate(&graph, 0), CUDA_SUCCESS);
  IS(cuGraphConditionalHandleCreate(&handle, graph, context, 1, CU_GRAPH_COND_ASSIGN_DEFAULT),
     CUDA_SUCCESS);
  CUgraphNodeParams parameters{};
  parameters.type = CU_GRAPH_NODE_TYPE_CONDITIONAL;
  parameters.conditional.handle = handle;
  parameters.conditional.type = CU_GRAPH_COND_TYPE_IF;
  parameters.conditional.size = 1;
  parameters.conditional.ctx = context;
  CUgraphNode node, inside;
  IS(cuGraphAddNode(&node, graph, nullptr, nullptr, 0, &parameters), CUDA_SUCCESS);
  CUgraph body = parameters.conditional.phGraph_out[0];
  parameters = {};
  parameters.type = CU_GRAPH_NODE_TYPE_MEMSET;
  parameters.memset.dst = (CUdeviceptr)place;
  parameters.memset.value = 77;
  parameters.memset.elementSize = 4;
  parameters.memset.width = parameters.memset.height = 1;
  parameters.memset.ctx = context;
  IS(cuGraphAddNode(&inside, body, nullptr, nullptr, 0, &parameters), CUDA_SUCCESS);
  parameters.memset.value = 78;
  IS(cuGraphNodeSetParams(inside, &parameters), CUDA_SUCCESS);
  CUgraphExec exec;
  CUDA_GRAPH_INSTANTIATE_PARAMS how{};
  IS(cuGraphInstantiateWithParams(&exec, graph, &how), CUDA_SUCCESS);
  IS(cuGraphLaunch(exec, nullptr), CUDA_SUCCESS);
  IS(get(place), 78);
  IS(cuGraphExecDestroy(exec), CUDA_SUCCESS);
  IS(cuGraphDestroy(graph), CUDA_SUCCESS);
}

// Parameters of one node through the struct for any: cooperative stays, and a child's shape must
// fit.
static void changes(int *place) {
  cudaGraph_t graph, one, two;
  OK(cudaGraphCreate(&graph, 0));
  OK(cudaGraphCreate(&one, 0));
  OK(cudaGraphCreate(&two, 0));
  addNode(one, place, 1);
  cudaGraphNode_t plus = addNode(graph, place, 10), child;
  cudaLaunchAttributeValue value{};
  value.cooperative = 1;
  OK(cudaGraphKernelNodeSetAttribute(plus, cudaLaunchAttributeCooperative, &value));
  OK(cudaGraphAddChildGraphNode(&child, graph, &plus, 1, one));
  cudaGraphNodeParams parameters = {cudaGraphNodeTypeKernel};
  int what = 20;
  void *arguments[] = {&place, &what};
  parameters.kernel.func = (void *)add;
  parameters.kernel.gridDim = parameters.kernel.blockDim = dim3(1);
  parameters.kernel.kernelParams = arguments;
  OK(cudaGraphNodeSetParams(plus, &parameters));
  value = {};
  OK(cudaGraphKernelNodeGetAttribute(plus, cudaLaunchAttributeCooperative, &value));
  IS(value.cooperative, 1);
  cudaGraphExec_t exec;
  OK(cudaGraphInstantiate(&exec, graph, 0));
  what = 30;
  OK(cudaGraphExecNodeSetParams(exec, plus, &parameters));
  cudaGraphNodeParams other = {cudaGraphNodeTypeGraph};
  other.graph.graph = two;
  CHECK(cudaGraphExecNodeSetParams(exec, child, &other) != cudaSuccess);
  addNode(two, place, 2);
  OK(cudaGraphExecNodeSetParams(exec, child, &other));
  IS(cudaGraphExecNodeSetParams(exec, plus, &other), cudaErrorInvalidValue);
  OK(cudaMemset(place, 0, 4));
  OK(cudaGraphLaunch(exec, nullptr));
  IS(get(place), 32);
  OK(cudaGraphExecDestroy(exec));
  OK(cudaGraphDestroy(graph));
  OK(cudaGraphDestroy(one));
  OK(cudaGraphDestroy(two));
}

int main() {
  int *place;
  unsigned *value;
  OK(cudaMalloc(&place, 64));
  OK(cudaMalloc(&value, 4));
  choices(value, place);
  loops(place);
  refused(place);
  moved(place);
  throughDriver(place);
  changes(place);
  return done();
}
