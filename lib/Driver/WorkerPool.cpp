// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Driver/WorkerPool.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vector>

using namespace cuport;
using Clock = std::chrono::steady_clock;

namespace {

struct Worker {
  pid_t Pid = -1;
  int Commands = -1; ///< to the worker: job indices
  int Results = -1;  ///< from it: a 64-bit length and that many bytes
  bool Busy = false;
  size_t Job = 0;
  std::chrono::nanoseconds CpuBefore{}; ///< processor time that the process had used when the job began
  std::chrono::nanoseconds CpuSeen{};   ///< and when it was looked at last
  Clock::time_point Moved;              ///< when it had used more than before
  std::string Received;
};

} // namespace

static bool writeAll(int Fd, const void *Data, size_t Size) {
  const char *At = static_cast<const char *>(Data);
  while (Size) {
    ssize_t N = ::write(Fd, At, Size);
    if (N < 0 && errno == EINTR)
      continue;
    if (N <= 0)
      return false;
    At += N;
    Size -= N;
  }
  return true;
}

static bool readAll(int Fd, void *Data, size_t Size) {
  char *At = static_cast<char *>(Data);
  while (Size) {
    ssize_t N = ::read(Fd, At, Size);
    if (N < 0 && errno == EINTR)
      continue;
    if (N <= 0)
      return false;
    At += N;
    Size -= N;
  }
  return true;
}

[[noreturn]] static void serve(int Commands, int Results, const std::function<std::string(size_t)> &Job) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL); // whoever started us ends us with itself, in the middle of a job, too
  // A crash is reported by whoever waits for us; what LLVM would print about it is noise to the user.
  for (int Signal : {SIGSEGV, SIGBUS, SIGILL, SIGABRT, SIGFPE, SIGTRAP, SIGPIPE})
    ::signal(Signal, SIG_DFL);
  if (int Null = ::open("/dev/null", O_WRONLY); Null >= 0)
    ::dup2(Null, STDERR_FILENO);
  uint64_t Index;
  while (readAll(Commands, &Index, sizeof Index)) {
    std::string Output = Job(Index);
    uint64_t Size = Output.size();
    if (!writeAll(Results, &Size, sizeof Size) || !writeAll(Results, Output.data(), Size))
      break;
  }
  ::_exit(0);
}

static bool start(Worker &W, const std::vector<Worker> &All, const std::function<std::string(size_t)> &Job) {
  int Down[2], Up[2];
  if (::pipe2(Down, O_CLOEXEC))
    return false;
  if (::pipe2(Up, O_CLOEXEC)) {
    ::close(Down[0]);
    ::close(Down[1]);
    return false;
  }
  W.Pid = ::fork();
  if (W.Pid == 0) {
    // Other workers' pipes must close when this process lets go of them, not when we end.
    for (const Worker &Other : All)
      for (int Fd : {Other.Commands, Other.Results})
        if (Fd >= 0)
          ::close(Fd);
    ::close(Down[1]);
    ::close(Up[0]);
    serve(Down[0], Up[1], Job);
  }
  ::close(Down[0]);
  ::close(Up[1]);
  if (W.Pid < 0) {
    ::close(Down[1]);
    ::close(Up[0]);
    return false;
  }
  W.Commands = Down[1];
  W.Results = Up[0];
  W.Received.clear();
  return true;
}

/// Ends the worker and says how it ended.
static int stop(Worker &W, bool Kill) {
  if (W.Pid < 0)
    return 0;
  if (Kill)
    ::kill(W.Pid, SIGKILL);
  ::close(W.Commands);
  ::close(W.Results);
  int Status = 0;
  while (::waitpid(W.Pid, &Status, 0) < 0 && errno == EINTR) {
  }
  W = Worker();
  return Status;
}

/// The processor time that a process has used; none where it has ended, which its pipe tells.
static std::chrono::nanoseconds cpuTimeOf(pid_t Pid) {
  clockid_t Id;
  timespec T{};
  if (::clock_getcpuclockid(Pid, &Id) || ::clock_gettime(Id, &T))
    return {};
  return std::chrono::seconds(T.tv_sec) + std::chrono::nanoseconds(T.tv_nsec);
}

namespace {
/// How far a job is from its limits.
struct TimeLeft {
  std::chrono::nanoseconds Cpu, Idle;
  /// A process of one thread cannot use its processor time faster than the clock goes.
  std::chrono::nanoseconds soonest() const { return std::min(Cpu, Idle); }
};
} // namespace

static TimeLeft timeLeft(Worker &W, const WorkerLimits &Limits) {
  const auto Cpu = cpuTimeOf(W.Pid);
  const auto Now = Clock::now();
  if (Cpu != W.CpuSeen)
    W.Moved = Now;
  W.CpuSeen = Cpu;
  return {std::chrono::seconds(Limits.SecondsPerJob) - (Cpu - W.CpuBefore),
          std::chrono::seconds(Limits.idleSecondsPerJob()) - (Now - W.Moved)};
}

static std::string describe(int Status) {
  if (WIFSIGNALED(Status))
    return std::string("the parser crashed: ") + ::strsignal(WTERMSIG(Status));
  return "the parser ended without a result";
}

void cuport::runInWorkers(size_t Count, const WorkerLimits &Limits,
                          const std::function<std::string(size_t)> &Job,
                          const std::function<void(size_t, JobResult)> &Done) {
  std::vector<Worker> Workers(std::min<size_t>(std::max(1u, Limits.Workers), Count));
  auto OldPipe = ::signal(SIGPIPE, SIG_IGN);
  size_t Next = 0, Left = Count;
  while (Left) {
    for (Worker &W : Workers) {
      if (W.Busy || Next == Count)
        continue;
      uint64_t Index = Next++;
      if ((W.Pid < 0 && !start(W, Workers, Job)) || !writeAll(W.Commands, &Index, sizeof Index)) {
        stop(W, true);
        Done(Index, {"", "no process could be started for it"});
        --Left;
        continue;
      }
      W.Busy = true;
      W.Job = Index;
      W.Moved = Clock::now();
      W.CpuBefore = W.CpuSeen = cpuTimeOf(W.Pid);
    }

    std::vector<pollfd> Fds;
    std::vector<Worker *> Polled;
    std::chrono::nanoseconds Soonest = std::chrono::minutes(1);
    for (Worker &W : Workers)
      if (W.Busy) {
        Fds.push_back({W.Results, POLLIN, 0});
        Polled.push_back(&W);
        Soonest = std::min(Soonest, timeLeft(W, Limits).soonest());
      }
    if (Fds.empty())
      continue;
    auto Wait = std::chrono::duration_cast<std::chrono::milliseconds>(Soonest).count();
    if (::poll(Fds.data(), Fds.size(), static_cast<int>(std::max<long long>(Wait + 1, 1))) < 0)
      continue;

    for (size_t I = 0; I < Polled.size(); ++I) {
      Worker &W = *Polled[I];
      size_t Index = W.Job;
      if (Fds[I].revents & (POLLIN | POLLHUP | POLLERR)) {
        char Buffer[1 << 16];
        ssize_t N = ::read(W.Results, Buffer, sizeof Buffer);
        if (N < 0 && errno == EINTR)
          continue;
        if (N <= 0) {
          int Status = stop(W, false);
          Done(Index, {"", describe(Status)});
          --Left;
          continue;
        }
        W.Received.append(Buffer, N);
        uint64_t Size;
        if (W.Received.size() < sizeof Size)
          continue;
        std::memcpy(&Size, W.Received.data(), sizeof Size);
        if (W.Received.size() < sizeof Size + Size)
          continue;
        std::string Output = W.Received.substr(sizeof Size, Size);
        W.Received.clear();
        W.Busy = false;
        Done(Index, {std::move(Output), ""});
        --Left;
      } else if (TimeLeft T = timeLeft(W, Limits); T.soonest() <= std::chrono::nanoseconds::zero()) {
        stop(W, true);
        Done(Index, {"", T.Cpu <= std::chrono::nanoseconds::zero()
                             ? "the parser took more than " + std::to_string(Limits.SecondsPerJob) + " s"
                             : "the parser waited for more than " + std::to_string(Limits.idleSecondsPerJob()) + " s"});
        --Left;
      }
    }
  }
  for (Worker &W : Workers)
    stop(W, false);
  ::signal(SIGPIPE, OldPipe);
}
