// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Sums and the like over the ranks, element by element.

#ifndef CUPORT_LIBS_NCCL_REDUCTION_H
#define CUPORT_LIBS_NCCL_REDUCTION_H

#include <nccl.h>

#include <cstddef>

namespace cuport::nccl {

/// 0 for what is no type.
size_t sizeOf(ncclDataType_t type);

/// An operation as it runs. ncclNumOps is the sum of products of ncclRedOpCreatePreMulSum: each rank's numbers by a factor of its own.
struct Reduction {
  ncclRedOp_t op = ncclSum;
  /// Where the factor is, of the data's type, read when it runs: in device memory; else it is `value`.
  const void *factor = nullptr;
  alignas(8) char value[8] = {};
};

/// What a rank puts in: its numbers, by its factor where the operation has one.
void contribute(const Reduction &how, ncclDataType_t type, void *output, const void *input, size_t count);

/// Reduces \p count numbers of each of \p ranks inputs, in their order, into \p output, which is none of them. All have been contributed. Numbers below float are
/// added in float and rounded once.
void reduce(const Reduction &how, ncclDataType_t type, void *output, size_t count, int ranks, const void *const *inputs);

} // namespace cuport::nccl

#endif
