// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Descriptors of cuDNN's graph interface: attributes by name (Attributes.inc), which do not change any more once it is finalized.
//
//   cudnnBackendDescriptor_t --> Handle --> Descriptor, shared by whatever was made with it
//   tensors, operations --> OPERATIONGRAPH, which is made a Program (Program.h) --> ENGINE --> ENGINECFG --> EXECUTION_PLAN

#ifndef CUPORT_LIBS_DNN_GRAPH_DESCRIPTOR_H
#define CUPORT_LIBS_DNN_GRAPH_DESCRIPTOR_H

#include "../Handle.h"

#include <cstring>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace cuport::dnn::graph {

struct Program;
struct Descriptor;
using Shared = std::shared_ptr<const Descriptor>;

/// What an attribute was set to.
struct Value {
  cudnnBackendAttributeType_t type;
  int64_t count;
  std::vector<char> bytes{};         ///< of all elements, or
  std::vector<Shared> descriptors{}; ///< for CUDNN_TYPE_BACKEND_DESCRIPTOR
};

struct Descriptor {
  cudnnBackendDescriptorType_t type;
  bool isFinal = false;
  std::map<cudnnBackendAttributeName_t, Value> values{};
  /// Of a graph, an engine, its configuration and a plan: what runs. Null where a graph has what is not supported: then \c missing says what.
  std::shared_ptr<const Program> program{};
  std::string missing{};

  const Value *find(cudnnBackendAttributeName_t name) const {
    auto found = values.find(name);
    return found == values.end() ? nullptr : &found->second;
  }
  /// The first element, which is of type T; else the default.
  template <class T> T get(cudnnBackendAttributeName_t name, T otherwise = {}) const {
    const Value *value = find(name);
    if (value && value->bytes.size() >= sizeof(T))
      std::memcpy(&otherwise, value->bytes.data(), sizeof(T));
    return otherwise;
  }
  /// Of a float or a double.
  double real(cudnnBackendAttributeName_t name, double otherwise) const;
  /// Integers, or fractions rounded down.
  std::vector<int64_t> integers(cudnnBackendAttributeName_t name) const;
  /// The first descriptor, or null.
  const Descriptor *descriptor(cudnnBackendAttributeName_t name) const {
    const Value *value = find(name);
    return value && !value->descriptors.empty() ? value->descriptors[0].get() : nullptr;
  }
};

struct Handle {
  std::shared_ptr<Descriptor> content;
};

/// "CUDNN_BACKEND_..._DESCRIPTOR"; null for a type that no one knows.
const char *nameOf(cudnnBackendDescriptorType_t type);

/// What has to be done when a descriptor that has all it needs is finalized.
Status finalize(Descriptor &d);
/// What is calculated where it is asked for; \p value is left alone by all others.
Status ask(const Descriptor &d, cudnnBackendAttributeName_t name, Value &value);

} // namespace cuport::dnn::graph

#endif
