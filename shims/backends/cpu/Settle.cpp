// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Collectives of a group whose threads are all there: over the arrays of the mailbox, in plain loops.

#include "Intrinsic.h"
#include "RegionBlock.h"

#include <algorithm>
#include <bit>

namespace cuport::cpu {

namespace {

/// The mailboxes of a group at a point.
class Mail {
public:
  uint64_t *value;
  uint32_t count;

  Mail(const cuport_block &block, const cuport_point &point, uint32_t first, uint32_t count)
      : count(count), point(point), warpSize(int32_t(block.warp_size)) {
    auto at = [&](uint32_t offset, uint32_t size) {
      return block.frames + size_t(offset) * block.thread_count + size_t(first) * size;
    };
    value = reinterpret_cast<uint64_t *>(at(CUPORT_MAILBOX_VALUE, 8));
    masks = reinterpret_cast<const uint64_t *>(at(CUPORT_MAILBOX_MASK, 8));
    operands = reinterpret_cast<const int32_t *>(at(CUPORT_MAILBOX_OPERAND, 4));
    widths = reinterpret_cast<const int32_t *>(at(CUPORT_MAILBOX_WIDTH, 4));
  }

  /// The lanes that there are; the last warp of a block may be short.
  Lanes all() const { return count == 128 ? ~Lanes(0) : bit(count) - 1; }
  /// Those of them whose values count for a lane.
  Lanes counted(uint32_t lane) const { return cpu::counted(named(lane), all()); }
  Lanes voters(uint32_t lane) const { return cpu::voters(named(lane), all()); }
  int32_t operand(uint32_t lane) const { return point.given & CUPORT_GIVEN_OPERAND ? point.operand : operands[lane]; }
  int32_t width(uint32_t lane) const {
    if (!(point.given & CUPORT_GIVEN_WIDTH))
      return widths[lane];
    return point.width ? point.width : warpSize;
  }

  /// Calls body(first, last) for all lanes, by neighbours that name the same lanes and see the same 64 of them: first ... last - 1.
  template <typename Body> void forEqualMasks(Body body) const {
    for (uint32_t first = 0, last = 0; first < count; first = last) {
      const uint32_t end = std::min(count, (first | 63) + 1);
      last = point.given & CUPORT_GIVEN_MASK ? end : first + 1;
      while (last < end && masks[last] == masks[first])
        ++last;
      body(first, last);
    }
  }
  /// The lanes whose value is one that holds() says yes to.
  template <typename Holds> Lanes having(Holds holds) const {
    uint64_t halves[2] = {};
    for (uint32_t lane = 0; lane < count; ++lane)
      halves[lane / 64] |= uint64_t(holds(value[lane])) << lane % 64;
    return Lanes(halves[1]) << 64 | halves[0];
  }

  /// All lanes ask for the same shift in sections of the same width, which is what nearly all code does.
  bool isUniform() const {
    constexpr uint32_t Both = CUPORT_GIVEN_OPERAND | CUPORT_GIVEN_WIDTH;
    uint32_t different = 0;
    for (uint32_t lane = 0; (point.given & Both) != Both && lane < count; ++lane)
      different |= uint32_t(operand(lane) ^ operand(0)) | uint32_t(width(lane) ^ width(0));
    return !different;
  }

private:
  Lanes named(uint32_t lane) const { return lanesOf(point.given & CUPORT_GIVEN_MASK ? point.mask : masks[lane], lane, 128); }

  const cuport_point &point;
  int32_t warpSize;
  const uint64_t *masks;
  const int32_t *operands;
  const int32_t *widths;
};

} // namespace

/// Each lane from where it says; one loop a kind, so that all the loop does is arithmetic.
template <int32_t Kind> static void takeEach(const Mail &mail) {
  uint64_t given[128];
  std::copy_n(mail.value, mail.count, given);
  for (uint32_t lane = 0; lane < mail.count; ++lane) {
    bool inside = false;
    uint32_t source = sourceLane(lane, Kind, mail.operand(lane), mail.width(lane), inside);
    mail.value[lane] = source < mail.count ? given[source] : 0;
  }
}

static void shuffle(const Mail &mail, int32_t kind) {
  uint64_t *const value = mail.value;
  const uint32_t operand = uint32_t(mail.operand(0)), count = mail.count;
  if (uint32_t(mail.width(0)) == count && operand < count && mail.isUniform()) {
    switch (kind) {
    case ShuffleIndex:
      std::fill_n(value, count, uint64_t(value[operand]));
      return;
    case ShuffleUp:
      std::copy_backward(value, value + count - operand, value + count);
      return;
    case ShuffleDown:
      std::copy(value + operand, value + count, value);
      return;
    case ShuffleXor:
      if (!std::has_single_bit(operand))
        break;
      for (uint32_t first = 0; first < count; first += 2 * operand)
        std::swap_ranges(value + first, value + first + operand, value + first + operand);
      return;
    }
  }
  switch (kind) {
  case ShuffleIndex:
    return takeEach<ShuffleIndex>(mail);
  case ShuffleUp:
    return takeEach<ShuffleUp>(mail);
  case ShuffleDown:
    return takeEach<ShuffleDown>(mail);
  case ShuffleXor:
    return takeEach<ShuffleXor>(mail);
  }
}

static void vote(const Mail &mail, int32_t kind) {
  const Lanes yes = mail.having([](uint64_t value) { return value != 0; });
  mail.forEqualMasks([&](uint32_t first, uint32_t last) {
    const Lanes named = mail.voters(first), here = yes & named;
    uint64_t result = 0;
    switch (kind) {
    case VoteBallot:
      result = seenBy(here, first);
      break;
    case VoteAll:
      result = here == named;
      break;
    case VoteAny:
      result = here != 0;
      break;
    case VoteUniform:
      result = here == named || here == 0;
      break;
    }
    std::fill(mail.value + first, mail.value + last, result);
  });
}

static void match(const Mail &mail, bool all) {
  uint64_t results[128];
  mail.forEqualMasks([&](uint32_t first, uint32_t last) {
    const Lanes named = mail.counted(first);
    Lanes done = 0;
    for (uint32_t lane = first; lane < last; ++lane) {
      if (done & bit(lane))
        continue;
      const Lanes equal = mail.having([&](uint64_t value) { return value == mail.value[lane]; });
      const Lanes same = equal & named;
      for (uint32_t other = lane; other < last; ++other)
        if (equal & bit(other))
          results[other] = all && same != named ? 0 : seenBy(same, first);
      done |= equal;
    }
  });
  std::copy_n(results, mail.count, mail.value);
}

static void reduce(const Mail &mail, int32_t operation) {
  uint64_t given[128];
  std::copy_n(mail.value, mail.count, given);
  Lanes before = 0;
  uint64_t result = 0;
  for (uint32_t lane = 0; lane < mail.count; ++lane) {
    // Lanes that name each other have the same mask, and so one result.
    if (Lanes named = mail.counted(lane); named != before) {
      before = named;
      result = given[lowest(named)];
      for (Lanes rest = named & (named - 1); rest; rest &= rest - 1)
        result = combine(operation, result, given[lowest(rest)]);
    }
    mail.value[lane] = result;
  }
}

static void barrierReduce(const Mail &mail, int32_t operation) {
  uint32_t yes = 0;
  for (uint32_t i = 0; i < mail.count; ++i)
    yes += mail.value[i] != 0;
  uint64_t result = operation == BarrierCount ? yes : operation == BarrierAnd ? yes == mail.count : yes != 0;
  std::fill_n(mail.value, mail.count, result);
}

static void settleWarp(const Mail &mail, uint32_t kind, int32_t operation) {
  switch (kind) {
  case CUPORT_POINT_SHUFFLE:
    return shuffle(mail, operation);
  case CUPORT_POINT_VOTE:
    return vote(mail, operation);
  case CUPORT_POINT_MATCH:
    return match(mail, operation != 0);
  case CUPORT_POINT_REDUCE:
    return reduce(mail, operation);
  case CUPORT_POINT_ACTIVE_MASK:
    for (uint32_t lane = 0; lane < mail.count; ++lane)
      mail.value[lane] = seenBy(mail.all(), lane);
    return;
  }
}

void settlePoint(cuport_block *block, const cuport_point *point, uint32_t first, uint32_t count) {
  if (point->kind == CUPORT_POINT_BARRIER_REDUCE)
    return barrierReduce(Mail(*block, *point, first, count), point->operation);
  for (uint32_t end = first + count; first < end; first += block->warp_size)
    settleWarp(Mail(*block, *point, first, std::min(block->warp_size, end - first)), point->kind, point->operation);
}

} // namespace cuport::cpu
