// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Changes to graphs as a whole: an executable takes the parameters of a graph of the same shape; nodes of any kind through one
// struct; a graph as a picture.

#include "Graph.h"
#include "Memory.h"

#include <cstdio>

using namespace cuport;

namespace {

struct Update {
  cudaGraphExecUpdateResult result = cudaGraphExecUpdateSuccess;
  CUgraphNode_st *node = nullptr; ///< in the new graph
  CUgraphNode_st *from = nullptr; ///< what it depends on, where that changed
};

// Nodes correspond in the order in which they were made.
bool compare(const CUgraph_st &own, const CUgraph_st &graph, Update &update) {
  auto fail = [&](cudaGraphExecUpdateResult result, CUgraphNode_st *node) {
    update.result = result;
    update.node = node;
    return false;
  };
  if (own.nodes.size() != graph.nodes.size())
    return fail(cudaGraphExecUpdateErrorTopologyChanged, nullptr);
  std::unordered_map<const CUgraphNode_st *, size_t> ownIndex, newIndex;
  for (size_t i = 0; i < own.nodes.size(); ++i) {
    ownIndex[own.nodes[i].get()] = i;
    newIndex[graph.nodes[i].get()] = i;
  }
  for (size_t i = 0; i < own.nodes.size(); ++i) {
    const CUgraphNode_st &before = *own.nodes[i];
    CUgraphNode_st &after = *graph.nodes[i];
    if (before.operation.index() != after.operation.index())
      return fail(cudaGraphExecUpdateErrorNodeTypeChanged, &after);
    if (before.dependencies.size() != after.dependencies.size())
      return fail(cudaGraphExecUpdateErrorTopologyChanged, &after);
    for (size_t k = 0; k < before.dependencies.size(); ++k)
      if (ownIndex[before.dependencies[k]] != newIndex[after.dependencies[k]]) {
        update.from = after.dependencies[k];
        return fail(cudaGraphExecUpdateErrorTopologyChanged, &after);
      }
    if (auto *child = std::get_if<ChildGraph>(&before.operation))
      if (!compare(*child->graph, *std::get<ChildGraph>(after.operation).graph, update))
        return false;
    if (auto *node = std::get_if<ConditionalNode>(&before.operation)) {
      const ConditionalBodies &was = *node->bodies,
                              &is = *std::get<ConditionalNode>(after.operation).bodies;
      if (was.type != is.type || was.graphs.size() != is.graphs.size())
        return fail(cudaGraphExecUpdateErrorParametersChanged, &after);
      for (size_t k = 0; k < was.graphs.size(); ++k)
        if (!compare(*was.graphs[k], *is.graphs[k], update))
          return false;
    }
    if (auto *memory = std::get_if<MemoryAllocation>(&before.operation))
      if (memory->memory != std::get<MemoryAllocation>(after.operation).memory)
        return fail(cudaGraphExecUpdateErrorNotSupported, &after);
  }
  return true;
}

cudaError_t operationOf(const cudaGraphNodeParams &p, Device &device, GraphOperation &operation) {
  Event *event;
  switch (p.type) {
  case cudaGraphNodeTypeKernel: {
    const cudaKernelNodeParamsV2 &kernel = p.kernel;
    return cuport::operationOf(cudaKernelNodeParams{kernel.func, kernel.gridDim, kernel.blockDim, kernel.sharedMemBytes,
                                                    kernel.kernelParams, kernel.extra},
                               device, operation);
  }
  case cudaGraphNodeTypeMemcpy:
    return cuport::operationOf(p.memcpy.copyParams, operation);
  case cudaGraphNodeTypeMemset:
    return cuport::operationOf(cudaMemsetParams{p.memset.dst, p.memset.pitch, p.memset.value, p.memset.elementSize,
                                                p.memset.width, p.memset.height},
                               operation);
  case cudaGraphNodeTypeHost:
    return cuport::operationOf(cudaHostNodeParams{p.host.fn, p.host.userData}, operation);
  case cudaGraphNodeTypeGraph: {
    CUgraph_st *child;
    if (cudaError_t error = graphOf(p.graph.graph, child))
      return error;
    if (hasConditionals(*child))
      return cudaErrorInvalidValue;
    operation = ChildGraph(*child);
    return cudaSuccess;
  }
  case cudaGraphNodeTypeEmpty:
    operation = EmptyOperation{};
    return cudaSuccess;
  case cudaGraphNodeTypeEventRecord:
    if (cudaError_t error = eventOf(p.eventRecord.event, event))
      return error;
    operation = EventRecord{event};
    return cudaSuccess;
  case cudaGraphNodeTypeWaitEvent:
    if (cudaError_t error = eventOf(p.eventWait.event, event))
      return error;
    operation = EventWait{event};
    return cudaSuccess;
  case cudaGraphNodeTypeConditional:
    return cuport::operationOf(p.conditional, operation);
  default:
    return notSupported("a graph node of this type");
  }
}

cudaError_t replaceOperation(CUgraphNode_st &node, const cudaGraphNodeParams &parameters,
                             Device &device) {
  if (parameters.type != typeOf(node.operation) || parameters.type == cudaGraphNodeTypeConditional)
    return cudaErrorInvalidValue;
  return operationOf(parameters, device, node.operation);
}

// The child becomes the node's as it is.
cudaError_t addMovedGraph(cudaGraphNode_t *node, cudaGraph_t graph,
                          const cudaGraphNode_t *dependencies, size_t count, cudaGraph_t handle) {
  return api([&](Device &) {
    CUgraph_st *child;
    if (cudaError_t error = graphOf(handle, child))
      return error;
    if (child->embedded || child == graph)
      return cudaErrorInvalidValue;
    if (cudaError_t error = addNode(node, graph, dependencies, count, ChildGraph(CUgraph_st())))
      return error;
    child->embedded = true;
    std::get<ChildGraph>((*node)->operation).graph.reset(child);
    return cudaSuccess;
  });
}

} // namespace

cudaError_t cudaGraphExecUpdate(cudaGraphExec_t execHandle, cudaGraph_t handle,
                                cudaGraphExecUpdateResultInfo *info) {
  return api([&](Device &) {
    CUgraph_st *graph;
    CUgraphExec_st *exec;
    if (cudaError_t error = execOf(execHandle, exec))
      return error;
    if (cudaError_t error = graphOf(handle, graph))
      return error;
    std::lock_guard lock(exec->mutex);
    Update update;
    bool same = compare(*exec->graph, *graph, update);
    std::unique_ptr<CUgraph_st> copy = graph->clone();
    std::vector<std::shared_ptr<Condition>> conditions;
    if (same &&
        (checkStructure(*copy, conditions, update.node) || !claim(*exec, std::move(conditions)))) {
      update.result = cudaGraphExecUpdateError;
      same = false;
    }
    if (info)
      *info = {update.result, update.node, update.from};
    if (!same)
      return cudaErrorGraphExecUpdateFailure;
    // From now on the executable's nodes are known by those of the new graph too: CUDA finds them by their place.
    for (size_t i = 0; i < copy->nodes.size(); ++i)
      exec->graph->nodes[i]->operation = std::move(copy->nodes[i]->operation);
    return cudaSuccess;
  });
}

cudaError_t cudaGraphExecChildGraphNodeSetParams(cudaGraphExec_t execHandle, cudaGraphNode_t node,
                                                 cudaGraph_t handle) {
  return api([&](Device &) {
    CUgraph_st *graph;
    CUgraphExec_st *exec;
    if (cudaError_t error = execOf(execHandle, exec))
      return error;
    if (cudaError_t error = graphOf(handle, graph))
      return error;
    CUgraphNode_st *own = exec->graph->copyOf(node);
    auto *child = own ? std::get_if<ChildGraph>(&own->operation) : nullptr;
    Update update;
    if (!child || !compare(*child->graph, *graph, update))
      return cudaErrorInvalidValue;
    std::lock_guard lock(exec->mutex);
    *child = ChildGraph(*graph);
    return cudaSuccess;
  });
}

cudaError_t cudaGraphAddNode_v2(cudaGraphNode_t *node, cudaGraph_t graph, const cudaGraphNode_t *dependencies,
                             const cudaGraphEdgeData *, size_t count, cudaGraphNodeParams *parameters) {
  if (!parameters)
    return noted(cudaErrorInvalidValue);
  if (parameters->type == cudaGraphNodeTypeMemAlloc) {
    auto &alloc = parameters->alloc;
    cudaMemAllocNodeParams plain{alloc.poolProps, alloc.accessDescs, alloc.accessDescCount, alloc.bytesize, nullptr};
    cudaError_t error = cudaGraphAddMemAllocNode(node, graph, dependencies, count, &plain);
    alloc.dptr = plain.dptr;
    return error;
  }
  if (parameters->type == cudaGraphNodeTypeMemFree)
    return cudaGraphAddMemFreeNode(node, graph, dependencies, count, parameters->free.dptr);
  if (parameters->type == cudaGraphNodeTypeGraph &&
      parameters->graph.ownership == cudaGraphChildGraphOwnershipMove)
    return addMovedGraph(node, graph, dependencies, count, parameters->graph.graph);
  return api([&](Device &device) {
    GraphOperation operation;
    if (cudaError_t error = ::operationOf(*parameters, device, operation))
      return error;
    if (cudaError_t error = addNode(node, graph, dependencies, count, std::move(operation)))
      return error;
    if (auto *conditional = std::get_if<ConditionalNode>(&(*node)->operation))
      parameters->conditional.phGraph_out = conditional->bodies->handles.data();
    return cudaSuccess;
  });
}

cudaError_t cudaGraphNodeSetParams(cudaGraphNode_t handle, cudaGraphNodeParams *parameters) {
  return api([&](Device &device) {
    CUgraphNode_st *node;
    if (!parameters)
      return cudaErrorInvalidValue;
    if (cudaError_t error = nodeOf(handle, node))
      return error;
    return replaceOperation(*node, *parameters, device);
  });
}

cudaError_t cudaGraphExecNodeSetParams(cudaGraphExec_t handle, cudaGraphNode_t node,
                                       cudaGraphNodeParams *parameters) {
  if (parameters && parameters->type == cudaGraphNodeTypeGraph)
    return cudaGraphExecChildGraphNodeSetParams(handle, node, parameters->graph.graph);
  return api([&](Device &) {
    CUgraphExec_st *exec;
    if (!parameters)
      return cudaErrorInvalidValue;
    if (cudaError_t error = execOf(handle, exec))
      return error;
    CUgraphNode_st *own = exec->graph->copyOf(node);
    if (!own)
      return cudaErrorInvalidValue;
    std::lock_guard lock(exec->mutex);
    return replaceOperation(*own, *parameters, exec->device);
  });
}

cudaError_t cudaGraphDebugDotPrint(cudaGraph_t handle, const char *path, unsigned int) {
  return api([&](Device &) {
    constexpr const char *names[] = {"kernel",
                                     "memcpy",
                                     "memset",
                                     "host",
                                     "graph",
                                     "empty",
                                     "wait event",
                                     "record event",
                                     "signal",
                                     "wait",
                                     "allocation",
                                     "free",
                                     "batch of memory operations",
                                     "conditional"};
    CUgraph_st *graph;
    if (!path)
      return cudaErrorInvalidValue;
    if (cudaError_t error = graphOf(handle, graph))
      return error;
    FILE *file = std::fopen(path, "w");
    if (!file)
      return cudaErrorOperatingSystem;
    std::unordered_map<const CUgraphNode_st *, size_t> number;
    std::fprintf(file, "digraph graph_1 {\n");
    for (auto &node : graph->nodes) {
      size_t id = number.size();
      number[node.get()] = id;
      auto *launch = std::get_if<KernelLaunch>(&node->operation);
      std::fprintf(file, "  node_%zu [label=\"%s%s%s\"];\n", id, names[typeOf(node->operation)], launch ? " " : "",
                   launch ? launch->function->name.c_str() : "");
    }
    for (auto &node : graph->nodes)
      for (const CUgraphNode_st *after : node->dependents)
        std::fprintf(file, "  node_%zu -> node_%zu;\n", number[node.get()], number[after]);
    std::fprintf(file, "}\n");
    std::fclose(file);
    return cudaSuccess;
  });
}

cudaError_t cudaGraphAddNode(cudaGraphNode_t *node, cudaGraph_t graph, const cudaGraphNode_t *dependencies, size_t count,
                             cudaGraphNodeParams *parameters) {
  return cudaGraphAddNode_v2(node, graph, dependencies, nullptr, count, parameters);
}
