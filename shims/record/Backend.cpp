// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Record.h"

#include "Recorder.h"

#include <cstdlib>

using namespace cuport::record;

namespace {

const cuport_backend *behind = nullptr;
cuport_each_variable variables = nullptr;
Recorder *recorder = nullptr;

/// The queue may be null for what needs no waiting.
template <class Describe, class Run>
cuport_status operate(Operation operation, cuport_queue *queue, bool mayChange, Describe &&describe, Run &&run) {
  return recorder->operate(operation, queue, mayChange, describe, run, [&] { return queue ? behind->queue_synchronize(queue) : 0; });
}

Fields nothing() { return {}; }

cuport_status launch(cuport_queue *queue, const cuport_launch *launch) {
  return operate(
      Operation::Launch, queue, true,
      [&] {
        const cuport_kernel &kernel = *launch->kernel;
        Fields fields;
        fields.u32(recorder->kernel(&kernel, [&](const char *&name, const char *&place, uint32_t &line, std::vector<Parameter> &parameters) {
          name = kernel.name;
          place = kernel.file ? kernel.file : "";
          line = kernel.line;
          for (uint32_t i = 0; i < kernel.parameter_count; ++i)
            parameters.push_back({kernel.parameter_sizes[i], kernel.parameter_types ? kernel.parameter_types[i] : "?"});
        }));
        size3(fields, launch->grid.x, launch->grid.y, launch->grid.z);
        size3(fields, launch->block.x, launch->block.y, launch->block.z);
        fields.u32(launch->dynamic_shared);
        fields.u32(launch->flags & CUPORT_LAUNCH_COOPERATIVE);
        fields.add(recorder->arguments(launch->arguments, kernel.parameter_sizes, kernel.parameter_count));
        return fields;
      },
      [&] { return behind->launch(queue, launch); });
}

cuport_status copy(cuport_queue *queue, const cuport_copy *copy) {
  return operate(
      Operation::Copy, queue, true,
      [&] { return recorder->copyOf({copy->destination, copy->source, copy->width, copy->height, copy->depth}); },
      [&] { return behind->copy(queue, copy); });
}

cuport_status fillMemory(cuport_queue *queue, const cuport_fill *fill) {
  return operate(
      Operation::Fill, queue, true,
      [&] {
        return recorder->fillOf({fill->destination, nullptr, fill->width, fill->height, fill->depth}, fill->value, fill->element_size);
      },
      [&] { return behind->fill(queue, fill); });
}

cuport_status call(cuport_queue *queue, cuport_host_function function, void *data) {
  return operate(Operation::HostFunction, queue, true, nothing, [&] { return behind->call(queue, function, data); });
}

// Operations run one after another, so the caller sees to the rounds.
cuport_status repeat(cuport_queue *queue, cuport_round round, void *data) {
  for (int again = 1; again;) {
    if (cuport_status error = behind->queue_synchronize(queue))
      return error;
    if (cuport_status error = round(data, queue, &again))
      return error;
  }
  return 0;
}

cuport_status eventRecord(cuport_event *event, cuport_queue *queue) {
  return operate(Operation::EventRecord, queue, false, nothing, [&] { return behind->event_record(event, queue); });
}

cuport_status queueWait(cuport_queue *queue, cuport_event *event) {
  return operate(Operation::EventWait, queue, false, nothing, [&] { return behind->queue_wait(queue, event); });
}

cuport_status queueSynchronize(cuport_queue *queue) {
  return operate(Operation::Synchronize, queue, false, nothing, [&] { return behind->queue_synchronize(queue); });
}

cuport_status eventSynchronize(cuport_event *event) {
  return operate(Operation::EventSynchronize, nullptr, false, nothing, [&] { return behind->event_synchronize(event); });
}

cuport_status allocate(int device, uint32_t kind, size_t size, void **pointer) {
  cuport_status status = behind->allocate(device, kind, size, pointer);
  if (status || !recorder->isHere())
    return status;
  memset(*pointer, int(recorder->fill()), size);
  recorder->allocated(*pointer, size, Memory(kind), uint32_t(device));
  return status;
}

cuport_status freeMemory(int device, uint32_t kind, void *pointer) {
  recorder->freed(pointer);
  return behind->free(device, kind, pointer);
}

cuport_status queueCreate(int device, int priority, cuport_queue **queue) {
  cuport_status status = behind->queue_create(device, priority, queue);
  if (!status)
    recorder->queueMade(*queue);
  return status;
}

cuport_status queueDestroy(cuport_queue *queue) {
  recorder->queueGone(queue);
  return behind->queue_destroy(queue);
}

void eachVariable(Recorder &here) {
  variables(
      [](const cuport_variable *variable, void *here) {
        static_cast<Recorder *>(here)->variable(variable->address, variable->size, variable->name, variable->type);
      },
      &here);
}

} // namespace

extern "C" __attribute__((visibility("default"))) const cuport_backend *
cuport_record(const cuport_backend *backend, cuport_each_variable each, const char **reason) {
  cuport_device_properties properties;
  if (backend->device_properties(0, &properties) || !properties.host_shares_memory) {
    *reason = "the backend's memory is not the host's, so that nobody can look at it";
    return nullptr;
  }
  behind = backend;
  variables = each;
  recorder = Recorder::begin({getenv("CUPORT_RECORD"), backend->name, properties.warp_size, Layer::Backend, nullptr, eachVariable}, reason);
  if (!recorder)
    return nullptr;
  auto *table = new cuport_backend(*backend);
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
