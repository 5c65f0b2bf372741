// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Queue.h"

#include "Device.h"
#include "Pool.h"
#include "Worker.h"

namespace cuport::cpu {

// A program that queues faster than it runs waits here, as it does with a card.
static constexpr uint64_t MostPending = 1 << 16;

Queue::Queue(Device &device) : owner(device) {
  owner.add(*this);
  Pool::get().prepare();
}

Queue::~Queue() { owner.remove(*this); }

void Queue::push(std::unique_ptr<Operation> operation) {
  if (operation->shortEnough() && runNow(*operation))
    return;
  std::unique_lock hold(lock);
  // Only a running queue gets shorter: what waits for an event may wait for this very thread.
  while (pushed - ended >= MostPending && state == State::Scheduled && !Pool::lost()) {
    ++watchers;
    progress.wait(hold);
    --watchers;
  }
  Operation *added = operation.release();
  (head ? tail->next : head) = added;
  tail = added;
  ++pushed;
  if (state != State::Idle)
    return;
  state = State::Scheduled;
  hold.unlock();
  Pool::get().schedule(*this);
}

bool Queue::runNow(Operation &operation) {
  {
    std::lock_guard hold(lock);
    if (state != State::Idle)
      return false;
    state = State::Scheduled;
    ++pushed;
  }
  operation.run(*this);
  std::unique_lock hold(lock);
  finished();
  becomeIdle(hold);
  return true;
}

void Queue::finished() {
  ++ended;
  if (watchers)
    progress.notify_all();
}

void Queue::becomeIdle(std::unique_lock<std::mutex> &hold) {
  if (head) {
    hold.unlock();
    Pool::get().schedule(*this);
    return;
  }
  state = State::Idle;
  if (!endIfDone(hold))
    hold.unlock();
}

bool Queue::endIfDone(std::unique_lock<std::mutex> &hold) {
  if (!dying || watchers || state != State::Idle)
    return false;
  ending = true;
  hold.unlock();
  delete this;
  return true;
}

bool Queue::watch() {
  std::lock_guard hold(lock);
  if (ending)
    return false;
  ++watchers;
  return true;
}

void Queue::unwatch() {
  std::unique_lock hold(lock);
  --watchers;
  endIfDone(hold);
}

bool Queue::runSome(const std::function<bool()> &hadEnough) {
  std::unique_lock hold(lock);
  do {
    Operation *operation = head;
    resumed = false;
    hold.unlock();
    bool done = operation->run(*this);
    hold.lock();
    if (!done) {
      // The operation stays at the head and is asked again.
      if (resumed)
        continue;
      state = State::Waiting;
      return false;
    }
    head = operation->next;
    hold.unlock();
    delete operation;
    hold.lock();
    finished();
    if (!head) {
      becomeIdle(hold);
      return false;
    }
  } while (!hadEnough());
  return true;
}

void Queue::help(const std::function<bool()> &hadEnough) {
  // A kernel's place must not be taken by another.
  if (!insideKernel() && Pool::get().takeBack(*this) && runSome(hadEnough))
    Pool::get().schedule(*this);
}

void Queue::resume() {
  {
    std::lock_guard hold(lock);
    resumed = true;
    if (state != State::Waiting)
      return;
    state = State::Scheduled;
  }
  Pool::get().schedule(*this);
}

bool Queue::idle() {
  std::lock_guard hold(lock);
  return state == State::Idle;
}

void Queue::synchronize() {
  std::unique_lock hold(lock);
  uint64_t until = pushed;
  ++watchers;
  auto isThere = [&] { return ended >= until || Pool::lost(); };
  if (!isThere()) {
    hold.unlock();
    help(isThere);
    hold.lock();
  }
  progress.wait(hold, isThere);
  --watchers;
  endIfDone(hold);
}

void Queue::destroy() {
  std::unique_lock hold(lock);
  dying = true;
  endIfDone(hold);
}

} // namespace cuport::cpu
