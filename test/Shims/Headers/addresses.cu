// The name of an entry point without a call is one function, also where calls of it may have the form of CUDA 13, too.

// RUN: %cuport-cc -std=c++17 %s -o %t && %t | FileCheck %s

#include <cstdio>
#include <cuda.h>
#include <type_traits>

static constexpr auto addNode = cuGraphAddNode;
static constexpr auto advise = &cuMemAdvise;
static constexpr auto prefetch = cudaMemPrefetchAsync;
static_assert(std::is_same_v<decltype(&cuGraphAddNode), CUresult (*)(CUgraphNode *, CUgraph, const CUgraphNode *, size_t, CUgraphNodeParams *)>);
static_assert(std::is_same_v<decltype(cuCtxCreate) *, CUresult (*)(CUcontext *, unsigned int, CUdevice)>);

template <class Function, class... Arguments> static auto called(Function *function, Arguments... arguments) { return function(arguments...); }

int main() {
  void *known[] = {(void *)cuStreamGetCaptureInfo, (void *)&cuGraphGetEdges, reinterpret_cast<void *>(cuGraphInstantiate), (void *)cudaGraphAddDependencies};
  for (void *each : known)
    if (!each)
      std::printf("no address\n");
  void *managed;
  cudaMallocManaged(&managed, 64);
  // CHECK: 0 0 0
  std::printf("%d %d %d\n", prefetch(managed, 64, 0, nullptr), advise(CUdeviceptr(managed), 64, CU_MEM_ADVISE_SET_READ_MOSTLY, 0),
              called(cuMemAdvise, CUdeviceptr(managed), 64, CU_MEM_ADVISE_UNSET_READ_MOSTLY, 0));
  // Calls have both forms.
  cudaMemLocation place = {cudaMemLocationTypeDevice, 0};
  CUmemLocation driverPlace = {CU_MEM_LOCATION_TYPE_DEVICE, 0};
  // CHECK-NEXT: 0 0 0
  std::printf("%d %d %d\n", cudaMemPrefetchAsync(managed, 64, place, 0, nullptr), cudaMemPrefetchAsync(managed, 64, 0, nullptr),
              cuMemAdvise(CUdeviceptr(managed), 64, CU_MEM_ADVISE_SET_READ_MOSTLY, driverPlace));
  // Without parameters it is refused.
  // CHECK-NEXT: 1
  std::printf("%d\n", addNode(nullptr, nullptr, nullptr, 0, nullptr));
}
