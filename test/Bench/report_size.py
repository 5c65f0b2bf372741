#!/usr/bin/env python3
# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What a report on a large project costs: CPU seconds, bytes of each form, and how fast its page is in Chromium.

Writes a project of CUDA files that no two lines of are alike in name, reports on it for all cards, opens the page in a headless Chromium
and measures there: the first paint, and search, order and filter of all places until the table stands anew.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path.insert(0, os.path.join(ROOT, "test", "Report", "Inputs"))
import browser  # noqa: E402

FORMS = ("html", "json", "csv", "xlsx", "markdown", "sarif", "text")

# Some 50 places, ten of them for a person: host API, a kernel that counts on warps of 32, inline PTX, libraries.
SOURCE = """#include <cublas_v2.h>
#include <cuda_runtime.h>
#include <cufft.h>

__device__ float reduce_{n}(float value) {{
  for (int offset = 16; offset > 0; offset /= 2)
    value += __shfl_down_sync(0xffffffff, value, offset);
  return value;
}}

__global__ void kernel_{n}(const float *in, float *out, int count_{n}) {{
  __shared__ float sums_{n}[32];
  const int i = blockIdx.x * blockDim.x + threadIdx.x;
  float value = i < count_{n} ? in[i] : 0;
  value = reduce_{n}(value);
  if ((threadIdx.x & 31) == 0)
    sums_{n}[threadIdx.x >> 5] = value;
  __syncthreads();
  if (threadIdx.x < 32) {{
    unsigned ballot_{n} = __ballot_sync(0xffffffff, value > {n});
    out[blockIdx.x] = reduce_{n}(sums_{n}[threadIdx.x]) + __popc(ballot_{n});
  }}
  unsigned lane_{n};
  asm volatile("mov.u32 %0, %%laneid;" : "=r"(lane_{n}));
  atomicAdd(out + lane_{n}, value);
}}

void run_{n}(const float *host, float *result, int count) {{
  float *in_{n}, *out_{n};
  cudaStream_t stream_{n};
  cudaEvent_t begin_{n};
  cublasHandle_t blas_{n};
  cufftHandle plan_{n};
  cudaStreamCreate(&stream_{n});
  cudaEventCreate(&begin_{n});
  cublasCreate(&blas_{n});
  cufftPlan1d(&plan_{n}, count, CUFFT_C2C, 1);
  cudaMalloc(&in_{n}, count * sizeof(float));
  cudaMalloc(&out_{n}, count * sizeof(float));
  cudaMemcpyAsync(in_{n}, host, count * sizeof(float), cudaMemcpyHostToDevice, stream_{n});
  kernel_{n}<<<count / 256, 256, 0, stream_{n}>>>(in_{n}, out_{n}, count);
  cublasSscal(blas_{n}, count, in_{n}, out_{n}, 1);
  cudaMemcpyAsync(result, out_{n}, count * sizeof(float), cudaMemcpyDeviceToHost, stream_{n});
  cudaStreamSynchronize(stream_{n});
  int numa_{n} = cudaDevAttrHostNumaId;
  cufftDestroy(plan_{n});
  cublasDestroy(blas_{n});
  cudaEventDestroy(begin_{n});
  cudaStreamDestroy(stream_{n});
  cudaFree(in_{n});
  cudaFree(out_{n});
}}
"""


def write_project(folder, files):
    for n in range(files):
        module = os.path.join(folder, f"module_{n // 10}")
        os.makedirs(module, exist_ok=True)
        with open(os.path.join(module, f"part_{n}.cu"), "w", encoding="utf-8") as file:
            file.write(SOURCE.format(n=n))


def cpu_seconds(command):
    """Of the program and its workers: the clock would measure what else the machine does."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    code = subprocess.run(command, stdout=subprocess.DEVNULL).returncode
    if code not in (0, 1):
        sys.exit(f"{command}: exit code {code}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


# A step is done when its table has been laid out; what is asked for differs each time, so that nothing is at hand already.
MEASURE = """(() => {
  const took = (step) => { const begin = performance.now(); step(); document.querySelector('.scroll').getBoundingClientRect(); return performance.now() - begin; };
  const type = (text) => took(() => { const box = document.querySelector('input[type=search]'); box.value = text; box.dispatchEvent(new Event('input')); });
  const select = (index, value) => took(() => { const list = document.querySelectorAll('.tools select')[index]; list.value = value; list.dispatchEvent(new Event('change')); });
  const result = { search: [], order: [], filter: [] };
  for (const text of ["c", "cu", "cud", "cudam", "kernel part_7", "nothing at all", ""]) result.search.push(type(text));
  for (const head of [0, 1, 2, 3, 0, 1, 2, 3]) result.order.push(took(() => document.querySelectorAll('.scroll th button')[head].click()));
  for (const verdict of ["left", "rename", ""]) result.filter.push(select(1, verdict));
  for (const rule of ["warp-mask", ""]) result.filter.push(select(2, rule));
  return result;
})()"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cuport", default=os.path.join(ROOT, "build", "release", "bin", "cuport"))
    parser.add_argument("--files", type=int, default=1000, help="CUDA files of the project (default: 1000)")
    parser.add_argument("--report", help="a page that is there already: only measure it in Chromium")
    parser.add_argument("--repeat", type=int, default=5, help="measure each step so often, and take the median (default: 5)")
    parser.add_argument("--jobs", default="0", help="of the analysis (default: all processors)")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="report_size.") as work:
        page = args.report
        if not page:
            project = os.path.join(work, "project")
            write_project(project, args.files)
            alone = cpu_seconds([args.cuport, "check", project, "-j" + args.jobs, "--write-baseline=" + os.path.join(work, "baseline")])
            all_forms = cpu_seconds([args.cuport, "report", project, "-j" + args.jobs, "--format=" + ",".join(FORMS), "-o", os.path.join(work, "report")])
            print(f"CPU seconds: analysis alone {alone:.1f}, with all forms {all_forms:.1f}, times {all_forms / alone:.2f}")
            for name in sorted(os.listdir(work)):
                if name.startswith("report."):
                    print(f"{name:<14} {os.path.getsize(os.path.join(work, name)) / 1e6:6.2f} MB")
            page = os.path.join(work, "report.html")
        with browser.Browser(work) as chromium:
            paints, loads = [], []
            for _ in range(args.repeat):
                chromium.open(page, query="?lang=en")
                time.sleep(0.5)
                paints.append(chromium.value("performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? -1"))
            print(f"{chromium.value('findings.length')} places in {chromium.value('files.length')} files, {chromium.value('cards.length')} cards")
            print(f"first paint {statistics.median(paints):.0f} ms (median of {len(paints)})")
            for name in chromium.value("Object.keys(pages)"):
                loads.append((chromium.value(
                    f"(() => {{ const begin = performance.now(); location.hash = '#/{name}'; show(true); document.body.getBoundingClientRect(); return performance.now() - begin; }})()"), name))
            print("pages: " + ", ".join(f"{name} {took:.0f} ms" for took, name in loads))
            runs = []
            for _ in range(args.repeat):
                chromium.open(page, "#/findings", "?lang=en")
                runs.append(chromium.value(MEASURE))
            for step in runs[0]:
                took = [statistics.median(times) for times in zip(*(run[step] for run in runs))]
                print(f"{step:<7} longest {max(took):.0f} ms ({', '.join(f'{t:.0f}' for t in took)})")


if __name__ == "__main__":
    main()
