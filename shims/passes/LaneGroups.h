// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Members of structures, where threads run side by side and each has the structure behind its neighbour's: what they load or store is
// every second, third or fourth element of something that vectors can load or store as a whole.
//
//   x0 y0 z0 x1 y1 z1 x2 y2 z2 ...    <->    x0 x1 x2 ...    y0 y1 y2 ...    z0 z1 z2 ...
//
// Where the structures lie anywhere, or further apart, each is loaded or stored as a vector of its own: runs.

#ifndef CUPORT_PASSES_LANEGROUPS_H
#define CUPORT_PASSES_LANEGROUPS_H

#include "LaneShapes.h"
#include <list>

namespace cuport {

/// Loads, or stores, of one type and block, which nothing stands between that they could not be moved over. All threads come to them,
/// except to runs.
struct LaneGroup {
  llvm::Type *Lane = nullptr;
  unsigned Pitch = 0; ///< from one thread's to the next, in elements; 0: runs
  unsigned Span = 0;  ///< from the first of a thread's elements to the last, both included: at most Pitch
  llvm::SmallVector<std::pair<llvm::Instruction *, unsigned>, 4> Members; ///< in the block's order, each with its place in the span

  unsigned placeOf(const llvm::Instruction &Member) const {
    return llvm::find_if(Members, [&](auto &One) { return One.first == &Member; })->second;
  }
};

class LaneGroups {
public:
  LaneGroups(llvm::Function &F, const LaneFlow &Flow, const LaneShapes &Shapes, unsigned Threads);

  /// Null: it belongs to none.
  const LaneGroup *of(const llvm::Instruction &Access) const { return Groups.lookup(&Access); }

private:
  struct Open;
  void findIn(llvm::BasicBlock &Block, bool IsFull, const LaneShapes &Shapes, unsigned Threads);
  void close(llvm::ArrayRef<Open> Groups);

  std::list<LaneGroup> All;
  llvm::DenseMap<const llvm::Instruction *, const LaneGroup *> Groups;
};

} // namespace cuport

#endif
