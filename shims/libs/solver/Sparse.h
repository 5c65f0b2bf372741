// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuSOLVER's sparse part: its handle, and matrices as its functions are given them.

#ifndef CUPORT_LIBS_SOLVER_SPARSE_H
#define CUPORT_LIBS_SOLVER_SPARSE_H

#include "Handle.h"
#include "SparseFactor.h"

#include "libs/sparse/MatrixDescriptor.h"

#include <cusolverSp.h>

struct cusolverSpContext {
  cudaStream_t stream = nullptr;
};

namespace cuport::solver {

/// A square matrix by rows, where its pointers lead to.
template <class T> struct Rows {
  int n = 0, base = 0;
  const int *start = nullptr, *column = nullptr;
  const T *value = nullptr;

  Columns<Number<T>> columns(T shift = {}, bool fromLower = false) const {
    return {n, start, column, numbers(value), base, *numbers(&shift), fromLower};
  }
  /// In the order of a function's parameter `reorder`: 0 none, 1 reverse Cuthill-McKee, others by degrees.
  std::vector<int> order(int reorder) const {
    if (reorder == 0) {
      std::vector<int> same(n);
      std::iota(same.begin(), same.end(), 0);
      return same;
    }
    Neighbours neighbours = neighboursOf(n, start, column, base);
    return reorder == 1 ? reverseCuthillMcKee(neighbours) : minimumDegree(std::move(neighbours));
  }
};

inline bool isMatrix(int n, int nonzeros, cusparseMatDescr_t descriptor, const int *start, const int *column) {
  return n >= 0 && nonzeros >= 0 && descriptor && start && (column || nonzeros == 0);
}

/// One call. What is the host's runs at once, after nothing; the device's in the handle's stream.
struct SparseCall {
  cusolverSpHandle_t handle;
  const char *name;
  bool onHost;

  template <class Body> Status run(const Body &body) const {
    return onHost ? (body(), CUSOLVER_STATUS_SUCCESS) : CallOf<cusolverSpContext>{handle, name}.enqueue(body);
  }
  template <class Body> Status runAndWait(const Body &body) const {
    return onHost ? (body(), CUSOLVER_STATUS_SUCCESS) : CallOf<cusolverSpContext>{handle, name}.wait(body);
  }
};

} // namespace cuport::solver

#endif
