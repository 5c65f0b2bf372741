// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A rank's view of a communicator, what it is asked to do, and groups of that.
//
//   ncclAllReduce(...) --> a Task of the thread's group --> ncclGroupEnd (or at once, outside of one): a Job for each communicator,
//   one operation of its stream, which runs its tasks (Run.cpp)
//
// An operation waits for those of the other ranks, in whatever threads and processes they run, so it is a kernel that may wait.

#ifndef CUPORT_LIBS_NCCL_COMMUNICATOR_H
#define CUPORT_LIBS_NCCL_COMMUNICATOR_H

#include "Reduction.h"
#include "World.h"

#include <cuda_runtime_api.h>

#include <memory>
#include <mutex>
#include <optional>
#include <vector>

namespace cuport::nccl {

enum class Call : uint32_t { AllReduce, Reduce, ReduceScatter, Broadcast, AllGather, AlltoAll, Gather, Scatter, Send, Receive };

const char *nameOf(Call call);

struct Task {
  Call call;
  const void *from = nullptr;
  void *to = nullptr;
  size_t count = 0; ///< numbers; as NCCL's function counts them
  ncclDataType_t type;
  Reduction reduction{};
  int peer = 0; ///< the root, or the other rank
};

/// What one operation of a stream does for a rank.
struct Job {
  ncclComm_t comm;
  std::vector<Task> tasks;
};

/// Runs the job's tasks; waits for the other ranks.
ncclResult_t run(Job &job);

/// Puts the task into the calling thread's group, or runs it in the stream where there is none.
ncclResult_t submit(ncclComm_t comm, const Task &task, cudaStream_t stream);

/// Something that a group's end has to do for each of a thread's ranks before the next thing is done for any of them: ncclCommInitRank and
/// ncclCommSplit, where a rank waits for others of the same thread.
class Joining {
public:
  virtual ~Joining() = default;
  /// Step 0, 1 ... until one returns that it was the last.
  virtual ncclResult_t step(int number, bool &isLast) = 0;
};
ncclResult_t submit(std::unique_ptr<Joining> joining);

/// Notes an error for the group that is open, and returns it.
ncclResult_t inGroup(ncclResult_t error);

} // namespace cuport::nccl

struct ncclComm {
  std::unique_ptr<cuport::nccl::World> world;
  int device = 0;
  std::atomic<ncclResult_t> error{ncclSuccess};
  /// Operations that are queued or run.
  std::atomic<uint32_t> pending{0};
  std::mutex lock;
  /// ncclRedOpCreatePreMulSum's; what is destroyed is empty.
  std::vector<std::optional<cuport::nccl::Reduction>> products;
  /// Jobs of graphs, which may run again as long as the communicator lives.
  std::vector<std::unique_ptr<cuport::nccl::Job>> captured;
  /// Where its last operation stands: the next one in another stream waits for it.
  cudaStream_t lastStream = nullptr;
  cudaEvent_t lastDone = nullptr;
  unsigned splits = 0;

  ~ncclComm();
};

#endif
