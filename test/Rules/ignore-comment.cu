// A comment with a reason takes the named rules' findings of its line back, edits included; others stay, and a comment that cannot
// work says so.
// RUN: not %cuport translate %s -o %t/out 2>%t.err
// RUN: FileCheck %s --input-file=%t.err --implicit-check-not=warning:
// RUN: %strip %t/out/ignore-comment.cu | FileCheck %s --check-prefix=OUT
// RUN: not %cuport report %s --format=json | FileCheck %s --check-prefix=JSON
// RUN: not %cuport report %s | FileCheck %s --check-prefix=TEXT

#include <cuda_runtime.h>
// TEXT: 4 places left as the user's comments say
// JSON: "ignored": "rows of 32"
// JSON: "ignored": "ours"

__global__ void kernel(int *out) {
  int lane = threadIdx.x & 31; // cuport-ignore(warp-index): rows of 32
  // CHECK: :[[#@LINE+1]]:27: warning: 'threadIdx.x & 31' {{.*}} [warp-index]
  int again = threadIdx.x & 31; // cuport-ignore(lane-mask): another rule
  /* cuport-ignore(warp-index, api-name): two of them */

  int next = threadIdx.x % 32;
  // CHECK: :[[#@LINE+2]]:27: warning: 'threadIdx.x & 31' {{.*}} [warp-index]
  // CHECK: :[[#@LINE+1]]:49: warning: this comment has no effect, since it gives no reason{{.*}} [ignore-comment]
  int third = threadIdx.x & 31;              // cuport-ignore(warp-index)
  // CHECK: :[[#@LINE+1]]:13: warning: this comment has no effect, since there is no rule 'warp-indx'{{.*}} [ignore-comment]
  int x; // cuport-ignore(warp-indx): misspelt
  // CHECK: :[[#@LINE+1]]:13: warning: this comment has no effect, since it names no rule{{.*}} [ignore-comment]
  int y; // cuport-ignore warp-index
  const char *text = "cuport-ignore(nothing)";
  out[lane] = again + next + third;
}
// OUT: cudaFree(p);
// OUT: hipFree(p);
void host(void *p) {
  cudaFree(p); // cuport-ignore(api-name): ours
  cudaFree(p);
}
