// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Groups of calls, and how they come into streams.

#include "Communicator.h"
#include "Error.h"
#include "Names.h"

#include "libs/Operation.h"

#include <algorithm>

using namespace cuport;
using namespace cuport::nccl;

namespace {

struct Pending {
  std::unique_ptr<Job> job;
  std::vector<cudaStream_t> streams;
};

/// Makes a device current for a while.
class OnDevice {
public:
  explicit OnDevice(int device) {
    cudaGetDevice(&before);
    cudaSetDevice(device);
  }
  ~OnDevice() { cudaSetDevice(before); }

private:
  int before = 0;
};

} // namespace

static thread_local int depth = 0;
static thread_local ncclResult_t groupError = ncclSuccess;
static thread_local std::vector<Pending> pending;
static thread_local std::vector<std::unique_ptr<Joining>> joinings;

/// Lets what comes next in `later` wait for what is in `earlier`.
static cudaError_t order(cudaStream_t earlier, cudaStream_t later) {
  cudaEvent_t event;
  cudaError_t error = cudaEventCreateWithFlags(&event, cudaEventDisableTiming);
  if (error)
    return error;
  error = cudaEventRecord(event, earlier);
  if (!error)
    error = cudaStreamWaitEvent(later, event, 0);
  cudaEventDestroy(event);
  return error;
}

static void runJob(Job *job, bool isOwned) {
  std::unique_ptr<Job> owned(isOwned ? job : nullptr);
  ncclComm_t comm = job->comm;
  if (!comm->error)
    if (ncclResult_t error = run(*job)) {
      say(comm->world->rank());
      comm->error = error;
      comm->world->giveUp(error);
    }
  owned.reset();
  if (isOwned) {
    comm->pending.fetch_sub(1);
    comm->pending.notify_all();
  }
}

static cudaError_t queue(Pending &task) {
  ncclComm_t comm = task.job->comm;
  OnDevice here(comm->device);
  cudaStream_t stream = task.streams.front();
  cudaStreamCaptureStatus capturing;
  if (cudaError_t error = cudaStreamIsCapturing(stream, &capturing))
    return error;
  bool inGraph = capturing != cudaStreamCaptureStatusNone;
  std::lock_guard hold(comm->lock);
  for (size_t i = 1; i < task.streams.size(); ++i)
    if (cudaError_t error = order(task.streams[i], stream))
      return error;
  // One rank's operations run in the order of the calls, in whatever streams they are.
  if (!inGraph) {
    if (!comm->lastDone) {
      if (cudaError_t error = cudaEventCreateWithFlags(&comm->lastDone, cudaEventDisableTiming))
        return error;
    } else if (stream != comm->lastStream) {
      if (cudaError_t error = cudaStreamWaitEvent(stream, comm->lastDone, 0))
        return error;
    }
  }
  Job *job = task.job.get();
  if (!inGraph)
    comm->pending.fetch_add(1);
  cudaError_t error = libs::enqueue(stream, "NCCL", [job, isOwned = !inGraph] { runJob(job, isOwned); }, CUPORT_KERNEL_WAITS);
  if (error) {
    if (!inGraph)
      comm->pending.fetch_sub(1);
    return error;
  }
  if (inGraph) {
    comm->captured.push_back(std::move(task.job));
  } else {
    task.job.release();
    comm->lastStream = stream;
    if ((error = cudaEventRecord(comm->lastDone, stream)))
      return error;
  }
  for (size_t i = 1; i < task.streams.size(); ++i)
    if ((error = order(stream, task.streams[i])))
      return error;
  return cudaSuccess;
}

ncclResult_t nccl::submit(ncclComm_t comm, const Task &task, cudaStream_t stream) {
  if (ncclResult_t error = comm->error)
    return inGroup(fail(error, "%s: the communicator has failed before", nameOf(task.call)));
  auto found = std::find_if(pending.begin(), pending.end(), [&](const Pending &other) { return other.job->comm == comm; });
  if (found == pending.end()) {
    pending.push_back({std::make_unique<Job>(Job{comm, {}}), {}});
    found = pending.end() - 1;
  }
  found->job->tasks.push_back(task);
  if (std::find(found->streams.begin(), found->streams.end(), stream) == found->streams.end())
    found->streams.push_back(stream);
  return depth ? ncclSuccess : (ncclGroupStart(), ncclGroupEnd());
}

ncclResult_t nccl::submit(std::unique_ptr<Joining> joining) {
  joinings.push_back(std::move(joining));
  return depth ? ncclSuccess : (ncclGroupStart(), ncclGroupEnd());
}

ncclResult_t nccl::inGroup(ncclResult_t error) {
  if (depth && error && !groupError)
    groupError = error;
  return error;
}

CUPORT_NCCL(ncclResult_t, ncclGroupStart, (void)) {
  ++depth;
  return ncclSuccess;
}

CUPORT_NCCL(ncclResult_t, ncclGroupEnd, (void)) {
  if (!depth)
    return fail(ncclInvalidUsage, "ncclGroupEnd without ncclGroupStart");
  if (--depth)
    return ncclSuccess;
  ncclResult_t error = std::exchange(groupError, ncclSuccess);
  auto joining = std::exchange(joinings, {});
  auto tasks = std::exchange(pending, {});
  for (int number = 0; !error && !joining.empty(); ++number) {
    bool isLast = false;
    for (auto &one : joining)
      if (ncclResult_t failed = one->step(number, isLast); failed && !error)
        error = failed;
    if (isLast)
      break;
  }
  for (Pending &task : tasks)
    if (!error)
      error = fromCuda(queue(task));
  return error;
}
