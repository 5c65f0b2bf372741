// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Code that counts on the lanes of a warp going in step, as they did before Volta, without barriers between them:
//
//   volatile int *data = shared;
//   data[i] += data[i + 16];          data[i] += data[i + 16];   barrier
//   data[i] += data[i + 8];     ->    data[i] += data[i + 8];    barrier        (a barrier of the warp, also before each store)
//
// It says `volatile`, since the compiler must keep every access. CUDA promises nothing for it any more, but cards mostly do it.
//
// And code in which a warp writes and one lane says so to other warps:
//
//   node[lane] = value;                                __threadfence();   barrier
//   __threadfence();                          ->       if (lane == 0)
//   if (lane == 0) atomicExch(lock, 0);                  atomicExch(lock, 0);
//                                                      barrier
//
// At the second barrier the warp holds no lock. Without it, a warp that tries for two locks in turns would hold one of them wherever its
// turn ends, and so might another warp hold the other one, for ever.

#ifndef CUPORT_PASSES_WARPSTEPS_H
#define CUPORT_PASSES_WARPSTEPS_H

#include "Kernels.h"

namespace cuport {

/// Puts barriers of the warp around K's own volatile stores to shared memory. Not in kernels in which a thread waits for another
/// one's store, which these would hold up, nor under a sanitizer, which is to see what the program says.
void keepWarpsInStep(Kernel &K);

/// Puts a barrier of the warp behind each fence behind which threads part by who they are, and where they meet again. Before LLVM's
/// passes, which make one branch of several. Not under a sanitizer.
void keepFencesInStep(llvm::Module &M);

} // namespace cuport

#endif
