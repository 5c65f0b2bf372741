// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Thread block clusters. cuport launches every block as a cluster of its own, and says so here; shared memory of a block
// that is not there is a trap.

#ifndef CUPORT_CLUSTER_FUNCTIONS_H
#define CUPORT_CLUSTER_FUNCTIONS_H

#include <cuport/builtin_variables.h>

CUPORT_DEVICE unsigned __clusterDimIsSpecified() { return 0; }
CUPORT_DEVICE dim3 __clusterDim() { return dim3(1, 1, 1); }
CUPORT_DEVICE dim3 __clusterRelativeBlockIdx() { return dim3(0, 0, 0); }
CUPORT_DEVICE unsigned __clusterRelativeBlockRank() { return 0; }
CUPORT_DEVICE dim3 __clusterGridDimInClusters() { return gridDim; }
CUPORT_DEVICE dim3 __clusterIdx() { return blockIdx; }
CUPORT_DEVICE unsigned __clusterSizeInBlocks() { return 1; }
CUPORT_DEVICE void __cluster_barrier_arrive() {}
CUPORT_DEVICE void __cluster_barrier_arrive_relaxed() {}
CUPORT_DEVICE void __cluster_barrier_wait() { __cuport_barrier(0, 0); }
CUPORT_DEVICE void __threadfence_cluster() { __atomic_thread_fence(__ATOMIC_SEQ_CST); }
CUPORT_DEVICE unsigned __cluster_query_shared_rank(const void *) { return 0; }
CUPORT_DEVICE void *__cluster_map_shared_rank(const void *address, unsigned rank) {
  if (rank != 0)
    __cuport_trap();
  return const_cast<void *>(address);
}

#endif
