// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Event.h"

#include "../../runtime/Backend.h"
#include "Pool.h"
#include "Queue.h"
#include "Sanitizer.h"

namespace cuport::cpu {

bool Record::complete() const {
  if (!done.load(std::memory_order_acquire))
    return false;
  acquire(const_cast<Record *>(this));
  return true;
}

void Record::markComplete() {
  std::vector<Queue *> waiting;
  completed = Clock::now();
  release(this);
  {
    std::lock_guard hold(lock);
    done.store(1, std::memory_order_release);
    waiting.swap(queues);
  }
  done.notify_all();
  for (Queue *queue : waiting)
    queue->resume();
}

void Record::help() {
  {
    std::lock_guard hold(lock);
    if (complete() || !queue.watch())
      return;
  }
  queue.help([&] { return done.load(std::memory_order_relaxed) != 0; });
  queue.unwatch();
}

void Record::wait() {
  help();
  while (!complete() && !Pool::lost())
    done.wait(0, std::memory_order_acquire);
}

bool Record::resumeLater(Queue &queue) {
  std::lock_guard hold(lock);
  if (complete())
    return false;
  queues.push_back(&queue);
  return true;
}

namespace {

class RecordOperation : public Operation {
public:
  explicit RecordOperation(std::shared_ptr<Record> record) : record(std::move(record)) {}
  bool run(Queue &) override {
    record->markComplete();
    return true;
  }
  bool shortEnough() const override { return true; }

private:
  std::shared_ptr<Record> record;
};

class WaitOperation : public Operation {
public:
  explicit WaitOperation(std::shared_ptr<Record> record) : record(std::move(record)) {}
  bool run(Queue &queue) override { return !record->resumeLater(queue); }

private:
  std::shared_ptr<Record> record;
};

} // namespace

bool Event::timed() const { return !(flags & CUPORT_EVENT_NO_TIMING); }

void Event::record(Queue &queue) {
  auto record = std::make_shared<Record>(queue);
  {
    std::lock_guard hold(lock);
    last = record;
  }
  queue.push(std::make_unique<RecordOperation>(std::move(record)));
}

std::shared_ptr<Record> Event::latest() {
  std::lock_guard hold(lock);
  return last;
}

void waitFor(Queue &queue, Event &event) {
  std::shared_ptr<Record> record = event.latest();
  if (record && !record->complete())
    queue.push(std::make_unique<WaitOperation>(std::move(record)));
}

} // namespace cuport::cpu
