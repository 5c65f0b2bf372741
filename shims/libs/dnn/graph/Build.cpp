// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// From the descriptors of a graph to a program.

#include "Program.h"

#include <algorithm>
#include <climits>
#include <cstdio>
#include <cstdlib>

using namespace cuport;
using namespace cuport::dnn;
using namespace cuport::dnn::graph;

int64_t graph::bytesOf(const Tensor &t) {
  switch (t.type) {
  case CUDNN_DATA_BOOLEAN: return (t.span() + 7) / 8;
  case CUDNN_DATA_FP8_E4M3:
  case CUDNN_DATA_FP8_E5M2: return t.span();
  default: return t.span() * dnn::sizeOf(t.type);
  }
}

bool graph::isWide(const Tensor *t) {
  return t && (t->type == CUDNN_DATA_DOUBLE || t->type == CUDNN_DATA_INT32 || t->type == CUDNN_DATA_INT64);
}

Tensor graph::inMemoryOrder(const Tensor &t) {
  int order[maxRank], rank = 0;
  for (int i = 0; i < t.rank; ++i)
    if (t.size[i] > 1)
      order[rank++] = i;
  std::stable_sort(order, order + rank, [&](int a, int b) { return t.stride[a] > t.stride[b]; });
  Tensor result{t.type, std::max(rank, 1), {1}, {1}};
  for (int i = 0; i < rank; ++i)
    result.size[i] = t.size[order[i]], result.stride[i] = t.stride[order[i]];
  return result;
}

const std::vector<const Kind *> &graph::kinds() {
  static const auto &all = *new std::vector<const Kind *>{
      &convolutionForward, &convolutionBackwardData, &convolutionBackwardFilter, &pointwise,      &matmul,          &reduction,
      &genStats,           &finalizeStatistics,      &normBackwardWeights,       &normForward,    &normBackward,    &resampleForward,
      &resampleBackward,   &reshape,                 &concat,                    &graph::random};
  return all;
}

namespace {

/// Builds one program; what is missing ends it.
class Builder {
  Program program;
  std::string missing;

public:
  bool add(const Descriptor &d) {
    auto kind = std::find_if(kinds().begin(), kinds().end(), [&](const Kind *k) { return k->type == d.type; });
    if (kind == kinds().end())
      return lack(d, "the operation");
    Operation operation{int(kind - kinds().begin())};
    std::vector<int> more;
    for (const Role &role : (*kind)->roles) {
      const Value *value = d.find(role.attribute);
      int64_t count = value ? int64_t(value->descriptors.size()) : 0;
      for (int64_t i = 0; i < std::max<int64_t>(count, 1); ++i) {
        int number = none;
        if (count && !add(d, *value->descriptors[i], number))
          return false;
        (i ? more : operation.tensors).push_back(number);
      }
    }
    operation.tensors.insert(operation.tensors.end(), more.begin(), more.end());
    Tensors tensors;
    for (int number : operation.tensors)
      tensors.push_back(number == none ? nullptr : &program.tensors[number].tensor);
    if (const char *reason = (*kind)->read(d, tensors, operation.numbers))
      return lack(d, reason);
    program.operations.push_back(std::move(operation));
    return true;
  }

  /// Puts the operations in order.
  bool sort() {
    std::vector<Operation> given = std::move(program.operations), sorted;
    while (!given.empty()) {
      auto next = std::find_if(given.begin(), given.end(), [&](const Operation &o) {
        return std::none_of(given.begin(), given.end(), [&](const Operation &other) { return &other != &o && writesWhatIsRead(other, o); });
      });
      if (next == given.end()) {
        missing = "operations that wait for each other";
        return false;
      }
      sorted.push_back(std::move(*next));
      given.erase(next);
    }
    program.operations = std::move(sorted);
    return true;
  }

  void finish(Descriptor &graph, bool isWhole) {
    if (isWhole)
      graph.program = std::make_shared<const Program>(std::move(program));
    else
      graph.missing = missing;
  }

private:
  bool lack(const Descriptor &d, const char *reason) {
    missing = std::string(nameOf(d.type)) + ": " + reason;
    return false;
  }

  bool add(const Descriptor &operation, const Descriptor &d, int &number) {
    if (d.type != CUDNN_BACKEND_TENSOR_DESCRIPTOR)
      return lack(operation, "an attribute that is no tensor");
    GraphTensor made{{}, d.get<int64_t>(CUDNN_ATTR_TENSOR_UNIQUE_ID), d.get<bool>(CUDNN_ATTR_TENSOR_IS_VIRTUAL),
                     d.get<bool>(CUDNN_ATTR_TENSOR_IS_BY_VALUE)};
    Tensor &t = made.tensor;
    t.type = d.get<cudnnDataType_t>(CUDNN_ATTR_TENSOR_DATA_TYPE);
    std::vector<int64_t> sizes = d.integers(CUDNN_ATTR_TENSOR_DIMENSIONS), strides = d.integers(CUDNN_ATTR_TENSOR_STRIDES);
    if (sizes.size() > maxRank)
      return lack(operation, "tensors of more than eight dimensions");
    t.rank = int(sizes.size());
    for (int i = 0; i < t.rank; ++i) {
      if (sizes[i] < 1 || sizes[i] > INT_MAX || strides[i] < 0 || strides[i] > INT_MAX)
        return lack(operation, "a size or a stride below 0 or beyond 32 bits");
      t.size[i] = int(sizes[i]);
      t.stride[i] = int(strides[i]);
    }
    if (!bytesOf(t))
      return lack(operation, ("the type of data " + std::to_string(int(t.type))).c_str());
    if (d.get<int64_t>(CUDNN_ATTR_TENSOR_VECTOR_COUNT, 1) > 1)
      return lack(operation, "channels in groups (CUDNN_ATTR_TENSOR_VECTOR_COUNT)");
    if (d.get<cudnnBackendTensorReordering_t>(CUDNN_ATTR_TENSOR_REORDERING_MODE) != CUDNN_TENSOR_REORDERING_NONE)
      return lack(operation, "reordered tensors (CUDNN_ATTR_TENSOR_REORDERING_MODE)");
    if (d.find(CUDNN_ATTR_TENSOR_RAGGED_OFFSET_DESC))
      return lack(operation, "ragged tensors (CUDNN_ATTR_TENSOR_RAGGED_OFFSET_DESC)");
    if (made.isVirtual && !isApart(t))
      t.pack(false);
    for (number = 0; number < int(program.tensors.size()); ++number) {
      const GraphTensor &other = program.tensors[number];
      if (other.uid == made.uid && (made.isVirtual || (other.tensor.type == t.type && other.tensor.sameLayout(t))))
        return true;
    }
    program.tensors.push_back(made);
    return true;
  }

  /// Has each element a place of its own?
  static bool isApart(const Tensor &t) {
    Tensor sorted = inMemoryOrder(t);
    int64_t extent = 1;
    for (int i = sorted.rank; i-- > 0; extent = int64_t(sorted.stride[i]) * sorted.size[i])
      if (sorted.size[i] > 1 && sorted.stride[i] < extent)
        return false;
    return true;
  }

  bool writesWhatIsRead(const Operation &writer, const Operation &reader) const {
    for (size_t i = 0; i < writer.tensors.size(); ++i)
      if (writer.tensors[i] != none && useOf(writer, i) == Use::Writes)
        for (size_t j = 0; j < reader.tensors.size(); ++j)
          if (reader.tensors[j] != none && useOf(reader, j) == Use::Reads &&
              program.tensors[writer.tensors[i]].uid == program.tensors[reader.tensors[j]].uid)
            return true;
    return false;
  }
  /// What stands behind the roles is read.
  static Use useOf(const Operation &o, size_t i) {
    const std::vector<Role> &roles = kinds()[o.kind]->roles;
    return i < roles.size() ? roles[i].use : Use::Reads;
  }
};

} // namespace

void graph::build(Descriptor &graph) {
  Builder builder;
  bool isWhole = true;
  for (const Shared &each : graph.find(CUDNN_ATTR_OPERATIONGRAPH_OPS)->descriptors)
    isWhole = isWhole && builder.add(*each);
  builder.finish(graph, isWhole && builder.sort());
}

// The text is JSON of numbers only: tensors, then operations, each list with its length in front.

std::string graph::textOf(const Program &program) {
  std::string text = "{\"cuport_cudnn_plan\":[1";
  auto put = [&](double number) {
    char digits[32];
    std::snprintf(digits, sizeof digits, ",%.17g", number);
    text += std::strstr(digits, "inf") ? (number < 0 ? ",-1e999" : ",1e999") : digits;
  };
  auto putWhole = [&](int64_t number) { text += "," + std::to_string(number); };
  putWhole(int64_t(program.tensors.size()));
  for (const GraphTensor &t : program.tensors) {
    putWhole(t.uid), putWhole(t.isVirtual), putWhole(t.isByValue), putWhole(t.tensor.type), putWhole(t.tensor.rank);
    for (int i = 0; i < t.tensor.rank; ++i)
      putWhole(t.tensor.size[i]), putWhole(t.tensor.stride[i]);
  }
  putWhole(int64_t(program.operations.size()));
  for (const Operation &o : program.operations) {
    putWhole(kinds()[o.kind]->type), putWhole(int64_t(o.tensors.size()));
    for (int number : o.tensors)
      putWhole(number);
    putWhole(int64_t(o.numbers.size()));
    for (double number : o.numbers)
      put(number);
  }
  return text + "]}";
}

std::shared_ptr<const Program> graph::parse(const std::string &text) {
  constexpr char begin[] = "{\"cuport_cudnn_plan\":[1";
  if (text.rfind(begin, 0) != 0)
    return nullptr;
  const char *at = text.c_str() + sizeof begin - 1;
  bool good = true;
  auto take = [&](auto convert) {
    char *end = const_cast<char *>(at);
    auto result = decltype(convert(at, &end)){};
    if (*at == ',')
      result = convert(at + 1, &end);
    good = good && end > at + 1;
    at = end;
    return result;
  };
  auto real = [&] { return take([](const char *from, char **end) { return std::strtod(from, end); }); };
  auto whole = [&] { return take([](const char *from, char **end) { return int64_t(std::strtoll(from, end, 10)); }); };
  /// From 0 on.
  auto below = [&](int64_t limit) {
    int64_t number = whole();
    good = good && number >= 0 && number < limit;
    return good ? number : 0;
  };
  auto program = std::make_shared<Program>();
  for (int64_t n = below(1 << 16); good && n-- > 0;) {
    GraphTensor t{{}, whole(), below(2) != 0, below(2) != 0};
    t.tensor.type = cudnnDataType_t(below(64));
    t.tensor.rank = int(below(maxRank + 1));
    for (int i = 0; i < t.tensor.rank; ++i) {
      t.tensor.size[i] = int(below(int64_t(INT_MAX) + 1));
      t.tensor.stride[i] = int(below(int64_t(INT_MAX) + 1));
    }
    program->tensors.push_back(t);
  }
  for (int64_t n = below(1 << 16); good && n-- > 0;) {
    int64_t type = whole();
    auto kind = std::find_if(kinds().begin(), kinds().end(), [&](const Kind *k) { return k->type == type; });
    if (kind == kinds().end())
      return nullptr;
    Operation o{int(kind - kinds().begin())};
    for (int64_t i = below(1 << 16); good && i-- > 0;) {
      int64_t number = whole();
      good = good && number >= none && number < int64_t(program->tensors.size());
      o.tensors.push_back(int(number));
    }
    good = good && o.tensors.size() >= (*kind)->roles.size();
    for (int64_t i = below(1 << 16); good && i-- > 0;)
      o.numbers.push_back(real());
    program->operations.push_back(std::move(o));
  }
  return good && std::strcmp(at, "]}") == 0 ? program : nullptr;
}
