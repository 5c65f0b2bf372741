// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Recorder.h"

#include <cstdlib>

namespace cuport::record {

static Recorder *begun = nullptr;

static Fields noSite() {
  Fields site;
  site.text("");
  site.u32(0);
  return site;
}

static std::string commandLine() {
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
static bool take(const char *name, uint64_t most, uint64_t &value) {
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

Recorder *Recorder::begin(const Program &program, const char **reason) {
  auto *made = new Recorder(program);
  uint64_t fill = made->fillByte;
  if (!take("CUPORT_RECORD_KEEP", uint64_t(1) << 40, made->limits.whole) || !take("CUPORT_RECORD_FILL", 255, fill)) {
    *reason = "CUPORT_RECORD_KEEP is a number of bytes and CUPORT_RECORD_FILL a byte";
    return nullptr;
  }
  made->fillByte = uint32_t(fill);
  if (!made->file.open(program.file)) {
    *reason = "the file cannot be made";
    return nullptr;
  }
  Fields fields;
  fields.u32(made->fillByte);
  fields.u32(program.warp);
  fields.u32(uint32_t(program.layer));
  fields.text(program.backend);
  fields.text(commandLine());
  made->file.write(Entry::Program, fields);
  return begun = made;
}

__attribute__((destructor)) void ended() {
  if (!begun || !begun->isHere())
    return;
  std::lock_guard lock(begun->mutex);
  begun->file.write(Entry::End, {});
}

void Recorder::allocated(void *begin, size_t size, Memory kind, uint32_t device) {
  if (!isHere())
    return;
  std::lock_guard lock(mutex);
  memory.add(begin, size, kind, device, "", "?", sites.here(file));
}

void Recorder::freed(void *begin) {
  if (!isHere())
    return;
  std::lock_guard lock(mutex);
  memory.remove(begin);
}

void Recorder::variable(void *address, size_t size, const char *name, const char *type) {
  if (!size)
    return;
  variables.insert(address);
  if (!memory.knows(address))
    memory.add(address, size, Memory::Variable, 0, name, type ? type : "?", noSite());
}

/// Modules come and go with their variables.
void Recorder::lookAtVariables() {
  variables.clear();
  program.eachVariable(*this);
  memory.removeVariables(variables);
}

void Recorder::queueMade(const void *queue) {
  std::lock_guard lock(mutex);
  if (queues.try_emplace(queue, nextQueue).second)
    ++nextQueue;
}

void Recorder::queueGone(const void *queue) {
  std::lock_guard lock(mutex);
  queues.erase(queue);
}

void Recorder::writeKernel(uint32_t id, const char *name, const char *place, uint32_t line, const std::vector<Parameter> &parameters) {
  Fields fields;
  fields.u32(id);
  fields.text(name);
  fields.text(place);
  fields.u32(line);
  fields.u32(uint32_t(parameters.size()));
  for (const Parameter &each : parameters) {
    fields.u32(each.size);
    fields.text(each.type);
  }
  file.write(Entry::Kernel, fields);
}

void Recorder::writeCall(Operation operation, uint32_t queue, int status, const Fields &what) {
  Fields fields;
  fields.u32(uint32_t(operation));
  fields.u32(queue);
  fields.u32(uint32_t(status));
  fields.add(sites.here(file));
  fields.add(what);
  file.write(Entry::Call, fields);
}

Fields Recorder::arguments(void *const *arguments, const uint32_t *sizes, uint32_t count) {
  Fields fields;
  for (uint32_t i = 0; i < count; ++i) {
    std::string bytes(static_cast<const char *>(arguments[i]), sizes[i]);
    const Fields pointers = memory.takePointers(bytes.data(), bytes.size());
    fields.raw(bytes.data(), bytes.size());
    fields.add(pointers);
  }
  return fields;
}

static void extentOf(Fields &fields, const Box &box) {
  for (size_t size : {box.width, box.height, box.depth})
    fields.u64(size);
}

Fields Recorder::copyOf(const Box &box) {
  Fields fields = memory.locationOf(box.destination);
  fields.add(memory.locationOf(box.source));
  extentOf(fields, box);
  return fields;
}

Fields Recorder::fillOf(const Box &box, uint32_t value, uint32_t element) {
  Fields fields = memory.locationOf(box.destination);
  fields.u32(value);
  fields.u32(element);
  extentOf(fields, box);
  return fields;
}

} // namespace cuport::record
