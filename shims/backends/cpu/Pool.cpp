// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Pool.h"

#include "Grid.h"
#include "Queue.h"
#include "Settings.h"

#include <algorithm>
#include <atomic>
#include <csignal>
#include <pthread.h>
#include <system_error>
#include <thread>

namespace cuport::cpu {

// So many operations of one queue, then the others have their turn.
static constexpr int Turn = 64;

static std::atomic<bool> forked{false};

bool Pool::lost() { return forked.load(std::memory_order_relaxed); }

Pool &Pool::get() {
  static Pool &pool = *new Pool;
  return pool;
}

// Streams of several devices may wait for each other (NCCL's ranks), each in a thread.
Pool::Pool() : most(std::max({16u, settings().threads * 2, settings().devices * 2})) {
  pthread_atfork(nullptr, nullptr, [] { forked = true; });
}

/// Called with the lock held: sees to it that a thread will come for all that there is to do.
void Pool::wakeOrMake() {
  size_t wanted = ready.size();
  for (Shared *shared : grids)
    wanted += shared->grid->begunAll() ? 0 : shared->helpers;
  if (wanted == 1 && idle)
    something.notify_one();
  else if (idle)
    something.notify_all();
  // If the system gives no more, those that there are do it; without any, the next who schedules tries again.
  for (size_t coming = idle + starting; coming < wanted && made < most && makeThread();)
    ++coming;
}

bool Pool::makeThread() {
  // What the program does with signals is for its own threads.
  sigset_t all, before;
  sigfillset(&all);
  for (int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP})
    sigdelset(&all, signal);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  bool given = true;
  try {
    std::thread([this] { work(); }).detach();
    ++made;
    ++starting;
  } catch (const std::system_error &) {
    given = false;
  }
  pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return given;
}

void Pool::prepare() {
  std::lock_guard hold(lock);
  if (!made)
    makeThread();
}

void Pool::schedule(Queue &queue) {
  std::lock_guard hold(lock);
  ready.push_back(&queue);
  wakeOrMake();
}

bool Pool::takeBack(Queue &queue) {
  std::lock_guard hold(lock);
  return std::erase(ready, &queue) != 0;
}

void Pool::run(Grid &grid) {
  uint32_t threads = uint32_t(std::min<uint64_t>(settings().threads, grid.blockCount()));
  if (threads <= 1)
    return grid.takeBlocks();
  Shared shared{&grid, threads - 1, 0};
  {
    std::lock_guard hold(lock);
    grids.push_back(&shared);
    wakeOrMake();
  }
  grid.takeBlocks();
  std::unique_lock hold(lock);
  std::erase(grids, &shared);
  gridLeft.wait(hold, [&] { return shared.inside == 0; });
}

void Pool::help(std::unique_lock<std::mutex> &hold, Shared &shared) {
  --shared.helpers;
  ++shared.inside;
  hold.unlock();
  shared.grid->takeBlocks();
  hold.lock();
  if (--shared.inside == 0)
    gridLeft.notify_all();
}

void Pool::work() {
  std::unique_lock hold(lock);
  --starting;
  for (;;) {
    auto open = std::find_if(grids.begin(), grids.end(),
                             [](Shared *shared) { return shared->helpers && !shared->grid->begunAll(); });
    if (open != grids.end()) {
      help(hold, **open);
    } else if (!ready.empty()) {
      Queue &queue = *ready.front();
      ready.pop_front();
      hold.unlock();
      int run = 0;
      bool more = queue.runSome([&] { return ++run == Turn; });
      hold.lock();
      if (more)
        ready.push_back(&queue);
    } else {
      ++idle;
      something.wait(hold);
      --idle;
    }
  }
}

} // namespace cuport::cpu
