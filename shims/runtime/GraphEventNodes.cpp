// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Nodes for events and for memory that a graph allocates itself.

#include "Graph.h"
#include "Memory.h"

using namespace cuport;

namespace {

template <class Operation>
cudaError_t addEventNode(cudaGraphNode_t *node, cudaGraph_t graph, const cudaGraphNode_t *dependencies, size_t count,
                         cudaEvent_t handle) {
  return api([&](Device &) {
    Event *event;
    if (cudaError_t error = eventOf(handle, event))
      return error;
    return addNode(node, graph, dependencies, count, Operation{event});
  });
}

template <class Operation> cudaError_t getEvent(cudaGraphNode_t handle, cudaEvent_t *event) {
  CUgraphNode_st *node;
  if (cudaError_t error = nodeOf(handle, node))
    return noted(error);
  auto *operation = std::get_if<Operation>(&node->operation);
  if (!operation || !event)
    return noted(cudaErrorInvalidValue);
  *event = operation->event;
  return cudaSuccess;
}

template <class Operation> cudaError_t setEvent(cudaGraphNode_t handle, cudaEvent_t eventHandle) {
  CUgraphNode_st *node;
  Event *event;
  if (cudaError_t error = nodeOf(handle, node))
    return noted(error);
  if (cudaError_t error = eventOf(eventHandle, event))
    return noted(error);
  auto *operation = std::get_if<Operation>(&node->operation);
  if (!operation)
    return noted(cudaErrorInvalidValue);
  operation->event = event;
  return cudaSuccess;
}

} // namespace

cudaError_t cudaGraphAddEventRecordNode(cudaGraphNode_t *node, cudaGraph_t graph, const cudaGraphNode_t *dependencies,
                                        size_t count, cudaEvent_t event) {
  return addEventNode<EventRecord>(node, graph, dependencies, count, event);
}

cudaError_t cudaGraphAddEventWaitNode(cudaGraphNode_t *node, cudaGraph_t graph, const cudaGraphNode_t *dependencies,
                                      size_t count, cudaEvent_t event) {
  return addEventNode<EventWait>(node, graph, dependencies, count, event);
}

cudaError_t cudaGraphEventRecordNodeGetEvent(cudaGraphNode_t node, cudaEvent_t *event) {
  return getEvent<EventRecord>(node, event);
}

cudaError_t cudaGraphEventRecordNodeSetEvent(cudaGraphNode_t node, cudaEvent_t event) {
  return setEvent<EventRecord>(node, event);
}

cudaError_t cudaGraphEventWaitNodeGetEvent(cudaGraphNode_t node, cudaEvent_t *event) {
  return getEvent<EventWait>(node, event);
}

cudaError_t cudaGraphEventWaitNodeSetEvent(cudaGraphNode_t node, cudaEvent_t event) {
  return setEvent<EventWait>(node, event);
}

cudaError_t cudaGraphAddMemAllocNode(cudaGraphNode_t *node, cudaGraph_t graph, const cudaGraphNode_t *dependencies,
                                     size_t count, cudaMemAllocNodeParams *parameters) {
  return api([&](Device &) {
    Device *device;
    if (!parameters || parameters->bytesize == 0 || parameters->poolProps.allocType != cudaMemAllocationTypePinned ||
        parameters->poolProps.location.type != cudaMemLocationTypeDevice)
      return cudaErrorInvalidValue;
    if (cudaError_t error = deviceAt(parameters->poolProps.location.id, device))
      return error;
    auto memory = std::make_shared<GraphMemory>();
    if (cudaError_t error =
            allocate(*device, CUPORT_MEMORY_DEVICE, parameters->bytesize, memory->pointer, Origin::Graph))
      return error;
    parameters->dptr = memory->pointer;
    memory->parameters = *parameters;
    return addNode(node, graph, dependencies, count, MemoryAllocation{memory});
  });
}

cudaError_t cudaGraphMemAllocNodeGetParams(cudaGraphNode_t handle, cudaMemAllocNodeParams *parameters) {
  CUgraphNode_st *node;
  if (cudaError_t error = nodeOf(handle, node))
    return noted(error);
  auto *operation = std::get_if<MemoryAllocation>(&node->operation);
  if (!operation || !parameters)
    return noted(cudaErrorInvalidValue);
  *parameters = operation->memory->parameters;
  return cudaSuccess;
}

cudaError_t cudaGraphAddMemFreeNode(cudaGraphNode_t *node, cudaGraph_t graph, const cudaGraphNode_t *dependencies,
                                    size_t count, void *pointer) {
  return api([&](Device &) {
    Allocation allocation;
    if (!findAllocation(pointer, allocation) || allocation.begin != pointer || allocation.origin != Origin::Graph)
      return cudaErrorInvalidValue;
    return addNode(node, graph, dependencies, count, MemoryFree{pointer});
  });
}

cudaError_t cudaGraphMemFreeNodeGetParams(cudaGraphNode_t handle, void *pointer) {
  CUgraphNode_st *node;
  if (cudaError_t error = nodeOf(handle, node))
    return noted(error);
  auto *operation = std::get_if<MemoryFree>(&node->operation);
  if (!operation || !pointer)
    return noted(cudaErrorInvalidValue);
  *static_cast<void **>(pointer) = operation->pointer;
  return cudaSuccess;
}

// Memory of graphs goes with the graph, so there is never any to give back early.
cudaError_t cudaDeviceGraphMemTrim(int ordinal) {
  Device *device;
  return noted(deviceAt(ordinal, device));
}
