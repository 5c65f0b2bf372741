#!/usr/bin/env python3
# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""ptx_coverage.py CUPORT OPCODES.csv [SOURCE...]: how much of real inline PTX cuport knows and rewrites.

OPCODES.csv has the columns opcode and count; MACROX in an opcode stands for a piece that a macro decides. An opcode counts as known
where it has a row, and as rewritten where --ptx=rewrite replaces the sample of that row; only rows with an exact counterpart
(exact, guarded) count for the second figure. With folders or files of CUDA source the same is counted over their statements.
"""

import argparse
import collections
import csv
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "Knowledge"))
from ptx_samples import OPERANDS, rows  # noqa: E402

FINDING = re.compile(r"^(.*?):\d+:\d+: .*\[inline-ptx\]$")
NOT_EXACT = re.compile(r"; (?:approximate|helper|redesign)[:)]|has no counterpart|unknown to cuport|cannot be read|not known before macros")
NOT_KNOWN = re.compile(r"unknown to cuport|cannot be read|not known before macros")


def findings(cuport, sources, *options):
    command = [cuport, "translate", *sources, "--dry-run", "-v", *options]
    text = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    return [line for line in text.splitlines() if FINDING.match(line)]


def rewritten_rows(cuport, table):
    """Names of the rows whose sample --ptx=rewrite replaces."""
    names = [name for name, row in table.items() if row["exactness"] in ("exact", "guarded")]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "samples.cu")
        with open(path, "w", encoding="utf-8") as file:
            file.write("#include <cuda_fp16.h>\n")
            for number, name in enumerate(names):
                sample = table[name]["sample"].rstrip(";")
                file.write(f"__global__ void sample{number}(unsigned *u, float *v) {{ {OPERANDS} {sample}; }}\n")
        lines = {int(line.split(":")[1]) for line in findings(cuport, [path], "--ptx=rewrite") if "becomes HIP" in line}
    return {name for number, name in enumerate(names) if number + 2 in lines}


def percent(part, whole):
    return f"{100 * part / whole:.1f} % of {whole}" if whole else "none of 0"


def by_opcode(cuport, opcodes):
    table = dict(rows(cuport))
    done = rewritten_rows(cuport, table)
    uses = collections.Counter()
    left = collections.Counter()
    with open(opcodes, encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            opcode, count = re.sub(r"\[.*?\]|MACROX", "", line["opcode"]).strip("."), int(line["count"])
            uses["all"] += count
            found = subprocess.run([cuport, "explain", "ptx:" + opcode], capture_output=True, text=True, check=False)
            if found.returncode:
                left[opcode] += count
                continue
            uses["known"] += count
            name = found.stdout.split()[0]
            if table[name]["exactness"] in ("exact", "guarded"):
                uses["exact"] += count
                uses["rewritten"] += count if name in done else 0
                left[name] += 0 if name in done else count
    print(f"opcodes: {percent(uses['known'], uses['all'])} uses are known with their meaning")
    print(f"opcodes: {percent(uses['rewritten'], uses['exact'])} uses with an exact counterpart are rewritten")
    print("not known or not rewritten:", ", ".join(f"{name} {count}" for name, count in left.most_common(12) if count))


def by_statement(cuport, sources):
    kept, replaced = findings(cuport, sources), findings(cuport, sources, "--ptx=rewrite")
    known = sum(not NOT_KNOWN.search(line) for line in kept)
    exact = sum(not NOT_EXACT.search(line) for line in kept)
    rewritten = sum("becomes HIP" in line for line in replaced)
    print(f"statements: {percent(known, len(kept))} are known with their meaning")
    print(f"statements: {percent(rewritten, exact)} with an exact counterpart are rewritten")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cuport")
    parser.add_argument("opcodes")
    parser.add_argument("sources", nargs="*")
    arguments = parser.parse_args()
    by_opcode(arguments.cuport, arguments.opcodes)
    if arguments.sources:
        by_statement(arguments.cuport, arguments.sources)


main()
