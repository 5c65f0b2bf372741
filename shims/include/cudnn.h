// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuDNN for C and C++; docs/ShimLibraries.md says what there is. Link with -lcudnn.

#ifndef CUPORT_CUDNN_H
#define CUPORT_CUDNN_H

// Code asks by this name whether the header is in.
#define CUDNN_H_

#include <cuda_runtime_api.h>
#include <library_types.h>
#include <stddef.h>
#include <stdint.h>

#ifndef CUDNNWINAPI
#define CUDNNWINAPI
#endif

#include <cuport/cudnn_api.h>

#define CUDNN_STATUS_FULL_ERROR_CODE(category, specific) ((cudnnStatus_t)((category) + (specific)))
#define CUDNN_STATUS_CATEGORY(status) ((status) / 1000 * 1000)
#define CUDNN_STATUS_SPECIFIC_ERROR(status) ((status) % 1000)

#define CUDNN_DIM_MAX 8
#define CUDNN_BN_MIN_EPSILON 0.0
#define CUDNN_LRN_MIN_N 1
#define CUDNN_LRN_MAX_N 16
#define CUDNN_LRN_MIN_K 1e-5
#define CUDNN_LRN_MIN_BETA 0.01
#define CUDNN_SEQDATA_DIM_COUNT 4
#define CUDNN_RNN_PADDED_IO_DISABLED 0
#define CUDNN_RNN_PADDED_IO_ENABLED 1u
#define CUDNN_ATTN_QUERYMAP_ALL_TO_ONE 0
#define CUDNN_ATTN_QUERYMAP_ONE_TO_ONE 1u
#define CUDNN_ATTN_DISABLE_PROJ_BIASES 0
#define CUDNN_ATTN_ENABLE_PROJ_BIASES 2u
#define CUDNN_ATTN_WKIND_COUNT 8
#define CUDNN_SEV_ERROR_EN (1u << CUDNN_SEV_ERROR)
#define CUDNN_SEV_WARNING_EN (1u << CUDNN_SEV_WARNING)
#define CUDNN_SEV_INFO_EN (1u << CUDNN_SEV_INFO)

#endif
