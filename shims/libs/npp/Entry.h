// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// From an entry point to an operation:
//
//   nppiAdd_8u_C3RSfs(...) --> enter<NppStatus, Variant<...>>(nppi::Add(), name, stream, ...) --> Add()(Variant, Call, ...)
//                          --> checks --> a closure of values --> Call::enqueue
//
// An operation is a struct with a call operator for each of its forms. What of its functions no operator takes is not supported.

#ifndef CUPORT_LIBS_NPP_ENTRY_H
#define CUPORT_LIBS_NPP_ENTRY_H

#include <npp.h>

#include <cstdint>
#include <cstring>
#include <type_traits>

namespace cuport::npp {

/// What a function's name says: types of elements, how pixels stand ('C' one behind the other, 'P' in planes, 'A' with a fourth channel
/// that is left alone), is it in place, is there a scale.
template <class From_, class To_, char source, int sourceChannels, char target, int targetChannels, bool inPlace_, bool scaled_> struct Variant {
  using From = From_;
  using To = To_;
  static constexpr int from = source == 'P' ? 1 : sourceChannels, to = target == 'P' ? 1 : targetChannels; ///< elements from pixel to pixel
  static constexpr int fromUsed = source == 'A' ? 3 : sourceChannels, used = target == 'A' ? 3 : targetChannels;
  static constexpr bool fromPlanes = source == 'P', toPlanes = target == 'P', inPlace = inPlace_, scaled = scaled_;
};

/// A closure as bytes.
struct Task {
  static constexpr size_t room = 368;
  void (*run)(const void *body);
  alignas(16) char body[room];
};

/// One call of an entry point; the name lives as long as the process.
struct Call {
  const char *name;
  cudaStream_t stream;

  template <class Body> NppStatus enqueue(const Body &body) const {
    static_assert(std::is_trivially_copyable_v<Body> && std::is_trivially_destructible_v<Body> && sizeof(Body) <= Task::room);
    Task task{[](const void *body) { (*static_cast<const Body *>(body))(); }, {}};
    std::memcpy(task.body, &body, sizeof body);
    return queue(task);
  }
  NppStatus unsupported() const;

private:
  NppStatus queue(const Task &task) const;
};

/// Of functions without a stream context: what nppSetStream set.
cudaStream_t currentStream();

template <class R, class V, class Operation, class... Arguments>
R enter(Operation operation, const char *name, cudaStream_t stream, Arguments... arguments) {
  Call call{name, stream};
  if constexpr (std::is_invocable_r_v<R, Operation, V, const Call &, Arguments...>)
    return operation(V(), call, arguments...);
  else if constexpr (std::is_same_v<R, NppStatus>)
    return call.unsupported();
  else
    return call.unsupported(), R();
}

} // namespace cuport::npp

#endif
