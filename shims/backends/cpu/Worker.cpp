// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Worker.h"

#include "Sanitizer.h"

#include <cstdlib>
#include <mutex>

namespace cuport::cpu {

Arena::~Arena() { std::free(memory); }

/// Frees memory that fibers have used, in a place that comes after all of them. The caller stays unordered with them.
static void freeAfter(void *lastUse, void *memory) {
  void *caller = __tsan_get_current_fiber(), *after = __tsan_create_fiber(0);
  switchSanitizer(after);
  acquire(lastUse);
  std::free(memory);
  switchSanitizer(caller);
  __tsan_destroy_fiber(after);
}

unsigned char *Arena::get(size_t bytes, void *lastUse) {
  constexpr size_t Alignment = 128;
  // ThreadSanitizer must not take the next block's accesses for ones to the same memory: it forgets what is freed.
  if (bytes <= size && !threadSanitizer())
    return memory;
  size_t wanted = (bytes + Alignment - 1) & ~(Alignment - 1);
  if (threadSanitizer())
    freeAfter(lastUse, memory);
  else
    std::free(memory);
  memory = static_cast<unsigned char *>(std::aligned_alloc(Alignment, wanted));
  size = memory ? wanted : 0;
  return memory;
}

Fiber *Worker::takeFiber() {
  if (spare.empty())
    return newFiber(carryThreads);
  Fiber *fiber = spare.back();
  spare.pop_back();
  return fiber;
}

std::unique_ptr<ThreadBlock> Worker::takeBlock() {
  if (spareBlocks.empty())
    return std::make_unique<ThreadBlock>(*this);
  std::unique_ptr<ThreadBlock> block = std::move(spareBlocks.back());
  spareBlocks.pop_back();
  return block;
}

static thread_local Worker *mine __attribute__((tls_model("initial-exec"))) = nullptr;

// Callers' threads come and go; what they leave serves the next one. A fiber that stands inside carryThreads() knows its worker, so
// the two stay together.
static std::mutex &idleLock = *new std::mutex;
static std::vector<Worker *> &idle = *new std::vector<Worker *>;

namespace {
struct Leaving {
  ~Leaving() {
    std::lock_guard hold(idleLock);
    if (mine)
      idle.push_back(mine);
    mine = nullptr;
  }
};
} // namespace

__attribute__((noinline)) Worker *runningWorker() { return mine; }

bool insideKernel() {
  Worker *worker = runningWorker();
  return worker && worker->shape;
}

__attribute__((noinline)) Worker &thisWorker() {
  if (mine)
    return *mine;
  static thread_local Leaving leaving;
  (void)leaving;
  {
    std::lock_guard hold(idleLock);
    if (!idle.empty()) {
      mine = idle.back();
      idle.pop_back();
    }
  }
  if (!mine)
    mine = new Worker;
  mine->root = Fiber();
  mine->current = &mine->root;
  if (anySanitizer())
    describeRoot(mine->root);
  if (threadSanitizer())
    mine->sanitizerFiber = __tsan_get_current_fiber();
  catchSignalsHere();
  return *mine;
}

} // namespace cuport::cpu
