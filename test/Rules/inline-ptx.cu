// PTX is a finding that says what each instruction does; assembly for the host is not.
// RUN: { %cuport translate %s --dry-run 2>%t.err; test $? -eq 1; }
// RUN: FileCheck %s --input-file=%t.err --implicit-check-not=warning:

#define MOVE "mov.u32 "
#define FROM_LANE MOVE "%0, %%laneid;"
#define STRING(x) #x
// CHECK: inline-ptx.cu:[[#@LINE+1]]:20: warning: {{.*}}'ld.global.?' (load from global memory; {{.*}} [inline-ptx]
#define LOAD(type) asm volatile("ld.global." #type " %0, [%1];" : "=r"(v) : "l"(p))

__device__ unsigned lane(const unsigned *p, float f) {
  unsigned id, v;
  // CHECK: inline-ptx.cu:[[#@LINE+1]]:3: warning: inline PTX is not for HIP's compilers: 'mov.u32' (copy of a register{{.*}}; exact: {{.*}}), '%laneid' (lane in the warp; guarded: __lane_id()); --ptx=rewrite writes it in HIP [inline-ptx]
  asm volatile("mov.u32 %0, %%laneid;" : "=r"(id));
  // CHECK: inline-ptx.cu:[[#@LINE+1]]:3: warning: {{.*}}'trap' (ends the kernel with an error; approximate: {{.*}}); write it with HIP's device functions [inline-ptx]
  asm("trap;");
  // CHECK: inline-ptx.cu:[[#@LINE+1]]:3: warning: {{.*}}'add.s32' (sum; exact: {{.*}} [inline-ptx]
  asm("{\n\t.reg .pred p;\n\tadd.s32 %0, %0, 1;\n\t}" : "+r"(id));

  // Strings out of macros; a piece that is not constant leaves its instruction known by its opcode.
  // CHECK: inline-ptx.cu:[[#@LINE+1]]:3: warning: {{.*}}'mov.u32' ({{.*}}), '%laneid' ({{.*}} [inline-ptx]
  asm volatile(FROM_LANE : "=r"(id));
  // CHECK: inline-ptx.cu:[[#@LINE+1]]:3: warning: {{.*}}'mad.lo.?' (product plus a third operand; {{.*}}; write it with HIP's device functions [inline-ptx]
  asm("mad.lo." STRING(u32) " %0, %1, %2, %3;" : "=r"(id) : "r"(1), "r"(2), "r"(3));
  LOAD(u32);

  // CHECK: inline-ptx.cu:[[#@LINE+1]]:3: warning: {{.*}}'wgmma.fence.sync.aligned' (product by a group of four warps, out of shared memory; has no counterpart in HIP); find another way for this part [inline-ptx]
  asm volatile("wgmma.fence.sync.aligned;" ::: "memory");
  // CHECK: inline-ptx.cu:[[#@LINE+1]]:3: warning: {{.*}}'frob.u32' (unknown to cuport); look it up in the PTX ISA {{.*}} [inline-ptx]
  asm("frob.u32 %0, %1;" : "=r"(id) : "r"(v));
  // CHECK: inline-ptx.cu:[[#@LINE+1]]:3: warning: inline PTX that cannot be read (at 11: ';' expected); {{.*}} [inline-ptx]
  asm("mov.u32 %0 %1;" : "=r"(id) : "r"(v));
  asm volatile("" ::: "memory");
  return id + v;
}

__device__ int branches(const int *p) {
  int v;
  // CHECK: inline-ptx.cu:[[#@LINE+1]]:3: warning: {{.*}}'ld.volatile.shared.s32' ({{.*}}), 'ld.relaxed.cta.shared.s32' ({{.*}} [inline-ptx]
  asm volatile(
#ifndef VOLTA // : (
      "ld.volatile.shared.s32 %0, [%1];"
#else
      "ld.relaxed.cta.shared.s32 %0, [%1];"
#endif
      : "=r"(v)
      : "l"(p));
  return v;
}

template <typename T> __device__ T twice(T x) {
  T y;
  // CHECK: inline-ptx.cu:[[#@LINE+1]]:3: warning: {{.*}}'shl.b32' (left shift; {{.*}} [inline-ptx]
  asm("shl.b32 %0, %1, 1;" : "=r"(y) : "r"(x));
  return y;
}

void host() {
  asm volatile("mfence" ::: "memory");
  asm("nop");
  asm("movl %1, %0" : "=r"(*(int *)0) : "r"(1));
  asm("rep; movsb");
}
