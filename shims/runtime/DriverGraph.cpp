// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Graphs of the driver API: their own structs for kernels, copies and fills, the rest is the runtime's.

#include "DriverGraph.h"
#include "Graph.h"

using namespace cuport;

CUresult cuGraphCreate(CUgraph *graph, unsigned int flags) {
  return driver([&] { return cudaGraphCreate(graph, flags); });
}

CUresult cuGraphDestroy(CUgraph graph) {
  return driver([&] { return cudaGraphDestroy(graph); });
}

CUresult cuGraphClone(CUgraph *copy, CUgraph graph) {
  return driver([&] { return cudaGraphClone(copy, graph); });
}

CUresult cuGraphNodeFindInClone(CUgraphNode *node, CUgraphNode original, CUgraph clone) {
  return driver([&] { return cudaGraphNodeFindInClone(node, original, clone); });
}

CUresult cuGraphAddKernelNode_v2(CUgraphNode *node, CUgraph graph, const CUgraphNode *dependencies, size_t count,
                                 const CUDA_KERNEL_NODE_PARAMS *parameters) {
  return driver([&] {
    if (!parameters)
      return cudaErrorInvalidValue;
    cudaKernelNodeParams kernel = plain(*parameters);
    return cudaGraphAddKernelNode(node, graph, dependencies, count, &kernel);
  });
}

CUresult cuGraphKernelNodeGetParams_v2(CUgraphNode node, CUDA_KERNEL_NODE_PARAMS *parameters) {
  return driver([&] {
    cudaKernelNodeParams p;
    if (!parameters)
      return cudaErrorInvalidValue;
    if (cudaError_t error = cudaGraphKernelNodeGetParams(node, &p))
      return error;
    *parameters = CUDA_KERNEL_NODE_PARAMS{};
    parameters->func = std::get<KernelLaunch>(node->operation).function;
    parameters->gridDimX = p.gridDim.x, parameters->gridDimY = p.gridDim.y, parameters->gridDimZ = p.gridDim.z;
    parameters->blockDimX = p.blockDim.x, parameters->blockDimY = p.blockDim.y, parameters->blockDimZ = p.blockDim.z;
    parameters->sharedMemBytes = p.sharedMemBytes;
    parameters->kernelParams = p.kernelParams;
    return cudaSuccess;
  });
}

CUresult cuGraphKernelNodeSetParams_v2(CUgraphNode node, const CUDA_KERNEL_NODE_PARAMS *parameters) {
  return driver([&] {
    if (!parameters)
      return cudaErrorInvalidValue;
    cudaKernelNodeParams kernel = plain(*parameters);
    return cudaGraphKernelNodeSetParams(node, &kernel);
  });
}

CUresult cuGraphExecKernelNodeSetParams_v2(CUgraphExec exec, CUgraphNode node, const CUDA_KERNEL_NODE_PARAMS *parameters) {
  return driver([&] {
    if (!parameters)
      return cudaErrorInvalidValue;
    cudaKernelNodeParams kernel = plain(*parameters);
    return cudaGraphExecKernelNodeSetParams(exec, node, &kernel);
  });
}

CUresult cuGraphAddMemcpyNode(CUgraphNode *node, CUgraph graph, const CUgraphNode *dependencies, size_t count,
                              const CUDA_MEMCPY3D *parameters, CUcontext) {
  return driver([&] {
    if (!parameters)
      return cudaErrorInvalidValue;
    cudaMemcpy3DParms copy = plain(*parameters);
    return cudaGraphAddMemcpyNode(node, graph, dependencies, count, &copy);
  });
}

CUresult cuGraphMemcpyNodeSetParams(CUgraphNode node, const CUDA_MEMCPY3D *parameters) {
  return driver([&] {
    if (!parameters)
      return cudaErrorInvalidValue;
    cudaMemcpy3DParms copy = plain(*parameters);
    return cudaGraphMemcpyNodeSetParams(node, &copy);
  });
}

CUresult cuGraphExecMemcpyNodeSetParams(CUgraphExec exec, CUgraphNode node, const CUDA_MEMCPY3D *parameters, CUcontext) {
  return driver([&] {
    if (!parameters)
      return cudaErrorInvalidValue;
    cudaMemcpy3DParms copy = plain(*parameters);
    return cudaGraphExecMemcpyNodeSetParams(exec, node, &copy);
  });
}

CUresult cuGraphAddMemsetNode(CUgraphNode *node, CUgraph graph, const CUgraphNode *dependencies, size_t count,
                              const CUDA_MEMSET_NODE_PARAMS *parameters, CUcontext) {
  return driver([&] {
    if (!parameters)
      return cudaErrorInvalidValue;
    cudaMemsetParams fill = plain(*parameters);
    return cudaGraphAddMemsetNode(node, graph, dependencies, count, &fill);
  });
}

CUresult cuGraphMemsetNodeGetParams(CUgraphNode node, CUDA_MEMSET_NODE_PARAMS *parameters) {
  return driver([&] {
    cudaMemsetParams fill;
    if (!parameters)
      return cudaErrorInvalidValue;
    if (cudaError_t error = cudaGraphMemsetNodeGetParams(node, &fill))
      return error;
    *parameters = {reinterpret_cast<CUdeviceptr>(fill.dst), fill.pitch, fill.value, fill.elementSize, fill.width,
                   fill.height};
    return cudaSuccess;
  });
}

CUresult cuGraphMemsetNodeSetParams(CUgraphNode node, const CUDA_MEMSET_NODE_PARAMS *parameters) {
  return driver([&] {
    if (!parameters)
      return cudaErrorInvalidValue;
    cudaMemsetParams fill = plain(*parameters);
    return cudaGraphMemsetNodeSetParams(node, &fill);
  });
}

CUresult cuGraphExecMemsetNodeSetParams(CUgraphExec exec, CUgraphNode node, const CUDA_MEMSET_NODE_PARAMS *parameters,
                                        CUcontext) {
  return driver([&] {
    if (!parameters)
      return cudaErrorInvalidValue;
    cudaMemsetParams fill = plain(*parameters);
    return cudaGraphExecMemsetNodeSetParams(exec, node, &fill);
  });
}

CUresult cuGraphAddHostNode(CUgraphNode *node, CUgraph graph, const CUgraphNode *dependencies, size_t count,
                            const CUDA_HOST_NODE_PARAMS *parameters) {
  return driver([&] {
    if (!parameters)
      return cudaErrorInvalidValue;
    cudaHostNodeParams call = plain(*parameters);
    return cudaGraphAddHostNode(node, graph, dependencies, count, &call);
  });
}

CUresult cuGraphHostNodeGetParams(CUgraphNode node, CUDA_HOST_NODE_PARAMS *parameters) {
  return driver([&] {
    cudaHostNodeParams call;
    if (!parameters)
      return cudaErrorInvalidValue;
    if (cudaError_t error = cudaGraphHostNodeGetParams(node, &call))
      return error;
    *parameters = {call.fn, call.userData};
    return cudaSuccess;
  });
}

CUresult cuGraphHostNodeSetParams(CUgraphNode node, const CUDA_HOST_NODE_PARAMS *parameters) {
  return driver([&] {
    if (!parameters)
      return cudaErrorInvalidValue;
    cudaHostNodeParams call = plain(*parameters);
    return cudaGraphHostNodeSetParams(node, &call);
  });
}

CUresult cuGraphExecHostNodeSetParams(CUgraphExec exec, CUgraphNode node, const CUDA_HOST_NODE_PARAMS *parameters) {
  return driver([&] {
    if (!parameters)
      return cudaErrorInvalidValue;
    cudaHostNodeParams call = plain(*parameters);
    return cudaGraphExecHostNodeSetParams(exec, node, &call);
  });
}

CUresult cuGraphAddChildGraphNode(CUgraphNode *node, CUgraph graph, const CUgraphNode *dependencies, size_t count,
                                  CUgraph child) {
  return driver([&] { return cudaGraphAddChildGraphNode(node, graph, dependencies, count, child); });
}

CUresult cuGraphChildGraphNodeGetGraph(CUgraphNode node, CUgraph *graph) {
  return driver([&] { return cudaGraphChildGraphNodeGetGraph(node, graph); });
}

CUresult cuGraphAddEmptyNode(CUgraphNode *node, CUgraph graph, const CUgraphNode *dependencies, size_t count) {
  return driver([&] { return cudaGraphAddEmptyNode(node, graph, dependencies, count); });
}

CUresult cuGraphAddEventRecordNode(CUgraphNode *node, CUgraph graph, const CUgraphNode *dependencies, size_t count,
                                   CUevent event) {
  return driver([&] { return cudaGraphAddEventRecordNode(node, graph, dependencies, count, event); });
}

CUresult cuGraphAddEventWaitNode(CUgraphNode *node, CUgraph graph, const CUgraphNode *dependencies, size_t count,
                                 CUevent event) {
  return driver([&] { return cudaGraphAddEventWaitNode(node, graph, dependencies, count, event); });
}

CUresult cuGraphNodeGetType(CUgraphNode node, CUgraphNodeType *type) {
  return driver([&] { return cudaGraphNodeGetType(node, reinterpret_cast<cudaGraphNodeType *>(type)); });
}

CUresult cuGraphGetNodes(CUgraph graph, CUgraphNode *nodes, size_t *count) {
  return driver([&] { return cudaGraphGetNodes(graph, nodes, count); });
}

CUresult cuGraphGetRootNodes(CUgraph graph, CUgraphNode *nodes, size_t *count) {
  return driver([&] { return cudaGraphGetRootNodes(graph, nodes, count); });
}

CUresult cuGraphGetEdges_v2(CUgraph graph, CUgraphNode *from, CUgraphNode *to, CUgraphEdgeData *edges, size_t *count) {
  return driver(
      [&] { return cudaGraphGetEdges_v2(graph, from, to, reinterpret_cast<cudaGraphEdgeData *>(edges), count); });
}

CUresult cuGraphNodeGetDependencies_v2(CUgraphNode node, CUgraphNode *list, CUgraphEdgeData *edges, size_t *count) {
  return driver(
      [&] { return cudaGraphNodeGetDependencies_v2(node, list, reinterpret_cast<cudaGraphEdgeData *>(edges), count); });
}

CUresult cuGraphNodeGetDependentNodes_v2(CUgraphNode node, CUgraphNode *list, CUgraphEdgeData *edges, size_t *count) {
  return driver(
      [&] { return cudaGraphNodeGetDependentNodes_v2(node, list, reinterpret_cast<cudaGraphEdgeData *>(edges), count); });
}

CUresult cuGraphAddDependencies_v2(CUgraph graph, const CUgraphNode *from, const CUgraphNode *to, const CUgraphEdgeData *,
                                   size_t count) {
  return driver([&] { return cudaGraphAddDependencies_v2(graph, from, to, nullptr, count); });
}

CUresult cuGraphRemoveDependencies_v2(CUgraph graph, const CUgraphNode *from, const CUgraphNode *to,
                                      const CUgraphEdgeData *, size_t count) {
  return driver([&] { return cudaGraphRemoveDependencies_v2(graph, from, to, nullptr, count); });
}

CUresult cuGraphDestroyNode(CUgraphNode node) {
  return driver([&] { return cudaGraphDestroyNode(node); });
}

CUresult cuGraphInstantiateWithFlags(CUgraphExec *exec, CUgraph graph, unsigned long long flags) {
  return driver([&] { return cudaGraphInstantiateWithFlags(exec, graph, flags); });
}
CUPORT_SAME(cuGraphInstantiate, cuGraphInstantiateWithFlags);

CUresult cuGraphInstantiate_v2(CUgraphExec *exec, CUgraph graph, CUgraphNode *node, char *log, size_t size) {
  if (node)
    *node = nullptr;
  if (log && size)
    *log = 0;
  return cuGraphInstantiateWithFlags(exec, graph, 0);
}

CUresult cuGraphUpload(CUgraphExec exec, CUstream stream) {
  return driver([&] { return cudaGraphUpload(exec, stream); });
}

CUresult cuGraphLaunch(CUgraphExec exec, CUstream stream) {
  return driver([&] { return cudaGraphLaunch(exec, stream); });
}

CUresult cuGraphExecDestroy(CUgraphExec exec) {
  return driver([&] { return cudaGraphExecDestroy(exec); });
}

CUresult cuGraphExecUpdate_v2(CUgraphExec exec, CUgraph graph, CUgraphExecUpdateResultInfo *info) {
  return driver([&] {
    cudaGraphExecUpdateResultInfo plainInfo{};
    cudaError_t error = cudaGraphExecUpdate(exec, graph, &plainInfo);
    if (info)
      *info = {CUgraphExecUpdateResult(plainInfo.result), plainInfo.errorNode, plainInfo.errorFromNode};
    return error;
  });
}

CUresult cuGraphNodeSetEnabled(CUgraphExec exec, CUgraphNode node, unsigned int enabled) {
  return driver([&] { return cudaGraphNodeSetEnabled(exec, node, enabled); });
}

CUresult cuGraphNodeGetEnabled(CUgraphExec exec, CUgraphNode node, unsigned int *enabled) {
  return driver([&] { return cudaGraphNodeGetEnabled(exec, node, enabled); });
}

CUresult cuGraphDebugDotPrint(CUgraph graph, const char *path, unsigned int flags) {
  return driver([&] { return cudaGraphDebugDotPrint(graph, path, flags); });
}

CUresult cuGraphGetEdges(CUgraph graph, CUgraphNode *from, CUgraphNode *to, size_t *count) {
  return cuGraphGetEdges_v2(graph, from, to, nullptr, count);
}

CUresult cuGraphNodeGetDependencies(CUgraphNode node, CUgraphNode *list, size_t *count) {
  return cuGraphNodeGetDependencies_v2(node, list, nullptr, count);
}

CUresult cuGraphNodeGetDependentNodes(CUgraphNode node, CUgraphNode *list, size_t *count) {
  return cuGraphNodeGetDependentNodes_v2(node, list, nullptr, count);
}

CUresult cuGraphAddDependencies(CUgraph graph, const CUgraphNode *from, const CUgraphNode *to, size_t count) {
  return cuGraphAddDependencies_v2(graph, from, to, nullptr, count);
}

CUresult cuGraphRemoveDependencies(CUgraph graph, const CUgraphNode *from, const CUgraphNode *to, size_t count) {
  return cuGraphRemoveDependencies_v2(graph, from, to, nullptr, count);
}

CUresult cuGraphExecUpdate(CUgraphExec exec, CUgraph graph, CUgraphNode *node, CUgraphExecUpdateResult *result) {
  CUgraphExecUpdateResultInfo info{};
  CUresult error = cuGraphExecUpdate_v2(exec, graph, &info);
  if (node)
    *node = info.errorNode;
  if (result)
    *result = info.result;
  return error;
}
