// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// From a graph to an engine, its one configuration, a plan, and its execution in a stream or as a node of a CUDA graph.

#include "Elements.h"
#include "libs/Operation.h"

#include <mutex>

using namespace cuport;
using namespace cuport::dnn;
using namespace cuport::dnn::graph;

namespace {

template <class T> void set(Descriptor &d, cudnnBackendAttributeName_t name, cudnnBackendAttributeType_t type, std::vector<T> elements) {
  Value value{type, int64_t(elements.size())};
  if constexpr (std::is_same_v<T, Shared>) {
    value.descriptors = std::move(elements);
  } else {
    auto *bytes = reinterpret_cast<const char *>(elements.data());
    value.bytes.assign(bytes, bytes + elements.size() * sizeof(T));
  }
  d.values.insert_or_assign(name, std::move(value));
}

/// The program of a graph, an engine ... that is an attribute; says what a graph has that is not supported.
Status takeProgram(Descriptor &d, const Descriptor *from, cudnnBackendDescriptorType_t type) {
  if (!from || from->type != type)
    return CUDNN_STATUS_BAD_PARAM_DESCRIPTOR_TYPE;
  d.program = from->program;
  if (d.program)
    return CUDNN_STATUS_SUCCESS;
  libs::logUnsupported(("cudnnBackendFinalize: a graph with " + from->missing).c_str());
  return CUDNN_STATUS_NOT_SUPPORTED_GRAPH_PATTERN;
}

/// Of equal programs the one that stays, since what has been queued or is in a CUDA graph may run at any time.
std::shared_ptr<const Program> kept(const std::shared_ptr<const Program> &program) {
  static auto &all = *new std::map<std::string, std::shared_ptr<const Program>>;
  static auto &mutex = *new std::mutex;
  std::lock_guard lock(mutex);
  return all.emplace(textOf(*program), program).first->second;
}

Shared configurationOf(const std::shared_ptr<const Program> &program, const Shared &graph) {
  auto engine = std::make_shared<Descriptor>(Descriptor{CUDNN_BACKEND_ENGINE_DESCRIPTOR, true});
  engine->program = program;
  set<Shared>(*engine, CUDNN_ATTR_ENGINE_OPERATION_GRAPH, CUDNN_TYPE_BACKEND_DESCRIPTOR, {graph});
  set<int64_t>(*engine, CUDNN_ATTR_ENGINE_GLOBAL_INDEX, CUDNN_TYPE_INT64, {0});
  auto result = std::make_shared<Descriptor>(Descriptor{CUDNN_BACKEND_ENGINECFG_DESCRIPTOR, true});
  result->program = program;
  set<Shared>(*result, CUDNN_ATTR_ENGINECFG_ENGINE, CUDNN_TYPE_BACKEND_DESCRIPTOR, {engine});
  return result;
}

Status finalizePlan(Descriptor &d) {
  if (const Value *json = d.find(CUDNN_ATTR_EXECUTION_PLAN_JSON_REPRESENTATION)) {
    d.program = parse(std::string(json->bytes.data(), strnlen(json->bytes.data(), json->bytes.size())));
    if (!d.program)
      return CUDNN_STATUS_BAD_PARAM;
    auto graph = std::make_shared<Descriptor>(Descriptor{CUDNN_BACKEND_OPERATIONGRAPH_DESCRIPTOR, true});
    graph->program = d.program;
    set<Shared>(d, CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG, CUDNN_TYPE_BACKEND_DESCRIPTOR, {configurationOf(d.program, graph)});
  } else if (Status status = takeProgram(d, d.descriptor(CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG), CUDNN_BACKEND_ENGINECFG_DESCRIPTOR)) {
    return status;
  }
  d.program = kept(d.program);
  return CUDNN_STATUS_SUCCESS;
}

} // namespace

Status graph::finalize(Descriptor &d) {
  switch (d.type) {
  case CUDNN_BACKEND_TENSOR_DESCRIPTOR: {
    int64_t rank = d.find(CUDNN_ATTR_TENSOR_DIMENSIONS)->count;
    return rank && rank == d.find(CUDNN_ATTR_TENSOR_STRIDES)->count ? CUDNN_STATUS_SUCCESS : CUDNN_STATUS_BAD_PARAM;
  }
  case CUDNN_BACKEND_OPERATIONGRAPH_DESCRIPTOR:
    build(d);
    return CUDNN_STATUS_SUCCESS;
  case CUDNN_BACKEND_ENGINE_DESCRIPTOR:
    if (d.get<int64_t>(CUDNN_ATTR_ENGINE_GLOBAL_INDEX))
      return CUDNN_STATUS_BAD_PARAM_OUT_OF_BOUND;
    return takeProgram(d, d.descriptor(CUDNN_ATTR_ENGINE_OPERATION_GRAPH), CUDNN_BACKEND_OPERATIONGRAPH_DESCRIPTOR);
  case CUDNN_BACKEND_ENGINEHEUR_DESCRIPTOR:
    return takeProgram(d, d.descriptor(CUDNN_ATTR_ENGINEHEUR_OPERATION_GRAPH), CUDNN_BACKEND_OPERATIONGRAPH_DESCRIPTOR);
  case CUDNN_BACKEND_ENGINECFG_DESCRIPTOR:
    return takeProgram(d, d.descriptor(CUDNN_ATTR_ENGINECFG_ENGINE), CUDNN_BACKEND_ENGINE_DESCRIPTOR);
  case CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR: return finalizePlan(d);
  case CUDNN_BACKEND_VARIANT_PACK_DESCRIPTOR:
    return d.find(CUDNN_ATTR_VARIANT_PACK_UNIQUE_IDS)->count == d.find(CUDNN_ATTR_VARIANT_PACK_DATA_POINTERS)->count
               ? CUDNN_STATUS_SUCCESS
               : CUDNN_STATUS_BAD_PARAM;
  default: return CUDNN_STATUS_SUCCESS;
  }
}

Status graph::ask(const Descriptor &d, cudnnBackendAttributeName_t name, Value &value) {
  Descriptor made{d.type};
  switch (name) {
  case CUDNN_ATTR_OPERATIONGRAPH_ENGINE_GLOBAL_COUNT: set<int64_t>(made, name, value.type, {d.program ? 1 : 0}); break;
  case CUDNN_ATTR_ENGINE_BEHAVIOR_NOTE:
    set<cudnnBackendBehaviorNote_t>(made, name, value.type, {CUDNN_BEHAVIOR_NOTE_SUPPORTS_CUDA_GRAPH_NATIVE_API});
    break;
  case CUDNN_ATTR_ENGINECFG_SHARED_MEMORY_USED: set<int32_t>(made, name, value.type, {0}); break;
  case CUDNN_ATTR_ENGINECFG_WORKSPACE_SIZE:
  case CUDNN_ATTR_EXECUTION_PLAN_WORKSPACE_SIZE: set<int64_t>(made, name, value.type, {0}); break;
  case CUDNN_ATTR_ENGINEHEUR_RESULTS:
    set<Shared>(made, name, value.type, {configurationOf(d.program, d.find(CUDNN_ATTR_ENGINEHEUR_OPERATION_GRAPH)->descriptors[0])});
    break;
  case CUDNN_ATTR_EXECUTION_PLAN_JSON_REPRESENTATION: {
    std::string text = textOf(*d.program);
    set<char>(made, name, value.type, std::vector<char>(text.begin(), text.end()));
    break;
  }
  default: return CUDNN_STATUS_SUCCESS;
  }
  value = *made.find(name);
  return CUDNN_STATUS_SUCCESS;
}

namespace {

/// What is queued: addresses by the numbers of tensors, and the values of those that have none.
struct Execution {
  static constexpr int maxTensors = 192, maxValues = 24;
  const Program *program;
  int threads;
  void *places[maxTensors];
  int16_t valueOf[maxTensors];
  alignas(16) char values[maxValues][16];

  void operator()() const {
    size_t count = program->tensors.size();
    Run run{*program, threads, std::vector<void *>(places, places + count)};
    std::vector<Array<char>> own(count);
    std::vector<size_t> lastUse(count);
    for (size_t i = 0; i < program->operations.size(); ++i)
      for (int number : program->operations[i].tensors)
        if (number != none)
          lastUse[number] = i;
    for (size_t i = 0; i < count; ++i)
      if (program->tensors[i].isByValue)
        run.places[i] = const_cast<char *>(values[valueOf[i]]);
    for (size_t i = 0; i < program->operations.size(); ++i) {
      const Operation &o = program->operations[i];
      for (int number : o.tensors)
        if (number != none && !run.places[number])
          run.places[number] = (own[number] = makeArray<char>(bytesOf(run.tensor(number)))).get();
      kinds()[o.kind]->run(o, run);
      for (int number : o.tensors)
        if (number != none && lastUse[number] == i && own[number])
          own[number].reset();
    }
  }
};

Status prepare(Execution &execution, cudnnHandle_t handle, const Descriptor &plan, const Descriptor &pack, const Call &call) {
  if (!handle || plan.type != CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR || pack.type != CUDNN_BACKEND_VARIANT_PACK_DESCRIPTOR)
    return CUDNN_STATUS_BAD_PARAM;
  if (!plan.isFinal || !pack.isFinal)
    return CUDNN_STATUS_BAD_PARAM_NOT_FINALIZED;
  const std::vector<GraphTensor> &tensors = plan.program->tensors;
  CUPORT_SUPPORT(call, tensors.size() <= Execution::maxTensors);
  execution.program = plan.program.get();
  execution.threads = handle->threads;
  std::vector<int64_t> uids = pack.integers(CUDNN_ATTR_VARIANT_PACK_UNIQUE_IDS);
  auto *pointers = reinterpret_cast<void *const *>(pack.find(CUDNN_ATTR_VARIANT_PACK_DATA_POINTERS)->bytes.data());
  int values = 0;
  for (size_t i = 0; i < tensors.size(); ++i) {
    execution.places[i] = nullptr;
    if (tensors[i].isVirtual)
      continue;
    void *place = nullptr;
    for (size_t j = 0; j < uids.size(); ++j)
      if (uids[j] == tensors[i].uid)
        std::memcpy(&place, pointers + j, sizeof place);
    if (!place)
      return CUDNN_STATUS_BAD_PARAM_NULL_POINTER;
    if (!tensors[i].isByValue) {
      execution.places[i] = place;
      continue;
    }
    int64_t bytes = bytesOf(tensors[i].tensor);
    CUPORT_SUPPORT(call, values < Execution::maxValues && bytes <= 16);
    std::memcpy(execution.values[values], place, bytes);
    execution.valueOf[i] = int16_t(values++);
  }
  return CUDNN_STATUS_SUCCESS;
}

const Descriptor &contentOf(cudnnBackendDescriptor_t descriptor) { return *static_cast<Handle *>(descriptor)->content; }

} // namespace

cudnnStatus_t cudnnBackendExecute(cudnnHandle_t handle, cudnnBackendDescriptor_t plan, cudnnBackendDescriptor_t pack) {
  Call call{handle, "cudnnBackendExecute"};
  CUPORT_CHECK(call, plan && pack);
  Execution execution;
  if (Status status = prepare(execution, handle, contentOf(plan), contentOf(pack), call))
    return call.fail(status);
  return call.enqueue(execution);
}

/// The CUDA graph gets one node.
cudnnStatus_t cudnnBackendPopulateCudaGraph(cudnnHandle_t handle, cudnnBackendDescriptor_t plan, cudnnBackendDescriptor_t pack,
                                            cudaGraph_t graph) {
  Call call{handle, "cudnnBackendPopulateCudaGraph"};
  CUPORT_CHECK(call, plan && pack && graph);
  Execution execution;
  if (Status status = prepare(execution, handle, contentOf(plan), contentOf(pack), call))
    return call.fail(status);
  cudaStream_t stream;
  if (cudaError_t error = cudaStreamCreateWithFlags(&stream, cudaStreamNonBlocking))
    return statusOf(error);
  cudaError_t error = cudaStreamBeginCaptureToGraph(stream, graph, nullptr, nullptr, 0, cudaStreamCaptureModeRelaxed);
  if (!error) {
    error = libs::enqueue(stream, call.name, execution);
    cudaGraph_t captured;
    cudaError_t ended = cudaStreamEndCapture(stream, &captured);
    error = error ? error : ended;
  }
  cudaStreamDestroy(stream);
  return statusOf(error);
}

cudnnStatus_t cudnnBackendUpdateCudaGraph(cudnnHandle_t handle, cudnnBackendDescriptor_t plan, cudnnBackendDescriptor_t pack,
                                          cudaGraph_t graph) {
  Call call{handle, "cudnnBackendUpdateCudaGraph"};
  CUPORT_CHECK(call, plan && pack && graph);
  cudaGraphNode_t node, fresh;
  size_t one = 1;
  if (cudaGraphGetNodes(graph, &node, &one) || one != 1)
    return call.fail(CUDNN_STATUS_BAD_PARAM_CUDA_GRAPH_MISMATCH);
  cudaGraph_t other;
  if (cudaError_t error = cudaGraphCreate(&other, 0))
    return statusOf(error);
  Status status = cudnnBackendPopulateCudaGraph(handle, plan, pack, other);
  cudaKernelNodeParams parameters;
  if (!status && (cudaGraphGetNodes(other, &fresh, &one) || cudaGraphKernelNodeGetParams(fresh, &parameters) ||
                  cudaGraphKernelNodeSetParams(node, &parameters)))
    status = call.fail(CUDNN_STATUS_BAD_PARAM_CUDA_GRAPH_MISMATCH);
  cudaGraphDestroy(other);
  return status;
}
