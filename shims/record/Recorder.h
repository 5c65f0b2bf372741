// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What is written of a program's operations, whoever sees them pass:
//
//   Backend.cpp   a backend's table in front of another's, behind libcuport-rt     (docs/Verify.md, "What is recorded")
//   Cuda.cpp      CUDA's runtime in front of NVIDIA's own                           ("On a card")
//     each operation  ->  Recorder::operate: what the host wrote before it, what it is, what it changed  ->  the file

#ifndef CUPORT_RECORD_RECORDER_H
#define CUPORT_RECORD_RECORDER_H

#include "Memory.h"
#include "Site.h"

#include <unistd.h>

#include <map>
#include <mutex>
#include <set>
#include <vector>

namespace cuport::record {

struct Parameter {
  uint32_t size;    ///< bytes
  std::string type; ///< a layout, "?": not known
};

struct Box {
  const void *destination, *source;
  size_t width, height, depth; ///< bytes, rows, slices
};

/// Never destroyed: a thread may call until the very end. One a process.
class Recorder {
public:
  struct Program {
    const char *file; ///< %p in it is the number of the process
    const char *backend;
    uint32_t warp;
    record::Layer layer;
    Fetch fetch;                          ///< see Tracker
    void (*eachVariable)(Recorder &here); ///< calls here.variable() for each variable of the device that is there
  };
  /// Begins the file. Null: \p reason says why nothing can be recorded.
  static Recorder *begin(const Program &program, const char **reason);

  /// False in a child of fork, of which nothing is recorded.
  bool isHere() const { return getpid() == owner; }
  /// Which byte fresh memory is filled with, so that what a program reads without having written it is the same in every run.
  uint32_t fill() const { return fillByte; }

  void allocated(void *begin, size_t size, Memory kind, uint32_t device);
  void freed(void *begin);
  void variable(void *address, size_t size, const char *name, const char *type);
  /// Numbers the queue, unless it has a number; they follow each other.
  void queueMade(const void *queue);
  void queueGone(const void *queue);

  // The rest is called by what operate() calls.

  /// The number of a kernel; describe(name, file, line, parameters) is called where it has none yet.
  template <class Describe> uint32_t kernel(const void *key, Describe &&describe) {
    auto [known, isNew] = kernels.try_emplace(key, uint32_t(kernels.size()));
    if (isNew) {
      const char *name = "", *place = "";
      uint32_t line = 0;
      std::vector<Parameter> parameters;
      describe(name, place, line, parameters);
      writeKernel(known->second, name, place, line, parameters);
    }
    return known->second;
  }
  /// What a Launch has behind its kernel and shape: each argument.
  Fields arguments(void *const *arguments, const uint32_t *sizes, uint32_t count);
  Fields copyOf(const Box &box);
  Fields fillOf(const Box &box, uint32_t value, uint32_t element);

  /// An operation from begin to end. describe() gives what the entry has behind its head; run() starts it and finish() waits for it,
  /// both give a status. \p queue may be null.
  template <class Describe, class Run, class Finish>
  int operate(Operation operation, const void *queue, bool mayChange, Describe &&describe, Run &&run, Finish &&finish) {
    if (!isHere())
      return run();
    std::lock_guard one(operationMutex);
    Fields what;
    uint32_t id;
    {
      std::lock_guard lock(mutex);
      lookAtVariables();
      memory.look(When::Before);
      what = describe();
      auto found = queues.find(queue);
      id = found == queues.end() ? NoAllocation : found->second;
    }
    const int status = run();
    const int end = status ? status : finish();
    std::lock_guard lock(mutex);
    writeCall(operation, id, end, what);
    if (mayChange)
      memory.look(When::After);
    return status;
  }

private:
  explicit Recorder(const Program &program) : program(program), memory(file, limits, program.fetch) {}
  void writeKernel(uint32_t id, const char *name, const char *place, uint32_t line, const std::vector<Parameter> &parameters);
  void writeCall(Operation operation, uint32_t queue, int status, const Fields &what);
  void lookAtVariables();
  friend void ended();

  /// Held while an operation runs: they run one after another, whatever thread they come from.
  std::mutex operationMutex;
  /// Guards what is below. Not held while an operation runs, as one of the host's may free memory.
  std::mutex mutex;
  const Program program;
  File file;
  Limits limits;
  Tracker memory;
  Sites sites;
  std::map<const void *, uint32_t> kernels, queues;
  uint32_t nextQueue = 0;
  std::set<const void *> variables; ///< that are there, while they are looked at
  uint32_t fillByte = 0x5a;
  const pid_t owner = getpid();
};

inline void size3(Fields &fields, uint32_t x, uint32_t y, uint32_t z) {
  fields.u32(x);
  fields.u32(y);
  fields.u32(z);
}

} // namespace cuport::record

#endif
