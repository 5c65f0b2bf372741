# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""malicious.py FOLDER: a source tree whose names and text try to be markup, script, formulas and other paths in a report."""

import os
import sys

SCRIPT = "</script><script>window.hacked = 1</script>"
IMAGE = "<img src=x onerror='window.hacked = 1'>"
SOURCE = f"""#include <cuda_runtime.h> // {SCRIPT}
#include "{IMAGE.replace("'", "")}"
#define PAIR(a, b) a##b /* <!--<script> */
// =HYPERLINK("http://127.0.0.1/?"&A1,"{IMAGE}")
__global__ void kernel(int *out, int v) {{ // \u2028\u2029 ]]> {IMAGE}
  v += __shfl_down_sync(0xffffffff, v, 3); /* {SCRIPT} */
  asm volatile("{SCRIPT} =cmd|' /C calc'!A0 | `x` @everyone;" : "+r"(v));
  out[threadIdx.x & 31] = v; // cuport-ignore(warp-index): =1+1 {SCRIPT}
  PAIR(cuda, Free)(nullptr); const char *s = "cudaMalloc {IMAGE}";
}}
void host() {{ cudaDeviceGetNvSciSyncAttributes(nullptr, 0, 0); cudaNoSuchThing(__proto__, constructor); }}
"""
NAMES = (
    "a" + SCRIPT.replace("/", os.sep) + ".cu",
    IMAGE + ".cu",
    '=HYPERLINK("http:127.0.0.1","x").cu',
    "+1.cu",
    "@SUM(A1).cu",
    "-2+3.cu",
    "javascript:window.hacked=1.cu",
    "`tick` | pipe.cu",
    "line\nbreak.cu",
    "..dots..cu",
    "__proto__.cu",
    "%2e%2e%2f#x?y=&z.cu",
)

for name in NAMES:
    path = os.path.join(sys.argv[1], name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(SOURCE)
