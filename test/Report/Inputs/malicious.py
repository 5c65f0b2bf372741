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
    "..\\..\\windows.cu",
    "\t=1+1.cu",
    "\r\n@SUM(A1).cu",
    "|cmd' calc'!A0.cu",
    "\u202euc.gnp.cu",
    "zero\u200bwidth\ufeff.cu",
    "nul\u0001\u007f\u0085.cu",
)
# Text that reads otherwise than it compiles, bytes that are no UTF-8, and a byte of nought.
PLACE = b"#include <cuda_runtime.h>\n__global__ void k(int *o) { *o = __shfl_down_sync(0xffffffff, *o, 3); }"
BYTES = {
    b"trojan.cu": PLACE + " /* \u202e } \u2066if (admin)\u2069 \u2066 */\n".encode(),
    b"latin\xe9\xff.cu": PLACE + b" // \xe9\xff\xfe\xc0\x80\xed\xa0\x80 </script>\n",
    b"nought.cu": PLACE + b"\0</script>\n",
}

for name in NAMES:
    path = os.path.join(sys.argv[1], name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8") as file:
        file.write(SOURCE)
for name, content in BYTES.items():
    with open(os.path.join(os.fsencode(sys.argv[1]), name), "wb") as file:
        file.write(content)
