// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What the ranks of a communicator share: memory of the machine, whether they are threads of one process or processes.
//
//   header | a place for each rank | the result of all | a stage for each rank | a mailbox for each pair of ranks
//
// Ranks find it by its name, and the last one to come takes the name away, so nothing stays behind; what ranks leave that end before
// all are there goes when somebody makes the next id. Who waits sleeps on a word of it (futex), and looks now and then whether the
// others are alive and whether one has given up.

#ifndef CUPORT_LIBS_NCCL_WORLD_H
#define CUPORT_LIBS_NCCL_WORLD_H

#include <nccl.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace cuport::nccl {

/// Where all ranks wait for each other.
struct Meeting {
  std::atomic<uint32_t> arrived, round;
};

/// What a rank is about to do, for the others to compare with what they are.
struct Intent {
  uint32_t call, type, reduction, root;
  uint64_t count;
  bool operator==(const Intent &) const = default;
};

class World {
public:
  /// What the names of all begin with.
  static constexpr char Prefix[] = "/cuport-nccl-";
  /// Frees the memory of worlds whose ranks ended before all had joined.
  static void removeAbandoned();
  /// Joins as \p rank of \p ranks; does not wait for the others. An error has been noted (Error.h).
  static ncclResult_t join(const std::string &name, int ranks, int rank, World *&joined);
  ~World();
  World(const World &) = delete;
  World &operator=(const World &) = delete;

  int ranks() const { return count; }
  int rank() const { return self; }
  const std::string &name() const { return called; }

  /// Waits until all have joined.
  ncclResult_t waitForAll();
  /// All threads that wait here stop with \p error, in all processes; so do those that will.
  void giveUp(ncclResult_t error);

  /// Two meetings: of what streams do, and of calls of the host (ncclCommSplit).
  Meeting &ofStreams();
  Meeting &ofHost();
  /// To arrive and to wait are apart, for one thread that has several ranks. arrive() returns what wait() is to be given.
  uint32_t arrive(Meeting &meeting);
  ncclResult_t wait(Meeting &meeting, uint32_t round);
  ncclResult_t meet(Meeting &meeting) { return wait(meeting, arrive(meeting)); }

  Intent &intent(int rank);
  /// Color and key of ncclCommSplit.
  struct Choice {
    int color, key;
  };
  Choice &choice(int rank);

  /// Bytes of a stage, and of the result: a multiple of 64.
  size_t stageBytes() const { return stage; }
  std::byte *stageOf(int rank);
  std::byte *result();

  /// A ring of bytes between two ranks. Only the one that sends writes `sent` and only the other one `received`.
  struct Mailbox {
    std::atomic<uint64_t> sent, received;
  };
  Mailbox &mailbox(int from, int to);
  std::byte *bytesOf(Mailbox &box) { return reinterpret_cast<std::byte *>(&box + 1); }
  size_t mailBytes() const { return mail; }

  /// A rank's bell: rung when something in its mailboxes changed. waitForBell() returns once it is no more what \p heard says; it is
  /// \p peers that may ring.
  uint32_t hear();
  void ring(int rank);
  ncclResult_t waitForBell(uint32_t heard, const std::vector<int> &peers);

private:
  struct Header;
  struct Place;
  World(std::string name, int ranks, int rank);
  /// Sleeps until \p isDone with what \p word is; an error when one of \p peers has ended or somebody has given up.
  template <class IsDone, class Peers> ncclResult_t sleepUntil(std::atomic<uint32_t> &word, IsDone isDone, const Peers &peers);
  /// Whether its process is no more, and did not leave.
  bool hasEnded(int rank);
  Header &header() { return *reinterpret_cast<Header *>(base); }
  Place &place(int rank);

  const std::string called;
  const int count, self;
  size_t stage = 0, mail = 0;
  size_t resultAt = 0, stagesAt = 0, mailAt = 0, bytes = 0;
  std::byte *base = nullptr;
  int file = -1;
};

} // namespace cuport::nccl

#endif
