// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The interface of cuRAND's MTGP32, where all threads of a block draw from one state, a number each. The numbers are those of Philox with
// a key of their own: Mersenne twisters would need a table of parameters a block.
//
//   curandMakeMTGP32KernelState(states, parameters, constants, n, seed)    by the host; the next two are for it, and hold nothing
//   curand(&states[blockIdx.x]) -> 32 bits for each thread of the block, all of which call it   uniform, normal, log_normal, poisson

#ifndef CUPORT_MTGP32_H
#define CUPORT_MTGP32_H

struct curandStateMtgp32 {
  unsigned long long place; // of the next number
  uint2 key;
};
typedef curandStateMtgp32 curandStateMtgp32_t;
struct mtgp32_params_fast {
  int mexp;
};
typedef mtgp32_params_fast mtgp32_params_fast_t;
struct mtgp32_kernel_params {
  int mexp;
};
typedef mtgp32_kernel_params mtgp32_kernel_params_t;

/// The number at `index` behind the state's place; behind it, the place is `n` further. All threads that draw call it.
CUPORT_DEVICE unsigned curand_mtgp32_specific(curandStateMtgp32 *state, unsigned index, unsigned n) {
  unsigned long long place = state->place + index;
  uint4 counter = {static_cast<unsigned>(place >> 2), static_cast<unsigned>(place >> 34), 0, 0x4d544750};
  uint4 four = cuport_philox(counter, state->key);
  __syncthreads();
  if (index == 0)
    state->place += n;
  __syncthreads();
  unsigned numbers[] = {four.x, four.y, four.z, four.w};
  return numbers[place & 3];
}
CUPORT_DEVICE unsigned curand(curandStateMtgp32 *state) {
  return curand_mtgp32_specific(state, threadIdx.x + blockDim.x * (threadIdx.y + blockDim.y * threadIdx.z), blockDim.x * blockDim.y * blockDim.z);
}
CUPORT_DEVICE float curand_mtgp32_single(curandStateMtgp32 *state) { return cuport_unit_float(curand(state)); }
CUPORT_DEVICE float curand_mtgp32_single_specific(curandStateMtgp32 *state, unsigned index, unsigned n) {
  return cuport_unit_float(curand_mtgp32_specific(state, index, n));
}
CUPORT_BY_INVERSE(CUPORT_DEVICE, curandStateMtgp32)

#endif
