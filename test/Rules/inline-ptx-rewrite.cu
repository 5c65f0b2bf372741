// --ptx=rewrite: where a statement stands, what it may hold, and what stays. What the code means is run by test/Shims/Ptx.
// RUN: rm -rf %t && mkdir %t && %strip %s > %t/in.cu
// RUN: { %cuport translate %t/in.cu -o %t/out --ptx=rewrite 2>%t/err; test $? -eq 1; }
// RUN: FileCheck %s --input-file=%t/out/in.cu
// RUN: FileCheck %s --check-prefix=SAID --input-file=%t/err
// Without the option nothing of it changes, and before HIP 6.2 there are no warp functions with masks.
// RUN: { %cuport translate %t/in.cu -o %t/kept > %t/log 2>&1; test $? -eq 1; } && grep -c asm %t/in.cu > %t/asm && grep -c asm %t/kept/in.cu | diff %t/asm -
// RUN: { %cuport translate %t/in.cu -o %t/old --ptx=rewrite --hip-version=6.1 > %t/log 2>&1; test $? -eq 1; } && grep 'asm.*shfl' %t/old/in.cu
// What is written is HIP.
// RUN: %if hip-headers %{ sed '/STAYS/,/GOES ON/d' %t/old/in.cu | grep -v asm > %t/old/part.cu && %clangxx -x hip --offload-arch=gfx90a -nogpulib -fsyntax-only -w -D__HIP_PLATFORM_AMD__ -D__AMDGCN_WAVEFRONT_SIZE=64 --rocm-path=/usr -include hip/hip_runtime.h %t/old/part.cu %}

#define ONE_LINE(r, a) asm("lop3.b32 %0, %1, %2, %3, 0xca;" : "=r"(r) : "r"(a), "r"((a) + 1), "r"(2))
// A parameter of a macro may stand for anything: it is evaluated once, and as a whole.
// CHECK: #define ONE_LINE(r, a) do { const unsigned ptx_in1 = (unsigned)(a); const unsigned ptx_in2 = (unsigned)((a) + 1); (r) = (ptx_in1 & ptx_in2) | (~ptx_in1 & 2u); } while (0)
#define IN_BODY(r, a) asm("popc.b32 %0, %1;" : "=r"(r) : "r"(a));
// CHECK: #define IN_BODY(r, a) { const unsigned ptx_in1 = (unsigned)(a); (r) = (unsigned)__popc(ptx_in1); }

#define SUM a + 1
__device__ unsigned next(const unsigned *p);

__global__ void k(unsigned *u, const unsigned *p, float f) {
  unsigned r, s, a = u[0];
  float *q = (float *)u;
  // Each branch stays one statement.
  if (a) asm("brev.b32 %0, %1;" : "=r"(r) : "r"(a));
  else asm("{ .reg .pred p; setp.ne.u32 p, %1, 0; @p mov.u32 %0, 1; }" : "=r"(r) : "r"(a));
  // CHECK:      if (a) r = __brev((unsigned)a);
  // CHECK-NEXT: else {
  // CHECK:        if (ptx_p) ptx_out0 = 1u;
  // CHECK-NEXT:   r = ptx_out0;
  // CHECK-NEXT: }
  // What an operand does, it does once; a name of ours is no name of the statement's.
  asm("bfe.u32 %0, %1, %2, 4;" : "=r"(r) : "r"(next(p)), "r"(a));
  // CHECK:      const unsigned ptx_in1 = (unsigned)next(p);
  // CHECK:      r = {{.*}}ptx_in1{{.*}};
  asm("shr.u32 %0, %1, 4;" : "=r"(r) : "r"(SUM));
  // CHECK:      const unsigned ptx_in1 = (unsigned)(SUM);
  // CHECK-NEXT: r = ptx_in1 >> 4;
  asm volatile("prefetch.global.L1 [%0];" ::"l"(p));
  // CHECK-NOT: prefetch
  asm volatile("st.global.cs.f32 [%0], %1;" ::"l"(q), "f"(f) : "memory");
  // CHECK: *(float *)q = (float)f;
  asm volatile("shfl.sync.bfly.b32 %0, %1, 1, 31, 0xffffffff;" : "=r"(s) : "r"(a));
  // CHECK: s = __shfl_xor_sync(0xffffffffffffffffull, (unsigned)a, 1, 32);
  // SAID: warning: inline PTX becomes HIP: 'shfl.sync.bfly.b32' ({{.*}}); check 'shfl.sync.bfly.b32': HIP's functions take 64-bit masks{{.*}} [inline-ptx]

  // STAYS
  // CHECK: asm("add.u32 %0, %1, 1;" : "=r"(r) : "0"(a));
  asm("add.u32 %0, %1, 1;" : "=r"(r) : "0"(a));
  // CHECK: asm("addc.u32 %0, %1, 0;"
  asm("addc.u32 %0, %1, 0;" : "=r"(r) : "r"(a));
  // CHECK: asm("add.cc.u32 %0, %1, 1;"
  // SAID: warning: {{.*}}'add.cc.u32' ({{.*}}); the carry goes from statement to statement, {{.*}} [inline-ptx]
  asm("add.cc.u32 %0, %1, 1;" : "=r"(r) : "r"(a));
  // CHECK: asm("{ add.u32 %0, %1, 1; ex2.approx.f32 %2, %3; }"
  asm("{ add.u32 %0, %1, 1; ex2.approx.f32 %2, %3; }" : "=r"(r), "=f"(*q) : "r"(a), "f"(f));
  // CHECK: asm volatile("ld.shared.u32
  asm volatile("ld.shared.u32 %0, [%1];" : "=r"(r) : "r"(a));
  // CHECK: asm("prmt.b32 %0, %1, %2, %3;"
  asm("prmt.b32 %0, %1, %2, %3;" : "=r"(r) : "r"(a), "r"(a), "r"(s));
  // GOES ON
  u[0] = r;
}
