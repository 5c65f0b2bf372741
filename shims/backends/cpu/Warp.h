// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Threads and warps of a block in thread mode, and what a warp's lanes do together.
//
//   a lane calls shuffle, vote ...  -> it waits, with its operation
//   no lane of the warp can run     -> joinLanes: the lanes of one operation get their results and go on
//
// Lanes meet when the operation and the mask are the same, wherever in the source they stand, as PTX says it; ended lanes are
// not waited for. A mask of ~0 means all lanes, and where some wait elsewhere, those that are here together. A mask of 0, in barriers
// that the program has not written, means those that are here, while others wait or yield.
//
// What CUDA leaves undefined is as on cards: a lane that its own mask does not name goes along with those it names, and gets what
// they get; only named ones vote, match and reduce. A lane that is not there gives a shuffle 0.

#ifndef CUPORT_CPU_WARP_H
#define CUPORT_CPU_WARP_H

#include "Block.h"
#include "Intrinsic.h"

#include <cstdint>

namespace cuport::cpu {

struct Fiber;

/// One bit a lane; warps of 32 and 64 use the low part.
using Lanes = unsigned __int128;

inline unsigned lowest(Lanes lanes) {
  auto low = uint64_t(lanes);
  return low ? unsigned(__builtin_ctzll(low)) : 64 + unsigned(__builtin_ctzll(uint64_t(lanes >> 64)));
}
inline unsigned highest(Lanes lanes) {
  auto high = uint64_t(lanes >> 64);
  return high ? 127 - unsigned(__builtin_clzll(high)) : 63 - unsigned(__builtin_clzll(uint64_t(lanes)));
}
inline unsigned count(Lanes lanes) {
  return unsigned(__builtin_popcountll(uint64_t(lanes)) + __builtin_popcountll(uint64_t(lanes >> 64)));
}
inline Lanes bit(unsigned lane) { return Lanes(1) << lane; }

/// What a thread waits for.
enum class Wait : uint8_t { Nothing, Barrier, BarrierReduce, Grid, WarpBarrier, Shuffle, Vote, Match, Reduce, ActiveMask };
const char *nameOf(Wait wait);

struct Thread {
  cuport_thread state;  ///< what the kernel reads
  Fiber *fiber;         ///< where it stands while it waits; null before it has begun
  void *sanitizerFiber; ///< ThreadSanitizer's
  const cuport_place *place;
  const void *site;     ///< the address in the kernel that the call returns to
  Wait wait;
  int32_t kind;         ///< of shuffle, vote, reduce; a barrier's id
  int32_t operand;
  int32_t width;
  uint64_t mask;        ///< as the kernel gave it; a barrier's count
  uint64_t value;
  uint64_t result;
};

struct Warp {
  uint32_t first; ///< linear index of lane 0
  uint32_t lanes; ///< threads in it; the last of a block may be short
  Lanes fresh;    ///< not begun
  Lanes ready;    ///< can go on
  Lanes yielded;  ///< can go on, after the others
  Lanes together; ///< wait for lanes of the warp
  Lanes blocked;  ///< wait for the block or the grid
  Lanes running;  ///< the one that runs

  Lanes live() const { return fresh | ready | yielded | together | blocked | running; }
};

/// The lanes that `mask` names when a lane of a warp that is `width` wide gives it.
inline Lanes lanesOf(uint64_t mask, unsigned lane, unsigned width) {
  Lanes all = width == 128 ? ~Lanes(0) : bit(width) - 1;
  if (mask == ~uint64_t(0))
    return all;
  return (Lanes(mask) << (lane & 64)) & all;
}

/// Of the lanes that are here, those whose values count: the named ones; all, if none of these is left.
inline Lanes counted(Lanes named, Lanes here) { return named & here ? named & here : here; }
/// Those that vote: a mask of nobody, as the lowest lane's of `__ballot_sync(lanes below me, p)`, lets nobody.
inline Lanes voters(Lanes named, Lanes here) { return named ? counted(named, here) : 0; }

/// The bits of lanes that a lane sees in 64: its own half of a warp of 128.
inline uint64_t seenBy(Lanes lanes, unsigned lane) { return uint64_t(lanes >> (lane & 64)); }

/// Lets the lanes of one operation go on, if there is one whose lanes are all here; else, of those that take who is here, the
/// one that stands first in the code. With `join`, takes who is here for any operation. Returns the lanes, which are ready now
/// and have their results, or none.
Lanes joinLanes(Warp &warp, Thread *threads, unsigned width, bool join);

/// How often lanes of a warp meet before other warps and blocks have their turn: it may wait for one of them. Turns differ: of warps
/// that try for each other's locks each could end all turns of one length holding one.
class Turns {
public:
  uint32_t next() {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    return 128 + state % 256;
  }

private:
  uint32_t state = 1;
};

/// One step of a reduction.
uint64_t combine(int32_t operation, uint64_t a, uint64_t b);

/// The lane that a lane of `width` lanes reads, and whether it lies inside its section.
inline unsigned sourceLane(unsigned lane, int32_t kind, int32_t operand, int32_t width, bool &inside) {
  unsigned section = unsigned(width) - 1;
  unsigned first = lane & ~section, last = lane | section;
  int64_t source = lane;
  switch (kind) {
  case ShuffleIndex:
    source = first | (unsigned(operand) & section);
    break;
  case ShuffleUp:
    source = int64_t(lane) - uint32_t(operand);
    break;
  case ShuffleDown:
    source = int64_t(lane) + uint32_t(operand);
    break;
  case ShuffleXor:
    source = int64_t(lane ^ unsigned(operand));
    break;
  }
  // A xor may reach a section before the own one, never one behind it.
  inside = source <= last && (source >= first || (kind == ShuffleXor && source >= 0));
  return inside ? unsigned(source) : lane;
}

} // namespace cuport::cpu
#endif
