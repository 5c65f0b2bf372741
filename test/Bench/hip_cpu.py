#!/usr/bin/env python3
# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""How fast are programs that cuport-cc builds, against the same source with HIP-CPU?

Builds the NAME-hip programs of HeCBench with HIP-CPU's headers and those that succeed with cuport-cc as hipcc, too; runs both on
one core, in turns, and prints the CPU time of each and the geometric mean of the ratios. Programs that HIP-CPU does not build, that
fail with it or print something else than with cuport-cc (fractions off by more than a thousandth) are named and left out.

A program's time is in part its host's, which is the same for both: input is made, results are checked. So what counts is what its
kernels take. Nearly all programs print that; by cpu_clock.c they are told CPU time when they look at the clock.

HIP-CPU knows launches and shared memory without a size only by HIP's macros, so for both sides `k<<<g, b>>>(x)` and
`extern __shared__ float x[]` are written so first.

With --loops each program is also compared with NAME-omp, in which people have written the kernels as loops for OpenMP, on one core, too:
what a person's C++ makes of the same work, and so what can be had at all.
"""

import argparse
import collections
import contextlib
import csv
import itertools
import math
import os
import re
import shutil
import statistics
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
    """Launches and shared memory without a size by HIP's macros, and no comments: one behind an argument would hide what follows."""
    text = programs.STRING_OR_COMMENT.sub(lambda found: found[1] or " ", text)
    at = text.find("<<<")
    while at >= 0:
        begin, config = kernel_before(text, at), parts(text, at + 3, ">>>")
        bracket = re.compile(r"\s*\(").match(text, config[1]) if config else None
        arguments = parts(text, bracket.end(), ")") if bracket else None
        if arguments and 2 <= len(config[0]) <= 4:
            name = "HIP_KERNEL_NAME(%s)" % text[begin:at].strip()
            words = [name, *config[0], *["0"] * (4 - len(config[0]))]
            # As they are written: an #if may stand between them.
            given = ", " + text[bracket.end():arguments[1] - 1] if arguments[0] else ""
            launch = "hipLaunchKernelGGL(%s%s)" % (", ".join(words), given)
            text = text[:begin] + launch + text[arguments[1]:]
            at = text.find("<<<", begin + len(launch))
        else:
            at = text.find("<<<", at + 3)
    return UNSIZED_SHARED.sub(r"HIP_DYNAMIC_SHARED(\1, \2)", text)


NUMBER = r"\d+(?:\.\d+)?(?:e[-+]?\d+)?"
UNITS = {"ns": 1e-9, "us": 1e-6, "ms": 1e-3, "s": 1, "sec": 1, "secs": 1, "seconds": 1}
TIME = re.compile(r"(?P<label>.*?)(?:[(\[](?P<before>ns|us|ms|s)[)\]]:\s*(?P<number>%s)|(?P<first>%s)\s*[(\[]?(?P<after>%s)\b)"
                  % (NUMBER, NUMBER, "|".join(UNITS)))
ELAPSED = re.compile(r"elapsed time *= *(%s)(?! *[(\[]?(?:%s)\b)" % (NUMBER, "|".join(UNITS)))
RATE = re.compile(r"(%s) *(?:GB/s|GBytes/sec)" % NUMBER)
SIGNED = re.compile(r"[-+]?(?:\b%s|\b(?:nan|inf)\b)" % NUMBER, re.I)
TOLERANCE = 1e-3
OF_ROUNDING = re.compile(r"\bRMSE\b")
OF_HOST = re.compile(r"host|serial|cpu|reference", re.I)


def kernel_seconds(text):
    """The sum of what a program prints of its kernels' time; of one that prints rates alone, what a GB takes; None if it prints neither.
    Lines that do not say `kernel` count where none does."""
    of_kernels, others, of_rates = [], [], []
    for line in text.splitlines():
        for found in TIME.finditer(line):
            if OF_HOST.search(found["label"]) or not re.search("time", found["label"], re.I):
                continue
            seconds = float(found["number"] or found["first"]) * UNITS[found["before"] or found["after"]]
            (of_kernels if re.search("kernel", found["label"], re.I) else others).append(seconds)
        others += [float(number) * 1e-9 for number in ELAPSED.findall(line)]  # adv's are nanoseconds
        of_rates += [1 / float(number) for number in RATE.findall(line) if float(number)]
    return sum(of_kernels or others or of_rates) or None


def steady(runs):
    """The lines that all runs of a program print alike, None for others, times that are not told to be such and random numbers, and for
    those that tell how numbers are rounded."""
    return [lines[0] if len(set(lines)) == 1 and not OF_ROUNDING.search(lines[0]) else None for lines in itertools.zip_longest(*runs)]


def alike(mine, other):
    """Whether lines are the same but for fractions that differ by TOLERANCE of the larger or by that of 1: sums are fused by one compiler
    and not by the other, and atomic ones are made in another order. Lines that are None are like any."""
    def close(a, b):
        if a == b:
            return True
        x, y = float(a), float(b)
        return bool(re.search("[.e]", a + b)) and abs(x - y) <= TOLERANCE * max(1, abs(x), abs(y))

    return len(mine) == len(other) and all(
        a is None or b is None or
        (SIGNED.sub("#", a) == SIGNED.sub("#", b) and all(map(close, SIGNED.findall(a.lower()), SIGNED.findall(b.lower()))))
        for a, b in zip(mine, other))


class Side:
    """One of the ways to build a program and run it."""

    def __init__(self, name, compiler, link, args, is_kept):
        self.name, self.compiler, self.link, self.args, self.is_kept = name, compiler, link, args, is_kept

    def build(self, folder):
        """Makes `folder`/NAME; "" or the first error."""
        units = programs.units_of(folder)
        if not units:
            return "no source found"
        return programs.build(units, folder, os.path.join(folder, self.name), self.compiler[:1],
                              [*self.compiler[1:], "-std=c++17", "-O3"], self.link, limit=900)

    def run(self, folder, arguments):
        """(CPU seconds, those of the kernels, what the program prints), or what went wrong."""
        # No limit of CPU time: under one Linux tells a process its own only as of the last tick (4 ms), or of when it last waited.
        ran = programs.run(["taskset", "-c", str(self.args.core), "env", "LD_PRELOAD=" + self.args.clock, os.path.join(folder, self.name),
                            *arguments], cwd=folder, limit=3 * self.args.timeout, variables={"CUPORT_THREADS": "1"})
        if ran.code != 0:
            return "exit %s after %.0f s of CPU" % (ran.code, ran.cpu)
        if re.search(r"\bfail", ran.out, re.I):
            return "its own check fails"
        return ran.cpu, kernel_seconds(ran.out), programs.steady(ran.out)


def build_clock(cxx, folder):
    """The path of cpu_clock.c, built."""
    library = os.path.join(folder, "cpu_clock.so")
    source = os.path.join(os.path.dirname(os.path.abspath(__file__)), "cpu_clock.c")
    ran = programs.run([cxx, "-x", "c", "-O2", "-shared", "-fPIC", source, "-o", library, "-ldl"])
    if ran.code != 0:
        sys.exit("cannot build cpu_clock.c: " + programs.first_error(ran.err))
    return library


def prepared(name, source, smaller, work):
    """A copy of the program in `work`, with launches and shared memory by macros."""
    folder = programs.copy_of(name + "-hip", source, work)
    programs.shrink(folder, smaller)
    for path in programs.walk(folder):
        if path.endswith(programs.SOURCE + programs.HEADER):
            text = programs.read(os.path.join(folder, path))
            with open(os.path.join(folder, path), "w", encoding="utf-8") as f:
                f.write(in_macros(text))
    return folder


def compare(name, source, arguments, smaller, sides, args):
    """{side: (least CPU seconds of several runs, those of its kernels or None)}, or what went wrong; None where it was only built."""
    if not os.path.isdir(os.path.join(source, name + "-hip")):
        return "not in the checkout"
    with contextlib.ExitStack() as stack:
        work = os.path.join(args.keep, name) if args.keep else stack.enter_context(tempfile.TemporaryDirectory(prefix="hip_cpu."))
        folder = os.path.join(work, name + "-hip")
        if not os.path.isdir(folder):
            os.makedirs(work, exist_ok=True)
            prepared(name, source, smaller, work)
        for side in sides:
            if side.is_kept and os.path.exists(os.path.join(folder, side.name)):
                continue
            error = side.build(folder)
            if error:
                return "%s does not build it: %s" % (side.name, error.replace(work + "/", ""))
        if args.build_only:
            return None
        runs = {side.name: [] for side in sides}
        for side in sides:
            # In a row: a virtual machine gives memory that lies idle for some seconds back to its host, and waits for it at the next touch.
            for _ in range(args.rounds):
                ran = side.run(folder, arguments)
                if isinstance(ran, str):
                    return "%s: %s" % (side.name, ran)
                runs[side.name].append(ran)
        if not alike(*(steady([ran[2] for ran in of_side]) for of_side in runs.values())):
            return "the two print something else"
        return {side: (statistics.median(ran[0] for ran in of_side), median_of_kernels(of_side)) for side, of_side in runs.items()}


def median_of_kernels(runs):
    """CPU seconds; None if no run tells them."""
    told = [ran[1] for ran in runs if not isinstance(ran, str) and ran[1]]
    return statistics.median(told) if told else None


def of_loops(name, source, arguments, smaller, side, args):
    """CPU seconds of the kernels that NAME-omp has as loops, the median of several runs; None if it has none, or does not do the same."""
    if not os.path.isdir(os.path.join(source, name + "-omp")):
        return None
    with contextlib.ExitStack() as stack:
        work = os.path.join(args.keep, name + "." + side.name) if args.keep else stack.enter_context(tempfile.TemporaryDirectory(prefix="hip_cpu."))
        folder = os.path.join(work, name + "-omp")
        if not os.path.isdir(folder):
            os.makedirs(work, exist_ok=True)
            programs.copy_of(name + "-omp", source, work)
            if programs.shrink(folder, [(path.replace(".cu", ".cpp"), *texts) for path, *texts in smaller]):
                shutil.rmtree(work)
                return None
        if not (side.is_kept and os.path.exists(os.path.join(folder, side.name))) and side.build(folder):
            return None
        runs = [side.run(folder, arguments) for _ in range(args.rounds)]
        return median_of_kernels(runs)


def figures(took, loops):
    """The columns of what compare() and of_loops() measured."""
    columns, ratios = [], {}
    for what, scale, column in ("program", 1, 0), ("kernels", 1000, 1):
        mine, other = took["cuport"][column], took["HIP-CPU"][column]
        if mine and other:
            ratios[what] = other / mine
            columns += ["%.3g" % (scale * mine), "%.3g" % (scale * other), "%.1f" % ratios[what]]
        else:
            columns += [""] * 3
    if loops and took["HIP-CPU"][1]:
        ratios["loops"] = took["HIP-CPU"][1] / loops
        if "kernels" in ratios:
            ratios["kernels of these"] = ratios["kernels"]
        columns += ["%.3g" % (1000 * loops), "%.1f" % ratios["loops"]]
    return columns, ratios


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    programs.add_hecbench(parser)
    parser.add_argument("names", nargs="*", metavar="program", help="names of HeCBench without -hip (default: those of hip_cpu_arguments.txt)")
    parser.add_argument("--hip-cpu", required=True, metavar="DIR", help="a checkout of ROCm/HIP-CPU")
    parser.add_argument("--hecbench-list", required=True, metavar="CSV", help="programs with their arguments")
    parser.add_argument("--cuport-cc", default="build/release/bin/hipcc", help="cuport-cc as hipcc (default: %(default)s)")
    parser.add_argument("--cxx", default="g++", help="the compiler for HIP-CPU (default: %(default)s)")
    parser.add_argument("--loops", action="store_true", help="compare with NAME-omp, loops by people, on one core, too")
    parser.add_argument("--keep", metavar="DIR", help="where programs are built, and those of HIP-CPU found again")
    parser.add_argument("--build-only", action="store_true", help="name those that both build, and run none")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each program (default: %(default)s)")
    parser.add_argument("--core", type=int, default=0, help="on which all run (default: %(default)s)")
    parser.add_argument("--timeout", type=int, default=60, help="CPU seconds of a run (default: %(default)s)")
    args = parser.parse_args()
    source = programs.checked_hecbench(parser, args.hecbench)
    with open(args.hecbench_list, newline="") as f:
        entries = {row["name"]: row for row in csv.DictReader(f) if not row["libs"] and row["tier"][0] in "123"}
    small, smaller, own = programs.small_arguments(), programs.small_sources(), programs.small_arguments("hip_cpu_arguments.txt")
    include = os.path.join(os.path.abspath(args.hip_cpu), "include")
    # As HIP-CPU's own CMakeLists.txt has it, and the processor that cuport-cc compiles for.
    sides = [Side("HIP-CPU", [args.cxx, "-x", "c++", "-w", "-march=native", "-fopenmp-simd", "-I" + include],
                  ["-ltbb", "-lpthread"], args, is_kept=True),
             Side("cuport", [os.path.abspath(args.cuport_cc)], [], args, is_kept=False)]
    # What they say of a device runs on the processor that they are started on, which is one.
    by_hand = Side("loops", [args.cxx, "-x", "c++", "-w", "-march=native", "-fopenmp"], ["-fopenmp"], args, is_kept=True)
    args.keep = args.keep and os.path.abspath(args.keep)
    ratios = collections.defaultdict(list)
    print("| | program, CPU s | HIP-CPU | ratio | kernels, CPU ms | HIP-CPU | ratio |" + (" loops, CPU ms | HIP-CPU / loops |" if args.loops else ""))
    print("|---|" + "---|" * (8 if args.loops else 6))
    with tempfile.TemporaryDirectory(prefix="hip_cpu.") as folder:
        args.clock = build_clock(args.cxx, folder)
        for name in args.names or own:
            arguments = own.get(name, "").split() or programs.arguments_of(entries[name], small)
            took = compare(name, source, arguments, smaller.get(name, ()), sides, args)
            if isinstance(took, dict):
                loops = of_loops(name, source, arguments, smaller.get(name, ()), by_hand, args) if args.loops else None
                columns, its_ratios = figures(took, loops)
                for what, ratio in its_ratios.items():
                    ratios[what].append(ratio)
                print("| %s |" % " | ".join([name, *columns]), flush=True)
            else:
                print("| %s | %s |" % (name, took or "builds"), flush=True)
    for what, values in ratios.items():
        if values:
            print("geometric mean of %s, %d: %.2f" % (what, len(values), math.exp(sum(map(math.log, values)) / len(values))))


if __name__ == "__main__":
    sys.exit(main())
