#!/usr/bin/env python3
# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""How fast are programs that cuport-cc builds, against the same source with HIP-CPU?

Builds the NAME-hip programs of HeCBench with HIP-CPU's headers and those that succeed with cuport-cc as hipcc, too; runs both on
one core with the arguments of the list, and prints the CPU time of each and the geometric mean of the ratios. Programs that
HIP-CPU does not build, that fail with it or print something else than with cuport-cc are named and left out.

A program's time is in part its host's, which is the same for both: input is made, results are checked. So those that say in their usage
which argument is the number of repetitions are run with more of them, too, and what these cost is what their kernels do.

HIP-CPU knows launches and shared memory without a size only by HIP's macros, so for both sides `k<<<g, b>>>(x)` and
`extern __shared__ float x[]` are written so first.
"""

import argparse
import csv
import math
import os
import re
import sys
import tempfile

import programs

CLOSING = {"(": ")", "[": "]", "{": "}"}
UNSIZED_SHARED = re.compile(r"extern\s+__shared__\s+((?:\w+\s+)*?[\w:]+)\s*\b(\w+)\s*\[\s*\]\s*;")


def parts(text, start, end):
    """([what stands between commas], the index behind `end`) from `start` on; None where a bracket or `end` is missing."""
    found, at, begin, open_brackets = [], start, start, []
    while at < len(text):
        if not open_brackets and text.startswith(end, at):
            found.append(text[begin:at].strip())
            return [part for part in found if part], at + len(end)
        if text[at] in CLOSING:
            open_brackets.append(CLOSING[text[at]])
        elif open_brackets and text[at] == open_brackets[-1]:
            open_brackets.pop()
        elif text[at] in ")]};" and text[at] != end:
            return None
        elif text[at] == "," and not open_brackets:
            found.append(text[begin:at].strip())
            begin = at + 1
        at += 1
    return None


def kernel_before(text, end):
    """Where the name begins, with its template arguments, that ends before `end`."""
    at = end = len(text[:end].rstrip())
    depth = 0
    while at and (depth or text[at - 1] == ">"):
        depth += {">": 1, "<": -1}.get(text[at - 1], 0)
        at -= 1
    at = len(text[:at].rstrip()) if at < end else at
    return re.search(r"[\w:]*$", text[:at]).start()


def in_macros(text):
    """Launches and shared memory without a size by HIP's macros."""
    at = text.find("<<<")
    while at >= 0:
        begin, config = kernel_before(text, at), parts(text, at + 3, ">>>")
        bracket = re.compile(r"\s*\(").match(text, config[1]) if config else None
        arguments = parts(text, bracket.end(), ")") if bracket else None
        if arguments and 2 <= len(config[0]) <= 4:
            name = "HIP_KERNEL_NAME(%s)" % text[begin:at].strip()
            words = [name, *config[0], *["0"] * (4 - len(config[0])), *arguments[0]]
            launch = "hipLaunchKernelGGL(%s)" % ", ".join(words)
            text = text[:begin] + launch + text[arguments[1]:]
            at = text.find("<<<", begin + len(launch))
        else:
            at = text.find("<<<", at + 3)
    return UNSIZED_SHARED.sub(r"HIP_DYNAMIC_SHARED(\1, \2)", text)


class Side:
    """One of the two ways to build a program and run it."""

    def __init__(self, name, compiler, link, args):
        self.name, self.compiler, self.link, self.args = name, compiler, link, args

    def build(self, folder):
        """Makes `folder`/NAME; "" or the first error."""
        units = programs.units_of(folder)
        if not units:
            return "no source found"
        return programs.build(units, folder, os.path.join(folder, self.name), self.compiler[:1],
                              [*self.compiler[1:], "-std=c++17", "-O3"], self.link, limit=900)

    def measure(self, folder, arguments):
        """(the least CPU seconds of several runs, what the program prints), or what went wrong."""
        least = math.inf
        for _ in range(self.args.rounds):
            ran = programs.run(["taskset", "-c", str(self.args.core), "prlimit", "--cpu=%d" % self.args.timeout,
                                os.path.join(folder, self.name), *arguments], cwd=folder, limit=10 * self.args.timeout,
                               variables={"CUPORT_THREADS": "1"})
            if ran.code != 0:
                return "exit %s after %.0f s of CPU" % (ran.code, ran.cpu)
            if re.search(r"\bfail", ran.out, re.I):
                return "its own check fails"
            least = min(least, ran.cpu)
        return least, programs.steady(ran.out)


def repetitions(folder, arguments):
    """Which of the arguments is the number of repetitions, by what the program says of its usage; None where it does not say."""
    for path in programs.walk(folder):
        if path.endswith(programs.SOURCE):
            for usage in re.findall(r'"[^"\n]*usage[^"\n]*"', programs.read(os.path.join(folder, path)), re.I):
                named = [bool(re.search("repeat|repetitions|iterations", word, re.I)) for word in re.findall("<([^<>]*)>", usage)]
                if len(named) == len(arguments) and sum(named) == 1:
                    return named.index(True)
    return None


def of_repetition(sides, folder, arguments, took):
    """{side: CPU seconds of one repetition}; None where that cannot be told."""
    index = repetitions(folder, arguments)
    if index is None or not arguments[index].isdigit():
        return None
    for more in (10, 1000):
        other = [*arguments[:index], str(int(arguments[index]) + more), *arguments[index + 1:]]
        costs = {}
        for side in sides:
            measured = side.measure(folder, other)
            if isinstance(measured, str):
                return None
            costs[side.name] = (measured[0] - took[side.name]) / more
        if min(costs.values()) * more > 0.02:
            return costs
    return None


def compare(name, source, arguments, smaller, sides, build_only):
    """({side: CPU seconds}, the same of a repetition or None), or what went wrong; None where it was only built."""
    folder_name = name + "-hip"
    if not os.path.isdir(os.path.join(source, folder_name)):
        return "not in the checkout"
    with tempfile.TemporaryDirectory(prefix="hip_cpu.") as work:
        folder = programs.copy_of(folder_name, source, work)
        programs.shrink(folder, smaller)
        for path in programs.walk(folder):
            if path.endswith(programs.SOURCE + programs.HEADER):
                text = programs.read(os.path.join(folder, path))
                with open(os.path.join(folder, path), "w", encoding="utf-8") as f:
                    f.write(in_macros(text))
        took, printed = {}, []
        for side in sides:
            error = side.build(folder)
            if error:
                return "%s does not build it: %s" % (side.name, error.replace(work + "/", ""))
        if build_only:
            return None
        for side in sides:
            measured = side.measure(folder, arguments)
            if isinstance(measured, str):
                return "%s: %s" % (side.name, measured)
            took[side.name] = measured[0]
            printed.append(measured[1])
        if printed[0] != printed[1]:
            return "the two print something else"
        return took, of_repetition(sides, folder, arguments, took)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    programs.add_hecbench(parser)
    parser.add_argument("names", nargs="*", metavar="program", help="names of HeCBench without -hip (default: all of the list)")
    parser.add_argument("--hip-cpu", required=True, metavar="DIR", help="a checkout of ROCm/HIP-CPU")
    parser.add_argument("--hecbench-list", required=True, metavar="CSV", help="programs with their arguments")
    parser.add_argument("--cuport-cc", default="build/release/bin/hipcc", help="cuport-cc as hipcc (default: %(default)s)")
    parser.add_argument("--cxx", default="g++", help="the compiler for HIP-CPU (default: %(default)s)")
    parser.add_argument("--build-only", action="store_true", help="name those that both build, and run none")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each program (default: %(default)s)")
    parser.add_argument("--core", type=int, default=0, help="on which all run (default: %(default)s)")
    parser.add_argument("--timeout", type=int, default=60, help="CPU seconds of a run (default: %(default)s)")
    args = parser.parse_args()
    source = programs.checked_hecbench(parser, args.hecbench)
    with open(args.hecbench_list, newline="") as f:
        entries = {row["name"]: row for row in csv.DictReader(f) if not row["libs"] and row["tier"][0] in "123"}
    small, smaller = programs.small_arguments(), programs.small_sources()
    include = os.path.join(os.path.abspath(args.hip_cpu), "include")
    # As HIP-CPU's own CMakeLists.txt has it, and the processor that cuport-cc compiles for.
    sides = [Side("HIP-CPU", [args.cxx, "-x", "c++", "-w", "-march=native", "-fopenmp-simd", "-I" + include],
                  ["-ltbb", "-lpthread"], args),
             Side("cuport", [os.path.abspath(args.cuport_cc)], [], args)]
    ratios = {"program": [], "repetition": []}
    print("%-24s %10s %10s %8s   %10s %10s %8s" % ("CPU s, a program's", "cuport", "HIP-CPU", "ratio", "a repet.'s", "HIP-CPU", "ratio"))
    for name in args.names or entries:
        took = compare(name, source, programs.arguments_of(entries[name], small), smaller.get(name, ()), sides, args.build_only)
        if isinstance(took, tuple):
            line = "%-24s" % name
            for of, costs, digits in ("program", took[0], 3), ("repetition", took[1], 6):
                if costs:
                    ratios[of].append(costs["HIP-CPU"] / costs["cuport"])
                    line += " %10.*f %10.*f %8.1f  " % (digits, costs["cuport"], digits, costs["HIP-CPU"], ratios[of][-1])
        else:
            line = "%-24s %s" % (name, took or "builds")
        print(line, flush=True)
    for of, values in ratios.items():
        if values:
            print("geometric mean of a %s, %d: %.1f" % (of, len(values), math.exp(sum(map(math.log, values)) / len(values))))


if __name__ == "__main__":
    sys.exit(main())
