// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Graphs: operations with an order between them, recorded once and run many times.
//
//   cudaGraphAdd...Node / a capturing stream --> CUgraph_st: nodes and edges
//   cudaGraphInstantiate --> CUgraphExec_st: a copy in an order that keeps the edges --> cudaGraphLaunch: into a stream
//
// A launch queues the nodes one after the other in the stream, which is one of the orders that the edges allow.

#ifndef CUPORT_RUNTIME_GRAPH_H
#define CUPORT_RUNTIME_GRAPH_H

#include "Event.h"
#include "Kernel.h"

#include <memory>
#include <unordered_map>
#include <variant>

namespace cuport {

struct EmptyOperation {};

/// A launch with its own copy of the arguments.
class KernelLaunch {
public:
  KernelLaunch(Function &function, const LaunchShape &shape, void *const *arguments);
  KernelLaunch(const KernelLaunch &other) : KernelLaunch(*other.function, other.shape, other.pointers.data()) {
    handle = other.handle;
  }
  KernelLaunch &operator=(const KernelLaunch &other);

  Function *function;
  LaunchShape shape;
  /// What the program named the kernel by; cudaGraphKernelNodeGetParams gives it back.
  void *handle;
  std::vector<void *> pointers;

private:
  struct alignas(64) Line {
    unsigned char bytes[64];
  };
  std::vector<Line> storage;
};

struct MemoryCopy {
  cuport_copy copy{};
  cudaMemcpy3DParms parameters{};
  MemoryCopy() = default;
  explicit MemoryCopy(const cuport_copy &copy);
};

struct MemoryFill {
  cuport_fill fill;
};

struct HostCall {
  cuport_host_function function;
  void *data;
};

struct EventRecord {
  Event *event;
};

struct EventWait {
  Event *event;
};

/// Memory of a graph stays where it is as long as the graph, or one made of it, lives.
struct GraphMemory {
  void *pointer = nullptr;
  cudaMemAllocNodeParams parameters{};
  ~GraphMemory();
};

struct MemoryAllocation {
  std::shared_ptr<GraphMemory> memory;
};

struct MemoryFree {
  void *pointer;
};

struct ChildGraph {
  std::unique_ptr<CUgraph_st> graph;
  explicit ChildGraph(const CUgraph_st &original);
  ChildGraph(const ChildGraph &other) : ChildGraph(*other.graph) {}
  ChildGraph(ChildGraph &&other) noexcept;
  ChildGraph &operator=(const ChildGraph &other);
  ~ChildGraph();
};

using GraphOperation = std::variant<EmptyOperation, KernelLaunch, MemoryCopy, MemoryFill, HostCall, ChildGraph, EventRecord,
                                    EventWait, MemoryAllocation, MemoryFree>;

cudaGraphNodeType typeOf(const GraphOperation &operation);

/// Queues the operation in a stream that is not capturing.
cudaError_t run(Stream &stream, const GraphOperation &operation);

} // namespace cuport

struct CUgraphNode_st {
  static constexpr uint32_t Magic = 0x4e6f6465;

  uint32_t magic = Magic;
  CUgraph_st *graph;
  cuport::GraphOperation operation;
  std::vector<CUgraphNode_st *> dependencies, dependents;
  const CUgraphNode_st *original = nullptr; ///< in a clone: the node that this is a copy of
  bool enabled = true;
};

struct CUuserObject_st {
  std::atomic<unsigned> references;
  void *pointer;
  cudaHostFn_t destroy;
};

struct CUgraph_st {
  static constexpr uint32_t Magic = 0x47726170;

  uint32_t magic = Magic;
  std::vector<std::unique_ptr<CUgraphNode_st>> nodes;
  std::unordered_map<cudaUserObject_t, unsigned> userObjects;

  CUgraph_st() = default;
  ~CUgraph_st();
  CUgraph_st(const CUgraph_st &) = delete;

  CUgraphNode_st &add(cuport::GraphOperation operation, const cudaGraphNode_t *dependencies, size_t count);
  std::unique_ptr<CUgraph_st> clone() const;
  CUgraphNode_st *copyOf(const CUgraphNode_st *node) const;
  /// Nodes after all that they depend on; false: there is a cycle.
  bool inOrder(std::vector<CUgraphNode_st *> &order) const;
};

struct CUgraphExec_st {
  static constexpr uint32_t Magic = 0x47457865;

  uint32_t magic = Magic;
  cuport::Device &device;
  unsigned long long flags = 0;
  std::unique_ptr<CUgraph_st> graph;
  std::vector<CUgraphNode_st *> order;
  /// The latest launch: the next one in another stream has to wait for it.
  cuport_event *lastRun = nullptr;
  std::mutex mutex;

  explicit CUgraphExec_st(cuport::Device &device) : device(device) {}
  ~CUgraphExec_st();
};

namespace cuport {

cudaError_t graphOf(cudaGraph_t handle, CUgraph_st *&graph);
cudaError_t nodeOf(cudaGraphNode_t handle, CUgraphNode_st *&node);

/// Adds a node to the graph, with CUDA's checks of the arguments; the node in *result.
cudaError_t addNode(cudaGraphNode_t *result, cudaGraph_t graph, const cudaGraphNode_t *dependencies, size_t count,
                    GraphOperation operation);

/// The operations that the structs of CUDA's API describe; they check them.
cudaError_t operationOf(const cudaKernelNodeParams &parameters, Device &device, GraphOperation &operation);
cudaError_t operationOf(const cudaMemcpy3DParms &parameters, GraphOperation &operation);
cudaError_t operationOf(const cudaMemsetParams &parameters, GraphOperation &operation);
cudaError_t operationOf(const cudaHostNodeParams &parameters, GraphOperation &operation);

} // namespace cuport

#endif
