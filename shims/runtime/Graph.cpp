// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Graph.h"
#include "Memory.h"

#include <algorithm>
#include <cstring>

using namespace cuport;

KernelLaunch::KernelLaunch(Function &function, const LaunchShape &shape, void *const *arguments)
    : function(&function), shape(shape), handle(&function) {
  const cuport_kernel &kernel = *function.kernel.load(std::memory_order_relaxed);
  auto lines = [](size_t bytes) { return (bytes + sizeof(Line) - 1) / sizeof(Line); };
  size_t total = 0;
  for (uint32_t i = 0; i < kernel.parameter_count; ++i)
    total += lines(kernel.parameter_sizes[i]);
  storage.resize(total);
  pointers.resize(kernel.parameter_count);
  Line *place = storage.data();
  for (uint32_t i = 0; i < kernel.parameter_count; ++i) {
    std::memcpy(place, arguments[i], kernel.parameter_sizes[i]);
    pointers[i] = place;
    place += lines(kernel.parameter_sizes[i]);
  }
}

KernelLaunch &KernelLaunch::operator=(const KernelLaunch &other) {
  KernelLaunch copy(other);
  function = copy.function;
  shape = copy.shape;
  handle = copy.handle;
  // The lines stay where they are, so the pointers stay right.
  storage = std::move(copy.storage);
  pointers = std::move(copy.pointers);
  return *this;
}

MemoryCopy::MemoryCopy(const cuport_copy &copy) : copy(copy) {
  size_t height = std::max<size_t>(copy.height, 1);
  auto rows = [&](size_t slice, size_t pitch) { return copy.depth > 1 && pitch ? slice / pitch : height; };
  parameters.srcPtr = {const_cast<void *>(copy.source), copy.source_pitch, copy.width,
                       rows(copy.source_slice, copy.source_pitch)};
  parameters.dstPtr = {copy.destination, copy.destination_pitch, copy.width,
                       rows(copy.destination_slice, copy.destination_pitch)};
  parameters.extent = {copy.width, copy.height, copy.depth};
  bool fromHost = copy.source_kind == CUPORT_MEMORY_HOST;
  bool toHost = copy.destination_kind == CUPORT_MEMORY_HOST;
  parameters.kind = fromHost && toHost ? cudaMemcpyHostToHost
                    : fromHost         ? cudaMemcpyHostToDevice
                    : toHost           ? cudaMemcpyDeviceToHost
                                       : cudaMemcpyDeviceToDevice;
}

GraphMemory::~GraphMemory() {
  Allocation allocation;
  if (findAllocation(pointer, allocation) && allocation.begin == pointer)
    release(allocation);
}

ChildGraph::ChildGraph(const CUgraph_st &original) : graph(original.clone()) {
  graph->embedded = true;
}
ChildGraph::ChildGraph(ChildGraph &&other) noexcept = default;
ChildGraph &ChildGraph::operator=(const ChildGraph &other) {
  graph = std::move(ChildGraph(other).graph);
  return *this;
}
ChildGraph::~ChildGraph() = default;

CUgraph_st::~CUgraph_st() {
  magic = 0;
  for (auto &[object, count] : userObjects)
    cudaUserObjectRelease(object, count);
}

CUgraphNode_st &CUgraph_st::add(GraphOperation operation, const cudaGraphNode_t *dependencies, size_t count) {
  auto node = std::make_unique<CUgraphNode_st>();
  node->graph = this;
  node->operation = std::move(operation);
  node->dependencies.assign(dependencies, dependencies + count);
  for (CUgraphNode_st *before : node->dependencies)
    before->dependents.push_back(node.get());
  nodes.push_back(std::move(node));
  return *nodes.back();
}

std::unique_ptr<CUgraph_st> CUgraph_st::clone() const {
  auto copy = std::make_unique<CUgraph_st>();
  std::unordered_map<const CUgraphNode_st *, CUgraphNode_st *> copies;
  for (auto &node : nodes) {
    CUgraphNode_st &made = copy->add(node->operation, nullptr, 0);
    made.original = node.get();
    made.enabled = node->enabled;
    copies[node.get()] = &made;
  }
  // Edges in a second pass: they may have been added in any order.
  for (auto &node : nodes)
    for (CUgraphNode_st *before : node->dependencies) {
      copies[node.get()]->dependencies.push_back(copies[before]);
      copies[before]->dependents.push_back(copies[node.get()]);
    }
  for (auto &[object, count] : userObjects) {
    object->references += count;
    copy->userObjects[object] = count;
  }
  copy->conditions = conditions;
  copy->setOrder();
  return copy;
}

CUgraphNode_st *CUgraph_st::copyOf(const CUgraphNode_st *node) const {
  for (auto &own : nodes)
    if (own->original == node)
      return own.get();
  return nullptr;
}

void CUgraph_st::setOrder() {
  std::unordered_map<const CUgraphNode_st *, size_t> missing;
  for (auto &node : nodes)
    if ((missing[node.get()] = node->dependencies.size()) == 0)
      order.push_back(node.get());
  for (size_t i = 0; i < order.size(); ++i)
    for (CUgraphNode_st *after : order[i]->dependents)
      if (--missing[after] == 0)
        order.push_back(after);
}

cudaError_t cuport::graphOf(cudaGraph_t handle, CUgraph_st *&graph) {
  if (!handle || handle->magic != CUgraph_st::Magic)
    return cudaErrorInvalidValue;
  graph = handle;
  return cudaSuccess;
}

cudaError_t cuport::nodeOf(cudaGraphNode_t handle, CUgraphNode_st *&node) {
  if (!handle || handle->magic != CUgraphNode_st::Magic)
    return cudaErrorInvalidValue;
  node = handle;
  return cudaSuccess;
}

cudaGraphNodeType cuport::typeOf(const GraphOperation &operation) {
  constexpr cudaGraphNodeType types[] = {
      cudaGraphNodeTypeEmpty,       cudaGraphNodeTypeKernel,     cudaGraphNodeTypeMemcpy,
      cudaGraphNodeTypeMemset,      cudaGraphNodeTypeHost,       cudaGraphNodeTypeGraph,
      cudaGraphNodeTypeEventRecord, cudaGraphNodeTypeWaitEvent,  cudaGraphNodeTypeMemAlloc,
      cudaGraphNodeTypeMemFree,     cudaGraphNodeTypeConditional};
  static_assert(std::size(types) == std::variant_size_v<GraphOperation>);
  return types[operation.index()];
}

cudaError_t cudaGraphCreate(cudaGraph_t *graph, unsigned int flags) {
  return api([&](Device &) {
    if (!graph || flags)
      return cudaErrorInvalidValue;
    *graph = new CUgraph_st;
    return cudaSuccess;
  });
}

cudaError_t cudaGraphDestroy(cudaGraph_t handle) {
  return api([&](Device &) {
    CUgraph_st *graph;
    if (cudaError_t error = graphOf(handle, graph))
      return error;
    if (graph->embedded)
      return cudaErrorInvalidValue;
    delete graph;
    return cudaSuccess;
  });
}

cudaError_t cudaGraphClone(cudaGraph_t *copy, cudaGraph_t handle) {
  return api([&](Device &) {
    CUgraph_st *graph;
    if (!copy)
      return cudaErrorInvalidValue;
    if (cudaError_t error = graphOf(handle, graph))
      return error;
    if (hasConditionals(*graph))
      return cudaErrorInvalidValue;
    *copy = graph->clone().release();
    return cudaSuccess;
  });
}

cudaError_t cudaGraphNodeFindInClone(cudaGraphNode_t *result, cudaGraphNode_t original, cudaGraph_t clone) {
  return api([&](Device &) {
    CUgraph_st *graph;
    if (!result)
      return cudaErrorInvalidValue;
    if (cudaError_t error = graphOf(clone, graph))
      return error;
    *result = graph->copyOf(original);
    return *result ? cudaSuccess : cudaErrorInvalidValue;
  });
}

cudaError_t cudaUserObjectCreate(cudaUserObject_t *object, void *pointer, cudaHostFn_t destroy, unsigned int references,
                                 unsigned int flags) {
  if (!object || !destroy || references == 0 || flags != cudaUserObjectNoDestructorSync)
    return noted(cudaErrorInvalidValue);
  *object = new CUuserObject_st{{references}, pointer, destroy};
  return cudaSuccess;
}

cudaError_t cudaUserObjectRetain(cudaUserObject_t object, unsigned int count) {
  if (!object || count == 0)
    return noted(cudaErrorInvalidValue);
  object->references += count;
  return cudaSuccess;
}

cudaError_t cudaUserObjectRelease(cudaUserObject_t object, unsigned int count) {
  if (!object || count == 0 || count > object->references)
    return noted(cudaErrorInvalidValue);
  if ((object->references -= count) == 0) {
    object->destroy(object->pointer);
    delete object;
  }
  return cudaSuccess;
}

cudaError_t cudaGraphRetainUserObject(cudaGraph_t handle, cudaUserObject_t object, unsigned int count, unsigned int flags) {
  CUgraph_st *graph;
  if (!object || count == 0 || (flags & ~unsigned(cudaGraphUserObjectMove)))
    return noted(cudaErrorInvalidValue);
  if (cudaError_t error = graphOf(handle, graph))
    return noted(error);
  graph->userObjects[object] += count;
  // Moved references were the caller's; else the graph takes its own.
  if (!(flags & cudaGraphUserObjectMove))
    object->references += count;
  return cudaSuccess;
}

cudaError_t cudaGraphReleaseUserObject(cudaGraph_t handle, cudaUserObject_t object, unsigned int count) {
  CUgraph_st *graph;
  if (cudaError_t error = graphOf(handle, graph))
    return noted(error);
  auto it = graph->userObjects.find(object);
  if (it == graph->userObjects.end() || count == 0 || count > it->second)
    return noted(cudaErrorInvalidValue);
  if ((it->second -= count) == 0)
    graph->userObjects.erase(it);
  return cudaUserObjectRelease(object, count);
}
