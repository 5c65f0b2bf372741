// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What CUDA_API_PER_THREAD_DEFAULT_STREAM makes of an API: in a file compiled with it, stream 0 is
// the calling thread's. CUDA exports a second symbol of each function for that; here a macro leads
// to an inline function that says which stream is meant:
//
//   cudaMemcpyAsync(..., stream)  ->  cudaMemcpyAsync_ptsz: stream 0 becomes cudaStreamPerThread
//   cudaMemcpy(...)               ->  cudaMemcpy_ptds: cudaMemcpyAsync(..., cudaStreamPerThread),
//   then waits for it

#ifndef CUPORT_TOOLS_CUPORT_GEN_PERTHREADSTREAM_H
#define CUPORT_TOOLS_CUPORT_GEN_PERTHREADSTREAM_H

#include "HostApi.h"

namespace cuport::gen {

/// The inline functions and macros, for C and C++; they go behind the declarations of the symbols.
std::string perThreadStream(const HostApi &Api);

} // namespace cuport::gen

#endif
