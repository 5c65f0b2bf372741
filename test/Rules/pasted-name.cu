// Names that macros paste together are changed where the piece stands, if that is right for every use.
// RUN: { %cuport translate %s -o %t 2>%t.err; test $? -eq 1; }
// RUN: %strip %t/pasted-name.cu | FileCheck %s
// RUN: FileCheck %s --input-file=%t.err --check-prefix=WARN --implicit-check-not=warning:

#include <cuda_runtime.h>
// CHECK: #define PASTE(a, b) a##b
#define PASTE(a, b) a##b
// CHECK-NEXT: #define CALL(f) hip##f
#define CALL(f) cuda##f
// CHECK-NEXT: #define TRY(x) do { x; } while (0)
#define TRY(x) do { x; } while (0)
// One use of MIXED makes a name that HIP lacks, so no one piece is right. It is told here once, and at that use.
// CHECK: #define MIXED(f) cuda##f
// WARN: pasted-name.cu:[[#@LINE+1]]:18: warning: 'cuda' is pasted into names at 3 places; 'hip' is right for 2 of 3 names and not for 'cudaDeviceGetNvSciSyncAttributes'; change the macro by hand [pasted-name]
#define MIXED(f) cuda##f

void f(void *p, size_t n) {
  // CHECK: PASTE(hip, Free)(p);
  PASTE(cuda, Free)(p);
  // CHECK-NEXT: CALL(Malloc)(&p, n);
  CALL(Malloc)(&p, n);
  // CHECK-NEXT: TRY(CALL(Free)(p));
  TRY(CALL(Free)(p));
  // CHECK-NEXT: TRY(PASTE(hip, DeviceSynchronize)());
  TRY(PASTE(cuda, DeviceSynchronize)());
  MIXED(DeviceReset)();
  MIXED(DeviceSynchronize)();
  // WARN: pasted-name.cu:[[#@LINE+1]]:3: warning: the macro makes 'cudaDeviceGetNvSciSyncAttributes' out of pieces{{.*}} [pasted-name]
  MIXED(DeviceGetNvSciSyncAttributes)(0, 0, 0);
}

// WARN: pasted-name.cu:[[#@LINE+1]]:19: warning: 'cuda' is pasted into names, and no use of it was seen; change the macro by hand [pasted-name]
#define UNUSED(f) cuda##f
