// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the tests of cuDNN's graph interface share: a graph of operations on tensors of dnn.h, and how it is run.

#ifndef CUPORT_TEST_DNN_GRAPH_H
#define CUPORT_TEST_DNN_GRAPH_H

#include "dnn.h"

using Backend = cudnnBackendDescriptor_t;

/// An attribute and what it is set to.
struct Set {
  cudnnBackendAttributeName_t name;
  cudnnBackendAttributeType_t type;
  int64_t count;
  std::vector<char> bytes;

  template <class T>
  Set(cudnnBackendAttributeName_t name, cudnnBackendAttributeType_t type, const std::vector<T> &values)
      : name(name), type(type), count(int64_t(values.size())),
        bytes(reinterpret_cast<const char *>(values.data()), reinterpret_cast<const char *>(values.data() + values.size())) {}
  template <class T> Set(cudnnBackendAttributeName_t name, cudnnBackendAttributeType_t type, T value) : Set(name, type, std::vector<T>{value}) {}
  Set(cudnnBackendAttributeName_t name, Backend descriptor) : Set(name, CUDNN_TYPE_BACKEND_DESCRIPTOR, descriptor) {}
  Set(cudnnBackendAttributeName_t name, const std::vector<int64_t> &values) : Set(name, CUDNN_TYPE_INT64, values) {}
  Set(cudnnBackendAttributeName_t name, cudnnDataType_t type) : Set(name, CUDNN_TYPE_DATA_TYPE, type) {}
  Set(cudnnBackendAttributeName_t name, double value) : Set(name, CUDNN_TYPE_DOUBLE, value) {}
};

inline cudnnStatus_t set(Backend descriptor, const Set &s) {
  return cudnnBackendSetAttribute(descriptor, s.name, s.type, s.count, s.bytes.data());
}

/// The descriptor and, if it is not 0, the status that finalizing it has.
inline Backend finalized(cudnnBackendDescriptorType_t type, const std::vector<Set> &attributes, cudnnStatus_t status = CUDNN_STATUS_SUCCESS) {
  Backend result;
  OK(cudnnBackendCreateDescriptor(type, &result));
  for (const Set &each : attributes)
    OK(set(result, each));
  IS(int(cudnnBackendFinalize(result)), int(status));
  return result;
}

inline std::vector<int64_t> wide(const Sizes &sizes) { return {sizes.begin(), sizes.end()}; }

inline Backend tensorOf(int64_t uid, cudnnDataType_t type, const Sizes &size, const Sizes &stride, bool isVirtual = false, bool isByValue = false) {
  return finalized(CUDNN_BACKEND_TENSOR_DESCRIPTOR, {{CUDNN_ATTR_TENSOR_UNIQUE_ID, std::vector<int64_t>{uid}},
                                                     {CUDNN_ATTR_TENSOR_DATA_TYPE, type},
                                                     {CUDNN_ATTR_TENSOR_BYTE_ALIGNMENT, std::vector<int64_t>{16}},
                                                     {CUDNN_ATTR_TENSOR_DIMENSIONS, wide(size)},
                                                     {CUDNN_ATTR_TENSOR_STRIDES, wide(stride)},
                                                     {CUDNN_ATTR_TENSOR_IS_VIRTUAL, CUDNN_TYPE_BOOLEAN, char(isVirtual)},
                                                     {CUDNN_ATTR_TENSOR_IS_BY_VALUE, CUDNN_TYPE_BOOLEAN, char(isByValue)}});
}

struct Graph {
  cudnnHandle_t handle;
  std::vector<Backend> operations{};
  std::vector<int64_t> uids{};
  std::vector<void *> pointers{};
  int64_t next = 0;

  template <class T> Backend operator()(const Elements<T> &e) { return add(dataType<T>, e.size, e.stride, static_cast<T *>(e)); }
  Backend add(cudnnDataType_t type, const Sizes &size, const Sizes &stride, void *data) {
    uids.push_back(++next);
    pointers.push_back(data);
    return tensorOf(next, type, size, stride);
  }
  /// Between operations.
  Backend between(const Sizes &size, cudnnDataType_t type = CUDNN_DATA_FLOAT) {
    return tensorOf(++next, type, size, stridesOf(size, Order::Plain), true);
  }
  /// One number of the host's.
  template <class T> Backend scalar(const T *value, int rank = 4) {
    uids.push_back(++next);
    pointers.push_back(const_cast<T *>(value));
    return tensorOf(next, dataType<T>, Sizes(rank, 1), Sizes(rank, 1), false, true);
  }

  void operation(cudnnBackendDescriptorType_t type, const std::vector<Set> &attributes) { operations.push_back(finalized(type, attributes)); }
  void pointwise(cudnnPointwiseMode_t mode, const std::vector<Set> &tensors, std::vector<Set> how = {}) {
    how.push_back({CUDNN_ATTR_POINTWISE_MODE, CUDNN_TYPE_POINTWISE_MODE, mode});
    how.push_back({CUDNN_ATTR_POINTWISE_MATH_PREC, CUDNN_DATA_FLOAT});
    std::vector<Set> all = tensors;
    all.push_back({CUDNN_ATTR_OPERATION_POINTWISE_PW_DESCRIPTOR, finalized(CUDNN_BACKEND_POINTWISE_DESCRIPTOR, how)});
    operation(CUDNN_BACKEND_OPERATION_POINTWISE_DESCRIPTOR, all);
  }
  /// y = mode(x, b).
  void pointwise(cudnnPointwiseMode_t mode, Backend x, Backend b, Backend y) {
    pointwise(mode, {{CUDNN_ATTR_OPERATION_POINTWISE_XDESC, x}, {CUDNN_ATTR_OPERATION_POINTWISE_BDESC, b}, {CUDNN_ATTR_OPERATION_POINTWISE_YDESC, y}});
  }
  void matmul(Backend a, Backend b, Backend c, std::vector<Set> more = {}) {
    Backend how = finalized(CUDNN_BACKEND_MATMUL_DESCRIPTOR, {{CUDNN_ATTR_MATMUL_COMP_TYPE, CUDNN_DATA_FLOAT}});
    for (const Set &each : {Set{CUDNN_ATTR_OPERATION_MATMUL_ADESC, a}, {CUDNN_ATTR_OPERATION_MATMUL_BDESC, b}, {CUDNN_ATTR_OPERATION_MATMUL_CDESC, c},
                            {CUDNN_ATTR_OPERATION_MATMUL_DESC, how}})
      more.push_back(each);
    operation(CUDNN_BACKEND_OPERATION_MATMUL_DESCRIPTOR, more);
  }
  void reduction(cudnnReduceTensorOp_t op, Backend x, Backend y) {
    Backend how = finalized(CUDNN_BACKEND_REDUCTION_DESCRIPTOR, {{CUDNN_ATTR_REDUCTION_OPERATOR, CUDNN_TYPE_REDUCTION_OPERATOR_TYPE, op},
                                                                 {CUDNN_ATTR_REDUCTION_COMP_TYPE, CUDNN_DATA_FLOAT}});
    operation(CUDNN_BACKEND_OPERATION_REDUCTION_DESCRIPTOR, {{CUDNN_ATTR_OPERATION_REDUCTION_DESC, how},
                                                             {CUDNN_ATTR_OPERATION_REDUCTION_XDESC, x},
                                                             {CUDNN_ATTR_OPERATION_REDUCTION_YDESC, y}});
  }

  Backend graph() const {
    return finalized(CUDNN_BACKEND_OPERATIONGRAPH_DESCRIPTOR, {{CUDNN_ATTR_OPERATIONGRAPH_HANDLE, CUDNN_TYPE_HANDLE, handle},
                                                               {CUDNN_ATTR_OPERATIONGRAPH_OPS, CUDNN_TYPE_BACKEND_DESCRIPTOR, operations}});
  }
  /// By what the heuristics say.
  Backend plan() const {
    Backend heuristics = finalized(CUDNN_BACKEND_ENGINEHEUR_DESCRIPTOR, {{CUDNN_ATTR_ENGINEHEUR_OPERATION_GRAPH, graph()},
                                                                         {CUDNN_ATTR_ENGINEHEUR_MODE, CUDNN_TYPE_HEUR_MODE, CUDNN_HEUR_MODE_A}});
    int64_t count = 0;
    OK(cudnnBackendGetAttribute(heuristics, CUDNN_ATTR_ENGINEHEUR_RESULTS, CUDNN_TYPE_BACKEND_DESCRIPTOR, 0, &count, nullptr));
    IS(count, 1);
    Backend configuration;
    OK(cudnnBackendCreateDescriptor(CUDNN_BACKEND_ENGINECFG_DESCRIPTOR, &configuration));
    OK(cudnnBackendGetAttribute(heuristics, CUDNN_ATTR_ENGINEHEUR_RESULTS, CUDNN_TYPE_BACKEND_DESCRIPTOR, 1, &count, &configuration));
    return finalized(CUDNN_BACKEND_EXECUTION_PLAN_DESCRIPTOR,
                     {{CUDNN_ATTR_EXECUTION_PLAN_HANDLE, CUDNN_TYPE_HANDLE, handle}, {CUDNN_ATTR_EXECUTION_PLAN_ENGINE_CONFIG, configuration}});
  }
  Backend pack() const {
    return finalized(CUDNN_BACKEND_VARIANT_PACK_DESCRIPTOR, {{CUDNN_ATTR_VARIANT_PACK_UNIQUE_IDS, uids},
                                                             {CUDNN_ATTR_VARIANT_PACK_DATA_POINTERS, CUDNN_TYPE_VOID_PTR, pointers},
                                                             {CUDNN_ATTR_VARIANT_PACK_WORKSPACE, CUDNN_TYPE_VOID_PTR, static_cast<void *>(nullptr)}});
  }
  void run() const {
    OK(cudnnBackendExecute(handle, plan(), pack()));
    OK(cudaDeviceSynchronize());
  }
};

#endif
