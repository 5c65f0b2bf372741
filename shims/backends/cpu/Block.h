/* SPDX-FileCopyrightText: the cuport authors
   SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */

/* The state of a block and of a thread that compiled kernels read, and the functions that they call.

     kernel, as the plugin compiled it  --reads-->   cuport_self -> cuport_thread -> cuport_block
                                        --calls-->   cuport_self -> block -> scheduler -> barrier, shuffle ...

   shims/passes knows the offsets below; a field that moves changes CUPORT_IMAGE_VERSION. The structs are the front part of
   larger ones of the backend's; kernels change nothing in them. */

#ifndef CUPORT_BLOCK_H
#define CUPORT_BLOCK_H

#include "../../runtime/KernelImage.h"

#ifdef __cplusplus
extern "C" {
#endif

struct cuport_scheduler;
struct cuport_regions;
struct cuport_point;

/* Where a collective stands in the source; a constant in the kernel's object. Two calls are at the same place if file and
   line are equal. */
typedef struct cuport_place {
  const char *file;     /* "" without debug locations */
  const char *function; /* as people know it, demangled; "" without */
  uint32_t line;        /* 0 without */
} cuport_place;

/* A shared variable of a function that kernels of other files may call, of which their arenas know nothing. */
typedef struct cuport_shared_variable {
  uint64_t size, alignment; /* bytes */
  uint64_t number;          /* the backend's; 0: none yet */
} cuport_shared_variable;

typedef struct cuport_block {
  uint32_t block_idx[3];
  uint32_t block_dim[3];
  uint32_t grid_dim[3];
  uint32_t thread_count; /* block_dim[0] * block_dim[1] * block_dim[2] */
  uint32_t warp_size;    /* 32, 64 or 128 */
  uint32_t dynamic_shared_size;
  unsigned char *shared;         /* the arena, aligned to 128: static variables at 0, then dynamic_shared */
  unsigned char *dynamic_shared; /* aligned to 128 */
  const struct cuport_scheduler *scheduler;
  const cuport_kernel *kernel;
  /* For `block`. */
  unsigned char *frames; /* frameBytes() (Grid.h), aligned to 128; what they hold at the begin is undefined */
} cuport_block;

typedef struct cuport_thread {
  uint32_t thread_idx[3];
  uint32_t linear; /* x + dim x * (y + dim y * z) */
  uint32_t lane;   /* linear % warp_size */
  uint32_t reserved;
  cuport_block *block;
} cuport_thread;

/* The thread that runs on this thread of the operating system; null outside of kernels. libcuport-rt defines it.

   In `thread` it is right whenever the kernel runs, and the struct stays where it is as long as the CUDA thread lives: what
   was loaded before a collective still holds after it. A block never changes its thread of the operating system. `block` is
   entered with the first thread of the block in it; whoever runs code there that asks (a device function called through a
   pointer, printf, malloc) sets it before. */
extern __thread cuport_thread *cuport_self __attribute__((tls_model("initial-exec"), visibility("default")));

/* What a kernel calls, with the meaning of shims/include/cuport/intrinsics.h. `thread` may call all of them. In `block` the
   calling code stands for the whole block: barriers of the block and warp collectives are cut away there, the rest may be
   called, grid_barrier once for the block. */
typedef struct cuport_scheduler {
  void (*barrier)(const cuport_place *place, uint32_t id, uint32_t count);
  int32_t (*barrier_reduce)(const cuport_place *place, int32_t operation, int32_t predicate);
  void (*grid_barrier)(const cuport_place *place);
  void (*warp_barrier)(const cuport_place *place, uint64_t mask);
  uint64_t (*shuffle)(const cuport_place *place, uint64_t mask, uint64_t value, int32_t kind, int32_t operand,
                      int32_t width);
  int32_t (*shuffle_inside)(int32_t kind, int32_t operand, int32_t width);
  uint64_t (*vote)(const cuport_place *place, uint64_t mask, int32_t kind, int32_t predicate);
  uint64_t (*match)(const cuport_place *place, uint64_t mask, uint64_t value, int32_t all);
  uint64_t (*reduce)(const cuport_place *place, uint64_t mask, uint64_t value, int32_t operation);
  uint64_t (*active_mask)(const cuport_place *place);
  void (*yield)(void); /* lets others go first, in `block` other blocks: nanosleep, loops that wait for memory */
  /* These do not return. */
  void (*exit)(void);
  void (*trap)(const cuport_place *place);
  void (*assert_failed)(const char *condition, const char *file, uint32_t line, const char *function);
  /* For `block` of kernels that were cut at their collectives; see Regions.h. */
  void (*regions)(const struct cuport_regions *regions, void *const *arguments, cuport_block *block);
  void (*settle)(cuport_block *block, const struct cuport_point *point, uint32_t first, uint32_t count);
  /* The block's memory for the variable; undefined until the block writes it. */
  void *(*shared_variable)(cuport_shared_variable *variable);
  int32_t (*address_space)(const void *pointer); /* as intrinsics.h numbers them */
} cuport_scheduler;

#ifdef __cplusplus
}
#endif
#endif
