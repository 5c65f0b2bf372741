// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Dropout. The state on the device is a seed and how many numbers were drawn; what is kept for the way back is one bit an element.

#include "Dropout.h"

using namespace cuport;
using namespace cuport::dnn;

CUPORT_DESCRIPTOR(Dropout)

uint64_t DropoutState::draw(uint64_t number) const {
  // SplitMix64's output function, of a counter.
  uint64_t z = seed + (drawn + number + 1) * 0x9e3779b97f4a7c15u;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
  return z ^ (z >> 31);
}

cudnnStatus_t cudnnDropoutGetStatesSize(cudnnHandle_t handle, size_t *size) {
  if (!handle || !size)
    return CUDNN_STATUS_BAD_PARAM;
  *size = sizeof(DropoutState);
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnDropoutGetReserveSpaceSize(cudnnTensorDescriptor_t x, size_t *size) {
  if (!isSet(x) || !size)
    return CUDNN_STATUS_BAD_PARAM;
  *size = maskSize(x->count());
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnRestoreDropoutDescriptor(cudnnDropoutDescriptor_t d, cudnnHandle_t handle, float rate, void *states, size_t size,
                                            unsigned long long seed) {
  Call call{handle, "cudnnRestoreDropoutDescriptor"};
  CUPORT_CHECK(call, d && rate >= 0 && rate <= 1);
  if (states && size < sizeof(DropoutState))
    return call.fail(CUDNN_STATUS_INVALID_VALUE);
  d->rate = rate;
  d->seed = seed;
  if (states)
    d->states = static_cast<DropoutState *>(states);
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnSetDropoutDescriptor(cudnnDropoutDescriptor_t d, cudnnHandle_t handle, float rate, void *states, size_t size,
                                        unsigned long long seed) {
  Status status = cudnnRestoreDropoutDescriptor(d, handle, rate, states, size, seed);
  if (status || !states)
    return status;
  return Call{handle, "cudnnSetDropoutDescriptor"}.enqueue([=, to = d->states] { *to = {seed, 0}; });
}

cudnnStatus_t cudnnGetDropoutDescriptor(cudnnDropoutDescriptor_t d, cudnnHandle_t handle, float *rate, void **states,
                                        unsigned long long *seed) {
  if (!d || !handle)
    return CUDNN_STATUS_BAD_PARAM;
  if (rate)
    *rate = d->rate;
  if (states)
    *states = d->states;
  if (seed)
    *seed = d->seed;
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnDropoutForward(cudnnHandle_t handle, const cudnnDropoutDescriptor_t dropout, const cudnnTensorDescriptor_t xDesc,
                                  const void *x, const cudnnTensorDescriptor_t yDesc, void *y, void *reserve, size_t size) {
  Call call{handle, "cudnnDropoutForward"};
  CUPORT_CHECK(call, dropout && dropout->states && isSet(xDesc) && x && isSet(yDesc) && y && reserve && xDesc->count() == yDesc->count() &&
                         xDesc->sameSize(*yDesc) && xDesc->type == yDesc->type && int64_t(size) >= maskSize(xDesc->count()));
  CUPORT_SUPPORT(call, isReal(xDesc));
  return call.enqueue([=, d = *dropout, xt = Tensor(*xDesc), yt = Tensor(*yDesc)] {
    withCalculated(yt.type, [&](auto type) {
      using C = TypeOf<decltype(type)>;
      Input<C> input(xt, x);
      Output<C> output(yt, y, {});
      int64_t count = xt.count();
      auto *mask = static_cast<uint32_t *>(reserve);
      drawMask(d, mask, count);
      applyMask(d, mask, static_cast<const C *>(input), static_cast<C *>(output), count);
      output.store();
    });
  });
}

cudnnStatus_t cudnnDropoutBackward(cudnnHandle_t handle, const cudnnDropoutDescriptor_t dropout, const cudnnTensorDescriptor_t dyDesc,
                                   const void *dy, const cudnnTensorDescriptor_t dxDesc, void *dx, void *reserve, size_t size) {
  Call call{handle, "cudnnDropoutBackward"};
  CUPORT_CHECK(call, dropout && isSet(dyDesc) && dy && isSet(dxDesc) && dx && reserve && dyDesc->sameSize(*dxDesc) &&
                         dyDesc->type == dxDesc->type && int64_t(size) >= maskSize(dyDesc->count()));
  CUPORT_SUPPORT(call, isReal(dyDesc));
  return call.enqueue([=, d = *dropout, yt = Tensor(*dyDesc), xt = Tensor(*dxDesc)] {
    withCalculated(xt.type, [&](auto type) {
      using C = TypeOf<decltype(type)>;
      Input<C> gradient(yt, dy);
      Output<C> output(xt, dx, {});
      applyMask(d, static_cast<const uint32_t *>(reserve), static_cast<const C *>(gradient), static_cast<C *>(output), xt.count());
      output.store();
    });
  });
}
