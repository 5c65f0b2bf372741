# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""ptx_samples.py CUPORT FOLDER: the samples of the PTX rows as CUDA source, one kernel a sample.

Writes FOLDER/runs.cu and FOLDER/refused-N.cu by what the rows say of the CPU, and FOLDER/sm_N.cu by the first compute
capability that has them. A file of refused ones holds fewer samples than clang prints errors.
"""

import os
import re
import subprocess
import sys

OPERANDS = (
    "unsigned d, e, a = u[0], b = u[1], c = u[2]; unsigned long long l, m = u[3]; float f = v[0], g = v[1], h = v[2], k = v[3]; "
    "unsigned short s; unsigned *p = u; __shared__ unsigned array[64]; unsigned shared = __cvta_generic_to_shared(array);"
)
RESULTS = "u[0] = d + e + a + l + s + m; v[0] = f + g + h + k;"
OLDEST = 75  # of the cards that CUDA 13 compiles for
ERRORS_PRINTED = 15


def rows(cuport):
    """Each row's name and its lines, by their key."""
    listed = subprocess.run([cuport, "explain", "--list=ptx"], check=True, capture_output=True, text=True).stdout
    names = [line.split()[0] for line in listed.splitlines()]
    text = subprocess.run([cuport, "explain", *("ptx:" + n for n in names)], check=True, capture_output=True, text=True).stdout
    for name, row in zip(names, re.split(r"^(?=\S)", text, flags=re.M)[1:], strict=True):
        assert row.startswith(name + " "), (name, row)
        yield name, dict(re.findall(r"^  (\S+) +(.*)$", row, re.M))


def main(cuport, folder):
    files, all_samples, refused = {}, set(), 0
    for name, row in rows(cuport):
        runs = "builds" in row["CPU"]
        since = max(OLDEST, int(row.get("needs", "sm_0")[3:]))
        seen = row["sample"] in all_samples
        all_samples.add(row["sample"])
        refused += not runs and not seen
        for file in ("runs" if runs else f"refused-{refused // ERRORS_PRINTED}", f"sm_{since}"):
            if not seen:
                files.setdefault(file, []).append(row["sample"])
    os.makedirs(folder, exist_ok=True)
    for file, samples in files.items():
        with open(os.path.join(folder, file + ".cu"), "w", encoding="utf-8") as out:
            out.write("#include <cuda_fp16.h>\n")
            for number, sample in enumerate(samples):
                out.write(f"__global__ void sample{number}(unsigned *u, float *v) {{ {OPERANDS} {sample.rstrip(';')}; {RESULTS} }}\n")
    print({file: len(samples) for file, samples in files.items()})


if __name__ == "__main__":
    main(*sys.argv[1:])
