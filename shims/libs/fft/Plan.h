// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A plan: the shape of a transform, and where it runs.

#ifndef CUPORT_LIBS_FFT_PLAN_H
#define CUPORT_LIBS_FFT_PLAN_H

#include <cufftXt.h>

#include <cstdint>
#include <map>
#include <mutex>
#include <vector>

namespace cuport::fft {

inline constexpr int MostDimensions = 3;

/// How an array of the user's is laid out: elements are numbers of its type.
struct Layout {
  bool isGiven = false; ///< inembed or onembed
  int64_t embed[MostDimensions], stride, distance;
  int64_t place(const int64_t *index, int rank) const {
    int64_t at = index[0];
    for (int i = 1; i < rank; ++i)
      at = at * embed[i] + index[i];
    return at * stride;
  }
};

/// What numbers are stored as, where it is not the type that is calculated in.
enum class Stored { AsCalculated, Half, Bfloat16 };

struct Shape {
  cufftType type;
  Stored stored;
  int rank;
  int64_t size[MostDimensions], batch;
  Layout input, output;

  int64_t elements() const {
    int64_t all = 1;
    for (int i = 0; i < rank; ++i)
      all *= size[i];
    return all;
  }
  /// Of the last dimension, what a transform of real numbers has.
  int64_t half() const { return size[rank - 1] / 2 + 1; }
};

inline bool isDouble(cufftType type) { return type == CUFFT_Z2Z || type == CUFFT_D2Z || type == CUFFT_Z2D; }
inline bool toComplex(cufftType type) { return type == CUFFT_R2C || type == CUFFT_D2Z; }
inline bool toReal(cufftType type) { return type == CUFFT_C2R || type == CUFFT_Z2D; }
/// Between real and complex numbers there is but one direction, whatever is asked for.
inline int directionOf(cufftType type, int asked) { return toComplex(type) ? CUFFT_FORWARD : toReal(type) ? CUFFT_INVERSE : asked; }

/// The program's own functions for elements that are read and written, device code; null where there is none.
struct Callbacks {
  void *load = nullptr, *loadInfo = nullptr, *store = nullptr, *storeInfo = nullptr;
  size_t loadShared = 0, storeShared = 0; ///< bytes that each may use between its calls
};

struct Plan {
  bool isMade = false;
  Shape shape;
  cudaStream_t stream = nullptr;
  std::vector<int> devices; ///< of cufftXtSetGPUs
  Callbacks callbacks{};
};

struct Plans {
  std::mutex mutex;
  std::map<cufftHandle, Plan> byHandle;
  cufftHandle next = 1;
};

Plans &plans();

/// Calls \p body with the plan, locked.
template <class Body> cufftResult withPlan(cufftHandle handle, Body body) {
  std::lock_guard lock(plans().mutex);
  auto it = plans().byHandle.find(handle);
  return it == plans().byHandle.end() ? CUFFT_INVALID_PLAN : body(it->second);
}

/// A copy of the plan, if it is made.
inline cufftResult made(cufftHandle handle, Plan &copy) {
  return withPlan(handle, [&](Plan &plan) {
    copy = plan;
    return plan.isMade ? CUFFT_SUCCESS : CUFFT_INVALID_PLAN;
  });
}

/// Queues the transform in the plan's stream.
cufftResult run(const Plan &plan, const char *name, const void *input, void *output, int direction);

} // namespace cuport::fft

#endif
