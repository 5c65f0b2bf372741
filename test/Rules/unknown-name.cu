// What looks like CUDA's and has no row is said; what the project declares itself is not.
// RUN: { %cuport translate %s --dry-run 2>%t.err; test $? -eq 1; }
// RUN: FileCheck %s --input-file=%t.err --implicit-check-not=[unknown-name]
// RUN: printf '#include "helpers.h"\nvoid f(int e) { cudaSafeCall(e); }\n' > %t.cu
// RUN: { %cuport translate %t.cu --rules=unknown-name --dry-run 2>%t.err; test $? -eq 1; }
// RUN: FileCheck %s --input-file=%t.err --check-prefix=NO-HEADER
// NO-HEADER: warning: 'cudaSafeCall' looks like {{.*}}; it may be the project's own, of a header that was not found [unknown-name]

#include <cuda_runtime.h>
int cudaMyOwn(int x);
#define cudaCheckMine(x) (x)
void f(void *p) {
  // CHECK: unknown-name.cu:[[#@LINE+1]]:3: warning: 'cudaBrandNewCall' looks like a name of CUDA's {{.*}} [unknown-name]
  cudaBrandNewCall(p);
  // CHECK: unknown-name.cu:[[#@LINE+1]]:3: warning: 'cuBrandNewCall' looks like a name of CUDA's {{.*}} [unknown-name]
  cuBrandNewCall(p);
  int cudaDevices = cudaMyOwn(1) + cudaCheckMine(2);
  float cuData = cudaDevices;
}
#if 0
int later = cudaMyOwn(3) + cuData;
#endif
