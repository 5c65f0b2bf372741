// A CUDA source is compiled twice, as HIP for this processor, and ld -r makes one object of both.

// RUN: %cuport-cc --dryrun -c %s -o %t.o -O2 -I inc -DFOO=1 2>&1 | FileCheck %s
// CHECK: clang++{{.*}} -Iinc -DFOO=1 -fpass-plugin={{.*}}cuport-indices.so -isystem {{.*}}/include/cuport{{.*}} -x hip --cuda-host-only
// CHECK-SAME: -cuid=[[UNIT:[0-9a-f]+]] {{.*}}-U__HIP__ -U__HIPCC__ -D__CUDACC__=1 -D__NVCC__=1
// CHECK-SAME: -include cuda_runtime.h -Xclang -fcuda-include-gpubinary
// CHECK-NOT: -D__CUDA_ARCH__=
// CHECK-SAME: -O2 -c {{.*}}halves.cu -o [[HOST:.*host.o]]
// CHECK: clang++{{.*}} -cuid=[[UNIT]]{{.*}} -Xclang -fcuda-is-device {{.*}}-fpass-plugin={{.*}}cuport-kernels.so
// CHECK-SAME: -D__CUDA_ARCH__=750 -mllvm -cuport-arch=750 -O2 -march=native -ffp-contract=fast
// CHECK-SAME: -o [[DEVICE:.*device.o]]
// CHECK: ld.lld -r [[HOST]] [[DEVICE]] -o {{.*}}.o
// CHECK-NOT: {{.}}

// The same file as HIP keeps HIP's macros.
// RUN: %cuport-cc --dryrun -x hip -c %s 2>&1 | FileCheck %s --check-prefix=HIP --implicit-check-not=-U__HIP
// RUN: %toolkit/bin/hipcc --dryrun -c %s 2>&1 | FileCheck %s --check-prefix=HIP --implicit-check-not=-U__HIP
// HIP: -D__HIP_PLATFORM_AMD__=1 {{.*}}-include hip/hip_runtime.h

// Kernels are optimised whether the host is or not, but not with -G.
// RUN: %cuport-cc --dryrun -c %s 2>&1 | FileCheck %s --check-prefix=PLAIN
// PLAIN: -fcuda-include-gpubinary
// PLAIN-NOT: -O
// PLAIN: -fcuda-is-device {{.*}} -O3
// RUN: %cuport-cc --dryrun -c -G %s 2>&1 | FileCheck %s --check-prefix=DEBUG
// DEBUG: -fcuda-is-device {{.*}} -O0 -g
// RUN: %cuport-cc --dryrun -c -O0 -g %s 2>&1 | FileCheck %s --check-prefix=SLOW
// SLOW: -fcuda-is-device {{.*}} -O0

// -rdc=true: device code is linked across files.
// RUN: %cuport-cc --dryrun -dc %s 2>&1 | FileCheck %s --check-prefix=RDC
// RUN: %cuport-cc --dryrun -c -rdc=true %s 2>&1 | FileCheck %s --check-prefix=RDC
// RUN: %cuport-cc --dryrun -c --relocatable-device-code true %s 2>&1 | FileCheck %s --check-prefix=RDC
// RDC: -fgpu-rdc {{.*}}-D__CUDACC_RDC__=1 {{.*}}cuport/separate_unit.h
// RDC: -fgpu-rdc {{.*}}-mllvm -cuport-rdc
// RUN: %cuport-cc --dryrun -c -rdc=false %s 2>&1 | FileCheck %s --check-prefix=WHOLE
// WHOLE-NOT: rdc
