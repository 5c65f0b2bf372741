// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The collectives' functions: what they are asked is checked, and becomes a task.

#include "Communicator.h"
#include "Error.h"
#include "Names.h"

#include <cstring>

using namespace cuport;
using namespace cuport::nccl;

const char *nccl::nameOf(Call call) {
  static const char *const names[] = {"ncclAllReduce", "ncclReduce",  "ncclReduceScatter", "ncclBroadcast", "ncclAllGather",
                                      "ncclAlltoAll",  "ncclGather", "ncclScatter",       "ncclSend",      "ncclRecv"};
  return names[unsigned(call)];
}

/// What ncclRedOpCreatePreMulSum made as \p op, null where it is none of its; the communicator is locked.
static std::optional<Reduction> *productOf(ncclComm_t comm, int op) {
  size_t index = size_t(op) - ncclNumOps;
  return op >= ncclNumOps && index < comm->products.size() && comm->products[index] ? &comm->products[index] : nullptr;
}

/// Fills `task.reduction`.
static ncclResult_t useReduction(Task &task, int op, ncclComm_t comm) {
  if (op >= 0 && op < ncclNumOps) {
    task.reduction.op = ncclRedOp_t(op);
    return ncclSuccess;
  }
  std::lock_guard hold(comm->lock);
  const std::optional<Reduction> *product = productOf(comm, op);
  if (!product)
    return fail(ncclInvalidArgument, "%s: %d is no operation", nameOf(task.call), op);
  task.reduction = **product;
  return ncclSuccess;
}

/// \p needsFrom, \p needsTo: whether this rank's buffers are used at all.
static ncclResult_t check(const Task &task, ncclComm_t comm, bool needsFrom, bool needsTo) {
  if (!sizeOf(task.type))
    return fail(ncclInvalidArgument, "%s: %d is no type", nameOf(task.call), int(task.type));
  if (task.peer < 0 || task.peer >= comm->world->ranks())
    return fail(ncclInvalidArgument, "%s: there is no rank %d among %d", nameOf(task.call), task.peer, comm->world->ranks());
  if (task.count && ((needsFrom && !task.from) || (needsTo && !task.to)))
    return fail(ncclInvalidArgument, "%s: a null pointer for %zu numbers", nameOf(task.call), task.count);
  return ncclSuccess;
}

static ncclResult_t make(Task task, ncclComm_t comm, cudaStream_t stream, int op = ncclSum) {
  if (!comm)
    return inGroup(fail(ncclInvalidArgument, "%s: no communicator", nameOf(task.call)));
  bool isRoot = task.peer == comm->world->rank();
  bool needsFrom = task.call == Call::Broadcast || task.call == Call::Scatter ? isRoot : task.call != Call::Receive;
  bool needsTo = task.call == Call::Reduce || task.call == Call::Gather ? isRoot : task.call != Call::Send;
  if (ncclResult_t error = check(task, comm, needsFrom, needsTo))
    return inGroup(error);
  if (ncclResult_t error = useReduction(task, op, comm))
    return inGroup(error);
  return submit(comm, task, stream);
}

CUPORT_NCCL(ncclResult_t, ncclAllReduce,
            (const void *from, void *to, size_t count, ncclDataType_t type, ncclRedOp_t op, ncclComm_t comm, cudaStream_t stream)) {
  return make({Call::AllReduce, from, to, count, type}, comm, stream, op);
}
CUPORT_NCCL(ncclResult_t, ncclReduce,
            (const void *from, void *to, size_t count, ncclDataType_t type, ncclRedOp_t op, int root, ncclComm_t comm,
             cudaStream_t stream)) {
  return make({Call::Reduce, from, to, count, type, {}, root}, comm, stream, op);
}
CUPORT_NCCL(ncclResult_t, ncclReduceScatter,
            (const void *from, void *to, size_t count, ncclDataType_t type, ncclRedOp_t op, ncclComm_t comm, cudaStream_t stream)) {
  return make({Call::ReduceScatter, from, to, count, type}, comm, stream, op);
}
CUPORT_NCCL(ncclResult_t, ncclBroadcast,
            (const void *from, void *to, size_t count, ncclDataType_t type, int root, ncclComm_t comm, cudaStream_t stream)) {
  return make({Call::Broadcast, from, to, count, type, {}, root}, comm, stream);
}
CUPORT_NCCL(ncclResult_t, ncclBcast,
            (void *buffer, size_t count, ncclDataType_t type, int root, ncclComm_t comm, cudaStream_t stream)) {
  return make({Call::Broadcast, buffer, buffer, count, type, {}, root}, comm, stream);
}
CUPORT_NCCL(ncclResult_t, ncclAllGather,
            (const void *from, void *to, size_t count, ncclDataType_t type, ncclComm_t comm, cudaStream_t stream)) {
  return make({Call::AllGather, from, to, count, type}, comm, stream);
}
CUPORT_NCCL(ncclResult_t, ncclAlltoAll,
            (const void *from, void *to, size_t count, ncclDataType_t type, ncclComm_t comm, cudaStream_t stream)) {
  return make({Call::AlltoAll, from, to, count, type}, comm, stream);
}
CUPORT_NCCL(ncclResult_t, ncclGather,
            (const void *from, void *to, size_t count, ncclDataType_t type, int root, ncclComm_t comm, cudaStream_t stream)) {
  return make({Call::Gather, from, to, count, type, {}, root}, comm, stream);
}
CUPORT_NCCL(ncclResult_t, ncclScatter,
            (const void *from, void *to, size_t count, ncclDataType_t type, int root, ncclComm_t comm, cudaStream_t stream)) {
  return make({Call::Scatter, from, to, count, type, {}, root}, comm, stream);
}
CUPORT_NCCL(ncclResult_t, ncclSend,
            (const void *from, size_t count, ncclDataType_t type, int peer, ncclComm_t comm, cudaStream_t stream)) {
  return make({Call::Send, from, nullptr, count, type, {}, peer}, comm, stream);
}
CUPORT_NCCL(ncclResult_t, ncclRecv,
            (void *to, size_t count, ncclDataType_t type, int peer, ncclComm_t comm, cudaStream_t stream)) {
  return make({Call::Receive, nullptr, to, count, type, {}, peer}, comm, stream);
}

CUPORT_NCCL(ncclResult_t, ncclRedOpCreatePreMulSum,
            (ncclRedOp_t * op, void *scalar, ncclDataType_t type, ncclScalarResidence_t residence, ncclComm_t comm)) {
  if (!op || !scalar || !comm || !sizeOf(type) || (residence != ncclScalarDevice && residence != ncclScalarHostImmediate))
    return fail(ncclInvalidArgument, "ncclRedOpCreatePreMulSum: a wrong argument");
  Reduction made{ncclNumOps};
  if (residence == ncclScalarDevice)
    made.factor = scalar;
  else
    std::memcpy(made.value, scalar, sizeOf(type));
  std::lock_guard hold(comm->lock);
  comm->products.push_back(made);
  *op = ncclRedOp_t(ncclNumOps + int(comm->products.size()) - 1);
  return ncclSuccess;
}

CUPORT_NCCL(ncclResult_t, ncclRedOpDestroy, (ncclRedOp_t op, ncclComm_t comm)) {
  if (!comm)
    return fail(ncclInvalidArgument, "ncclRedOpDestroy: no communicator");
  std::lock_guard hold(comm->lock);
  std::optional<Reduction> *product = productOf(comm, op);
  if (!product)
    return fail(ncclInvalidArgument, "ncclRedOpDestroy: %d is none of ncclRedOpCreatePreMulSum's", int(op));
  product->reset();
  return ncclSuccess;
}
