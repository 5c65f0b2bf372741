// Ballots and shuffles give each lane that keeps its number a place. Mistakes: the place of one too many; all lanes take the place of the first.
// REQUIRES: sanitizers
// RUN: %check-address
// RUN: %check-thread
// RIGHT: {{^}}0 of {{[0-9]+}} wrong, no error
// OUTSIDE: AddressSanitizer: heap-buffer-overflow
// RACE: ThreadSanitizer: data race

#include "Checked.h"

__global__ void keepOdd(const int *in, int *out, int *used, Mistake mistake) {
  const int i = blockIdx.x * blockDim.x + threadIdx.x, lane = threadIdx.x % 32;
  const bool keep = in[i] % 2;
  const unsigned kept = __ballot_sync(0xffffffff, keep);
  int first = 0;
  if (lane == 0)
    first = atomicAdd(used, __popc(kept));
  first = __shfl_sync(0xffffffff, first, 0);
  int place = first + __popc(kept & ((1u << lane) - 1)) + (mistake == Outside);
  if (mistake == Race)
    place = 0;
  if (keep)
    out[place] = 1; // OUTSIDE: compaction.cu:[[@LINE]]
} // RACE-COUNT-2: compaction.cu:[[@LINE-1]]

int main(int argc, char **argv) {
  int *in = counted(128), *out = counted(64), *used = counted(1);
  keepOdd<<<2, 64>>>(in, out, used, mistakeOf(argc, argv));
  compare(out, 64, [](int) { return 1; });
  compare(used, 1, [](int) { return 64; });
  cudaFree(in);
}
