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
  /// With a copy of it.
  explicit ChildGraph(const CUgraph_st &original);
  ChildGraph(const ChildGraph &other) : ChildGraph(*other.graph) {}
  ChildGraph(ChildGraph &&other) noexcept;
  ChildGraph &operator=(const ChildGraph &other);
  ~ChildGraph();
};

/// What a conditional node looks at and kernels set. The API's handle is its address.
struct Condition : std::enable_shared_from_this<Condition> {
  static constexpr uint32_t Magic = 0x436f6e64;

  uint32_t magic = Magic;
  std::atomic<unsigned> value{0};
  /// What it is when a launch begins. CUDA leaves it open where the program gives no default; here
  /// it is 0.
  unsigned initial = 0;
  /// The executable that it belongs to: a graph with conditional nodes has one at most. Null: none.
  std::atomic<CUgraphExec_st *> owner{nullptr};

  ~Condition() { magic = 0; }
};

/// The graphs of a conditional node, of which the condition chooses.
struct ConditionalBodies {
  std::shared_ptr<Condition> condition;
  cudaGraphConditionalNodeType type;
  std::vector<std::unique_ptr<CUgraph_st>> graphs;
  std::vector<cudaGraph_t> handles; ///< the program's view of graphs
};

struct ConditionalNode {
  /// Shared with launches that have not ended: these run what was there when they were made.
  std::shared_ptr<ConditionalBodies> bodies;
  ConditionalNode(std::shared_ptr<Condition> condition, cudaGraphConditionalNodeType type,
                  size_t count);
  ConditionalNode(const ConditionalNode &other);
  ConditionalNode(ConditionalNode &&other) noexcept = default;
  ConditionalNode &operator=(const ConditionalNode &other);
  ConditionalNode &operator=(ConditionalNode &&other) noexcept = default;
};

using GraphOperation =
    std::variant<EmptyOperation, KernelLaunch, MemoryCopy, MemoryFill, HostCall, ChildGraph,
                 EventRecord, EventWait, MemoryAllocation, MemoryFree, ConditionalNode>;

cudaGraphNodeType typeOf(const GraphOperation &operation);

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
  std::vector<std::shared_ptr<cuport::Condition>> conditions;
  /// In a clone: nodes after all that they depend on; fewer than there are nodes: there is a cycle.
  std::vector<CUgraphNode_st *> order;
  bool embedded = false; ///< part of a node, with which it goes

  CUgraph_st() = default;
  ~CUgraph_st();
  CUgraph_st(const CUgraph_st &) = delete;

  CUgraphNode_st &add(cuport::GraphOperation operation, const cudaGraphNode_t *dependencies, size_t count);
  std::unique_ptr<CUgraph_st> clone() const;
  CUgraphNode_st *copyOf(const CUgraphNode_st *node) const;

private:
  void setOrder();
};

struct CUgraphExec_st {
  static constexpr uint32_t Magic = 0x47457865;

  uint32_t magic = Magic;
  cuport::Device &device;
  unsigned long long flags = 0;
  std::unique_ptr<CUgraph_st> graph;
  /// Those of the graph and of all graphs in it.
  std::vector<std::shared_ptr<cuport::Condition>> conditions;
  /// The latest launch: the next one in another stream has to wait for it.
  cuport_event *lastRun = nullptr;
  std::mutex mutex;

  explicit CUgraphExec_st(cuport::Device &device) : device(device) {}
  ~CUgraphExec_st();
};

namespace cuport {

cudaError_t graphOf(cudaGraph_t handle, CUgraph_st *&graph);
cudaError_t execOf(cudaGraphExec_t handle, CUgraphExec_st *&exec);
cudaError_t nodeOf(cudaGraphNode_t handle, CUgraphNode_st *&node);

/// Adds a node to the graph, with CUDA's checks of the arguments; the node in *result.
cudaError_t addNode(cudaGraphNode_t *result, cudaGraph_t graph, const cudaGraphNode_t *dependencies, size_t count,
                    GraphOperation operation);

/// Queues the nodes of a clone.
cudaError_t run(cuport_queue *queue, const CUgraph_st &graph);
/// Queues a conditional node: it looks at its condition when its turn has come.
cudaError_t run(cuport_queue *queue, const ConditionalNode &node);
/// Queues that the conditions are as when a launch begins.
cudaError_t reset(cuport_queue *queue, const std::vector<std::shared_ptr<Condition>> &conditions);

/// Whether a graph, or one in it, has conditional nodes: those cannot be copied.
bool hasConditionals(const CUgraph_st &graph);
/// What is wrong with a clone that is to be launched: a cycle, a condition without a node or of
/// another graph, a node that may not be in the body of a conditional one; \p node is then the
/// place, if there is one. On success \p conditions has those of all graphs in it.
cudaGraphInstantiateResult checkStructure(const CUgraph_st &graph,
                                          std::vector<std::shared_ptr<Condition>> &conditions,
                                          CUgraphNode_st *&node);
/// Makes the conditions the executable's, in place of those that it has; false: one is another's.
bool claim(CUgraphExec_st &exec, std::vector<std::shared_ptr<Condition>> conditions);

/// A copy of bytes in a line, as CUDA's struct for boxes has it.
cudaMemcpy3DParms lineParameters(void *destination, const void *source, size_t size,
                                 cudaMemcpyKind kind);

/// The operations that the structs of CUDA's API describe; they check them.
cudaError_t operationOf(const cudaKernelNodeParams &parameters, Device &device, GraphOperation &operation);
cudaError_t operationOf(const cudaMemcpy3DParms &parameters, GraphOperation &operation);
cudaError_t operationOf(const cudaMemsetParams &parameters, GraphOperation &operation);
cudaError_t operationOf(const cudaHostNodeParams &parameters, GraphOperation &operation);
cudaError_t operationOf(const cudaConditionalNodeParams &parameters, GraphOperation &operation);

} // namespace cuport

#endif
