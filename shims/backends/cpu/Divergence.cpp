// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Names the threads of a block that wait where nobody can free them, in groups that wait alike, and threads that meet in one
// barrier from different lines.

#include "Divergence.h"

#include "Fault.h"

#include <cinttypes>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <set>

namespace cuport::cpu {

static bool samePlace(const cuport_place *a, const cuport_place *b) {
  if (a == b)
    return true;
  return a && b && a->line == b->line && !std::strcmp(a->file, b->file);
}

static std::string describe(const cuport_place *place) {
  if (!place || !place->line)
    return "at an unknown line (compile with -g or -lineinfo)";
  std::string text = std::string("at ") + place->file + ":" + std::to_string(place->line);
  if (*place->function)
    text += std::string(" in ") + place->function;
  return text;
}

static std::string describe(const Thread &thread) {
  const uint32_t *at = thread.state.thread_idx;
  return "[" + std::to_string(at[0]) + "," + std::to_string(at[1]) + "," + std::to_string(at[2]) + "]";
}

namespace {
/// Threads that wait for the same thing at the same place.
struct Group {
  const Thread *first;
  const Thread *last;
  uint32_t count;
  const Warp *warp; ///< null where it does not matter
  Lanes lanes;
};
} // namespace

static bool ofWarp(const Thread &thread) { return thread.wait >= Wait::WarpBarrier; }

/// "lane 3", "lanes 0 to 7, 16 and 18"
static std::string describe(Lanes lanes) {
  std::string text = count(lanes) == 1 ? "lane " : "lanes ";
  for (bool isFirst = true; lanes; isFirst = false) {
    unsigned first = lowest(lanes), last = first;
    while (last < 127 && lanes & bit(last + 1))
      ++last;
    lanes &= ~(bit(last) | (bit(last) - bit(first)));
    text += isFirst ? "" : lanes ? ", " : " and ";
    text += std::to_string(first) + (last == first ? "" : " to " + std::to_string(last));
  }
  return text;
}

static std::string describe(const Group &group, unsigned width) {
  const Thread &first = *group.first;
  char text[160];
  std::string what = nameOf(first.wait), line, missing;
  if (ofWarp(first)) {
    std::snprintf(text, sizeof(text), "%u lane%s of warp %u at a %s of mask 0x%" PRIx64, group.count,
                  group.count == 1 ? "" : "s", group.warp->first / width, what.c_str(), first.mask);
    line = text;
    Lanes named = lanesOf(first.mask, first.state.lane, width) & group.warp->live(), absent = named & ~group.lanes;
    if (absent == named)
      line += group.count == 1 ? ", which does not name it," : ", which does not name them,";
    missing = "; " + describe(absent) + (count(absent) == 1 ? " does" : " do") + " not come";
  } else {
    std::snprintf(text, sizeof(text), "%u thread%s at a %s", group.count, group.count == 1 ? "" : "s",
                  what.c_str());
    line = text;
  }
  if (first.wait == Wait::Barrier && (first.kind || first.mask))
    line += " (id " + std::to_string(first.kind) + ", for " + std::to_string(first.mask) + " threads)";
  line += " " + describe(first.place) + ": " + (group.count == 1 ? "thread " : "threads ") + describe(first);
  if (group.count > 1)
    line += " to " + describe(*group.last);
  return line + missing;
}

static void add(std::vector<Group> &groups, const Thread &thread, const Warp *warp) {
  for (Group &group : groups) {
    const Thread &first = *group.first;
    if (first.wait == thread.wait && first.kind == thread.kind && first.mask == thread.mask &&
        samePlace(first.place, thread.place) && (!ofWarp(thread) || group.warp == warp)) {
      group.last = &thread;
      ++group.count;
      group.lanes |= bit(thread.state.lane);
      return;
    }
  }
  groups.push_back({&thread, &thread, 1, warp, bit(thread.state.lane)});
}

std::string describeDivergence(const cuport_block &block, const std::vector<Warp> &warps, const Thread *threads,
                               uint32_t live) {
  constexpr size_t MostGroups = 16;
  std::vector<Group> groups;
  for (const Warp &warp : warps)
    for (Lanes rest = warp.together | warp.blocked; rest; rest &= rest - 1)
      add(groups, threads[warp.first + lowest(rest)], &warp);
  std::string text = describePlace(block, nullptr) +
                     ": divergence: " + std::to_string(live) + " threads wait and none can go on";
  if (live < block.thread_count)
    text += ", " + std::to_string(block.thread_count - live) + " have ended";
  for (size_t i = 0; i < groups.size() && i < MostGroups; ++i)
    text += "\n  " + describe(groups[i], block.warp_size);
  if (groups.size() > MostGroups)
    text += "\n  and " + std::to_string(groups.size() - MostGroups) + " more groups";
  return text;
}

/// Whether it is the first about this kernel.
static bool firstWarning(const cuport_kernel *kernel) {
  static auto &lock = *new std::mutex;
  static auto &warned = *new std::set<const cuport_kernel *>;
  std::lock_guard hold(lock);
  return warned.insert(kernel).second;
}

/// Threads meet in a barrier from several lines. CUDA leaves that undefined; cards do it, and so do we, but say so.
void warnOfPlaces(const cuport_block &block, const std::vector<Warp> &warps, const Thread *threads) {
  const Thread *first = nullptr;
  std::vector<Group> groups;
  for (const Warp &warp : warps)
    for (Lanes rest = warp.blocked; rest; rest &= rest - 1) {
      const Thread &thread = threads[warp.first + lowest(rest)];
      if (thread.wait == Wait::Grid || thread.kind != 0 || thread.mask != 0)
        continue;
      if (!first)
        first = &thread;
      if (thread.place != first->place || thread.wait != first->wait)
        add(groups, thread, nullptr);
    }
  if (groups.empty())
    return;
  std::vector<Group> all;
  add(all, *first, nullptr);
  for (const Group &group : groups)
    if (!samePlace(group.first->place, first->place) || group.first->wait != first->wait)
      all.push_back(group);
  if (all.size() < 2 || !firstWarning(block.kernel))
    return;
  std::string text = describePlace(block, nullptr) +
                     ": threads meet in one barrier from different lines, which CUDA leaves undefined";
  for (const Group &group : all)
    text += "\n  thread " + describe(*group.first) + " at a " + nameOf(group.first->wait) + " " +
            describe(group.first->place);
  say(text);
}

} // namespace cuport::cpu
