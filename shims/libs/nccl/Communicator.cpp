// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// How communicators are made and end.

#include "Communicator.h"

#include "Error.h"
#include "Names.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <set>
#include <sys/random.h>
#include <unistd.h>

using namespace cuport;
using namespace cuport::nccl;

// Of one process a device is one rank of a world: two would wait for each other in one stream.
static std::mutex devicesLock;
static std::set<std::pair<std::string, int>> devices;

ncclComm::~ncclComm() {
  if (lastDone)
    cudaEventDestroy(lastDone);
  std::lock_guard hold(devicesLock);
  if (world)
    devices.erase({world->name(), device});
}

namespace {

/// The text of an id: the machine's name for itself since it started, and the name of the memory that ranks share.
struct Id {
  char magic[16];
  char machine[40];
  char name[64];
};
static_assert(sizeof(Id) <= sizeof(ncclUniqueId));
constexpr char Magic[16] = "cuport NCCL id";

/// What ncclCommInitRank and ncclCommSplit end with: step 0 joins, step 1 waits until all have.
class Entering : public Joining {
public:
  Entering(ncclComm_t *result, std::string name, int ranks, int rank, int device)
      : name(std::move(name)), ranks(ranks), rank(rank), device(device), result(result) {}

  ncclResult_t step(int number, bool &isLast) override {
    isLast = number == 1;
    return number == 0 ? enter() : end();
  }

protected:
  explicit Entering(ncclComm_t *result) : result(result) {}

  ncclResult_t enter() {
    {
      std::lock_guard hold(devicesLock);
      if (!devices.insert({name, device}).second)
        return fail(ncclInvalidUsage, "rank %d: device %d is another rank of this process already", rank, device);
    }
    comm = std::make_unique<ncclComm>();
    comm->device = device;
    World *world = nullptr;
    ncclResult_t error = World::join(name, ranks, rank, world);
    comm->world.reset(world);
    if (error) {
      comm.reset();
      std::lock_guard hold(devicesLock);
      devices.erase({name, device});
    }
    return error;
  }

  ncclResult_t end() {
    if (!comm)
      return ncclInvalidUsage;
    if (ncclResult_t error = comm->world->waitForAll())
      return error;
    *result = comm.release();
    return ncclSuccess;
  }

  std::string name;
  int ranks = 0, rank = 0, device = 0;
  ncclComm_t *result;
  std::unique_ptr<ncclComm> comm;
};

/// Ranks tell each other color and key: step 0 tells, step 1 reads and joins, step 2 waits for all.
class Splitting : public Entering {
public:
  Splitting(ncclComm_t parent, int color, int key, ncclComm_t *result) : Entering(result), parent(parent), color(color), key(key) {
    device = parent->device;
  }

  ncclResult_t step(int number, bool &isLast) override {
    World &world = *parent->world;
    isLast = number == 2;
    if (number == 0) {
      world.choice(world.rank()) = {color, key};
      round = world.arrive(world.ofHost());
      return ncclSuccess;
    }
    if (number == 1) {
      if (ncclResult_t error = world.wait(world.ofHost(), round))
        return error;
      std::vector<std::pair<int, int>> members; // key, rank of the parent
      for (int other = 0; other < world.ranks(); ++other)
        if (world.choice(other).color == color)
          members.push_back({world.choice(other).key, other});
      // Nobody tells anything new before all have read.
      round = world.arrive(world.ofHost());
      if (color == NCCL_SPLIT_NOCOLOR)
        return ncclSuccess;
      std::sort(members.begin(), members.end());
      ranks = int(members.size());
      rank = int(std::find(members.begin(), members.end(), std::pair(key, world.rank())) - members.begin());
      name = world.name() + "." + std::to_string(parent->splits++) + "." + std::to_string(color);
      return enter();
    }
    if (ncclResult_t error = world.wait(world.ofHost(), round))
      return error;
    return color == NCCL_SPLIT_NOCOLOR ? ncclSuccess : end();
  }

private:
  ncclComm_t parent;
  int color, key;
  uint32_t round = 0;
};

std::string machine() {
  char text[40] = {};
  int file = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
  if (file >= 0) {
    ssize_t length = read(file, text, sizeof text - 1);
    text[length > 0 ? strcspn(text, "\n") : 0] = 0;
    close(file);
  }
  return text;
}

ncclResult_t enter(ncclComm_t *comm, int ranks, const ncclUniqueId &id, int rank, int device) {
  if (!comm || ranks < 1 || rank < 0 || rank >= ranks)
    return fail(ncclInvalidArgument, "rank %d of %d", rank, ranks);
  Id told;
  std::memcpy(&told, &id, sizeof told);
  if (std::memcmp(told.magic, Magic, sizeof Magic))
    return fail(ncclInvalidArgument, "the id is none of ncclGetUniqueId's");
  told.machine[sizeof told.machine - 1] = told.name[sizeof told.name - 1] = 0;
  // It becomes the name of a file: only what ncclGetUniqueId writes.
  if (told.name[0] != '/' || std::strspn(told.name + 1, "cuport-nl.0123456789abdef") != std::strlen(told.name + 1))
    return fail(ncclInvalidArgument, "the id is none of ncclGetUniqueId's");
  if (machine() != told.machine)
    return fail(ncclSystemError, "the id is of another machine: ranks have to be on one");
  *comm = nullptr;
  return submit(std::make_unique<Entering>(comm, told.name, ranks, rank, device));
}

} // namespace

CUPORT_NCCL(ncclResult_t, ncclGetVersion, (int *version)) {
  if (!version)
    return fail(ncclInvalidArgument, "ncclGetVersion: no place for it");
  *version = NCCL_VERSION_CODE;
  return ncclSuccess;
}

CUPORT_NCCL(ncclResult_t, ncclGetUniqueId, (ncclUniqueId * id)) {
  if (!id)
    return fail(ncclInvalidArgument, "ncclGetUniqueId: no place for it");
  unsigned long long random[2];
  if (getrandom(random, sizeof random, 0) != sizeof random)
    return fail(ncclSystemError, "no random numbers");
  World::removeAbandoned();
  Id made{};
  std::memcpy(made.magic, Magic, sizeof Magic);
  std::snprintf(made.machine, sizeof made.machine, "%s", machine().c_str());
  std::snprintf(made.name, sizeof made.name, "%s%016llx%016llx", World::Prefix, random[0], random[1]);
  *id = {};
  std::memcpy(id, &made, sizeof made);
  return ncclSuccess;
}

CUPORT_NCCL(ncclResult_t, ncclCommInitRankConfig, (ncclComm_t * comm, int nranks, ncclUniqueId id, int rank, ncclConfig_t *config)) {
  // All that a configuration says is how it is done on a card. One that does not block blocks, and is then done.
  if (config && config->magic != 0xcafebeef)
    return inGroup(fail(ncclInvalidArgument, "the configuration does not begin as NCCL_CONFIG_INITIALIZER"));
  int device = 0;
  if (cudaError_t error = cudaGetDevice(&device))
    return inGroup(fromCuda(error));
  return inGroup(enter(comm, nranks, id, rank, device));
}

CUPORT_NCCL(ncclResult_t, ncclCommInitRank, (ncclComm_t * comm, int nranks, ncclUniqueId id, int rank)) {
  return ncclCommInitRankConfig(comm, nranks, id, rank, nullptr);
}

CUPORT_NCCL(ncclResult_t, ncclCommInitRankScalable,
            (ncclComm_t * comm, int nranks, int rank, int idCount, ncclUniqueId *ids, ncclConfig_t *config)) {
  if (idCount < 1 || !ids)
    return inGroup(fail(ncclInvalidArgument, "ncclCommInitRankScalable: no id"));
  return ncclCommInitRankConfig(comm, nranks, ids[0], rank, config);
}

CUPORT_NCCL(ncclResult_t, ncclCommInitAll, (ncclComm_t * comms, int count, const int *list)) {
  int there = 0;
  if (cudaError_t error = cudaGetDeviceCount(&there))
    return fromCuda(error);
  if (!comms || count < 1)
    return fail(ncclInvalidArgument, "ncclCommInitAll: %d devices", count);
  if (!list && count > there)
    return fail(ncclInvalidArgument, "ncclCommInitAll: %d devices, and there are %d", count, there);
  for (int i = 0; list && i < count; ++i) {
    if (list[i] < 0 || list[i] >= there)
      return fail(ncclInvalidArgument, "ncclCommInitAll: there is no device %d", list[i]);
    if (std::find(list, list + i, list[i]) != list + i)
      return fail(ncclInvalidUsage, "ncclCommInitAll: device %d twice", list[i]);
  }
  ncclUniqueId id;
  if (ncclResult_t error = ncclGetUniqueId(&id))
    return error;
  ncclGroupStart();
  for (int i = 0; i < count; ++i)
    inGroup(enter(&comms[i], count, id, i, list ? list[i] : i));
  return ncclGroupEnd();
}

CUPORT_NCCL(ncclResult_t, ncclCommSplit, (ncclComm_t comm, int color, int key, ncclComm_t *result, ncclConfig_t *)) {
  if (!comm || !result || (color < 0 && color != NCCL_SPLIT_NOCOLOR))
    return inGroup(fail(ncclInvalidArgument, "ncclCommSplit: color %d", color));
  *result = nullptr;
  return submit(std::make_unique<Splitting>(comm, color, key, result));
}

CUPORT_NCCL(ncclResult_t, ncclCommShrink,
            (ncclComm_t comm, int *excluded, int excludedCount, ncclComm_t *result, ncclConfig_t *, int flags)) {
  if (!comm || !result || excludedCount < 0 || (excludedCount && !excluded))
    return inGroup(fail(ncclInvalidArgument, "ncclCommShrink: %d ranks to leave out", excludedCount));
  *result = nullptr;
  World &world = *comm->world;
  std::set<int> out(excluded, excluded + excludedCount);
  if (out.count(world.rank()) || (!out.empty() && (*out.begin() < 0 || *out.rbegin() >= world.ranks())))
    return inGroup(fail(ncclInvalidArgument, "ncclCommShrink: rank %d is left out itself, or one is that is not there", world.rank()));
  if (flags & NCCL_SHRINK_ABORT)
    world.giveUp(ncclRemoteError);
  int before = int(std::distance(out.begin(), out.lower_bound(world.rank())));
  std::string name = world.name() + "." + std::to_string(comm->splits++);
  return submit(std::make_unique<Entering>(result, name, world.ranks() - int(out.size()), world.rank() - before, comm->device));
}

static void waitForPending(ncclComm_t comm) {
  for (uint32_t left; (left = comm->pending);)
    comm->pending.wait(left);
}

CUPORT_NCCL(ncclResult_t, ncclCommFinalize, (ncclComm_t comm)) {
  if (!comm)
    return fail(ncclInvalidArgument, "ncclCommFinalize: no communicator");
  waitForPending(comm);
  return comm->error;
}

CUPORT_NCCL(ncclResult_t, ncclCommDestroy, (ncclComm_t comm)) {
  if (!comm)
    return ncclSuccess;
  waitForPending(comm);
  delete comm;
  return ncclSuccess;
}

CUPORT_NCCL(ncclResult_t, ncclCommAbort, (ncclComm_t comm)) {
  if (!comm)
    return ncclSuccess;
  comm->world->giveUp(ncclRemoteError);
  return ncclCommDestroy(comm);
}

CUPORT_NCCL(ncclResult_t, ncclCommGetAsyncError, (ncclComm_t comm, ncclResult_t *error)) {
  if (!comm || !error)
    return fail(ncclInvalidArgument, "ncclCommGetAsyncError: no communicator");
  *error = comm->error;
  return ncclSuccess;
}

static ncclResult_t tell(ncclComm_t comm, int *place, int (*what)(ncclComm_t)) {
  if (!comm || !place)
    return fail(ncclInvalidArgument, "no communicator, or no place for what is asked of it");
  *place = what(comm);
  return ncclSuccess;
}
CUPORT_NCCL(ncclResult_t, ncclCommCount, (const ncclComm_t comm, int *count)) {
  return tell(comm, count, [](ncclComm_t comm) { return comm->world->ranks(); });
}
CUPORT_NCCL(ncclResult_t, ncclCommCuDevice, (const ncclComm_t comm, int *device)) {
  return tell(comm, device, [](ncclComm_t comm) { return comm->device; });
}
CUPORT_NCCL(ncclResult_t, ncclCommUserRank, (const ncclComm_t comm, int *rank)) {
  return tell(comm, rank, [](ncclComm_t comm) { return comm->world->rank(); });
}

// Memory needs no preparation here, and a window is for a card's own ways.
CUPORT_NCCL(ncclResult_t, ncclMemAlloc, (void **pointer, size_t size)) { return fromCuda(cudaMalloc(pointer, size)); }
CUPORT_NCCL(ncclResult_t, ncclMemFree, (void *pointer)) { return fromCuda(cudaFree(pointer)); }
CUPORT_NCCL(ncclResult_t, ncclCommRegister, (const ncclComm_t comm, void *buffer, size_t, void **handle)) {
  if (!comm || !handle)
    return fail(ncclInvalidArgument, "ncclCommRegister: no communicator");
  *handle = buffer;
  return ncclSuccess;
}
CUPORT_NCCL(ncclResult_t, ncclCommDeregister, (const ncclComm_t comm, void *)) {
  return comm ? ncclSuccess : fail(ncclInvalidArgument, "ncclCommDeregister: no communicator");
}
CUPORT_NCCL(ncclResult_t, ncclCommWindowRegister, (ncclComm_t comm, void *buffer, size_t, ncclWindow_t *window, int)) {
  if (!comm || !window)
    return fail(ncclInvalidArgument, "ncclCommWindowRegister: no communicator");
  *window = reinterpret_cast<ncclWindow_t>(buffer);
  return ncclSuccess;
}
CUPORT_NCCL(ncclResult_t, ncclCommWindowDeregister, (ncclComm_t comm, ncclWindow_t)) {
  return comm ? ncclSuccess : fail(ncclInvalidArgument, "ncclCommWindowDeregister: no communicator");
}
