// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// CUPORT_TRACE=file.json: which functions of the API a program really calls, and which kernels it launches.
//
//   program  ->  libcuport-trace.so (counts, one buffer a thread)  ->  libcuport-rt.so
//
// The library stands in front of libcuport-rt and of CUDA's libraries (LD_PRELOAD), so that a program that is not traced pays nothing.
// Calls that a function of the API makes of another do not count. cuport-gen shim-trace writes a function for each of the API; docs/Trace.md has the format.

#ifndef CUPORT_TRACE_TRACE_H
#define CUPORT_TRACE_TRACE_H

#include "runtime/Api.h"

#include <cstdint>
#include <type_traits>

namespace cuport::trace {

extern const char *const names[];
extern const unsigned nameCount;

/// What one thread has called. Written by that thread, read when it has ended or the program does.
struct Counters {
  struct Call {
    uint64_t calls = 0, failed = 0, unsupported = 0; ///< unsupported ones are among the failed
  };
  Call *calls;        ///< nameCount of them
  unsigned depth = 0; ///< functions of the API that are running
};

Counters &counters();
/// The function behind this library's of that name. Ends the program with a message where there is none.
void *behind(const char *name);

/// A call counted when it has come back; a call inside another is passed on. \p NotSupported is the status that says so, and 0 is
/// success; nullptr: what is returned is no status.
template <auto NotSupported, class Return, class... Parameters> class Traced {
public:
  Traced(unsigned index, Return (*next)(Parameters...)) : index(index), next(next) {}

  Return operator()(Parameters... arguments) const {
    Counters &mine = counters();
    Inside inside{mine};
    if constexpr (std::is_void_v<Return>) {
      next(arguments...);
      if (mine.depth == 1)
        ++mine.calls[index].calls;
    } else {
      Return result = next(arguments...);
      if (mine.depth == 1)
        count(mine.calls[index], result);
      return result;
    }
  }

private:
  struct Inside {
    Counters &mine;
    explicit Inside(Counters &mine) : mine(mine) { ++mine.depth; }
    ~Inside() { --mine.depth; }
  };

  template <class Result> static void count(Counters::Call &call, Result result) {
    ++call.calls;
    if constexpr (!std::is_null_pointer_v<decltype(NotSupported)>) {
      call.failed += result != Result(0);
      call.unsupported += result == NotSupported;
    }
  }

  unsigned index;
  Return (*next)(Parameters...);
};

template <auto NotSupported, class Return, class... Parameters>
Traced<NotSupported, Return, Parameters...> traced(unsigned index, Return (*next)(Parameters...)) {
  return {index, next};
}

} // namespace cuport::trace

/// The function of this name and type, which may have overloads.
#define CUPORT_TRACED(index, name, status, ...)                                                                                                \
  ([]() -> auto & {                                                                                                                 \
    static const auto traced = cuport::trace::traced<status>(index, reinterpret_cast<__VA_ARGS__>(cuport::trace::behind(#name))); \
    return traced;                                                                                                                  \
  }())

#endif
