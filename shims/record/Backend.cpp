// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Record.h"

#include "Memory.h"
#include "Site.h"

#include <unistd.h>

#include <cstdlib>
#include <map>
#include <mutex>
#include <set>

using namespace cuport::record;

namespace {

/// Which byte fresh memory of the device is filled with, so that what a program reads without
/// having written it is the same in every run.
uint32_t fillByte = 0x5a;

struct State {
  /// Held while an operation runs: they run one after another, whatever thread they come from.
  std::mutex operation;
  /// Guards what is below. Not held while an operation runs, as one of the host's may free memory.
  std::mutex mutex;
  const cuport_backend *behind = nullptr;
  cuport_each_variable variables = nullptr;
  File file;
  Limits limits;
  Tracker memory{file, limits};
  Sites sites;
  std::map<const cuport_kernel *, uint32_t> kernels;
  std::map<cuport_queue *, uint32_t> queues;
  uint32_t nextQueue = 0;
  pid_t owner = getpid();
};

/// Never destroyed: a thread may call until the very end.
State *state = nullptr;

uint32_t queueId(cuport_queue *queue) {
  auto found = state->queues.find(queue);
  return found == state->queues.end() ? NoAllocation : found->second;
}

Fields noSite() {
  Fields site;
  site.text("");
  site.u32(0);
  return site;
}

/// Modules come and go with their variables.
void noteVariables() {
  std::set<const void *> there;
  state->variables(
      [](const cuport_variable *variable, void *there) {
        if (!variable->size)
          return;
        static_cast<std::set<const void *> *>(there)->insert(variable->address);
        if (!state->memory.knows(variable->address))
          state->memory.add(variable->address, variable->size, Memory::Variable, 0, variable->name,
                            variable->type ? variable->type : "?", noSite());
      },
      &there);
  state->memory.removeVariables(there);
}

uint32_t kernelId(const cuport_kernel &kernel) {
  auto [known, isNew] = state->kernels.try_emplace(&kernel, uint32_t(state->kernels.size()));
  if (isNew) {
    Fields fields;
    fields.u32(known->second);
    fields.text(kernel.name);
    fields.text(kernel.file ? kernel.file : "");
    fields.u32(kernel.line);
    fields.u32(kernel.parameter_count);
    for (uint32_t i = 0; i < kernel.parameter_count; ++i) {
      fields.u32(kernel.parameter_sizes[i]);
      fields.text(kernel.parameter_types ? kernel.parameter_types[i] : "?");
    }
    state->file.write(Entry::Kernel, fields);
  }
  return known->second;
}

/// An operation from begin to end: what the host wrote before it, what it is, and what it changed.
/// Describe gives what the entry has behind its head; run puts it in the queue, which may be null
/// for one that needs no waiting.
template <class Describe, class Run>
cuport_status operate(Operation operation, cuport_queue *queue, bool mayChange, Describe &&describe,
                      Run &&run) {
  if (getpid() != state->owner)
    return run();
  std::lock_guard one(state->operation);
  Fields what;
  uint32_t id;
  {
    std::lock_guard lock(state->mutex);
    noteVariables();
    state->memory.look(When::Before);
    what = describe();
    id = queueId(queue);
  }
  const cuport_status status = run();
  cuport_status end = status;
  if (queue && !end)
    end = state->behind->queue_synchronize(queue);
  std::lock_guard lock(state->mutex);
  Fields fields;
  fields.u32(uint32_t(operation));
  fields.u32(id);
  fields.u32(uint32_t(end));
  fields.add(state->sites.here(state->file));
  fields.add(what);
  state->file.write(Entry::Call, fields);
  if (mayChange)
    state->memory.look(When::After);
  return status;
}

Fields nothing() { return {}; }

void size3(Fields &fields, const cuport_size3 &size) {
  fields.u32(size.x);
  fields.u32(size.y);
  fields.u32(size.z);
}

cuport_status launch(cuport_queue *queue, const cuport_launch *launch) {
  return operate(
      Operation::Launch, queue, true,
      [&] {
        const cuport_kernel &kernel = *launch->kernel;
        Fields fields;
        fields.u32(kernelId(kernel));
        size3(fields, launch->grid);
        size3(fields, launch->block);
        fields.u32(launch->dynamic_shared);
        fields.u32(launch->flags & CUPORT_LAUNCH_COOPERATIVE);
        for (uint32_t i = 0; i < kernel.parameter_count; ++i) {
          std::string bytes(static_cast<const char *>(launch->arguments[i]),
                            kernel.parameter_sizes[i]);
          const Fields pointers = state->memory.takePointers(bytes.data(), bytes.size());
          fields.raw(bytes.data(), bytes.size());
          fields.add(pointers);
        }
        return fields;
      },
      [&] { return state->behind->launch(queue, launch); });
}

cuport_status copy(cuport_queue *queue, const cuport_copy *copy) {
  return operate(
      Operation::Copy, queue, true,
      [&] {
        Fields fields = state->memory.locationOf(copy->destination);
        fields.add(state->memory.locationOf(copy->source));
        for (size_t size : {copy->width, copy->height, copy->depth})
          fields.u64(size);
        return fields;
      },
      [&] { return state->behind->copy(queue, copy); });
}

cuport_status fillMemory(cuport_queue *queue, const cuport_fill *fill) {
  return operate(
      Operation::Fill, queue, true,
      [&] {
        Fields fields = state->memory.locationOf(fill->destination);
        fields.u32(fill->value);
        fields.u32(fill->element_size);
        for (size_t size : {fill->width, fill->height, fill->depth})
          fields.u64(size);
        return fields;
      },
      [&] { return state->behind->fill(queue, fill); });
}

cuport_status call(cuport_queue *queue, cuport_host_function function, void *data) {
  return operate(Operation::HostFunction, queue, true, nothing,
                 [&] { return state->behind->call(queue, function, data); });
}

// Operations run one after another, so the caller sees to the rounds.
cuport_status repeat(cuport_queue *queue, cuport_round round, void *data) {
  for (int again = 1; again;) {
    if (cuport_status error = state->behind->queue_synchronize(queue))
      return error;
    if (cuport_status error = round(data, queue, &again))
      return error;
  }
  return 0;
}

cuport_status eventRecord(cuport_event *event, cuport_queue *queue) {
  return operate(Operation::EventRecord, queue, false, nothing,
                 [&] { return state->behind->event_record(event, queue); });
}

cuport_status queueWait(cuport_queue *queue, cuport_event *event) {
  return operate(Operation::EventWait, queue, false, nothing,
                 [&] { return state->behind->queue_wait(queue, event); });
}

cuport_status queueSynchronize(cuport_queue *queue) {
  return operate(Operation::Synchronize, queue, false, nothing,
                 [&] { return state->behind->queue_synchronize(queue); });
}

cuport_status eventSynchronize(cuport_event *event) {
  return operate(Operation::EventSynchronize, nullptr, false, nothing,
                 [&] { return state->behind->event_synchronize(event); });
}

cuport_status allocate(int device, uint32_t kind, size_t size, void **pointer) {
  cuport_status status = state->behind->allocate(device, kind, size, pointer);
  if (status || getpid() != state->owner)
    return status;
  memset(*pointer, int(fillByte), size);
  std::lock_guard lock(state->mutex);
  state->memory.add(*pointer, size, Memory(kind), uint32_t(device), "", "?",
                    state->sites.here(state->file));
  return status;
}

cuport_status freeMemory(int device, uint32_t kind, void *pointer) {
  {
    std::lock_guard lock(state->mutex);
    state->memory.remove(pointer);
  }
  return state->behind->free(device, kind, pointer);
}

cuport_status queueCreate(int device, int priority, cuport_queue **queue) {
  cuport_status status = state->behind->queue_create(device, priority, queue);
  std::lock_guard lock(state->mutex);
  if (!status)
    state->queues[*queue] = state->nextQueue++;
  return status;
}

cuport_status queueDestroy(cuport_queue *queue) {
  {
    std::lock_guard lock(state->mutex);
    state->queues.erase(queue);
  }
  return state->behind->queue_destroy(queue);
}

std::string commandLine() {
  std::string text;
  if (FILE *file = fopen("/proc/self/cmdline", "re")) {
    for (int c; text.size() < 4096 && (c = fgetc(file)) != EOF;)
      text += c ? char(c) : ' ';
    fclose(file);
  }
  if (!text.empty())
    text.pop_back();
  return text;
}

/// A number of bytes in a variable of the environment; the value of before where it is not set, and
/// false where it is none.
bool take(const char *name, uint64_t most, uint64_t &value) {
  const char *text = getenv(name);
  if (!text)
    return true;
  char *end = nullptr;
  const unsigned long long number = strtoull(text, &end, 0);
  if (end == text || *end || *text == '-' || number > most)
    return false;
  value = number;
  return true;
}

__attribute__((destructor)) void ended() {
  if (!state || getpid() != state->owner)
    return;
  std::lock_guard lock(state->mutex);
  state->file.write(Entry::End, {});
}

} // namespace

extern "C" __attribute__((visibility("default"))) const cuport_backend *
cuport_record(const cuport_backend *behind, cuport_each_variable variables, const char **reason) {
  auto *made = new State;
  uint64_t fill = fillByte;
  if (!take("CUPORT_RECORD_KEEP", uint64_t(1) << 40, made->limits.whole) ||
      !take("CUPORT_RECORD_FILL", 255, fill)) {
    *reason = "CUPORT_RECORD_KEEP is a number of bytes and CUPORT_RECORD_FILL a byte";
    return nullptr;
  }
  fillByte = uint32_t(fill);
  cuport_device_properties properties;
  if (behind->device_properties(0, &properties) || !properties.host_shares_memory) {
    *reason = "the backend's memory is not the host's, so that nobody can look at it";
    return nullptr;
  }
  if (!made->file.open(getenv("CUPORT_RECORD"))) {
    *reason = "the file cannot be made";
    return nullptr;
  }
  Fields fields;
  fields.u32(fillByte);
  fields.u32(properties.warp_size);
  fields.text(behind->name);
  fields.text(commandLine());
  made->file.write(Entry::Program, fields);
  made->behind = behind;
  made->variables = variables;
  state = made;
  auto *table = new cuport_backend(*behind);
  table->allocate = allocate;
  table->free = freeMemory;
  table->queue_create = queueCreate;
  table->queue_destroy = queueDestroy;
  table->queue_synchronize = queueSynchronize;
  table->copy = copy;
  table->fill = fillMemory;
  table->call = call;
  table->repeat = repeat;
  table->launch = launch;
  table->event_record = eventRecord;
  table->queue_wait = queueWait;
  table->event_synchronize = eventSynchronize;
  return table;
}
