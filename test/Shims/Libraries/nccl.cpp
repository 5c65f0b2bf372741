// NCCL among ranks of one process, as threads and in groups, and among processes: collectives of all types and operations, messages,
// groups, splitting, graphs, what ranks that do not agree or end are told, and that nothing stays behind. Expected is what plain
// loops give.
// RUN: %clangxx %s %library-program -lcuport-nccl -o %t
// RUN: env CUPORT_DEVICES=4 %t 2> %t.log | FileCheck %s
// RUN: FileCheck %s --check-prefix=MESSAGES --input-file=%t.log
// RUN: env CUPORT_DEVICES=4 CUPORT_SEPARATE=1 %t 2>/dev/null | FileCheck %s
// RUN: env CUPORT_DEVICES=4 CUPORT_THREADS=1 CUPORT_MODE=thread %t 2>/dev/null | FileCheck %s
// CHECK: all as it should be
// MESSAGES-DAG: cuport: NCCL: rank {{[01]}}: rank 0 calls ncclAllReduce of 8 numbers (type 7, operation 0, root 0), rank 1 ncclBroadcast of 8 (7, 0, 1)
// MESSAGES-DAG: cuport: NCCL: rank 1: rank 1 receives 12 bytes from rank 0, which sends 16
// MESSAGES-DAG: cuport: ncclDevCommCreate is not supported
// The header is C, too, and RCCL's names are NCCL's.
// RUN: %clang -x c -std=c11 -Wall -Werror -fsyntax-only -isystem %toolkit/include/cuport -include nccl.h /dev/null
// RUN: %clangxx -fsyntax-only -D__HIP_PLATFORM_AMD__ -isystem %toolkit/include/cuport -include rccl/rccl.h /dev/null

#include "blas.h"

#include <nccl.h>

#include <cuda_fp8.h>

#include <csignal>
#include <spawn.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

static constexpr int ranks = 4;

/// Four ranks of this process, a device and a stream each.
struct Ranks {
  ncclComm_t comms[ranks];
  cudaStream_t streams[ranks];
  Ranks() {
    OK(ncclCommInitAll(comms, ranks, nullptr));
    for (int rank = 0; rank < ranks; ++rank) {
      cudaSetDevice(rank);
      OK(cudaStreamCreate(&streams[rank]));
    }
  }
  ~Ranks() {
    for (int rank = 0; rank < ranks; ++rank) {
      cudaSetDevice(rank);
      OK(ncclCommDestroy(comms[rank]));
      OK(cudaStreamDestroy(streams[rank]));
    }
  }
  /// call(rank) in one group, and waits for all.
  template <class Call> void group(Call call) {
    OK(ncclGroupStart());
    for (int rank = 0; rank < ranks; ++rank)
      OK(call(rank));
    OK(ncclGroupEnd());
    wait();
  }
  void wait() {
    for (int rank = 0; rank < ranks; ++rank) {
      cudaSetDevice(rank);
      OK(cudaStreamSynchronize(streams[rank]));
    }
  }
};

/// Arrays of each rank, on its device.
template <class T> struct Arrays {
  std::vector<std::unique_ptr<Array<T>>> of;
  template <class Value> Arrays(size_t size, Value value) {
    for (int rank = 0; rank < ranks; ++rank) {
      std::vector<T> values(size);
      for (size_t i = 0; i < size; ++i)
        values[i] = T(value(rank, i));
      cudaSetDevice(rank);
      of.push_back(std::make_unique<Array<T>>(values));
    }
  }
  explicit Arrays(size_t size) : Arrays(size, [](int, size_t) { return T(0.0f); }) {}
  T *operator[](int rank) { return of[rank]->data; }
  std::vector<T> host(int rank) { return of[rank]->host(); }
};

// Small whole numbers, from 1: all results are exact in half, and products in 8 bits.
static int value(int rank, size_t i) { return int((i * 5 + rank * (1 + i % 7)) % 3) + 1; }

template <class T> double combined(ncclRedOp_t op, size_t i) {
  double result = value(0, i);
  for (int rank = 1; rank < ranks; ++rank) {
    double next = value(rank, i);
    result = op == ncclSum || op == ncclAvg ? result + next
             : op == ncclProd               ? result * next
             : op == ncclMax                ? std::max(result, next)
                                            : std::min(result, next);
  }
  if (op == ncclAvg)
    result = std::is_integral_v<T> ? int(result) / ranks : result / ranks;
  return result;
}

template <class T> void reductions(Ranks &all, ncclDataType_t type) {
  for (ncclRedOp_t op : {ncclSum, ncclProd, ncclMax, ncclMin, ncclAvg})
    for (size_t count : {0, 1, 1000, sizeof(T) == 4 ? 700001 : 70001}) {
      Arrays<T> from(count, value), to(count);
      auto check = [&](std::vector<T> result, size_t begin, size_t end) {
        bool same = true;
        for (size_t i = begin; i < end; ++i)
          same = same && double(float(result[i - begin])) == double(float(T(float(combined<T>(op, i)))));
        CHECK(same);
      };
      all.group([&](int rank) { return ncclAllReduce(from[rank], to[rank], count, type, op, all.comms[rank], all.streams[rank]); });
      for (int rank = 0; rank < ranks; ++rank)
        check(to.host(rank), 0, count);
      Arrays<T> rooted(count);
      all.group(
          [&](int rank) { return ncclReduce(from[rank], rank == 2 ? rooted[rank] : nullptr, count, type, op, 2, all.comms[rank], all.streams[rank]); });
      check(rooted.host(2), 0, count);
      CHECK(count == 0 || float(rooted.host(1)[0]) == 0);
      size_t part = count / ranks;
      // In place: a rank's part of what it sends.
      all.group([&](int rank) {
        return ncclReduceScatter(from[rank], from[rank] + rank * part, part, type, op, all.comms[rank], all.streams[rank]);
      });
      for (int rank = 0; rank < ranks; ++rank) {
        std::vector<T> mine = from.host(rank);
        check({mine.begin() + rank * part, mine.begin() + (rank + 1) * part}, rank * part, (rank + 1) * part);
      }
    }
}

static void movements(Ranks &all) {
  for (size_t count : {0, 1, 5, 333333}) {
    auto mark = [&](int rank, size_t i) { return rank * 1000003 + int(i); };
    Arrays<int> one(count, mark), many(count * ranks, mark), gathered(count * ranks), to(count);
    auto is = [&](std::vector<int> result, size_t at, int rank, size_t from) {
      bool same = true;
      for (size_t i = 0; i < count; ++i)
        same = same && result[at + i] == mark(rank, from + i);
      CHECK(same);
    };
    all.group([&](int rank) { return ncclAllGather(one[rank], gathered[rank], count, ncclInt32, all.comms[rank], all.streams[rank]); });
    for (int rank = 0; rank < ranks; ++rank)
      for (int from = 0; from < ranks; ++from)
        is(gathered.host(rank), from * count, from, 0);
    all.group([&](int rank) { return ncclAlltoAll(many[rank], gathered[rank], count, ncclInt32, all.comms[rank], all.streams[rank]); });
    for (int rank = 0; rank < ranks; ++rank)
      for (int from = 0; from < ranks; ++from)
        is(gathered.host(rank), from * count, from, rank * count);
    all.group([&](int rank) {
      return ncclBroadcast(rank == 3 ? one[rank] : nullptr, to[rank], count, ncclInt32, 3, all.comms[rank], all.streams[rank]);
    });
    for (int rank = 0; rank < ranks; ++rank)
      is(to.host(rank), 0, 3, 0);
    all.group([&](int rank) {
      return ncclScatter(rank == 1 ? many[rank] : nullptr, to[rank], count, ncclInt32, 1, all.comms[rank], all.streams[rank]);
    });
    for (int rank = 0; rank < ranks; ++rank)
      is(to.host(rank), 0, 1, rank * count);
    Arrays<int> root(count * ranks);
    all.group([&](int rank) {
      return ncclGather(one[rank], rank == 1 ? root[rank] : nullptr, count, ncclInt32, 1, all.comms[rank], all.streams[rank]);
    });
    for (int from = 0; from < ranks; ++from)
      is(root.host(1), from * count, from, 0);
    all.group([&](int rank) { return ncclBcast(one[rank], count, ncclInt32, 2, all.comms[rank], all.streams[rank]); });
    for (int rank = 0; rank < ranks; ++rank)
      is(one.host(rank), 0, 2, 0);
  }
}

/// Everybody sends everybody, itself too, two messages; more than a mailbox holds.
static void messages(Ranks &all) {
  const size_t count = 300000;
  Arrays<int> from(count * ranks, [](int rank, size_t i) { return rank * 10000019 + int(i); }), to(count * ranks);
  all.group([&](int rank) {
    for (int peer = 0; peer < ranks; ++peer) {
      int *out = from[rank] + peer * count, *in = to[rank] + peer * count;
      ncclComm_t comm = all.comms[rank];
      OK(ncclRecv(in, 1, ncclInt32, peer, comm, all.streams[rank]));
      OK(ncclSend(out, 1, ncclInt32, peer, comm, all.streams[rank]));
      OK(ncclSend(out + 1, count - 1, ncclInt32, peer, comm, all.streams[rank]));
      OK(ncclRecv(in + 1, count - 1, ncclInt32, peer, comm, all.streams[rank]));
    }
    return ncclSuccess;
  });
  for (int rank = 0; rank < ranks; ++rank) {
    std::vector<int> got = to.host(rank);
    bool same = true;
    for (int peer = 0; peer < ranks; ++peer)
      for (size_t i = 0; i < count; ++i)
        same = same && got[peer * count + i] == peer * 10000019 + int(rank * count + i);
    CHECK(same);
  }
}

static void products(Ranks &all) {
  Arrays<float> from(3, [](int rank, size_t i) { return float(rank + i); }), to(3), factor(1, [](int rank, size_t) { return rank + 1.f; });
  ncclRedOp_t device[ranks], host[ranks];
  for (int rank = 0; rank < ranks; ++rank) {
    float two = 2;
    OK(ncclRedOpCreatePreMulSum(&host[rank], &two, ncclFloat, ncclScalarHostImmediate, all.comms[rank]));
    OK(ncclRedOpCreatePreMulSum(&device[rank], factor[rank], ncclFloat, ncclScalarDevice, all.comms[rank]));
  }
  all.group([&](int rank) { return ncclAllReduce(from[rank], to[rank], 3, ncclFloat, host[rank], all.comms[rank], all.streams[rank]); });
  IS(to.host(3)[1], 2 * (1 + 2 + 3 + 4.f));
  all.group([&](int rank) { return ncclReduce(from[rank], to[rank], 3, ncclFloat, device[rank], 1, all.comms[rank], all.streams[rank]); });
  IS(to.host(1)[2], 1 * 2 + 2 * 3 + 3 * 4 + 4 * 5.f);
  for (int rank = 0; rank < ranks; ++rank) {
    OK(ncclRedOpDestroy(host[rank], all.comms[rank]));
    IS(ncclRedOpDestroy(host[rank], all.comms[rank]), ncclInvalidArgument);
    IS(ncclAllReduce(from[rank], to[rank], 3, ncclFloat, host[rank], all.comms[rank], all.streams[rank]), ncclInvalidArgument);
  }
}

/// Whether the memory that an id names can be found.
static bool isThere(const ncclUniqueId &id) {
  const char prefix[] = "/cuport-nccl-";
  const char *name = std::search(id.internal, std::end(id.internal), prefix, std::end(prefix) - 1);
  CHECK(name != std::end(id.internal));
  return access((std::string("/dev/shm") + name).c_str(), F_OK) == 0;
}

/// Ranks that are threads; two streams of one; a graph that runs thrice; a split by color.
static void threads() {
  ncclUniqueId id;
  OK(ncclGetUniqueId(&id));
  std::vector<std::thread> all;
  for (int rank = 0; rank < ranks; ++rank)
    all.emplace_back([=] {
      OK(cudaSetDevice(rank));
      ncclComm_t comm;
      OK(ncclCommInitRank(&comm, ranks, id, rank));
      int told = -1;
      OK(ncclCommUserRank(comm, &told));
      IS(told, rank);
      OK(ncclCommCount(comm, &told));
      IS(told, ranks);
      OK(ncclCommCuDevice(comm, &told));
      IS(told, rank);
      cudaStream_t first, second;
      OK(cudaStreamCreateWithFlags(&first, cudaStreamNonBlocking));
      OK(cudaStreamCreateWithFlags(&second, cudaStreamNonBlocking));
      Array<int> sum(std::vector<int>{rank});
      // 0 + 1 + 2 + 3, then four times that, in the order of the calls.
      for (int i = 0; i < 6; ++i)
        OK(ncclAllReduce(sum, sum, 1, ncclInt, ncclSum, comm, i % 2 ? second : first));
      OK(cudaStreamSynchronize(second));
      IS(sum.host()[0], 6 * 4 * 4 * 4 * 4 * 4);

      cudaGraph_t graph;
      cudaGraphExec_t exec;
      OK(cudaStreamBeginCapture(first, cudaStreamCaptureModeThreadLocal));
      OK(ncclAllReduce(sum, sum, 1, ncclInt, ncclMax, comm, first));
      OK(ncclAllReduce(sum, sum, 1, ncclInt, ncclSum, comm, first));
      OK(cudaStreamEndCapture(first, &graph));
      OK(cudaGraphInstantiate(&exec, graph, 0));
      OK(cudaMemcpy(sum, &rank, sizeof rank, cudaMemcpyHostToDevice));
      for (int i = 0; i < 3; ++i)
        OK(cudaGraphLaunch(exec, first));
      OK(cudaStreamSynchronize(first));
      IS(sum.host()[0], 3 * 4 * 4 * 4);
      OK(cudaGraphExecDestroy(exec));
      OK(cudaGraphDestroy(graph));

      ncclComm_t half, none;
      OK(ncclCommSplit(comm, rank % 2, -rank, &half, nullptr));
      OK(ncclCommUserRank(half, &told));
      IS(told, rank < 2);
      OK(cudaMemcpy(sum, &rank, sizeof rank, cudaMemcpyHostToDevice));
      OK(ncclAllReduce(sum, sum, 1, ncclInt, ncclSum, half, nullptr));
      IS(sum.host()[0], rank % 2 ? 1 + 3 : 0 + 2);
      OK(ncclCommSplit(comm, NCCL_SPLIT_NOCOLOR, 0, &none, nullptr));
      CHECK(none == nullptr);
      OK(ncclCommDestroy(half));
      if (rank != 1) {
        int out[] = {1};
        OK(ncclCommShrink(comm, out, 1, &half, nullptr, NCCL_SHRINK_DEFAULT));
        OK(ncclCommUserRank(half, &told));
        IS(told, rank ? rank - 1 : 0);
        OK(ncclAllReduce(sum, sum, 1, ncclInt, ncclMin, half, nullptr));
        IS(sum.host()[0], 0 + 2);
        OK(ncclCommDestroy(half));
      }
      OK(ncclCommFinalize(comm));
      OK(ncclCommDestroy(comm));
      OK(cudaStreamDestroy(first));
      OK(cudaStreamDestroy(second));
    });
  for (std::thread &one : all)
    one.join();
  CHECK(!isThere(id));
}

static void mistakes() {
  ncclComm_t comms[ranks], comm;
  const int twice[] = {1, 1}, missing[] = {0, ranks};
  IS(ncclCommInitAll(comms, 2, twice), ncclInvalidUsage);
  IS(ncclCommInitAll(comms, 2, missing), ncclInvalidArgument);
  CHECK(std::strstr(ncclGetLastError(nullptr), "there is no device 4"));
  IS(ncclCommInitAll(comms, ranks + 1, nullptr), ncclInvalidArgument);
  ncclUniqueId none{}, id;
  IS(ncclCommInitRank(&comm, 1, none, 0), ncclInvalidArgument);
  OK(ncclGetUniqueId(&id));
  IS(ncclCommInitRank(&comm, 2, id, 2), ncclInvalidArgument);
  IS(ncclGroupEnd(), ncclInvalidUsage);
  const int devices[] = {2, 0};
  OK(ncclCommInitAll(comms, 2, devices));
  float *memory[2];
  for (int rank = 0; rank < 2; ++rank) {
    cudaSetDevice(devices[rank]);
    OK(cudaMalloc(&memory[rank], 64));
  }
  IS(ncclSend(memory[0], 1, ncclFloat, 2, comms[0], nullptr), ncclInvalidArgument);
  IS(ncclSend(nullptr, 1, ncclFloat, 1, comms[0], nullptr), ncclInvalidArgument);
  IS(ncclAllReduce(memory[0], memory[0], 1, ncclDataType_t(99), ncclSum, comms[0], nullptr), ncclInvalidArgument);
  IS(ncclAllReduce(memory[0], memory[0], 1, ncclFloat, ncclSum, nullptr, nullptr), ncclInvalidArgument);
  // A group that a call failed in does nothing.
  OK(ncclGroupStart());
  OK(ncclSend(memory[0], 1, ncclFloat, 1, comms[0], nullptr));
  IS(ncclRecv(nullptr, 1, ncclFloat, 0, comms[1], nullptr), ncclInvalidArgument);
  IS(ncclGroupEnd(), ncclInvalidArgument);
  IS(ncclDevCommCreate(comms[0], nullptr, nullptr), ncclInvalidUsage);
  int itself[] = {0};
  IS(ncclCommShrink(comms[0], itself, 1, &comm, nullptr, 0), ncclInvalidArgument);

  // What ranks do not agree in is seen when it runs.
  auto both = [&](auto first, auto second) {
    OK(ncclGroupStart());
    OK(first());
    OK(second());
    OK(ncclGroupEnd());
    for (int rank = 0; rank < 2; ++rank) {
      cudaSetDevice(devices[rank]);
      OK(cudaDeviceSynchronize());
    }
  };
  ncclResult_t error;
  both([&] { return ncclAllReduce(memory[0], memory[0], 8, ncclFloat, ncclSum, comms[0], nullptr); },
       [&] { return ncclBroadcast(memory[1], memory[1], 8, ncclFloat, 1, comms[1], nullptr); });
  for (int rank = 0; rank < 2; ++rank) {
    OK(ncclCommGetAsyncError(comms[rank], &error));
    IS(error, ncclInvalidUsage);
    IS(ncclSend(memory[0], 1, ncclFloat, 1, comms[rank], nullptr), ncclInvalidUsage);
    OK(ncclCommAbort(comms[rank]));
  }
  OK(ncclCommInitAll(comms, 2, devices));
  both([&] { return ncclSend(memory[0], 4, ncclFloat, 1, comms[0], nullptr); }, [&] { return ncclRecv(memory[1], 3, ncclFloat, 0, comms[1], nullptr); });
  OK(ncclCommGetAsyncError(comms[1], &error));
  IS(error, ncclInvalidUsage);
  for (int rank = 0; rank < 2; ++rank)
    OK(ncclCommDestroy(comms[rank]));
}

static std::string digitsOf(const ncclUniqueId &id) {
  std::string digits;
  for (char byte : id.internal) {
    char text[3];
    std::snprintf(text, sizeof text, "%02x", (unsigned char)byte);
    digits += text;
  }
  return digits;
}

/// A process that is one rank; it gets the id as hexadecimal digits. The last one of three leaves before the second sum.
static int process(int rank, const char *digits) {
  ncclUniqueId id;
  for (size_t i = 0; i < sizeof id; ++i) {
    unsigned byte;
    std::sscanf(digits + 2 * i, "%2x", &byte);
    id.internal[i] = char(byte);
  }
  ncclComm_t comm;
  OK(ncclCommInitRank(&comm, 3, id, rank));
  Array<double> sums(std::vector<double>(100000, rank + 1));
  OK(ncclAllReduce(sums, sums, 100000, ncclDouble, ncclSum, comm, nullptr));
  IS(sums.host()[99999], 6.);
  if (rank != 2) {
    OK(ncclAllReduce(sums, sums, 100000, ncclDouble, ncclSum, comm, nullptr));
    OK(cudaDeviceSynchronize());
    ncclResult_t error;
    OK(ncclCommGetAsyncError(comm, &error));
    IS(error, ncclRemoteError);
  }
  return failures != 0;
}

static pid_t spawn(char *self, int rank, const ncclUniqueId &id) {
  pid_t child = 0;
  std::string digits = digitsOf(id);
  char number[] = {char('0' + rank), 0};
  char *arguments[] = {self, number, digits.data(), nullptr};
  IS(posix_spawn(&child, self, nullptr, nullptr, arguments, environ), 0);
  return child;
}

static void processes(char *self) {
  ncclUniqueId id;
  OK(ncclGetUniqueId(&id));
  pid_t children[3];
  for (int rank = 0; rank < 3; ++rank)
    children[rank] = spawn(self, rank, id);
  for (int rank : {2, 0, 1}) { // who ended is a process until its parent asks
    int status = -1;
    IS(waitpid(children[rank], &status, 0), children[rank]);
    IS(status, 0);
  }
  CHECK(!isThere(id));
}

/// A rank that is killed while it waits for the others leaves its memory behind: the next id frees it, and no memory of who lives.
static void abandoned(char *self) {
  ncclUniqueId id, next;
  OK(ncclGetUniqueId(&id));
  pid_t child = spawn(self, 0, id);
  // An id may be made while the child has its memory and does not hold it yet: it then gets itself another.
  auto appears = [&] {
    for (int i = 0; i < 20000 && !isThere(id); ++i)
      usleep(1000);
    return isThere(id);
  };
  CHECK(appears());
  OK(ncclGetUniqueId(&next));
  CHECK(appears());
  IS(kill(child, SIGKILL), 0);
  IS(waitpid(child, nullptr, 0), child);
  CHECK(isThere(id));
  OK(ncclGetUniqueId(&next));
  CHECK(!isThere(id));
}

int main(int count, char **arguments) {
  if (count == 3)
    return process(std::atoi(arguments[1]), arguments[2]);
  int version;
  OK(ncclGetVersion(&version));
  IS(version, NCCL_VERSION(2, 27, 7));
  IS(std::string(ncclGetErrorString(ncclInvalidUsage)), "invalid usage");
  {
    Ranks all;
    reductions<int8_t>(all, ncclInt8);
    reductions<uint8_t>(all, ncclUint8);
    reductions<int32_t>(all, ncclInt32);
    reductions<uint32_t>(all, ncclUint32);
    reductions<int64_t>(all, ncclInt64);
    reductions<uint64_t>(all, ncclUint64);
    reductions<__half>(all, ncclHalf);
    reductions<float>(all, ncclFloat);
    reductions<double>(all, ncclDouble);
    reductions<__nv_bfloat16>(all, ncclBfloat16);
    reductions<__nv_fp8_e4m3>(all, ncclFloat8e4m3);
    reductions<__nv_fp8_e5m2>(all, ncclFloat8e5m2);
    movements(all);
    messages(all);
    products(all);
  }
  threads();
  mistakes();
  processes(arguments[0]);
  abandoned(arguments[0]);
  return done();
}
