// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Graphs that can be launched.

#include "Capture.h"
#include "Graph.h"

#include <cstdio>

using namespace cuport;

CUgraphExec_st::~CUgraphExec_st() {
  magic = 0;
  if (lastRun)
    backend().event_destroy(lastRun);
}

namespace {

cudaError_t execOf(cudaGraphExec_t handle, CUgraphExec_st *&exec) {
  if (!handle || handle->magic != CUgraphExec_st::Magic)
    return cudaErrorInvalidValue;
  exec = handle;
  return cudaSuccess;
}

cudaError_t runAll(Stream &stream, const CUgraph_st &graph) {
  std::vector<CUgraphNode_st *> order;
  if (!graph.inOrder(order))
    return cudaErrorInvalidValue;
  for (CUgraphNode_st *node : order)
    if (node->enabled)
      if (cudaError_t error = run(stream, node->operation))
        return error;
  return cudaSuccess;
}

struct Run {
  Stream &stream;
  cudaError_t operator()(const EmptyOperation &) { return cudaSuccess; }
  cudaError_t operator()(const KernelLaunch &launch) {
    return cuport::launch(stream, *launch.function, launch.shape, launch.pointers.data());
  }
  cudaError_t operator()(const MemoryCopy &copy) {
    return copy.copy.width ? submit(stream, copy.copy) : cudaSuccess;
  }
  cudaError_t operator()(const MemoryFill &fill) {
    return fill.fill.width ? submit(stream, fill.fill) : cudaSuccess;
  }
  cudaError_t operator()(const HostCall &call) { return submit(stream, call.function, call.data); }
  cudaError_t operator()(const ChildGraph &child) { return runAll(stream, *child.graph); }
  cudaError_t operator()(const EventRecord &record) { return recordNow(*record.event, stream); }
  cudaError_t operator()(const EventWait &wait) { return waitNow(stream, *wait.event); }
  // The memory is there as long as the graph is.
  cudaError_t operator()(const MemoryAllocation &) { return cudaSuccess; }
  cudaError_t operator()(const MemoryFree &) { return cudaSuccess; }
};

// A node of the program's graph as the executable has it, and the operation of one kind in it.
template <class Operation>
cudaError_t execOperation(cudaGraphExec_t handle, cudaGraphNode_t node, CUgraphExec_st *&exec, GraphOperation *&operation) {
  if (cudaError_t error = execOf(handle, exec))
    return error;
  CUgraphNode_st *own = exec->graph->copyOf(node);
  if (!own || !std::holds_alternative<Operation>(own->operation))
    return cudaErrorInvalidValue;
  operation = &own->operation;
  return cudaSuccess;
}

template <class Operation, class Parameters>
cudaError_t setParameters(cudaGraphExec_t handle, cudaGraphNode_t node, const Parameters *parameters) {
  return api([&](Device &) {
    CUgraphExec_st *exec;
    GraphOperation *operation;
    if (!parameters)
      return cudaErrorInvalidValue;
    if (cudaError_t error = execOperation<Operation>(handle, node, exec, operation))
      return error;
    std::lock_guard lock(exec->mutex);
    if constexpr (std::is_same_v<Operation, KernelLaunch>)
      return operationOf(*parameters, exec->device, *operation);
    else
      return operationOf(*parameters, *operation);
  });
}

} // namespace

cudaError_t cuport::run(Stream &stream, const GraphOperation &operation) { return std::visit(Run{stream}, operation); }

cudaError_t cudaGraphInstantiateWithFlags(cudaGraphExec_t *result, cudaGraph_t handle, unsigned long long flags) {
  return api([&](Device &device) {
    CUgraph_st *graph;
    constexpr unsigned long long Known = cudaGraphInstantiateFlagAutoFreeOnLaunch | cudaGraphInstantiateFlagUpload |
                                         cudaGraphInstantiateFlagDeviceLaunch | cudaGraphInstantiateFlagUseNodePriority;
    if (!result || (flags & ~Known))
      return cudaErrorInvalidValue;
    if (cudaError_t error = graphOf(handle, graph))
      return error;
    if (flags & cudaGraphInstantiateFlagDeviceLaunch)
      return notSupported("cudaGraphInstantiateFlagDeviceLaunch");
    auto exec = std::make_unique<CUgraphExec_st>(device);
    exec->flags = flags;
    exec->graph = graph->clone();
    if (!exec->graph->inOrder(exec->order))
      return cudaErrorInvalidValue;
    if (int error = backend().event_create(device.ordinal, CUPORT_EVENT_NO_TIMING, &exec->lastRun))
      return cudaError_t(error);
    *result = exec.release();
    return cudaSuccess;
  });
}

cudaError_t cudaGraphInstantiate(cudaGraphExec_t *exec, cudaGraph_t graph, unsigned long long flags) {
  return cudaGraphInstantiateWithFlags(exec, graph, flags);
}

cudaError_t cudaGraphInstantiateWithParams(cudaGraphExec_t *exec, cudaGraph_t graph,
                                           cudaGraphInstantiateParams *parameters) {
  if (!parameters)
    return noted(cudaErrorInvalidValue);
  parameters->errNode_out = nullptr;
  cudaError_t error = cudaGraphInstantiateWithFlags(exec, graph, parameters->flags);
  parameters->result_out = error == cudaSuccess ? cudaGraphInstantiateSuccess : cudaGraphInstantiateError;
  return error;
}

cudaError_t cudaGraphExecGetFlags(cudaGraphExec_t handle, unsigned long long *flags) {
  CUgraphExec_st *exec;
  if (!flags)
    return noted(cudaErrorInvalidValue);
  if (cudaError_t error = execOf(handle, exec))
    return noted(error);
  *flags = exec->flags;
  return cudaSuccess;
}

cudaError_t cudaGraphExecDestroy(cudaGraphExec_t handle) {
  return api([&](Device &) {
    CUgraphExec_st *exec;
    if (cudaError_t error = execOf(handle, exec))
      return error;
    // Memory of the graph goes with it: what still runs has to end.
    if (cudaError_t error = cudaError_t(backend().event_synchronize(exec->lastRun)))
      return error;
    delete exec;
    return cudaSuccess;
  });
}

cudaError_t cudaGraphUpload(cudaGraphExec_t handle, cudaStream_t streamHandle) {
  return onStream(streamHandle, [&](Stream &) {
    CUgraphExec_st *exec;
    return execOf(handle, exec);
  });
}

cudaError_t cudaGraphLaunch(cudaGraphExec_t handle, cudaStream_t streamHandle) {
  return onStream(streamHandle, [&](Stream &stream) {
    CUgraphExec_st *exec;
    if (cudaError_t error = execOf(handle, exec))
      return error;
    if (stream.capture.load(std::memory_order_acquire))
      return captureNode(stream, ChildGraph(*exec->graph));
    if (cudaError_t error = refuseImplicit(stream))
      return error;
    std::lock_guard lock(exec->mutex);
    // A graph never runs beside itself.
    if (cudaError_t error =
            enqueue(stream, [&](cuport_queue *queue) { return backend().queue_wait(queue, exec->lastRun); }))
      return error;
    for (CUgraphNode_st *node : exec->order)
      if (node->enabled)
        if (cudaError_t error = run(stream, node->operation))
          return error;
    return enqueue(stream, [&](cuport_queue *queue) { return backend().event_record(exec->lastRun, queue); });
  });
}

cudaError_t cudaGraphExecKernelNodeSetParams(cudaGraphExec_t exec, cudaGraphNode_t node,
                                             const cudaKernelNodeParams *parameters) {
  return setParameters<KernelLaunch>(exec, node, parameters);
}

cudaError_t cudaGraphExecMemcpyNodeSetParams(cudaGraphExec_t exec, cudaGraphNode_t node,
                                             const cudaMemcpy3DParms *parameters) {
  return setParameters<MemoryCopy>(exec, node, parameters);
}

cudaError_t cudaGraphExecMemcpyNodeSetParams1D(cudaGraphExec_t exec, cudaGraphNode_t node, void *destination,
                                               const void *source, size_t size, cudaMemcpyKind kind) {
  cudaMemcpy3DParms parameters{};
  parameters.srcPtr = {const_cast<void *>(source), size, size, 1};
  parameters.dstPtr = {destination, size, size, 1};
  parameters.extent = {size, 1, 1};
  parameters.kind = kind;
  return cudaGraphExecMemcpyNodeSetParams(exec, node, &parameters);
}

cudaError_t cudaGraphExecMemcpyNodeSetParamsToSymbol(cudaGraphExec_t exec, cudaGraphNode_t node, const void *symbol,
                                                     const void *source, size_t size, size_t offset, cudaMemcpyKind kind) {
  char *place;
  if (cudaError_t error = placeIn(symbol, offset, size, place))
    return noted(error);
  return cudaGraphExecMemcpyNodeSetParams1D(exec, node, place, source, size, kind);
}

cudaError_t cudaGraphExecMemcpyNodeSetParamsFromSymbol(cudaGraphExec_t exec, cudaGraphNode_t node, void *destination,
                                                       const void *symbol, size_t size, size_t offset, cudaMemcpyKind kind) {
  char *place;
  if (cudaError_t error = placeIn(symbol, offset, size, place))
    return noted(error);
  return cudaGraphExecMemcpyNodeSetParams1D(exec, node, destination, place, size, kind);
}

cudaError_t cudaGraphExecMemsetNodeSetParams(cudaGraphExec_t exec, cudaGraphNode_t node,
                                             const cudaMemsetParams *parameters) {
  return setParameters<MemoryFill>(exec, node, parameters);
}

cudaError_t cudaGraphExecHostNodeSetParams(cudaGraphExec_t exec, cudaGraphNode_t node,
                                           const cudaHostNodeParams *parameters) {
  return setParameters<HostCall>(exec, node, parameters);
}

cudaError_t cudaGraphExecEventRecordNodeSetEvent(cudaGraphExec_t handle, cudaGraphNode_t node, cudaEvent_t eventHandle) {
  return api([&](Device &) {
    CUgraphExec_st *exec;
    GraphOperation *operation;
    Event *event;
    if (cudaError_t error = eventOf(eventHandle, event))
      return error;
    if (cudaError_t error = execOperation<EventRecord>(handle, node, exec, operation))
      return error;
    *operation = EventRecord{event};
    return cudaSuccess;
  });
}

cudaError_t cudaGraphExecEventWaitNodeSetEvent(cudaGraphExec_t handle, cudaGraphNode_t node, cudaEvent_t eventHandle) {
  return api([&](Device &) {
    CUgraphExec_st *exec;
    GraphOperation *operation;
    Event *event;
    if (cudaError_t error = eventOf(eventHandle, event))
      return error;
    if (cudaError_t error = execOperation<EventWait>(handle, node, exec, operation))
      return error;
    *operation = EventWait{event};
    return cudaSuccess;
  });
}

cudaError_t cudaGraphNodeSetEnabled(cudaGraphExec_t handle, cudaGraphNode_t node, unsigned int enabled) {
  CUgraphExec_st *exec;
  if (cudaError_t error = execOf(handle, exec))
    return noted(error);
  CUgraphNode_st *own = exec->graph->copyOf(node);
  cudaGraphNodeType type = own ? typeOf(own->operation) : cudaGraphNodeTypeEmpty;
  if (type != cudaGraphNodeTypeKernel && type != cudaGraphNodeTypeMemset && type != cudaGraphNodeTypeMemcpy)
    return noted(cudaErrorInvalidValue);
  own->enabled = enabled != 0;
  return cudaSuccess;
}

cudaError_t cudaGraphNodeGetEnabled(cudaGraphExec_t handle, cudaGraphNode_t node, unsigned int *enabled) {
  CUgraphExec_st *exec;
  if (cudaError_t error = execOf(handle, exec))
    return noted(error);
  CUgraphNode_st *own = exec->graph->copyOf(node);
  if (!own || !enabled)
    return noted(cudaErrorInvalidValue);
  *enabled = own->enabled;
  return cudaSuccess;
}
