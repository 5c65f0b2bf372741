// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Conditional nodes: graphs of which a kernel chooses while the graph runs.
//
//   cudaGraphSetConditional(handle, value) in a kernel --> Condition
//   the node's turn --> a round of the backend's: looks at the condition, queues a body or ends; a
//   while node asks again

#include "Graph.h"

#include <algorithm>
#include <map>

using namespace cuport;

ConditionalNode::ConditionalNode(std::shared_ptr<Condition> condition,
                                 cudaGraphConditionalNodeType type, size_t count)
    : bodies(std::make_shared<ConditionalBodies>()) {
  bodies->condition = std::move(condition);
  bodies->type = type;
  for (size_t i = 0; i < count; ++i) {
    bodies->graphs.push_back(std::make_unique<CUgraph_st>());
    bodies->graphs[i]->embedded = true;
    bodies->handles.push_back(bodies->graphs[i].get());
  }
}

ConditionalNode::ConditionalNode(const ConditionalNode &other)
    : ConditionalNode(other.bodies->condition, other.bodies->type, 0) {
  for (auto &graph : other.bodies->graphs) {
    bodies->graphs.push_back(graph->clone());
    bodies->graphs.back()->embedded = true;
  }
}

ConditionalNode &ConditionalNode::operator=(const ConditionalNode &other) {
  return *this = ConditionalNode(other);
}

namespace {

cudaError_t conditionOf(cudaGraphConditionalHandle handle, Condition *&condition) {
  condition = reinterpret_cast<Condition *>(handle);
  return condition && condition->magic == Condition::Magic ? cudaSuccess : cudaErrorInvalidValue;
}

// The graphs in a node.
template <class Visit> void eachInside(const CUgraphNode_st &node, Visit &&visit) {
  if (auto *child = std::get_if<ChildGraph>(&node.operation))
    visit(*child->graph);
  else if (auto *conditional = std::get_if<ConditionalNode>(&node.operation))
    for (auto &graph : conditional->bodies->graphs)
      visit(*graph);
}

bool allowedInBody(cudaGraphNodeType type) {
  switch (type) {
  case cudaGraphNodeTypeKernel:
  case cudaGraphNodeTypeEmpty:
  case cudaGraphNodeTypeGraph:
  case cudaGraphNodeTypeMemset:
  case cudaGraphNodeTypeMemcpy:
  case cudaGraphNodeTypeConditional:
    return true;
  default:
    return false;
  }
}

struct Structure {
  std::vector<std::shared_ptr<Condition>> conditions;
  std::map<const Condition *, CUgraphNode_st *> used;
  CUgraphNode_st *wrong = nullptr;

  bool look(const CUgraph_st &graph, bool inBody) {
    conditions.insert(conditions.end(), graph.conditions.begin(), graph.conditions.end());
    for (auto &node : graph.nodes) {
      auto *conditional = std::get_if<ConditionalNode>(&node->operation);
      bool missing =
          std::find(graph.order.begin(), graph.order.end(), node.get()) == graph.order.end();
      if (missing || (inBody && !allowedInBody(typeOf(node->operation)))) {
        wrong = node.get();
        return false;
      }
      if (conditional)
        used[conditional->bodies->condition.get()] = node.get();
      bool fine = true;
      eachInside(*node, [&](const CUgraph_st &inside) {
        fine = fine && look(inside, inBody || conditional);
      });
      if (!fine)
        return false;
    }
    return true;
  }
};

struct ConditionalRun {
  std::shared_ptr<ConditionalBodies> bodies;
  bool begun = false;

  const CUgraph_st *choose() {
    unsigned value = bodies->condition->value.load(std::memory_order_acquire);
    if (begun && bodies->type != cudaGraphCondTypeWhile)
      return nullptr;
    begun = true;
    size_t index = bodies->type == cudaGraphCondTypeSwitch ? value : value == 0;
    return index < bodies->graphs.size() ? bodies->graphs[index].get() : nullptr;
  }

  static cuport_status round(void *data, cuport_queue *inner, int *again) {
    const CUgraph_st *body = static_cast<ConditionalRun *>(data)->choose();
    *again = body != nullptr;
    return body ? run(inner, *body) : cudaSuccess;
  }
};

} // namespace

cudaError_t cuport::run(cuport_queue *queue, const ConditionalNode &node) {
  auto *run = new ConditionalRun{node.bodies};
  int error = backend().repeat(queue, ConditionalRun::round, run);
  if (error)
    delete run;
  else // A call comes also where a fault has ended the rounds.
    error =
        backend().call(queue, [](void *data) { delete static_cast<ConditionalRun *>(data); }, run);
  return cudaError_t(error);
}

cudaError_t cuport::reset(cuport_queue *queue,
                          const std::vector<std::shared_ptr<Condition>> &conditions) {
  if (conditions.empty())
    return cudaSuccess;
  using List = std::vector<std::shared_ptr<Condition>>;
  auto begin = [](void *data) {
    std::unique_ptr<List> list(static_cast<List *>(data));
    for (auto &condition : *list)
      condition->value.store(condition->initial, std::memory_order_release);
  };
  auto list = std::make_unique<List>(conditions);
  if (int error = backend().call(queue, begin, list.get()))
    return cudaError_t(error);
  list.release();
  return cudaSuccess;
}

bool cuport::hasConditionals(const CUgraph_st &graph) {
  return std::any_of(graph.nodes.begin(), graph.nodes.end(), [](auto &node) {
    auto *child = std::get_if<ChildGraph>(&node->operation);
    return std::holds_alternative<ConditionalNode>(node->operation) ||
           (child && hasConditionals(*child->graph));
  });
}

cudaGraphInstantiateResult
cuport::checkStructure(const CUgraph_st &graph, std::vector<std::shared_ptr<Condition>> &conditions,
                       CUgraphNode_st *&node) {
  Structure structure;
  if (!structure.look(graph, false)) {
    node = structure.wrong;
    return cudaGraphInstantiateInvalidStructure;
  }
  conditions = std::move(structure.conditions);
  auto &foreign = structure.used;
  for (auto &condition : conditions) {
    if (!foreign.count(condition.get()))
      return cudaGraphInstantiateConditionalHandleUnused;
    foreign.erase(condition.get());
  }
  if (foreign.empty())
    return cudaGraphInstantiateSuccess;
  node = foreign.begin()->second;
  return cudaGraphInstantiateInvalidStructure;
}

bool cuport::claim(CUgraphExec_st &exec, std::vector<std::shared_ptr<Condition>> conditions) {
  auto release = [&](auto &list) {
    for (auto &condition : list) {
      CUgraphExec_st *own = &exec;
      condition->owner.compare_exchange_strong(own, nullptr);
    }
  };
  release(exec.conditions);
  for (auto &condition : conditions) {
    CUgraphExec_st *none = nullptr;
    if (!condition->owner.compare_exchange_strong(none, &exec) && none != &exec) {
      release(conditions);
      for (auto &old : exec.conditions)
        old->owner = &exec;
      return false;
    }
  }
  exec.conditions = std::move(conditions);
  return true;
}

cudaError_t cuport::operationOf(const cudaConditionalNodeParams &p, GraphOperation &operation) {
  Condition *condition;
  if (cudaError_t error = conditionOf(p.handle, condition))
    return error;
  bool fits = p.type == cudaGraphCondTypeIf       ? p.size == 1 || p.size == 2
              : p.type == cudaGraphCondTypeWhile  ? p.size == 1
              : p.type == cudaGraphCondTypeSwitch ? p.size > 0
                                                  : false;
  if (!fits)
    return cudaErrorInvalidValue;
  operation = ConditionalNode(condition->shared_from_this(), p.type, p.size);
  return cudaSuccess;
}

cudaError_t cudaGraphConditionalHandleCreate(cudaGraphConditionalHandle *handle,
                                             cudaGraph_t graphHandle, unsigned int initial,
                                             unsigned int flags) {
  return api([&](Device &) {
    CUgraph_st *graph;
    if (!handle || (flags & ~unsigned(cudaGraphCondAssignDefault)))
      return cudaErrorInvalidValue;
    if (cudaError_t error = graphOf(graphHandle, graph))
      return error;
    auto condition = std::make_shared<Condition>();
    if (flags & cudaGraphCondAssignDefault)
      condition->initial = initial;
    graph->conditions.push_back(condition);
    *handle = reinterpret_cast<uintptr_t>(condition.get());
    return cudaSuccess;
  });
}

CUPORT_EXPORT bool cuport_set_condition(cudaGraphConditionalHandle handle, unsigned int value) {
  Condition *condition;
  if (conditionOf(handle, condition))
    return false;
  condition->value.store(value, std::memory_order_release);
  return true;
}
