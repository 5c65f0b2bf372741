// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Nodes made, read and changed through CUDA's structs.

#include "Copy.h"
#include "Fill.h"
#include "Graph.h"
#include "Memory.h"

#include <algorithm>

using namespace cuport;

cudaError_t cuport::operationOf(const cudaKernelNodeParams &p, Device &device, GraphOperation &operation) {
  Function *function;
  if (cudaError_t error = functionOf(p.func, function))
    return error;
  if (p.extra)
    return notSupported("cudaKernelNodeParams::extra");
  LaunchShape shape{p.gridDim, p.blockDim, p.sharedMemBytes, false};
  if (GraphOperation *before = &operation; auto *launch = std::get_if<KernelLaunch>(before))
    shape.cooperative = launch->shape.cooperative;
  if (cudaError_t error = checkLaunch(device, *function, shape))
    return error;
  if (function->kernel.load()->parameter_count && !p.kernelParams)
    return cudaErrorInvalidValue;
  KernelLaunch launch(*function, shape, p.kernelParams);
  launch.handle = p.func;
  operation = launch;
  return cudaSuccess;
}

cudaError_t cuport::operationOf(const cudaMemcpy3DParms &parameters, GraphOperation &operation) {
  CopyBox box;
  if (cudaError_t error = checkedBox(parameters, box))
    return error;
  MemoryCopy copy;
  copy.copy = box.copy;
  copy.parameters = parameters;
  operation = copy;
  return cudaSuccess;
}

cudaError_t cuport::operationOf(const cudaMemsetParams &p, GraphOperation &operation) {
  cuport_fill fill;
  if (p.elementSize != 1 && p.elementSize != 2 && p.elementSize != 4)
    return cudaErrorInvalidValue;
  if (cudaError_t error =
          checkedFill(p.dst, p.pitch, p.pitch * p.height, p.value, p.elementSize, p.width, p.height, 1, fill))
    return error;
  operation = MemoryFill{fill};
  return cudaSuccess;
}

cudaError_t cuport::operationOf(const cudaHostNodeParams &parameters, GraphOperation &operation) {
  if (!parameters.fn)
    return cudaErrorInvalidValue;
  operation = HostCall{parameters.fn, parameters.userData};
  return cudaSuccess;
}

cudaError_t cuport::addNode(cudaGraphNode_t *result, cudaGraph_t handle, const cudaGraphNode_t *dependencies, size_t count,
                            GraphOperation operation) {
  CUgraph_st *graph;
  if (!result || (count && !dependencies))
    return cudaErrorInvalidValue;
  if (cudaError_t error = graphOf(handle, graph))
    return error;
  for (size_t i = 0; i < count; ++i) {
    CUgraphNode_st *node;
    if (nodeOf(dependencies[i], node) || node->graph != graph ||
        std::count(dependencies, dependencies + count, dependencies[i]) != 1)
      return cudaErrorInvalidValue;
  }
  *result = &graph->add(std::move(operation), dependencies, count);
  return cudaSuccess;
}

namespace {

template <class Parameters>
cudaError_t addFrom(cudaGraphNode_t *node, cudaGraph_t graph, const cudaGraphNode_t *dependencies, size_t count,
                    const Parameters *parameters) {
  return api([&](Device &device) {
    GraphOperation operation;
    if (!parameters)
      return cudaErrorInvalidValue;
    cudaError_t error;
    if constexpr (std::is_same_v<Parameters, cudaKernelNodeParams>)
      error = operationOf(*parameters, device, operation);
    else
      error = operationOf(*parameters, operation);
    return error ? error : addNode(node, graph, dependencies, count, std::move(operation));
  });
}

// The operation of a node that has to be of one kind.
template <class Operation, class Body> cudaError_t onNode(cudaGraphNode_t handle, Body &&body) {
  return api([&](Device &device) {
    CUgraphNode_st *node;
    if (cudaError_t error = nodeOf(handle, node))
      return error;
    auto *operation = std::get_if<Operation>(&node->operation);
    return operation ? cudaError_t(body(*node, *operation, device)) : cudaErrorInvalidValue;
  });
}

} // namespace

cudaError_t cudaGraphAddKernelNode(cudaGraphNode_t *node, cudaGraph_t graph, const cudaGraphNode_t *dependencies,
                                   size_t count, const cudaKernelNodeParams *parameters) {
  return addFrom(node, graph, dependencies, count, parameters);
}

cudaError_t cudaGraphKernelNodeGetParams(cudaGraphNode_t handle, cudaKernelNodeParams *parameters) {
  return onNode<KernelLaunch>(handle, [&](CUgraphNode_st &, KernelLaunch &launch, Device &) {
    if (!parameters)
      return cudaErrorInvalidValue;
    *parameters = {launch.handle, launch.shape.grid, launch.shape.block, unsigned(launch.shape.dynamicShared),
                   launch.pointers.data(), nullptr};
    return cudaSuccess;
  });
}

cudaError_t cudaGraphKernelNodeSetParams(cudaGraphNode_t handle, const cudaKernelNodeParams *parameters) {
  return onNode<KernelLaunch>(handle, [&](CUgraphNode_st &node, KernelLaunch &, Device &device) {
    return parameters ? operationOf(*parameters, device, node.operation) : cudaErrorInvalidValue;
  });
}

cudaError_t cudaGraphKernelNodeSetAttribute(cudaGraphNode_t handle, cudaLaunchAttributeID id,
                                            const cudaLaunchAttributeValue *value) {
  return onNode<KernelLaunch>(handle, [&](CUgraphNode_st &, KernelLaunch &launch, Device &) {
    if (!value)
      return cudaErrorInvalidValue;
    if (id == cudaLaunchAttributeCooperative)
      launch.shape.cooperative = value->cooperative != 0;
    else if (id == cudaLaunchAttributeClusterDimension)
      return notSupported("cudaLaunchAttributeClusterDimension");
    return cudaSuccess;
  });
}

cudaError_t cudaGraphKernelNodeGetAttribute(cudaGraphNode_t handle, cudaLaunchAttributeID id,
                                            cudaLaunchAttributeValue *value) {
  return onNode<KernelLaunch>(handle, [&](CUgraphNode_st &, KernelLaunch &launch, Device &) {
    if (!value)
      return cudaErrorInvalidValue;
    *value = cudaLaunchAttributeValue{};
    if (id == cudaLaunchAttributeCooperative)
      value->cooperative = launch.shape.cooperative;
    return cudaSuccess;
  });
}

cudaError_t cudaGraphKernelNodeCopyAttributes(cudaGraphNode_t source, cudaGraphNode_t destination) {
  return onNode<KernelLaunch>(source, [&](CUgraphNode_st &, KernelLaunch &from, Device &) {
    CUgraphNode_st *node;
    if (cudaError_t error = nodeOf(destination, node))
      return error;
    auto *to = std::get_if<KernelLaunch>(&node->operation);
    if (!to)
      return cudaErrorInvalidValue;
    to->shape.cooperative = from.shape.cooperative;
    return cudaSuccess;
  });
}

cudaError_t cudaGraphAddMemcpyNode(cudaGraphNode_t *node, cudaGraph_t graph, const cudaGraphNode_t *dependencies,
                                   size_t count, const cudaMemcpy3DParms *parameters) {
  return addFrom(node, graph, dependencies, count, parameters);
}

cudaMemcpy3DParms cuport::lineParameters(void *destination, const void *source, size_t size,
                                         cudaMemcpyKind kind) {
  cudaMemcpy3DParms parameters{};
  parameters.srcPtr = {const_cast<void *>(source), size, size, 1};
  parameters.dstPtr = {destination, size, size, 1};
  parameters.extent = {size, 1, 1};
  parameters.kind = kind;
  return parameters;
}

cudaError_t cudaGraphAddMemcpyNode1D(cudaGraphNode_t *node, cudaGraph_t graph, const cudaGraphNode_t *dependencies,
                                     size_t count, void *destination, const void *source, size_t size,
                                     cudaMemcpyKind kind) {
  cudaMemcpy3DParms parameters = lineParameters(destination, source, size, kind);
  return addFrom(node, graph, dependencies, count, &parameters);
}

cudaError_t cudaGraphAddMemcpyNodeToSymbol(cudaGraphNode_t *node, cudaGraph_t graph, const cudaGraphNode_t *dependencies,
                                           size_t count, const void *symbol, const void *source, size_t size, size_t offset,
                                           cudaMemcpyKind kind) {
  char *place;
  if (cudaError_t error = placeIn(symbol, offset, size, place))
    return noted(error);
  return cudaGraphAddMemcpyNode1D(node, graph, dependencies, count, place, source, size, kind);
}

cudaError_t cudaGraphAddMemcpyNodeFromSymbol(cudaGraphNode_t *node, cudaGraph_t graph, const cudaGraphNode_t *dependencies,
                                             size_t count, void *destination, const void *symbol, size_t size,
                                             size_t offset, cudaMemcpyKind kind) {
  char *place;
  if (cudaError_t error = placeIn(symbol, offset, size, place))
    return noted(error);
  return cudaGraphAddMemcpyNode1D(node, graph, dependencies, count, destination, place, size, kind);
}

cudaError_t cudaGraphMemcpyNodeGetParams(cudaGraphNode_t handle, cudaMemcpy3DParms *parameters) {
  return onNode<MemoryCopy>(handle, [&](CUgraphNode_st &, MemoryCopy &copy, Device &) {
    if (!parameters)
      return cudaErrorInvalidValue;
    *parameters = copy.parameters;
    return cudaSuccess;
  });
}

cudaError_t cudaGraphMemcpyNodeSetParams(cudaGraphNode_t handle, const cudaMemcpy3DParms *parameters) {
  return onNode<MemoryCopy>(handle, [&](CUgraphNode_st &node, MemoryCopy &, Device &) {
    return parameters ? operationOf(*parameters, node.operation) : cudaErrorInvalidValue;
  });
}

cudaError_t cudaGraphMemcpyNodeSetParams1D(cudaGraphNode_t node, void *destination, const void *source, size_t size,
                                           cudaMemcpyKind kind) {
  cudaMemcpy3DParms parameters = lineParameters(destination, source, size, kind);
  return cudaGraphMemcpyNodeSetParams(node, &parameters);
}

cudaError_t cudaGraphMemcpyNodeSetParamsToSymbol(cudaGraphNode_t node, const void *symbol, const void *source, size_t size,
                                                 size_t offset, cudaMemcpyKind kind) {
  char *place;
  if (cudaError_t error = placeIn(symbol, offset, size, place))
    return noted(error);
  return cudaGraphMemcpyNodeSetParams1D(node, place, source, size, kind);
}

cudaError_t cudaGraphMemcpyNodeSetParamsFromSymbol(cudaGraphNode_t node, void *destination, const void *symbol, size_t size,
                                                   size_t offset, cudaMemcpyKind kind) {
  char *place;
  if (cudaError_t error = placeIn(symbol, offset, size, place))
    return noted(error);
  return cudaGraphMemcpyNodeSetParams1D(node, destination, place, size, kind);
}

cudaError_t cudaGraphAddMemsetNode(cudaGraphNode_t *node, cudaGraph_t graph, const cudaGraphNode_t *dependencies,
                                   size_t count, const cudaMemsetParams *parameters) {
  return addFrom(node, graph, dependencies, count, parameters);
}

cudaError_t cudaGraphMemsetNodeGetParams(cudaGraphNode_t handle, cudaMemsetParams *parameters) {
  return onNode<MemoryFill>(handle, [&](CUgraphNode_st &, MemoryFill &operation, Device &) {
    if (!parameters)
      return cudaErrorInvalidValue;
    const cuport_fill &fill = operation.fill;
    *parameters = {fill.destination, fill.pitch, fill.value, fill.element_size, fill.width, fill.height};
    return cudaSuccess;
  });
}

cudaError_t cudaGraphMemsetNodeSetParams(cudaGraphNode_t handle, const cudaMemsetParams *parameters) {
  return onNode<MemoryFill>(handle, [&](CUgraphNode_st &node, MemoryFill &, Device &) {
    return parameters ? operationOf(*parameters, node.operation) : cudaErrorInvalidValue;
  });
}

cudaError_t cudaGraphAddHostNode(cudaGraphNode_t *node, cudaGraph_t graph, const cudaGraphNode_t *dependencies, size_t count,
                                 const cudaHostNodeParams *parameters) {
  return addFrom(node, graph, dependencies, count, parameters);
}

cudaError_t cudaGraphHostNodeGetParams(cudaGraphNode_t handle, cudaHostNodeParams *parameters) {
  return onNode<HostCall>(handle, [&](CUgraphNode_st &, HostCall &call, Device &) {
    if (!parameters)
      return cudaErrorInvalidValue;
    *parameters = {call.function, call.data};
    return cudaSuccess;
  });
}

cudaError_t cudaGraphHostNodeSetParams(cudaGraphNode_t handle, const cudaHostNodeParams *parameters) {
  return onNode<HostCall>(handle, [&](CUgraphNode_st &node, HostCall &, Device &) {
    return parameters ? operationOf(*parameters, node.operation) : cudaErrorInvalidValue;
  });
}

cudaError_t cudaGraphAddEmptyNode(cudaGraphNode_t *node, cudaGraph_t graph, const cudaGraphNode_t *dependencies,
                                  size_t count) {
  return api([&](Device &) { return addNode(node, graph, dependencies, count, EmptyOperation{}); });
}

cudaError_t cudaGraphAddChildGraphNode(cudaGraphNode_t *node, cudaGraph_t graph, const cudaGraphNode_t *dependencies,
                                       size_t count, cudaGraph_t child) {
  return api([&](Device &) {
    CUgraph_st *checked;
    if (cudaError_t error = graphOf(child, checked))
      return error;
    if (hasConditionals(*checked))
      return cudaErrorInvalidValue;
    return addNode(node, graph, dependencies, count, ChildGraph(*checked));
  });
}

cudaError_t cudaGraphChildGraphNodeGetGraph(cudaGraphNode_t handle, cudaGraph_t *graph) {
  return onNode<ChildGraph>(handle, [&](CUgraphNode_st &, ChildGraph &child, Device &) {
    if (!graph)
      return cudaErrorInvalidValue;
    *graph = child.graph.get();
    return cudaSuccess;
  });
}
