// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Nodes of graphs as the driver API describes them, in the runtime's structs.

#ifndef CUPORT_RUNTIME_DRIVERGRAPH_H
#define CUPORT_RUNTIME_DRIVERGRAPH_H

#include "Driver.h"

namespace cuport {

/// Of CUDA_KERNEL_NODE_PARAMS and its versions.
template <class Parameters>
cudaKernelNodeParams plain(const Parameters &p)
  requires requires { p.kernelParams; }
{
  void *function = p.func ? static_cast<void *>(p.func) : static_cast<void *>(p.kern);
  return {function,
          {p.gridDimX, p.gridDimY, p.gridDimZ},
          {p.blockDimX, p.blockDimY, p.blockDimZ},
          p.sharedMemBytes,
          p.kernelParams,
          p.extra};
}

/// Of CUDA_MEMSET_NODE_PARAMS and its versions.
template <class Parameters>
cudaMemsetParams plain(const Parameters &p)
  requires requires { p.elementSize; }
{
  return {pointerOf(p.dst), p.pitch, p.value, p.elementSize, p.width, p.height};
}

inline cudaHostNodeParams plain(const CUDA_HOST_NODE_PARAMS &p) { return {p.fn, p.userData}; }

cudaMemcpy3DParms plain(const CUDA_MEMCPY3D &parameters);

} // namespace cuport

#endif
