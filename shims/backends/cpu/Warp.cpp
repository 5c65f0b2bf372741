// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Warp.h"

#include "HappensBefore.h"

namespace cuport::cpu {

const char *nameOf(Wait wait) {
  switch (wait) {
  case Wait::Nothing:
    return "nothing";
  case Wait::Barrier:
    return "barrier";
  case Wait::BarrierReduce:
    return "barrier with a reduction";
  case Wait::Grid:
    return "grid barrier";
  case Wait::WarpBarrier:
    return "warp barrier";
  case Wait::Shuffle:
    return "shuffle";
  case Wait::Vote:
    return "vote";
  case Wait::Match:
    return "match";
  case Wait::Reduce:
    return "warp reduction";
  case Wait::ActiveMask:
    return "active mask";
  }
  return "";
}

static bool sameOperation(const Thread &a, const Thread &b, Lanes named, unsigned width) {
  return a.wait == b.wait && a.kind == b.kind &&
         (a.wait != Wait::ActiveMask || a.site == b.site) &&
         lanesOf(b.mask, b.state.lane, width) == named;
}

/// Takes the lanes of the operation that `lane` waits in.
static Lanes group(const Warp &warp, const Thread *threads, unsigned lane, unsigned width) {
  const Thread &first = threads[warp.first + lane];
  Lanes named = lanesOf(first.mask, lane, width);
  Lanes same = 0;
  for (Lanes rest = warp.together; rest; rest &= rest - 1) {
    unsigned other = lowest(rest);
    if (sameOperation(first, threads[warp.first + other], named, width))
      same |= bit(other);
  }
  return same;
}

/// Of votes and shuffles: the lanes that wait where `lane` does and that their own masks do not name, whatever these are, as in
/// `__ballot_sync(lanes below me, p)`. Adds whom they name.
static Lanes unnamed(const Warp &warp, const Thread *threads, unsigned lane, unsigned width, Lanes &named) {
  const Thread &first = threads[warp.first + lane];
  Lanes same = 0;
  for (Lanes rest = warp.together; rest; rest &= rest - 1) {
    const unsigned other = lowest(rest);
    const Thread &thread = threads[warp.first + other];
    const Lanes others = lanesOf(thread.mask, other, width);
    if (thread.wait == first.wait && thread.kind == first.kind && thread.site == first.site && !(others & bit(other))) {
      same |= bit(other);
      named |= others;
    }
  }
  return same;
}

static void shuffle(Warp &warp, Thread *threads, Lanes lanes) {
  for (Lanes rest = lanes; rest; rest &= rest - 1) {
    Thread &thread = threads[warp.first + lowest(rest)];
    bool inside = false;
    unsigned source = sourceLane(thread.state.lane, thread.kind, thread.operand, thread.width, inside);
    thread.result = lanes & bit(source) ? threads[warp.first + source].value : 0;
  }
}

static void vote(Warp &warp, Thread *threads, Lanes lanes, unsigned width) {
  Lanes all = 0;
  for (Lanes rest = lanes; rest; rest &= rest - 1)
    if (threads[warp.first + lowest(rest)].value)
      all |= bit(lowest(rest));
  for (Lanes rest = lanes; rest; rest &= rest - 1) {
    Thread &thread = threads[warp.first + lowest(rest)];
    const Lanes counted = voters(lanesOf(thread.mask, thread.state.lane, width), lanes), yes = all & counted;
    switch (thread.kind) {
    case VoteBallot:
      thread.result = seenBy(yes, thread.state.lane);
      break;
    case VoteAll:
      thread.result = yes == counted;
      break;
    case VoteAny:
      thread.result = yes != 0;
      break;
    case VoteUniform:
      thread.result = yes == counted || yes == 0;
      break;
    }
  }
}

static void match(Warp &warp, Thread *threads, Lanes lanes, Lanes counted) {
  for (Lanes rest = lanes; rest; rest &= rest - 1) {
    Thread &thread = threads[warp.first + lowest(rest)];
    Lanes same = 0;
    for (Lanes others = counted; others; others &= others - 1)
      if (threads[warp.first + lowest(others)].value == thread.value)
        same |= bit(lowest(others));
    bool all = thread.kind != 0;
    thread.result = all && same != counted ? 0 : seenBy(same, thread.state.lane);
  }
}

uint64_t combine(int32_t operation, uint64_t a, uint64_t b) {
  switch (operation) {
  case ReduceAdd:
    return a + b;
  case ReduceMin:
    return int64_t(a) < int64_t(b) ? a : b;
  case ReduceMax:
    return int64_t(a) > int64_t(b) ? a : b;
  case ReduceUnsignedMin:
    return a < b ? a : b;
  case ReduceUnsignedMax:
    return a > b ? a : b;
  case ReduceAnd:
    return a & b;
  case ReduceOr:
    return a | b;
  case ReduceXor:
    return a ^ b;
  }
  return a;
}

static void reduce(Warp &warp, Thread *threads, Lanes lanes, Lanes counted) {
  uint64_t result = threads[warp.first + lowest(counted)].value;
  for (Lanes rest = counted & (counted - 1); rest; rest &= rest - 1) {
    Thread &thread = threads[warp.first + lowest(rest)];
    result = combine(thread.kind, result, thread.value);
  }
  for (Lanes rest = lanes; rest; rest &= rest - 1)
    threads[warp.first + lowest(rest)].result = result;
}

/// Gives the lanes, which name `named`, their results and lets them go on.
static void complete(Warp &warp, Thread *threads, Lanes lanes, Lanes named, unsigned width) {
  Thread &first = threads[warp.first + lowest(lanes)];
  switch (first.wait) {
  case Wait::WarpBarrier: {
    HappensBefore order;
    for (Lanes rest = lanes; rest; rest &= rest - 1)
      order.before(threads[warp.first + lowest(rest)].sanitizerFiber);
    for (Lanes rest = lanes; rest; rest &= rest - 1)
      order.after(threads[warp.first + lowest(rest)].sanitizerFiber);
    break;
  }
  case Wait::Shuffle:
    shuffle(warp, threads, lanes);
    break;
  case Wait::Vote:
    vote(warp, threads, lanes, width);
    break;
  case Wait::Match:
    match(warp, threads, lanes, counted(named, lanes));
    break;
  case Wait::Reduce:
    reduce(warp, threads, lanes, counted(named, lanes));
    break;
  default:
    for (Lanes rest = lanes; rest; rest &= rest - 1) {
      Thread &thread = threads[warp.first + lowest(rest)];
      thread.result = seenBy(lanes, thread.state.lane);
    }
    break;
  }
  warp.together &= ~lanes;
  warp.ready |= lanes;
}

Lanes joinLanes(Warp &warp, Thread *threads, unsigned width, bool join) {
  Lanes earliest = 0, earliestNamed = 0;
  const void *site = nullptr;
  for (Lanes rest = warp.together; rest;) {
    unsigned lane = lowest(rest);
    const Thread &thread = threads[warp.first + lane];
    Lanes here = group(warp, threads, lane, width);
    Lanes named = lanesOf(thread.mask, lane, width);
    if (!(named & here) && (thread.wait == Wait::Vote || thread.wait == Wait::Shuffle))
      here = unnamed(warp, threads, lane, width, named);
    rest &= ~here;
    if ((named & warp.live() & ~here) == 0) {
      complete(warp, threads, here, named, width);
      return here;
    }
    // Lanes that yielded have not come to where they wait.
    bool takesWhoIsHere = join || thread.wait == Wait::ActiveMask || (thread.mask == ~uint64_t(0) && !warp.yielded);
    if (takesWhoIsHere && (!earliest || thread.site < site)) {
      earliest = here;
      earliestNamed = named;
      site = thread.site;
    }
  }
  if (earliest)
    complete(warp, threads, earliest, earliestNamed, width);
  return earliest;
}

} // namespace cuport::cpu
