// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Orders of sparse matrices.

#include "SparseFactor.h"

#include <queue>

using namespace cuport;
using namespace cuport::solver;

Neighbours solver::neighboursOf(int n, const int *start, const int *column, int base) {
  Neighbours neighbours(n);
  for (int i = 0; i < n; ++i)
    for (int k = start[i] - base; k < start[i + 1] - base; ++k)
      if (int j = column[k] - base; j != i) {
        neighbours[i].push_back(j);
        neighbours[j].push_back(i);
      }
  for (std::vector<int> &one : neighbours) {
    std::sort(one.begin(), one.end());
    one.erase(std::unique(one.begin(), one.end()), one.end());
  }
  return neighbours;
}

// Cuthill and McKee, 1969: level by level from a node at the edge, those of few neighbours first; and that turned around.
std::vector<int> solver::reverseCuthillMcKee(const Neighbours &neighbours) {
  int n = int(neighbours.size());
  std::vector<int> order;
  std::vector<bool> isPlaced(n);
  auto fewer = [&](int a, int b) { return std::pair(neighbours[a].size(), a) < std::pair(neighbours[b].size(), b); };
  auto levels = [&](int first, std::vector<bool> seen) {
    std::vector<int> all{first};
    seen[first] = true;
    for (size_t at = 0; at < all.size(); ++at) {
      size_t begin = all.size();
      for (int next : neighbours[all[at]])
        if (!seen[next]) {
          seen[next] = true;
          all.push_back(next);
        }
      std::sort(all.begin() + begin, all.end(), fewer);
    }
    return all;
  };
  std::vector<int> byDegree(n);
  std::iota(byDegree.begin(), byDegree.end(), 0);
  std::sort(byDegree.begin(), byDegree.end(), fewer);
  for (int first : byDegree) {
    if (isPlaced[first])
      continue;
    // The last one of a search is far away; twice is enough to be at an edge.
    for (int i = 0; i < 2; ++i)
      first = levels(first, isPlaced).back();
    for (int node : levels(first, isPlaced)) {
      isPlaced[node] = true;
      order.push_back(node);
    }
  }
  std::reverse(order.begin(), order.end());
  return order;
}

// Tinney's scheme 2, 1967: who has the fewest neighbours goes next, and its neighbours become each other's.
std::vector<int> solver::minimumDegree(Neighbours neighbours) {
  int n = int(neighbours.size());
  std::vector<int> order;
  std::vector<bool> isGone(n);
  using Entry = std::pair<size_t, int>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> waiting;
  for (int i = 0; i < n; ++i)
    waiting.push({neighbours[i].size(), i});
  std::vector<int> joined;
  while (!waiting.empty()) {
    auto [degree, node] = waiting.top();
    waiting.pop();
    if (isGone[node] || degree != neighbours[node].size())
      continue;
    isGone[node] = true;
    order.push_back(node);
    std::vector<int> around = std::move(neighbours[node]);
    for (int other : around) {
      joined.clear();
      std::set_union(neighbours[other].begin(), neighbours[other].end(), around.begin(), around.end(), std::back_inserter(joined));
      std::erase_if(joined, [&](int one) { return one == other || one == node; });
      neighbours[other] = joined;
      waiting.push({joined.size(), other});
    }
  }
  return order;
}
