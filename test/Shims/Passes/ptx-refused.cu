// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// PTX without a meaning here is an error at its line, by name.
// RUN: not %device-half -c %s -o %t.o 2>&1 | FileCheck %s

__global__ void k(unsigned *out) {
  unsigned r;
  // CHECK: ptx-refused.cu:[[@LINE+1]]:{{[0-9]+}}: error: inline PTX 'wgmma.fence.sync.aligned' has no meaning on this target
  asm volatile("wgmma.fence.sync.aligned;" ::: "memory");
  // CHECK: ptx-refused.cu:[[@LINE+1]]:{{[0-9]+}}: error: inline PTX 'bra' has no meaning on this target
  asm volatile("bra DONE;" : "=r"(r));
  // CHECK: ptx-refused.cu:[[@LINE+1]]:{{[0-9]+}}: error: inline PTX 'mov.u32' has no meaning on this target
  asm volatile("mov.u32 %0, %%envreg3;" : "=r"(r));
  *out = r;
}

void host() { k<<<1, 1>>>(nullptr); }
