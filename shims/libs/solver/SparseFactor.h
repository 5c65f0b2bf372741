// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Square sparse matrices, orders that keep their factors thin, and LU by columns (Gilbert and Peierls, 1988), which is Cholesky's, but for
// the scale of its rows, where no rows are exchanged.

#ifndef CUPORT_LIBS_SOLVER_SPARSEFACTOR_H
#define CUPORT_LIBS_SOLVER_SPARSEFACTOR_H

#include <algorithm>
#include <complex>
#include <numeric>
#include <utility>
#include <vector>

namespace cuport::solver {

/// Who is beside whom in A + A^T, without the diagonal: entry j of row i of a matrix by rows, indices from \p base.
using Neighbours = std::vector<std::vector<int>>;
Neighbours neighboursOf(int n, const int *start, const int *column, int base);

/// An order of the rows and columns: the place i of the new matrix is place order[i] of the old one.
std::vector<int> reverseCuthillMcKee(const Neighbours &neighbours);
std::vector<int> minimumDegree(Neighbours neighbours);

/// A matrix by columns.
template <class Number> struct Columns {
  std::vector<std::vector<std::pair<int, Number>>> of; ///< row and value

  Columns(int n) : of(n) {}
  /// From one by rows; \p shift is taken from its diagonal. With \p fromLower the other half is what the lower one says.
  Columns(int n, const int *start, const int *column, const Number *value, int base, Number shift, bool fromLower) : of(n) {
    for (int i = 0; i < n; ++i)
      for (int k = start[i] - base; k < start[i + 1] - base; ++k) {
        int j = column[k] - base;
        if (fromLower && j > i)
          continue;
        of[j].push_back({i, value[k]});
        if (fromLower && j < i)
          of[i].push_back({j, conjugate(value[k])});
      }
    if (shift != Number(0))
      for (int i = 0; i < n; ++i)
        of[i].push_back({i, -shift}); // entries of one place are added
  }

  static Number conjugate(Number value) {
    if constexpr (std::is_arithmetic_v<Number>)
      return value;
    else
      return std::conj(value);
  }
};

/// P A Q = L U: row exchanged[k] and column order[k] of A are the k-th of the factors; L's diagonal is 1.
template <class Number> struct SparseLu {
  std::vector<int> exchanged, order;
  std::vector<std::vector<std::pair<int, Number>>> lower, upper; ///< of columns: A's row, or the place above the diagonal
  std::vector<Number> diagonal;                                  ///< U's

  /// \p exchange: whether rows are exchanged where the diagonal is below \p threshold times the largest that is left in its column.
  SparseLu(const Columns<Number> &a, std::vector<int> columns, bool exchange, double threshold)
      : order(std::move(columns)), place(a.of.size(), -1), mark(a.of.size(), -1), work(a.of.size()) {
    int n = int(a.of.size());
    exchanged.resize(n);
    lower.resize(n);
    upper.resize(n);
    diagonal.resize(n);
    // Rows that no column has taken, for columns of zeros.
    std::vector<int> rowsOfOrder(order);
    size_t next = 0;
    for (int k = 0; k < n; ++k) {
      eliminate(a, k);
      int best = choose(k, exchange, threshold);
      if (best < 0) {
        while (place[rowsOfOrder[next]] >= 0)
          ++next;
        best = rowsOfOrder[next];
      }
      place[best] = k;
      exchanged[k] = best;
      diagonal[k] = mark[best] == k ? work[best] : Number(0);
      for (int row : reached)
        if (place[row] < 0 && work[row] != Number(0))
          lower[k].push_back({row, work[row] / diagonal[k]});
    }
  }

  /// The first place whose pivot is no more than \p tolerance, or, where all have to be, not positive; -1: none.
  int firstZero(double tolerance, bool positive) const {
    for (size_t k = 0; k < diagonal.size(); ++k)
      if (!(std::abs(diagonal[k]) > tolerance) || (positive && !(std::real(diagonal[k]) > 0)))
        return int(k);
    return -1;
  }

  /// \p b and \p x may be the same.
  void solve(const Number *b, Number *x) const {
    int n = int(order.size());
    std::vector<Number> rows(b, b + n), y(n);
    for (int k = 0; k < n; ++k) {
      y[k] = rows[exchanged[k]];
      for (auto [row, value] : lower[k])
        rows[row] -= value * y[k];
    }
    for (int k = n - 1; k >= 0; --k) {
      y[k] /= diagonal[k];
      for (auto [above, value] : upper[k])
        y[above] -= value * y[k];
    }
    for (int k = 0; k < n; ++k)
      x[order[k]] = y[k];
  }

private:
  std::vector<int> place;   ///< of A's rows in the factors; -1: none yet
  std::vector<int> mark;    ///< the step that a row was reached in
  std::vector<int> reached; ///< in an order in which they may be eliminated, from the last
  std::vector<Number> work;

  /// All rows that the column's entries lead to by the columns of L.
  void reach(int row, int k) {
    std::vector<std::pair<int, size_t>> path{{row, 0}};
    mark[row] = k;
    while (!path.empty()) {
      auto &[at, next] = path.back();
      const std::vector<std::pair<int, Number>> *from = place[at] >= 0 ? &lower[place[at]] : nullptr;
      if (!from || next == from->size()) {
        reached.push_back(at);
        path.pop_back();
        continue;
      }
      int to = (*from)[next++].first;
      if (mark[to] != k) {
        mark[to] = k;
        path.push_back({to, 0});
      }
    }
  }

  /// Column k of A less what the columns before it give; U's part of it is written.
  void eliminate(const Columns<Number> &a, int k) {
    reached.clear();
    for (auto [row, value] : a.of[order[k]])
      if (mark[row] != k)
        reach(row, k);
    for (int row : reached)
      work[row] = Number(0);
    for (auto [row, value] : a.of[order[k]])
      work[row] += value;
    for (auto row = reached.rbegin(); row != reached.rend(); ++row)
      if (int before = place[*row]; before >= 0) {
        Number value = work[*row];
        upper[k].push_back({before, value});
        for (auto [to, factor] : lower[before])
          work[to] -= factor * value;
      }
  }

  /// The row of the pivot; -1: there is none.
  int choose(int k, bool exchange, double threshold) const {
    int best = -1;
    for (int row : reached)
      if (place[row] < 0 && work[row] != Number(0) && (best < 0 || std::abs(work[row]) > std::abs(work[best])))
        best = row;
    int own = order[k];
    bool hasOwn = mark[own] == k && place[own] < 0;
    if (!exchange)
      return hasOwn ? own : -1;
    return hasOwn && best >= 0 && work[own] != Number(0) && std::abs(work[own]) >= threshold * std::abs(work[best]) ? own : best;
  }
};

} // namespace cuport::solver

#endif
