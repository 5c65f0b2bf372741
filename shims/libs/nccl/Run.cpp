// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What an operation does: collectives by the ranks' stages, a piece at a time, and messages by mailboxes, all of a group at once.
//
//   put my piece on my stage -> all meet -> take what is mine from the stages -> all meet
//
// For a sum that all get, each rank adds its share of a piece, so that the work is divided.

#include "Communicator.h"
#include "Error.h"

#include <algorithm>
#include <cstring>

using namespace cuport;
using namespace cuport::nccl;

namespace {

/// One collective of a rank.
class Collective {
public:
  Collective(World &world, const Task &task) : world(world), task(task) {
    // Who gives or gets another part for each rank has all of them on a stage.
    bool isInParts = task.call == Call::ReduceScatter || task.call == Call::AlltoAll || task.call == Call::Scatter;
    piece = world.stageBytes() / size / (isInParts ? ranks : 1);
  }

  ncclResult_t run() {
    world.intent(self) = intent();
    size_t begin = 0;
    do {
      size_t some = std::min(piece, task.count - begin);
      put(begin, some);
      if (ncclResult_t error = meet())
        return error;
      if (begin == 0)
        if (ncclResult_t error = compare())
          return error;
      if (task.call == Call::AllReduce || task.call == Call::Reduce) {
        addShare(some);
        if (ncclResult_t error = meet())
          return error;
        if (task.call == Call::AllReduce || isRoot())
          std::memcpy(at(task.to, begin), world.result(), some * size);
      } else {
        take(begin, some);
        if (ncclResult_t error = meet())
          return error;
      }
      begin += some;
    } while (begin < task.count);
    return ncclSuccess;
  }

private:
  bool isRoot() const { return task.peer == self; }
  ncclResult_t meet() { return world.meet(world.ofStreams()); }
  std::byte *at(void *base, size_t index) const { return static_cast<std::byte *>(base) + index * size; }
  const std::byte *at(const void *base, size_t index) const { return static_cast<const std::byte *>(base) + index * size; }
  /// Where rank \p from has what is for rank \p to.
  std::byte *partOf(int from, int to) { return world.stageOf(from) + to * piece * size; }

  void put(size_t begin, size_t some) {
    switch (task.call) {
    case Call::Broadcast:
      if (!isRoot())
        return;
      [[fallthrough]];
    case Call::AllReduce:
    case Call::Reduce:
    case Call::AllGather:
    case Call::Gather:
      return put(world.stageOf(self), begin, some);
    case Call::Scatter:
      if (!isRoot())
        return;
      [[fallthrough]];
    default:
      for (int to = 0; to < ranks; ++to)
        put(partOf(self, to), to * task.count + begin, some);
    }
  }
  void put(std::byte *place, size_t begin, size_t some) {
    if (some)
      contribute(task.reduction, task.type, place, at(task.from, begin), some);
  }

  void addShare(size_t some) {
    size_t first = some * self / ranks, last = some * (self + 1) / ranks;
    add(first * size, world.result() + first * size, last - first);
  }

  /// Reduces what the ranks have on their stages from byte \p offset on.
  void add(size_t offset, void *output, size_t some) {
    std::vector<const void *> inputs(ranks);
    for (int rank = 0; rank < ranks; ++rank)
      inputs[rank] = world.stageOf(rank) + offset;
    reduce(task.reduction, task.type, output, some, ranks, inputs.data());
  }

  void take(size_t begin, size_t some) {
    if (!some)
      return;
    switch (task.call) {
    case Call::ReduceScatter:
      return add(self * piece * size, at(task.to, begin), some);
    case Call::Broadcast:
      std::memcpy(at(task.to, begin), world.stageOf(task.peer), some * size);
      return;
    case Call::Scatter:
      std::memcpy(at(task.to, begin), partOf(task.peer, self), some * size);
      return;
    case Call::AlltoAll:
      for (int from = 0; from < ranks; ++from)
        std::memcpy(at(task.to, from * task.count + begin), partOf(from, self), some * size);
      return;
    default: // AllGather, and Gather's root
      if (task.call == Call::AllGather || isRoot())
        for (int from = 0; from < ranks; ++from)
          std::memcpy(at(task.to, from * task.count + begin), world.stageOf(from), some * size);
    }
  }

  Intent intent() const {
    return {uint32_t(task.call), uint32_t(task.type), uint32_t(task.reduction.op), uint32_t(task.peer), task.count};
  }

  /// Whether all ranks are about to do the same.
  ncclResult_t compare() {
    for (int other = 1; other < ranks; ++other) {
      const Intent &mine = world.intent(0), &its = world.intent(other);
      if (!(mine == its))
        return fail(ncclInvalidUsage, "rank 0 calls %s of %zu numbers (type %u, operation %u, root %u), rank %d %s of %zu (%u, %u, %u)",
                    nameOf(Call(mine.call)), size_t(mine.count), mine.type, mine.reduction, mine.root, other, nameOf(Call(its.call)),
                    size_t(its.count), its.type, its.reduction, its.root);
    }
    return ncclSuccess;
  }

  World &world;
  const Task &task;
  const int ranks = world.ranks(), self = world.rank();
  const size_t size = sizeOf(task.type);
  size_t piece; ///< numbers; of one rank's part where there are parts
};

/// A message on its way: its length in bytes as 8 bytes, then itself.
class Message {
public:
  Message(World &world, const Task &task)
      : world(world), task(task), length(task.count * sizeOf(task.type)),
        box(task.call == Call::Send ? world.mailbox(world.rank(), task.peer) : world.mailbox(task.peer, world.rank())) {}

  bool isSending() const { return task.call == Call::Send; }
  int peer() const { return task.peer; }
  bool isDone() const { return done == sizeof length + length; }

  /// Moves what can be moved now; \p moved is set if that was something.
  ncclResult_t go(bool &moved) {
    size_t before = done;
    if (isSending()) {
      const auto *header = reinterpret_cast<const std::byte *>(&length);
      move(header, sizeof length, 0);
      move(static_cast<const std::byte *>(task.from), length, sizeof length);
    } else {
      move(reinterpret_cast<std::byte *>(&told), sizeof told, 0);
      if (done >= sizeof told && told != length)
        return fail(ncclInvalidUsage, "rank %d receives %zu bytes from rank %d, which sends %zu", world.rank(), size_t(length), peer(),
                    size_t(told));
      move(static_cast<std::byte *>(task.to), length, sizeof told);
    }
    if (done != before) {
      moved = true;
      world.ring(peer());
    }
    return ncclSuccess;
  }

private:
  /// The part of the message that begins at \p start and is \p bytes long, as far as it is its turn.
  template <class Byte> void move(Byte *part, size_t bytes, size_t start) {
    while (done >= start && done < start + bytes) {
      std::atomic<uint64_t> &mine = isSending() ? box.sent : box.received;
      uint64_t there = box.sent - box.received, place = mine % world.mailBytes();
      size_t some = std::min({size_t(isSending() ? world.mailBytes() - there : there), size_t(world.mailBytes() - place), start + bytes - done});
      if (!some)
        return;
      std::byte *ring = world.bytesOf(box) + place;
      if constexpr (std::is_const_v<Byte>)
        std::memcpy(ring, part + (done - start), some);
      else
        std::memcpy(part + (done - start), ring, some);
      mine += some;
      done += some;
    }
  }

  World &world;
  const Task &task;
  uint64_t length, told = 0;
  World::Mailbox &box;
  size_t done = 0;
};

/// All messages of a group; those between two ranks one after the other, in the order of the calls.
ncclResult_t deliver(World &world, std::vector<Message> messages) {
  for (;;) {
    uint32_t heard = world.hear();
    bool moved = false;
    std::vector<int> peers;
    std::vector<std::pair<bool, int>> busy;
    for (Message &message : messages) {
      std::pair way(message.isSending(), message.peer());
      if (message.isDone() || std::find(busy.begin(), busy.end(), way) != busy.end())
        continue;
      if (ncclResult_t error = message.go(moved))
        return error;
      if (!message.isDone()) {
        busy.push_back(way);
        peers.push_back(message.peer());
      }
    }
    if (peers.empty())
      return ncclSuccess;
    if (!moved)
      if (ncclResult_t error = world.waitForBell(heard, peers))
        return error;
  }
}

} // namespace

ncclResult_t nccl::run(Job &job) {
  World &world = *job.comm->world;
  std::vector<Message> messages;
  for (const Task &task : job.tasks) {
    if (task.call == Call::Send || task.call == Call::Receive)
      messages.push_back({world, task});
    else if (ncclResult_t error = Collective(world, task).run())
      return error;
  }
  return deliver(world, std::move(messages));
}
