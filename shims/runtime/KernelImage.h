/* SPDX-FileCopyrightText: the cuport authors
   SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */

/* What one compiled source file brings: its kernels and device variables, as the pass plugin writes them and the runtime
   reads them.

     a.cu --device half, plugin--> kernels as functions + one cuport_image, registered by a constructor
     a.cu --host half, clang-->    stubs, __hipRegisterFunction(handle, stub, device name) and __hipRegisterVar

   The runtime joins the two by device name (the mangled name), within a unit first: two files may each have a static kernel or,
   without -rdc, a __device__ variable of one name. A unit's name is what clang makes of -cuid, which
   cuport-cc gives both halves; the device half finds it in the global __hip_cuid_<name>, and the host half's fat binary is
   "cuport:<name>" and a zero byte (the third word of what __hipRegisterFatBinary is given points to it). A managed variable's
   row is its data; in the host half the registered pointer is to be set to it. Names are the plugin's to choose inside the object; in an
   image they are as the host half spells them. All pointers live as long as the object is loaded. */

/* A layout is a type as a row of scalars, for whoever compares memory: "12@0f4@4f4@8i4" is 12 bytes, with a float at 0 and 4 and a
   signed integer of 4 bytes at 8. Scalars are i and u of 1, 2, 4 or 8 bytes, f of 2, 4 or 8, b2 (bfloat16) and p8 (a pointer).
   What stands between them is padding. */

#ifndef CUPORT_KERNELIMAGE_H
#define CUPORT_KERNELIMAGE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { CUPORT_IMAGE_VERSION = 7 };

struct cuport_block; /* the block that runs; see backends/cpu/Block.h */

enum cuport_kernel_flags {
  CUPORT_KERNEL_BARRIERS = 1,       /* reaches a block barrier */
  CUPORT_KERNEL_WARP = 2,           /* reaches a warp collective */
  CUPORT_KERNEL_GRID_BARRIER = 4,   /* reaches a grid barrier */
  CUPORT_KERNEL_DYNAMIC_SHARED = 8, /* has extern __shared__ arrays */
  CUPORT_KERNEL_WAITS = 16,         /* may wait for what the host or another thread writes: a loop around a volatile or atomic
                                       access, nanosleep, or a call of what is not known */
};

typedef struct cuport_kernel {
  const char *name;               /* mangled device name */
  const char *file;               /* where it is defined; "" without debug locations */
  uint32_t line;                  /* 0 without */
  uint32_t flags;                 /* cuport_kernel_flags */
  /* One CUDA thread from begin to end; collectives call the scheduler. Always there. */
  void (*thread)(void *const *arguments);
  /* All threads of one block, cut at collectives. Null where that cannot be done (then `thread` runs on fibers). */
  void (*block)(void *const *arguments, struct cuport_block *block);
  const uint32_t *parameter_sizes; /* bytes; arguments[i] points to so many */
  const uint32_t *parameter_offsets; /* where each stands in a buffer that holds them one behind the other, aligned as C has it */
  uint32_t parameter_count;
  uint32_t static_shared;         /* bytes of __shared__ variables, part of the block's arena */
  uint32_t frame;                 /* bytes a thread keeps across collectives, for `block` */
  uint32_t max_threads;           /* __launch_bounds__, 0 without */
  uint32_t architecture;          /* __CUDA_ARCH__ as it was compiled; 0 where it had none */
  /* parameter_count layouts (see below); of a pointer '*' and the layout of what it points to. Null, or "?" for one: not known. */
  const char *const *parameter_types;
} cuport_kernel;

enum cuport_variable_flags {
  CUPORT_VARIABLE_CONSTANT = 1,
  CUPORT_VARIABLE_MANAGED = 2,
};

typedef struct cuport_variable {
  const char *name;
  void *address; /* of the device's copy */
  size_t size;   /* bytes */
  uint32_t flags;
  const char *type; /* a layout, repeated to fill size; null or "?": not known */
} cuport_variable;

typedef struct cuport_image {
  uint32_t version; /* CUPORT_IMAGE_VERSION */
  uint32_t kernel_count;
  uint32_t variable_count;
  const cuport_kernel *kernels;
  const cuport_variable *variables;
  const char *unit; /* "" for an image without a host half, such as a module's */
} cuport_image;

/* Called by the constructor and destructor that the plugin writes. The same name may come from several images (templates);
   the unit's own wins, then the first. */
void cuport_register_image(const cuport_image *image);
void cuport_unregister_image(const cuport_image *image);

#ifdef __cplusplus
}
#endif
#endif
