// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A graph as it runs: operations in an order in which each has what it reads, on tensors by number.
//
//   OPERATIONGRAPH --build--> Program --text--> the plan's JSON --parse--> Program
//   plan + variant pack --> Run: an address for each tensor --> each operation's Kind::run
//
// A virtual tensor is memory of its own type while the program runs; so it is rounded as it would be in memory.

#ifndef CUPORT_LIBS_DNN_GRAPH_PROGRAM_H
#define CUPORT_LIBS_DNN_GRAPH_PROGRAM_H

#include "Descriptor.h"

namespace cuport::dnn::graph {

struct GraphTensor {
  Tensor tensor;
  int64_t uid;
  bool isVirtual, isByValue;
};

inline constexpr int none = -1;

struct Operation {
  int kind;                      ///< in kinds()
  std::vector<int> tensors{};    ///< by the kind's roles: a number in the program's tensors, or none; more behind the roles (Concat)
  std::vector<double> numbers{}; ///< as the kind means them
};

struct Program {
  std::vector<GraphTensor> tensors;
  std::vector<Operation> operations;
};

/// One execution.
struct Run {
  const Program &program;
  int threads;
  std::vector<void *> places; ///< of each tensor

  const Tensor &tensor(int number) const { return program.tensors[number].tensor; }
  void *place(int number) const { return places[number]; }
};

enum class Use { Reads, Writes };

struct Role {
  cudnnBackendAttributeName_t attribute;
  Use use;
};

/// What a tensor of the operation is, while it is built.
using Tensors = std::vector<const Tensor *>;

struct Kind {
  cudnnBackendDescriptorType_t type;
  std::vector<Role> roles;
  /// Sets the operation's numbers from its descriptor; \p tensors are by roles, null where there is none. Returns what is not supported or
  /// does not fit, or null.
  const char *(*read)(const Descriptor &d, const Tensors &tensors, std::vector<double> &numbers);
  void (*run)(const Operation &o, const Run &run);
};

extern const Kind convolutionForward, convolutionBackwardData, convolutionBackwardFilter, pointwise, matmul, reduction, genStats,
    finalizeStatistics, normBackwardWeights, normForward, normBackward, resampleForward, resampleBackward, reshape, concat, random;

const std::vector<const Kind *> &kinds();

/// Makes the program of a graph, or sets what is missing.
void build(Descriptor &graph);
std::string textOf(const Program &program);
/// Null where it is not such a text.
std::shared_ptr<const Program> parse(const std::string &text);

// What operations make of elements: any type, bits for booleans.

/// Bytes of a tensor; 0 of a type that is not supported.
int64_t bytesOf(const Tensor &t);
/// The same elements with the dimension first whose elements are the farthest apart, and none of size 1.
Tensor inMemoryOrder(const Tensor &t);
/// Is it calculated in double?
bool isWide(const Tensor *t);
inline bool isWide(const Run &run, const Operation &o) {
  for (int number : o.tensors)
    if (number != none && isWide(&run.tensor(number)))
      return true;
  return false;
}

} // namespace cuport::dnn::graph

#endif
