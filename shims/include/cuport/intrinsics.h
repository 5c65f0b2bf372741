// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The primitives that device headers are written on, and the only things that a kernel asks of whoever runs it.
//
//   CUDA's device functions (headers)  ->  these  ->  the pass plugin  ->  a loop over threads, or calls of the scheduler
//
// They are declared, never defined: shims/passes replaces every call. All of them are pure in the sense of C (no hidden
// state but the thread's own place), and those marked "together" are collective: every thread named by the mask, or of the
// block, takes part.
//
// Values travel as 64 bits; the headers pack and unpack. Lanes are numbered from 0; a mask has bit L for lane L, so a
// warp has at most 128 lanes and masks of two words where CUPORT_WARP is 128: `mask` names lanes of the caller's group of
// 64, and ~0ull means all lanes of the warp; where some of them wait elsewhere, those that are here together, which is
// what HIP's __shfl and CUDA's of old do.

#ifndef CUPORT_INTRINSICS_H
#define CUPORT_INTRINSICS_H

#define CUPORT_INTRINSIC extern "C" __attribute__((device, nothrow))

// Where a thread is. dimension: 0 x, 1 y, 2 z; always a constant.
CUPORT_INTRINSIC unsigned __cuport_thread_idx(int dimension) __attribute__((const));
CUPORT_INTRINSIC unsigned __cuport_block_idx(int dimension) __attribute__((const));
CUPORT_INTRINSIC unsigned __cuport_block_dim(int dimension) __attribute__((const));
CUPORT_INTRINSIC unsigned __cuport_grid_dim(int dimension) __attribute__((const));
CUPORT_INTRINSIC unsigned __cuport_warp_size() __attribute__((const));      ///< 32, 64 or 128
CUPORT_INTRINSIC unsigned __cuport_lane() __attribute__((const));           ///< 0 ... warp size - 1
CUPORT_INTRINSIC unsigned __cuport_dynamic_shared_size() __attribute__((const)); ///< bytes
CUPORT_INTRINSIC void *__cuport_dynamic_shared() __attribute__((const));    ///< what extern __shared__ arrays begin at
CUPORT_INTRINSIC void *__cuport_shared_base() __attribute__((const));       ///< where the block's shared memory begins

// Together, the block. A barrier id above 0 with a count is bar.sync id, count.
CUPORT_INTRINSIC void __cuport_barrier(unsigned id, unsigned count);        ///< count 0: all threads that have not ended
enum { CUPORT_BARRIER_COUNT, CUPORT_BARRIER_AND, CUPORT_BARRIER_OR };
CUPORT_INTRINSIC int __cuport_barrier_reduce(int operation, int predicate); ///< __syncthreads_count and its kin

// Together, the grid (cooperative launches).
CUPORT_INTRINSIC void __cuport_grid_barrier();

// Together, the lanes of mask.
CUPORT_INTRINSIC void __cuport_warp_barrier(unsigned long long mask);       ///< 0: those that are there
enum { CUPORT_SHUFFLE_INDEX, CUPORT_SHUFFLE_UP, CUPORT_SHUFFLE_DOWN, CUPORT_SHUFFLE_XOR };
/// CUDA's rules: the warp is cut in sections of `width` lanes; a source outside the section leaves the value as it is. A source
/// that is not there, which CUDA leaves undefined, gives 0.
CUPORT_INTRINSIC unsigned long long __cuport_shuffle(unsigned long long mask, unsigned long long value, int kind,
                                                     int operand, int width);
/// The same, and whether the source lane was inside the section: shfl's predicate.
CUPORT_INTRINSIC int __cuport_shuffle_inside(int kind, int operand, int width);
enum { CUPORT_VOTE_BALLOT, CUPORT_VOTE_ALL, CUPORT_VOTE_ANY, CUPORT_VOTE_UNIFORM };
CUPORT_INTRINSIC unsigned long long __cuport_vote(unsigned long long mask, int kind, int predicate);
/// The lanes of mask that have the same value; all: mask if every lane has it, else 0.
CUPORT_INTRINSIC unsigned long long __cuport_match(unsigned long long mask, unsigned long long value, int all);
enum { CUPORT_REDUCE_ADD, CUPORT_REDUCE_MIN, CUPORT_REDUCE_MAX, CUPORT_REDUCE_UMIN, CUPORT_REDUCE_UMAX, CUPORT_REDUCE_AND,
       CUPORT_REDUCE_OR, CUPORT_REDUCE_XOR };
CUPORT_INTRINSIC unsigned long long __cuport_reduce(unsigned long long mask, unsigned long long value, int operation);
/// The lanes of the warp that are at this place together with the caller.
CUPORT_INTRINSIC unsigned long long __cuport_active_mask();

enum { CUPORT_SPACE_OTHER, CUPORT_SPACE_SHARED, CUPORT_SPACE_LOCAL, CUPORT_SPACE_PARAMETER };
/// Which memory the address is of: the block's shared, a thread's own, the launch's arguments, or any other.
CUPORT_INTRINSIC int __cuport_address_space(const void *pointer);

// Ends. The file and line of __cuport_trap come from the call's debug location.
CUPORT_INTRINSIC void __cuport_trap() __attribute__((noreturn));
CUPORT_INTRINSIC void __cuport_exit() __attribute__((noreturn));            ///< this thread only, PTX exit
CUPORT_INTRINSIC void __cuport_assert_failed(const char *condition, const char *file, unsigned line,
                                             const char *function) __attribute__((noreturn));

// Plain calls of the runtime, not collective: libcuport-rt defines them. The plugin cuts `block` where threads sleep and leaves the others.
CUPORT_INTRINSIC unsigned long long __cuport_clock();                       ///< ticks that grow, about one a nanosecond
CUPORT_INTRINSIC void __cuport_nanosleep(unsigned nanoseconds);             ///< lets others go first: who waits in a loop for
                                                                            ///< another thread calls it
CUPORT_INTRINSIC int __cuport_is_constant(const void *pointer);            ///< of a __constant__ variable
CUPORT_INTRINSIC void *__cuport_device_malloc(unsigned long long size);
CUPORT_INTRINSIC void __cuport_device_free(void *pointer);

#endif
