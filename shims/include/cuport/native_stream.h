/* SPDX-FileCopyrightText: the cuport authors
   SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */

/* For a program of which cuport has the host's side on a card, and which launches the vendor's own kernels or library functions
   beside it: device pointers are the vendor's, and a stream has a handle of the vendor's. */

#ifndef CUPORT_NATIVE_STREAM_H
#define CUPORT_NATIVE_STREAM_H

#include <cuda_runtime_api.h>

#ifdef __cplusplus
extern "C" {
#endif

/* *native becomes the aclrtStream, cnrtQueue_t, topsStream_t or XPUStream of the stream, 0 being the default one, and its device
   the thread's for the vendor's calls, too. What is put in it now runs after what is in the stream and before what comes next.
   Ask again before each use: of a blocking stream the default stream's order depends on it. The handle goes with the stream.
   cudaErrorNotSupported: the backend is no card's. */
cudaError_t cuportStreamGetNative(cudaStream_t stream, void **native);

#ifdef __cplusplus
}
#endif
#endif
