// PTX is a finding; assembly for the host is not.
// RUN: { %cuport translate %s --dry-run 2>%t.err; test $? -eq 1; }
// RUN: FileCheck %s --input-file=%t.err --implicit-check-not=warning:

__device__ unsigned lane() {
  unsigned id;
  // CHECK: inline-ptx.cu:[[#@LINE+1]]:3: warning: inline PTX ('mov.u32') {{.*}} [inline-ptx]
  asm volatile("mov.u32 %0, %%laneid;" : "=r"(id));
  // CHECK: inline-ptx.cu:[[#@LINE+1]]:3: warning: inline PTX ('trap') {{.*}} [inline-ptx]
  asm("trap;");
  // CHECK: inline-ptx.cu:[[#@LINE+1]]:3: warning: inline PTX ('add.s32') {{.*}} [inline-ptx]
  asm("{\n\t.reg .pred p;\n\tadd.s32 %0, %0, 1;\n\t}" : "+r"(id));
  return id;
}
void host() {
  asm volatile("mfence" ::: "memory");
  asm("nop");
}
