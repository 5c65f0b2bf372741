// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a graph looks like: nodes, edges, and changes of them.

#include "Graph.h"

#include <algorithm>

using namespace cuport;

namespace {

// CUDA's way to return a list: without a place, how many there are; else as many as fit, and nulls behind.
template <class List> cudaError_t giveList(const List &list, cudaGraphNode_t *place, size_t *count) {
  if (!count)
    return cudaErrorInvalidValue;
  if (!place) {
    *count = list.size();
    return cudaSuccess;
  }
  for (size_t i = 0; i < *count; ++i)
    place[i] = i < list.size() ? list[i] : nullptr;
  *count = std::min(*count, list.size());
  return cudaSuccess;
}

void erase(std::vector<CUgraphNode_st *> &list, CUgraphNode_st *node) {
  list.erase(std::remove(list.begin(), list.end(), node), list.end());
}

// Calls body(before, after) for each edge of a list until it says that one is wrong.
template <class Body>
cudaError_t eachEdge(cudaGraph_t handle, const cudaGraphNode_t *from, const cudaGraphNode_t *to,
                     size_t count, Body &&body) {
  CUgraph_st *graph;
  if (cudaError_t error = graphOf(handle, graph))
    return noted(error);
  if (count && (!from || !to))
    return noted(cudaErrorInvalidValue);
  for (size_t i = 0; i < count; ++i) {
    CUgraphNode_st *before, *after;
    if (nodeOf(from[i], before) || nodeOf(to[i], after) || before->graph != graph ||
        after->graph != graph || before == after || !body(*before, *after))
      return noted(cudaErrorInvalidValue);
  }
  return cudaSuccess;
}

bool hasEdge(const CUgraphNode_st &before, const CUgraphNode_st &after) {
  return std::find(after.dependencies.begin(), after.dependencies.end(), &before) !=
         after.dependencies.end();
}

void plainEdges(cudaGraphEdgeData *edges, const size_t *count) {
  for (size_t i = 0; edges && count && i < *count; ++i)
    edges[i] = cudaGraphEdgeData{};
}

template <class List>
cudaError_t neighbours(cudaGraphNode_t handle, List CUgraphNode_st::*which, cudaGraphNode_t *list,
                       cudaGraphEdgeData *edges, size_t *count) {
  CUgraphNode_st *node;
  if (cudaError_t error = nodeOf(handle, node))
    return noted(error);
  cudaError_t error = giveList(node->*which, list, count);
  plainEdges(edges, count);
  return noted(error);
}

} // namespace

cudaError_t cudaGraphGetNodes(cudaGraph_t handle, cudaGraphNode_t *nodes, size_t *count) {
  CUgraph_st *graph;
  if (cudaError_t error = graphOf(handle, graph))
    return noted(error);
  std::vector<CUgraphNode_st *> list;
  for (auto &node : graph->nodes)
    list.push_back(node.get());
  return noted(giveList(list, nodes, count));
}

cudaError_t cudaGraphGetRootNodes(cudaGraph_t handle, cudaGraphNode_t *nodes, size_t *count) {
  CUgraph_st *graph;
  if (cudaError_t error = graphOf(handle, graph))
    return noted(error);
  std::vector<CUgraphNode_st *> list;
  for (auto &node : graph->nodes)
    if (node->dependencies.empty())
      list.push_back(node.get());
  return noted(giveList(list, nodes, count));
}

cudaError_t cudaGraphGetEdges_v2(cudaGraph_t handle, cudaGraphNode_t *from, cudaGraphNode_t *to, cudaGraphEdgeData *edges,
                              size_t *count) {
  CUgraph_st *graph;
  if (cudaError_t error = graphOf(handle, graph))
    return noted(error);
  if (!count || !from != !to)
    return noted(cudaErrorInvalidValue);
  std::vector<CUgraphNode_st *> begins, ends;
  for (auto &node : graph->nodes)
    for (CUgraphNode_st *after : node->dependents) {
      begins.push_back(node.get());
      ends.push_back(after);
    }
  size_t asked = *count;
  if (cudaError_t error = giveList(begins, from, &asked))
    return noted(error);
  cudaError_t error = giveList(ends, to, count);
  plainEdges(edges, count);
  return noted(error);
}

cudaError_t cudaGraphGetEdges(cudaGraph_t graph, cudaGraphNode_t *from, cudaGraphNode_t *to, size_t *count) {
  return cudaGraphGetEdges_v2(graph, from, to, nullptr, count);
}

cudaError_t cudaGraphNodeGetDependencies_v2(cudaGraphNode_t node, cudaGraphNode_t *list,
                                            cudaGraphEdgeData *edges, size_t *count) {
  return neighbours(node, &CUgraphNode_st::dependencies, list, edges, count);
}

cudaError_t cudaGraphNodeGetDependencies(cudaGraphNode_t node, cudaGraphNode_t *list, size_t *count) {
  return cudaGraphNodeGetDependencies_v2(node, list, nullptr, count);
}

cudaError_t cudaGraphNodeGetDependentNodes_v2(cudaGraphNode_t node, cudaGraphNode_t *list,
                                              cudaGraphEdgeData *edges, size_t *count) {
  return neighbours(node, &CUgraphNode_st::dependents, list, edges, count);
}

cudaError_t cudaGraphNodeGetDependentNodes(cudaGraphNode_t node, cudaGraphNode_t *list, size_t *count) {
  return cudaGraphNodeGetDependentNodes_v2(node, list, nullptr, count);
}

cudaError_t cudaGraphAddDependencies_v2(cudaGraph_t graph, const cudaGraphNode_t *from,
                                        const cudaGraphNode_t *to, const cudaGraphEdgeData *,
                                        size_t count) {
  return eachEdge(graph, from, to, count, [](CUgraphNode_st &before, CUgraphNode_st &after) {
    if (hasEdge(before, after))
      return false;
    after.dependencies.push_back(&before);
    before.dependents.push_back(&after);
    return true;
  });
}

cudaError_t cudaGraphAddDependencies(cudaGraph_t graph, const cudaGraphNode_t *from, const cudaGraphNode_t *to,
                                     size_t count) {
  return cudaGraphAddDependencies_v2(graph, from, to, nullptr, count);
}

cudaError_t cudaGraphRemoveDependencies_v2(cudaGraph_t graph, const cudaGraphNode_t *from,
                                           const cudaGraphNode_t *to, const cudaGraphEdgeData *,
                                           size_t count) {
  return eachEdge(graph, from, to, count, [](CUgraphNode_st &before, CUgraphNode_st &after) {
    if (!hasEdge(before, after))
      return false;
    erase(after.dependencies, &before);
    erase(before.dependents, &after);
    return true;
  });
}

cudaError_t cudaGraphRemoveDependencies(cudaGraph_t graph, const cudaGraphNode_t *from, const cudaGraphNode_t *to,
                                     size_t count) {
  return cudaGraphRemoveDependencies_v2(graph, from, to, nullptr, count);
}

cudaError_t cudaGraphDestroyNode(cudaGraphNode_t handle) {
  CUgraphNode_st *node;
  if (cudaError_t error = nodeOf(handle, node))
    return noted(error);
  for (CUgraphNode_st *before : node->dependencies)
    erase(before->dependents, node);
  for (CUgraphNode_st *after : node->dependents)
    erase(after->dependencies, node);
  auto &nodes = node->graph->nodes;
  nodes.erase(std::find_if(nodes.begin(), nodes.end(), [&](auto &own) { return own.get() == node; }));
  return cudaSuccess;
}

cudaError_t cudaGraphNodeGetType(cudaGraphNode_t handle, cudaGraphNodeType *type) {
  CUgraphNode_st *node;
  if (!type)
    return noted(cudaErrorInvalidValue);
  if (cudaError_t error = nodeOf(handle, node))
    return noted(error);
  *type = typeOf(node->operation);
  return cudaSuccess;
}
