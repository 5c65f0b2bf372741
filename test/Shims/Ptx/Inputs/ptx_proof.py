#!/usr/bin/env python3
# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""ptx_proof.py CUPORT OUT [WORD]: writes the folder OUT with proof.cu, a CUDA program that holds every form of PTX that --ptx=rewrite
replaces against its replacement, on edge cases and random values. It prints a line a form that differs, and how many do not; it ends
with 0 where none differs. With WORD only forms whose text holds it. What the translator leaves as it is is listed and fails here.

Build it with nvcc for a card, with cuport-cc for the CPU.
"""

import os
import subprocess
import sys

from ptx_cases import cases, collective_cases

TYPES = {"h": "unsigned short", "r": "unsigned", "k": "unsigned", "l": "unsigned long long", "w": "unsigned long long", "f": "float",
         "z": "float", "d": "double", "m": "unsigned long long *"}
INPUTS = {"h": "(unsigned short)in[{}]", "r": "(unsigned)in[{}]", "l": "in[{}]", "f": "__uint_as_float((unsigned)in[{}])",
          "d": "__longlong_as_double((long long)in[{}])", "m": "memory", "k": "divisor32(in[{}])", "w": "divisor64(in[{}])"}
MARK = "// forms\n"
CHOSEN = """__global__ void chosen(const unsigned long long *inputs, unsigned long long *results, unsigned long long *memory, int index) {
  evaluateForm(forms[index], inputs, results, memory);
}
"""
GROUPS = (32, 16, 8, 4, 2)  # widths of cuport/warp.h


def read(path):
    with open(path, encoding="utf-8") as f:
        return f.read()


def function(index, text, results, sources):
    """The form as a function; an operand that is read only has a constant name, so that the translator may use it as it stands."""
    lines = [f"__device__ void form{index}(const unsigned long long *in, unsigned long long *out, unsigned long long *memory) {{"]
    for n, letter in enumerate(results):
        lines.append(f"  {TYPES[letter]} r{n};")
    for n, letter in enumerate(sources):
        lines.append(f"  {TYPES[letter]} s{n} = {INPUTS[letter].format(n)};")
    constraint = {"m": "l", "k": "r", "w": "l", "z": "f"}
    out = ", ".join(f'"=&{constraint.get(letter, letter)}"(r{n})' for n, letter in enumerate(results))
    into = ", ".join(f'"{constraint.get(letter, letter)}"(s{n})' for n, letter in enumerate(sources))
    lines.append(f'  asm volatile("{text}" : {out} : {into} : "memory");')
    lines += [f"  out[{n}] = bits(r{n}{' + 0.0f' if letter == 'z' else ''});" for n, letter in enumerate(results)]
    return "\n".join(lines) + "\n}\n"


def main():
    cuport, out = sys.argv[1:3]
    alone, together = ([c for c in group if len(sys.argv) < 4 or sys.argv[3] in c[0]] for group in (cases(), collective_cases()))
    forms = alone + together
    os.makedirs(out, exist_ok=True)
    source = "#include <cuda_fp16.h>\n" + MARK + "".join(function(n, *c) for n, c in enumerate(forms))
    with open(os.path.join(out, "forms.cu"), "w", encoding="utf-8") as f:
        f.write(source)
    translated = os.path.join(out, "hip")
    done = subprocess.run([cuport, "translate", "--ptx=rewrite", os.path.join(out, "forms.cu"), "-o", translated], stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL, check=False)
    if done.returncode not in (0, 1):
        sys.exit(f"cuport translate ended with {done.returncode}")
    rewritten = read(os.path.join(translated, "forms.cu"))
    left = [line.strip() for line in rewritten.splitlines() if line.lstrip().startswith("asm")]
    frame, warp_forms = (read(os.path.join(os.path.dirname(os.path.abspath(__file__)), name)) for name in ("ptx_proof.cuh", "warp_forms.cuh"))
    with open(os.path.join(out, "proof.cu"), "w", encoding="utf-8") as f:
        f.write(frame)
        for width in GROUPS:
            f.write(f"namespace groups{width} {{\nconstexpr int W = {width};\n{warp_forms}}}\n\n")
        for space, text in (("original", source), ("rewritten", rewritten)):
            table = ", ".join(f"form{n}" for n in range(len(alone)))
            f.write(f"namespace {space} {{\n{text.split(MARK)[1]}__device__ const Form forms[] = {{{table}}};\n{CHOSEN}}}\n\n")
        f.write("int main() {\n  Proof proof;\n" + "".join(f"  groups{width}::run(proof);\n" for width in GROUPS))
        for n, (text, _, _) in enumerate(forms):
            kernels = (f"original::chosen, rewritten::chosen, {n}" if n < len(alone) else
                       f"evaluate<original::form{n}>, evaluate<rewritten::form{n}>, 0")
            f.write(f'  proof.run("{text}", {kernels});\n')
        f.write("  return proof.end();\n}\n")
    if left:
        sys.exit("not rewritten:\n" + "\n".join(left))
    print(f"{len(forms)} forms")


main()
