/* SPDX-FileCopyrightText: the cuport authors
   SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */

/* A kernel cut where threads stop for others, as shims/passes writes it and the backend runs it in `block` mode.

     points[0]              the kernel's begin
     points[k]              a collective: threads have put its operands into their mailbox and wait there; or they sleep
     single(..., k)         one thread from point k to its next one
     lockstep, warp(..., k) threads that are all at k, as far as they agree

   A mailbox is the begin of a thread's part of block->frames, which is one structure of arrays: the field at offset f, of s
   bytes, of thread t is at frames + f * thread_count + t * s. Values that are the same in all threads of a group in lockstep
   are such a field, too: packed, as the thread's point has them. */

#ifndef CUPORT_REGIONS_H
#define CUPORT_REGIONS_H

#include "Block.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum cuport_point_kind {
  CUPORT_POINT_ENTRY, /* no collective: threads pass without waiting */
  CUPORT_POINT_BARRIER,
  CUPORT_POINT_BARRIER_REDUCE,
  CUPORT_POINT_GRID_BARRIER,
  CUPORT_POINT_SLEEP, /* goes on behind the others */
  CUPORT_POINT_WARP_BARRIER, /* from here on, collectives of a warp */
  CUPORT_POINT_SHUFFLE,
  CUPORT_POINT_VOTE,
  CUPORT_POINT_MATCH,
  CUPORT_POINT_REDUCE,
  CUPORT_POINT_ACTIVE_MASK,
} cuport_point_kind;

/* Offsets of the mailbox's fields. */
enum {
  CUPORT_MAILBOX_VALUE = 0,    /* 8 bytes: what the thread gives, then its result */
  CUPORT_MAILBOX_MASK = 8,     /* 8 bytes */
  CUPORT_MAILBOX_OPERAND = 16, /* 4 bytes; a barrier's id */
  CUPORT_MAILBOX_WIDTH = 20,   /* 4 bytes; a barrier's count */
};

/* Operands of a collective that are constants, and so are not in mailboxes. */
enum cuport_given { CUPORT_GIVEN_MASK = 1, CUPORT_GIVEN_OPERAND = 2, CUPORT_GIVEN_WIDTH = 4 };

typedef struct cuport_point {
  uint32_t kind;
  int32_t operation; /* as intrinsics.h numbers them */
  const cuport_place *place;
  uint64_t mask; /* these three: if given */
  int32_t operand;
  int32_t width;    /* 0: the warp's */
  uint32_t given;   /* cuport_given */
  uint32_t uniform; /* bytes of values that are the same in a group that goes on from here in lockstep */
} cuport_point;

/* Instead of the number of a point. */
#define CUPORT_POINT_END 0xffffffffu
#define CUPORT_POINT_APART 0xfffffffeu

typedef struct cuport_regions {
  /* Returns the next point, or CUPORT_POINT_END. */
  uint32_t (*single)(void *const *arguments, cuport_block *block, uint32_t linear, uint32_t point);
  /* The threads first ... first + count - 1 are all at `point`, which is settled, with the same uniform values. Returns the
     point that all have reached and that is not theirs to settle, CUPORT_POINT_END, or CUPORT_POINT_APART: then points[linear]
     says where each is. `warp` also returns a point that is, not settled, when it has settled `turn` in loops. */
  /* Of the block. Where threads have ended, of those with x, y and z less than box[0], box[1] and box[2], which are all that are left; it
     then settles barriers only. */
  uint32_t (*lockstep)(void *const *arguments, cuport_block *block, uint32_t first, uint32_t count, uint32_t point,
                       uint32_t *points, const uint32_t *box);
  uint32_t (*warp)(void *const *arguments, cuport_block *block, uint32_t first, uint32_t count, uint32_t point,
                   uint32_t *points, uint32_t turn); /* of a full warp of 32, part of one row of x; null without collectives of warps */
  const cuport_point *points;
  uint32_t point_count;
  uint32_t uniform_offset, uniform_size; /* of the field of uniform values */
} cuport_regions;

#ifdef __cplusplus
}
#endif
#endif
