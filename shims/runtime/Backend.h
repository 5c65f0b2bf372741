/* SPDX-FileCopyrightText: the cuport authors
   SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */

/* What a backend gives: one table of C functions, and nothing else is asked of it.

     cudaMemcpy2DAsync, cuLaunchKernel, ...     CUDA's API: checks, error state, handles, null-stream rules, graphs
       libcuport-rt.so                          loads lib/cuport/libcuport-backend-<CUPORT_BACKEND>.so beside itself
         cuport_backend_table()                 this table: devices, memory, queues, events, copies, launches

   Everything that can be said in terms of the table stays in the runtime, so a backend is small. The runtime checks what
   CUDA checks before it calls: a backend may trust pointers, sizes and handles, and answers only for what it alone knows.

   Handles are opaque and the backend's own. Every function may be called from any thread, several at once, also for the same
   queue. Status codes are cudaError_t's numbers: 0 is success, 801 is "not supported". An entry that a backend does not
   have is a function that returns 801, never a null pointer. No function throws, prints or ends the process.

   A backend keeps no state that a destructor ends: a process may exit while kernels run, and then they simply stop. */

#ifndef CUPORT_BACKEND_H
#define CUPORT_BACKEND_H

#include "KernelImage.h"

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { CUPORT_BACKEND_VERSION = 4 };

typedef int cuport_status; /* cudaError_t's numbers */

typedef struct cuport_queue cuport_queue;
typedef struct cuport_event cuport_event;

typedef struct cuport_size3 {
  uint32_t x, y, z;
} cuport_size3;

/* What a device is, as far as only the backend knows. The runtime makes cudaDeviceProp and all attributes of it; a user's
   CUPORT_DEVICE may then say otherwise, except for warp_size, which is the backend's alone (CUPORT_WARP). */
typedef struct cuport_device_properties {
  char name[256];
  uint64_t total_memory;           /* bytes */
  uint64_t l2_cache;               /* bytes */
  uint32_t multiprocessors;        /* blocks that run at once on a CPU: its threads */
  uint32_t warp_size;              /* 32, 64 or 128 */
  uint32_t max_threads_per_block;
  uint32_t max_threads_per_multiprocessor;
  uint32_t max_shared_per_block;   /* bytes a launch may ask for, static and dynamic together */
  uint32_t clock_khz;
  uint32_t memory_clock_khz;
  uint32_t memory_bus_width;       /* bits */
  uint32_t cooperative_launch;     /* 1: grid barriers work */
  uint32_t host_shares_memory;     /* 1: the host may touch what CUPORT_MEMORY_DEVICE gives */
} cuport_device_properties;

enum cuport_memory_kind {
  CUPORT_MEMORY_DEVICE = 0,  /* reached by kernels, copies and fills; by the host only where host_shares_memory */
  CUPORT_MEMORY_HOST = 1,    /* pinned: reached by host and kernels at the same address */
  CUPORT_MEMORY_MANAGED = 2, /* the same, and a copy may name it as either side */
};

/* A box of bytes. A row is `width` bytes; rows are `pitch` apart, slices `slice` apart. 1D: height = depth = 1, and pitches
   mean nothing. Overlapping source and destination are allowed for 1D and give what memmove gives. */
typedef struct cuport_copy {
  void *destination;
  const void *source;
  size_t width, height, depth; /* bytes, rows, slices; none is 0 */
  size_t destination_pitch, destination_slice;
  size_t source_pitch, source_slice;
  uint32_t destination_kind, source_kind; /* cuport_memory_kind; HOST also for memory that the runtime never saw */
} cuport_copy;

/* Sets a box of elements of 1, 2 or 4 bytes to the low bytes of value. */
typedef struct cuport_fill {
  void *destination;
  uint32_t value;
  uint32_t element_size;
  size_t width, height, depth; /* elements, rows, slices; none is 0 */
  size_t pitch, slice;         /* bytes */
} cuport_fill;

enum cuport_launch_flags {
  CUPORT_LAUNCH_COOPERATIVE = 1, /* all blocks are alive together; the runtime has checked that they fit */
};

typedef struct cuport_launch {
  const cuport_kernel *kernel;
  cuport_size3 grid, block; /* checked: no 0, inside the limits */
  uint32_t dynamic_shared;  /* bytes */
  uint32_t flags;
  /* kernel->parameter_count pointers. The backend copies what they point to before launch() returns. */
  void *const *arguments;
} cuport_launch;

enum cuport_event_flags {
  CUPORT_EVENT_NO_TIMING = 1,
  CUPORT_EVENT_BLOCKING = 2, /* event_synchronize sleeps rather than spins */
};

typedef void (*cuport_host_function)(void *data);

/* One round of a queue's `repeat`: puts what the round does in `inner` and says in *again whether
   to ask for another one when that has ended. With *again 0 it has put nothing there. A status
   other than 0 ends the rounds and is the device's fault. */
typedef cuport_status (*cuport_round)(void *data, cuport_queue *inner, int *again);

typedef struct cuport_backend {
  uint32_t version; /* CUPORT_BACKEND_VERSION */
  uint32_t size;    /* sizeof(cuport_backend) */
  const char *name; /* "cpu" */

  /* ---- devices: numbered from 0; the number never changes ---- */
  cuport_status (*device_count)(int *count);
  cuport_status (*device_properties)(int device, cuport_device_properties *properties);
  /* 0, or what a kernel that faulted on the device left behind (700 illegal address, 710 assert, 719 launch failure ...). From
     the fault on, work queued for the device is dropped and queue_synchronize, queue_query, event_synchronize and event_query
     return it, until device_reset. Must be cheap: the runtime asks in every call. May be null, as the
     one entry, where nothing runs that could fault. */
  cuport_status (*device_fault)(int device);
  /* Waits for what runs, drops what waits, forgets a fault. Queues and events stay valid; memory is freed by the runtime. */
  cuport_status (*device_reset)(int device);

  /* ---- memory ---- */
  /* At least 512 bytes aligned (CUDA says 256). size is not 0. 2: out of memory, and the backend still works. */
  cuport_status (*allocate)(int device, uint32_t kind, size_t size, void **pointer);
  /* Does not wait: the runtime has made sure that nothing uses it. */
  cuport_status (*free)(int device, uint32_t kind, void *pointer);
  cuport_status (*memory_info)(int device, size_t *free, size_t *total);
  /* Makes the host's own memory reachable for kernels at the same address, and ends that. */
  cuport_status (*register_host)(void *pointer, size_t size);
  cuport_status (*unregister_host)(void *pointer);

  /* ---- queues: what is put in one runs in that order, nothing before what came earlier has ended ---- */
  /* priority: 0 is normal, less is more urgent; a backend may not care. */
  cuport_status (*queue_create)(int device, int priority, cuport_queue **queue);
  /* Returns at once; what is queued still runs, then the queue goes. */
  cuport_status (*queue_destroy)(cuport_queue *queue);
  /* 0: nothing waits or runs; 600 (not ready): something does; else the device's fault. */
  cuport_status (*queue_query)(cuport_queue *queue);
  /* Waits until all that was queued before the call has ended. */
  cuport_status (*queue_synchronize)(cuport_queue *queue);

  /* The operations. They return when the work is queued; a backend may also do it in the caller's thread where the queue is empty,
     except host functions and launches. What is wrong only when it runs is the device's fault. */
  cuport_status (*copy)(cuport_queue *queue, const cuport_copy *copy);
  cuport_status (*fill)(cuport_queue *queue, const cuport_fill *fill);
  /* Runs it in a thread of the backend. It runs also when the device has a fault, so that what it owns can be freed. */
  cuport_status (*call)(cuport_queue *queue, cuport_host_function function, void *data);
  /* Asks for rounds, in any thread, from when all before it has ended, and what comes behind it
     waits for the last one. None is asked for from a fault on. */
  cuport_status (*repeat)(cuport_queue *queue, cuport_round round, void *data);
  /* Launches are in order but asynchronous: a kernel that waits for the host to write must not stop the host. One that has shown
     to take microseconds may run in the caller's thread. */
  cuport_status (*launch)(cuport_queue *queue, const cuport_launch *launch);

  /* ---- events ---- */
  cuport_status (*event_create)(int device, uint32_t flags, cuport_event **event);
  /* Returns at once, also while it is recorded or waited for; those still take place. */
  cuport_status (*event_destroy)(cuport_event *event);
  /* Replaces what was recorded before. Complete when all that is in the queue before it has ended. */
  cuport_status (*event_record)(cuport_event *event, cuport_queue *queue);
  /* What is queued after this runs after the record that is the latest at the time of the call; none: no wait. The queues may be
     of different devices. */
  cuport_status (*queue_wait)(cuport_queue *queue, cuport_event *event);
  /* Of the latest record; an event never recorded is complete. 0 or 600 or the fault. */
  cuport_status (*event_query)(cuport_event *event);
  cuport_status (*event_synchronize)(cuport_event *event);
  /* Between the completion of both. 400: one has no timing or was never recorded; 600: one is not complete. */
  cuport_status (*event_elapsed)(cuport_event *start, cuport_event *end, float *milliseconds);

  /* ---- asked by a kernel's thread, through functions of intrinsics.h that the runtime defines ---- */
  /* Lets other threads of the block and other blocks run for about so long. */
  void (*thread_sleep)(uint32_t nanoseconds);
  /* A launch by the calling thread, which is part of its grid: the grid has not ended before it, and what it has written is seen.
     Those of one grid run in the order of their launches, `last` ones after all others. The arguments are copied. */
  cuport_status (*child_launch)(const cuport_launch *launch, int last);
  /* Runs to its end what the caller's block has launched, but for `last` ones. */
  cuport_status (*child_synchronize)(void);

  /* ---- for programs that call the vendor's own functions beside CUDA's ---- */
  /* The vendor's handle of the queue, which stays the backend's. What is put in it behind the backend's back runs in the queue's
     order. */
  cuport_status (*queue_native)(cuport_queue *queue, void **handle);
} cuport_backend;

/* The one symbol that a backend exports. Called once, before anything else; null: the backend cannot work on this machine, and
   *reason is a string that says why. */
const cuport_backend *cuport_backend_table(const char **reason);

#ifdef __cplusplus
}
#endif
#endif
