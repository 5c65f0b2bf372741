// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The numbers that intrinsics.h passes to collectives, under names that a host compiler may see: intrinsics.h itself is device
// code. A test holds the two together.

#ifndef CUPORT_CPU_INTRINSIC_H
#define CUPORT_CPU_INTRINSIC_H

namespace cuport::cpu {

enum { BarrierCount, BarrierAnd, BarrierOr };
enum { ShuffleIndex, ShuffleUp, ShuffleDown, ShuffleXor };
enum { VoteBallot, VoteAll, VoteAny, VoteUniform };
enum { SpaceOther, SpaceShared, SpaceLocal, SpaceParameter };
enum { ReduceAdd, ReduceMin, ReduceMax, ReduceUnsignedMin, ReduceUnsignedMax, ReduceAnd, ReduceOr, ReduceXor };

} // namespace cuport::cpu
#endif
