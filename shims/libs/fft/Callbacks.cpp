// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The program's own functions for elements that a transform reads and writes. The address is one of device code, which here is called
// like any other.

#include "Plan.h"

#include "libs/Operation.h"

using namespace cuport;
using namespace cuport::fft;

namespace {

/// The type of the callback that goes with a plan's input, or its output.
cufftXtCallbackType loadOf(cufftType type) {
  switch (type) {
  case CUFFT_R2C: return CUFFT_CB_LD_REAL;
  case CUFFT_D2Z: return CUFFT_CB_LD_REAL_DOUBLE;
  case CUFFT_C2C:
  case CUFFT_C2R: return CUFFT_CB_LD_COMPLEX;
  default: return CUFFT_CB_LD_COMPLEX_DOUBLE;
  }
}
cufftXtCallbackType storeOf(cufftType type) {
  switch (type) {
  case CUFFT_C2R: return CUFFT_CB_ST_REAL;
  case CUFFT_Z2D: return CUFFT_CB_ST_REAL_DOUBLE;
  case CUFFT_C2C:
  case CUFFT_R2C: return CUFFT_CB_ST_COMPLEX;
  default: return CUFFT_CB_ST_COMPLEX_DOUBLE;
  }
}

/// Calls \p set with the plan's address, information and size of shared memory of the callback.
template <class Set> cufftResult withCallback(cufftHandle handle, cufftXtCallbackType type, const char *name, Set set) {
  return withPlan(handle, [&](Plan &plan) {
    if (!plan.isMade)
      return CUFFT_INVALID_PLAN;
    if (plan.shape.stored != Stored::AsCalculated || !plan.devices.empty()) {
      libs::logUnsupported(name);
      return CUFFT_NOT_SUPPORTED;
    }
    Callbacks &c = plan.callbacks;
    if (type == loadOf(plan.shape.type))
      return set(c.load, c.loadInfo, c.loadShared), CUFFT_SUCCESS;
    if (type == storeOf(plan.shape.type))
      return set(c.store, c.storeInfo, c.storeShared), CUFFT_SUCCESS;
    return CUFFT_INVALID_TYPE;
  });
}

} // namespace

cufftResult cufftXtSetCallback(cufftHandle handle, void **function, cufftXtCallbackType type, void **info) {
  if (!function || !*function)
    return CUFFT_INVALID_VALUE;
  return withCallback(handle, type, "cufftXtSetCallback with half, bfloat16 or several devices", [&](void *&address, void *&given, size_t &) {
    address = *function;
    given = info ? *info : nullptr;
  });
}

cufftResult cufftXtClearCallback(cufftHandle handle, cufftXtCallbackType type) {
  return withCallback(handle, type, "cufftXtClearCallback with half, bfloat16 or several devices",
                      [](void *&address, void *&given, size_t &) { address = given = nullptr; });
}

cufftResult cufftXtSetCallbackSharedSize(cufftHandle handle, cufftXtCallbackType type, size_t bytes) {
  return withCallback(handle, type, "cufftXtSetCallbackSharedSize with half, bfloat16 or several devices",
                      [=](void *&, void *&, size_t &shared) { shared = bytes; });
}
