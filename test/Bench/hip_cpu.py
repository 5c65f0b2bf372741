#!/usr/bin/env python3
# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""How fast are programs that cuport-cc builds, against the same source with HIP-CPU?

Builds the NAME-hip programs of HeCBench with cuport-cc as hipcc and with HIP-CPU's headers, runs both on one core with the
arguments of the list, and prints the CPU time of each and the geometric mean of the ratios. Programs that HIP-CPU does not
build, or that fail with it, are named and left out.
"""

import argparse
import csv
import math
import os
import shlex
import shutil
import sys
import tempfile

import programs


def build(compiler, name, folder, out):
    """Builds the program's units into `out`; "" or the first error."""
    units = programs.units_of(folder)
    if not units:
        return "no source found"
    return programs.build(units, folder, out, compiler[:1], [*compiler[1:], "-std=c++17", "-O3"],
                          ["-ltbb", "-lpthread"] if name == "HIP-CPU" else [], limit=900)


def cpu_time(program, arguments, core, rounds, limit):
    """The least CPU seconds of several runs, or what went wrong."""
    least = math.inf
    for _ in range(rounds):
        ran = programs.run(["taskset", "-c", str(core), program, *arguments], cwd=os.path.dirname(program), limit=limit,
                           variables={"CUPORT_THREADS": "1"})
        if ran.code != 0:
            return "past %d s" % limit if ran.code is None else "exit %d" % ran.code
        if "FAIL" in ran.out:
            return "its own check fails"
        least = min(least, ran.cpu)
    return least


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("names", nargs="+", metavar="program", help="names of HeCBench without -hip")
    parser.add_argument("--hip-cpu", required=True, metavar="DIR", help="a checkout of ROCm/HIP-CPU")
    parser.add_argument("--hecbench", default=os.environ.get("CUPORT_HECBENCH"), help="default: $CUPORT_HECBENCH")
    parser.add_argument("--hecbench-list", required=True, metavar="CSV", help="a table with the columns name and args")
    parser.add_argument("--cuport-cc", default="build/release/bin/hipcc", help="cuport-cc as hipcc (default: %(default)s)")
    parser.add_argument("--cxx", default="g++", help="the compiler for HIP-CPU (default: %(default)s)")
    parser.add_argument("--rounds", type=int, default=3, help="runs of each program (default: %(default)s)")
    parser.add_argument("--core", type=int, default=0, help="on which all run (default: %(default)s)")
    parser.add_argument("--timeout", type=int, default=300, help="seconds of a run (default: %(default)s)")
    args = parser.parse_args()
    if not args.hecbench:
        parser.error("--hecbench or CUPORT_HECBENCH is needed")

    with open(args.hecbench_list, newline="") as f:
        arguments = {row["name"]: shlex.split(row["args"]) for row in csv.DictReader(f)}
    sides = {"cuport": [os.path.abspath(args.cuport_cc)],
             "HIP-CPU": [args.cxx, "-x", "c++", "-march=native", "-w", "-I" + os.path.join(os.path.abspath(args.hip_cpu), "include")]}
    ratios = []
    print("%-20s %10s %10s %8s" % ("CPU s", "cuport", "HIP-CPU", "ratio"))
    for name in args.names:
        folder, home = os.path.join(os.path.abspath(args.hecbench), "src", name + "-hip"), tempfile.mkdtemp(prefix="hip_cpu.")
        took = {}
        for side, compiler in sides.items():
            out = os.path.join(home, side)
            error = build(compiler, side, folder, out)
            took[side] = error or cpu_time(out, arguments.get(name, []), args.core, args.rounds, args.timeout)
        shutil.rmtree(home)
        wrong = ["%s: %s" % item for item in took.items() if isinstance(item[1], str)]
        if wrong:
            print("%-20s %s" % (name, "; ".join(wrong)), flush=True)
            continue
        ratios.append(took["HIP-CPU"] / took["cuport"])
        print("%-20s %10.3f %10.3f %8.1f" % (name, took["cuport"], took["HIP-CPU"], ratios[-1]), flush=True)
    if ratios:
        print("geometric mean of %d: %.1f" % (len(ratios), math.exp(sum(map(math.log, ratios)) / len(ratios))))


if __name__ == "__main__":
    sys.exit(main())
