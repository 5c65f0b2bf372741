// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "World.h"

#include "Error.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <dirent.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <ranges>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace cuport::nccl;

// All of a world's memory is there from the begin (Docker gives /dev/shm 64 MB): that much for stages, and for mailboxes.
static constexpr size_t MostForStages = 8 << 20, MostForMail = 8 << 20;
static constexpr size_t LargestStage = 512 << 10, LargestMail = 64 << 10, SmallestMail = 512;
static constexpr int MostRanks = 128;

struct World::Header {
  std::atomic<int> ranks;       ///< as the first one to join says
  std::atomic<uint32_t> joined; ///< ranks that have
  std::atomic<uint32_t> error;  ///< ncclResult_t for which all stop
  Meeting ofStreams, ofHost;
};

struct World::Place {
  std::atomic<int> process;
  std::atomic<uint32_t> isGone, bell;
  Intent intent;
  Choice choice;
};

static_assert(std::atomic<uint64_t>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

static size_t rounded(size_t bytes) { return (bytes + 63) & ~size_t(63); }

World::World(std::string name, int ranks, int rank) : called(std::move(name)), count(ranks), self(rank) {
  stage = std::min(LargestStage, MostForStages / (count + 1)) & ~size_t(63);
  mail = std::clamp(MostForMail / count / count, SmallestMail, LargestMail) & ~size_t(63);
  resultAt = rounded(rounded(sizeof(Header)) + count * rounded(sizeof(Place)));
  stagesAt = resultAt + stage;
  mailAt = stagesAt + count * stage;
  bytes = mailAt + size_t(count) * count * (sizeof(Mailbox) + mail);
}

World::~World() {
  if (base) {
    place(self).isGone = 1;
    munmap(base, bytes);
  }
  if (file >= 0)
    close(file);
}

World::Place &World::place(int rank) {
  return *reinterpret_cast<Place *>(base + rounded(sizeof(Header)) + rank * rounded(sizeof(Place)));
}
Intent &World::intent(int rank) { return place(rank).intent; }
World::Choice &World::choice(int rank) { return place(rank).choice; }
Meeting &World::ofStreams() { return header().ofStreams; }
Meeting &World::ofHost() { return header().ofHost; }
std::byte *World::stageOf(int rank) { return base + stagesAt + rank * stage; }
std::byte *World::result() { return base + resultAt; }
World::Mailbox &World::mailbox(int from, int to) {
  return *reinterpret_cast<Mailbox *>(base + mailAt + (size_t(from) * count + to) * (sizeof(Mailbox) + mail));
}

static void wakeAll(std::atomic<uint32_t> &word) { syscall(SYS_futex, &word, FUTEX_WAKE, INT32_MAX, nullptr, nullptr, 0); }

// A rank holds a lock on the file, together with the others, for as long as it has it open: the system lets go of it when a process
// ends, however it does. Who has waited for the lock may find that the name has gone.
static bool hasName(int file) {
  struct stat status;
  return !fstat(file, &status) && status.st_nlink;
}

static int openHeld(const std::string &name) {
  for (int file; (file = shm_open(name.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600)) >= 0; close(file)) {
    while (flock(file, LOCK_SH) && errno == EINTR)
      ;
    if (hasName(file))
      return file;
  }
  return -1;
}

void World::removeAbandoned() {
  DIR *folder = opendir("/dev/shm");
  if (!folder)
    return;
  while (const dirent *entry = readdir(folder)) {
    if (std::strncmp(entry->d_name, Prefix + 1, sizeof Prefix - 2))
      continue;
    int file = shm_open(entry->d_name, O_RDWR | O_CLOEXEC, 0);
    if (file < 0)
      continue;
    if (!flock(file, LOCK_EX | LOCK_NB) && hasName(file))
      shm_unlink(entry->d_name);
    close(file);
  }
  closedir(folder);
}

ncclResult_t World::join(const std::string &name, int ranks, int rank, World *&joined) {
  if (ranks > MostRanks)
    return fail(ncclInvalidArgument, "%d ranks: more than %d are not supported", ranks, MostRanks);
  auto *world = new World(name, ranks, rank);
  auto give = [&](ncclResult_t error) {
    delete world;
    return error;
  };
  int file = world->file = openHeld(name);
  if (file < 0)
    return give(fail(ncclSystemError, "cannot open the ranks' shared memory %s: %s", name.c_str(), std::strerror(errno)));
  void *memory = MAP_FAILED;
  int error = posix_fallocate(file, 0, world->bytes);
  if (!error) {
    memory = mmap(nullptr, world->bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    error = memory == MAP_FAILED ? errno : 0;
  }
  if (error) {
    shm_unlink(name.c_str());
    return give(fail(ncclSystemError, "cannot get %zu KB of shared memory (/dev/shm): %s", world->bytes >> 10, std::strerror(error)));
  }
  world->base = static_cast<std::byte *>(memory);
  // New memory is zero, which is what everything in it begins with.
  int others = 0;
  if (!world->header().ranks.compare_exchange_strong(others, ranks) && others != ranks) {
    world->giveUp(ncclInvalidUsage);
    return give(fail(ncclInvalidUsage, "rank %d says %d ranks, another one says %d", rank, ranks, others));
  }
  int nobody = 0;
  if (!world->place(rank).process.compare_exchange_strong(nobody, getpid())) {
    world->giveUp(ncclInvalidUsage);
    return give(fail(ncclInvalidUsage, "two are rank %d of %d", rank, ranks));
  }
  if (world->header().joined.fetch_add(1) + 1 == uint32_t(ranks))
    shm_unlink(name.c_str());
  wakeAll(world->header().joined);
  joined = world;
  return ncclSuccess;
}

bool World::hasEnded(int rank) {
  int process = place(rank).process;
  return process && !place(rank).isGone && kill(process, 0) && errno == ESRCH;
}

template <class IsDone, class Peers>
ncclResult_t World::sleepUntil(std::atomic<uint32_t> &word, IsDone isDone, const Peers &peers) {
  for (bool slept = false;;) {
    uint32_t seen = word;
    if (isDone(seen))
      return ncclSuccess;
    if (uint32_t error = header().error)
      return ncclResult_t(error);
    if (slept)
      for (int peer : peers)
        // What it did last may be what is waited for.
        if (hasEnded(peer) && !isDone(word)) {
          giveUp(ncclRemoteError);
          return fail(ncclRemoteError, "the process of rank %d has ended", peer);
        }
    timespec most{0, 200'000'000};
    slept = syscall(SYS_futex, &word, FUTEX_WAIT, seen, &most, nullptr, 0) && errno == ETIMEDOUT;
  }
}

ncclResult_t World::waitForAll() {
  return sleepUntil(header().joined, [&](uint32_t joined) { return joined == uint32_t(count); }, std::views::iota(0, count));
}

void World::giveUp(ncclResult_t error) {
  uint32_t none = ncclSuccess;
  header().error.compare_exchange_strong(none, error);
  wakeAll(header().joined);
  for (Meeting *meeting : {&ofStreams(), &ofHost()})
    wakeAll(meeting->round);
  for (int rank = 0; rank < count; ++rank)
    wakeAll(place(rank).bell);
}

uint32_t World::arrive(Meeting &meeting) {
  uint32_t round = meeting.round;
  if (meeting.arrived.fetch_add(1) + 1 == uint32_t(count)) {
    meeting.arrived = 0;
    meeting.round = round + 1;
    wakeAll(meeting.round);
  }
  return round;
}

ncclResult_t World::wait(Meeting &meeting, uint32_t round) {
  return sleepUntil(meeting.round, [&](uint32_t now) { return now != round; }, std::views::iota(0, count));
}

uint32_t World::hear() { return place(self).bell; }

void World::ring(int rank) {
  place(rank).bell.fetch_add(1);
  wakeAll(place(rank).bell);
}

ncclResult_t World::waitForBell(uint32_t heard, const std::vector<int> &peers) {
  return sleepUntil(place(self).bell, [&](uint32_t now) { return now != heard; }, peers);
}
