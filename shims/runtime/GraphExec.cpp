// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Graphs that can be launched.

#include "Capture.h"
#include "Graph.h"

using namespace cuport;

CUgraphExec_st::~CUgraphExec_st() {
  magic = 0;
  claim(*this, {});
  if (lastRun)
    backend().event_destroy(lastRun);
}

namespace {

struct Run {
  cuport_queue *queue;
  int operator()(const EmptyOperation &) { return cudaSuccess; }
  int operator()(const KernelLaunch &launch) {
    cuport_launch request = requestOf(*launch.function, launch.shape, launch.pointers.data());
    return backend().launch(queue, &request);
  }
  int operator()(const MemoryCopy &copy) {
    return copy.copy.width ? backend().copy(queue, &copy.copy) : cudaSuccess;
  }
  int operator()(const MemoryFill &fill) {
    return fill.fill.width ? backend().fill(queue, &fill.fill) : cudaSuccess;
  }
  int operator()(const HostCall &call) { return backend().call(queue, call.function, call.data); }
  int operator()(const ChildGraph &child) { return run(queue, *child.graph); }
  int operator()(const EventRecord &record) {
    return backend().event_record(record.event->event, queue);
  }
  int operator()(const EventWait &wait) { return backend().queue_wait(queue, wait.event->event); }
  // The memory is there as long as the graph is.
  int operator()(const MemoryAllocation &) { return cudaSuccess; }
  int operator()(const MemoryFree &) { return cudaSuccess; }
  int operator()(const ConditionalNode &node) { return run(queue, node); }
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

template <class Operation>
cudaError_t setEvent(cudaGraphExec_t handle, cudaGraphNode_t node, cudaEvent_t eventHandle) {
  return api([&](Device &) {
    CUgraphExec_st *exec;
    GraphOperation *operation;
    Event *event;
    if (cudaError_t error = eventOf(eventHandle, event))
      return error;
    if (cudaError_t error = execOperation<Operation>(handle, node, exec, operation))
      return error;
    std::lock_guard lock(exec->mutex);
    *operation = Operation{event};
    return cudaSuccess;
  });
}

} // namespace

cudaError_t cuport::execOf(cudaGraphExec_t handle, CUgraphExec_st *&exec) {
  if (!handle || handle->magic != CUgraphExec_st::Magic)
    return cudaErrorInvalidValue;
  exec = handle;
  return cudaSuccess;
}

cudaError_t cuport::run(cuport_queue *queue, const CUgraph_st &graph) {
  for (const CUgraphNode_st *node : graph.order)
    if (node->enabled)
      if (int error = std::visit(Run{queue}, node->operation))
        return cudaError_t(error);
  return cudaSuccess;
}

cudaError_t cudaGraphInstantiateWithParams(cudaGraphExec_t *result, cudaGraph_t handle,
                                           cudaGraphInstantiateParams *parameters) {
  return api([&](Device &device) {
    CUgraph_st *graph;
    constexpr unsigned long long Known = cudaGraphInstantiateFlagAutoFreeOnLaunch | cudaGraphInstantiateFlagUpload |
                                         cudaGraphInstantiateFlagDeviceLaunch | cudaGraphInstantiateFlagUseNodePriority;
    if (!parameters)
      return cudaErrorInvalidValue;
    parameters->errNode_out = nullptr;
    parameters->result_out = cudaGraphInstantiateError;
    if (!result || (parameters->flags & ~Known))
      return cudaErrorInvalidValue;
    if (cudaError_t error = graphOf(handle, graph))
      return error;
    if (parameters->flags & cudaGraphInstantiateFlagDeviceLaunch)
      return notSupported("cudaGraphInstantiateFlagDeviceLaunch");
    auto exec = std::make_unique<CUgraphExec_st>(device);
    exec->flags = parameters->flags;
    exec->graph = graph->clone();
    std::vector<std::shared_ptr<Condition>> conditions;
    CUgraphNode_st *wrong = nullptr;
    cudaGraphInstantiateResult structure = checkStructure(*exec->graph, conditions, wrong);
    if (structure != cudaGraphInstantiateSuccess) {
      parameters->result_out = structure;
      parameters->errNode_out = wrong ? const_cast<CUgraphNode_st *>(wrong->original) : nullptr;
      return cudaErrorInvalidValue;
    }
    if (!claim(*exec, std::move(conditions)))
      return cudaErrorInvalidValue;
    if (int error = backend().event_create(device.ordinal, CUPORT_EVENT_NO_TIMING, &exec->lastRun))
      return cudaError_t(error);
    parameters->result_out = cudaGraphInstantiateSuccess;
    *result = exec.release();
    return cudaSuccess;
  });
}

cudaError_t cudaGraphInstantiateWithFlags(cudaGraphExec_t *exec, cudaGraph_t graph,
                                          unsigned long long flags) {
  cudaGraphInstantiateParams parameters{};
  parameters.flags = flags;
  return cudaGraphInstantiateWithParams(exec, graph, &parameters);
}

cudaError_t cudaGraphInstantiate(cudaGraphExec_t *exec, cudaGraph_t graph,
                                 unsigned long long flags) {
  return cudaGraphInstantiateWithFlags(exec, graph, flags);
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
      return hasConditionals(*exec->graph) ? cudaErrorStreamCaptureUnsupported
                                           : captureNode(stream, ChildGraph(*exec->graph));
    if (cudaError_t error = refuseImplicit(stream))
      return error;
    std::lock_guard lock(exec->mutex);
    return enqueue(stream, [&](cuport_queue *queue) {
      // A graph never runs beside itself.
      if (int error = backend().queue_wait(queue, exec->lastRun))
        return error;
      if (int error = reset(queue, exec->conditions))
        return error;
      if (int error = run(queue, *exec->graph))
        return error;
      return backend().event_record(exec->lastRun, queue);
    });
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
  cudaMemcpy3DParms parameters = lineParameters(destination, source, size, kind);
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

cudaError_t cudaGraphExecEventRecordNodeSetEvent(cudaGraphExec_t exec, cudaGraphNode_t node,
                                                 cudaEvent_t event) {
  return setEvent<EventRecord>(exec, node, event);
}

cudaError_t cudaGraphExecEventWaitNodeSetEvent(cudaGraphExec_t exec, cudaGraphNode_t node,
                                               cudaEvent_t event) {
  return setEvent<EventWait>(exec, node, event);
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
