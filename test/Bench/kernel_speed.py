#!/usr/bin/env python3
# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""How fast are kernels that cuport-cc builds, against loops by hand and against pocl?

Builds the programs in test/Bench/kernels, runs them in turns on one core and prints the least CPU time of each kernel over
all rounds, and ratios; then how much sooner a kernel that only computes ends on two cores, by the clock. The exit code is 1
where a kernel is slower than --min-ratio times the loop by hand, an empty launch takes more than a microsecond, or the second
core brings less than 1.8.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile

import programs

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "kernels")
LAUNCHES = "100000 empty launches"


def build(command):
    ran = programs.run(command, limit=600)
    if ran.code != 0:
        sys.exit("kernel_speed.py: %s\n%s" % (" ".join(command), ran.err))


def times(command, cores):
    """Milliseconds by kernel, as a program of the folder prints them that has a thread for each core."""
    environment = dict(os.environ, CUPORT_THREADS=str(len(cores)), POCL_MAX_PTHREAD_COUNT=str(len(cores)))
    ran = subprocess.run(["taskset", "-c", ",".join(map(str, cores)), *command], env=environment, capture_output=True, text=True)
    if ran.returncode != 0:
        sys.exit("kernel_speed.py: %s: %s%s" % (command[0], ran.stdout, ran.stderr))
    lines = (line.rsplit(": ", 1) for line in ran.stdout.splitlines())
    return {name: float(value.split()[0]) for name, value in lines}


def least_of_cores(program, args):
    """Milliseconds of the kernel that only computes, on one core and on two; None where there is one."""
    cores = [args.core] + sorted(os.sched_getaffinity(0) - {args.core})[:1]
    if len(cores) < 2:
        return None
    rounds = [[times([program, "orbits"], cores[:count])["orbits"] for count in (1, 2)] for _ in range(args.rounds)]
    return [min(column) for column in zip(*rounds)]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cuport-cc", default="build/release/bin/cuport-cc", help="default: %(default)s")
    parser.add_argument("--cxx", default="clang++-22", help="the compiler of the loops by hand (default: %(default)s)")
    parser.add_argument("--flags", default="-O3 -march=native",
                        help="of the loops by hand; cuport-cc compiles kernels with the default's: %(default)s")
    parser.add_argument("--pocl", action="store_true", help="OpenCL, too: the first device there is")
    parser.add_argument("--rounds", type=int, default=5, help="runs of each program (default: %(default)s)")
    parser.add_argument("--core", type=int, default=0, help="on which all run (default: %(default)s)")
    parser.add_argument("--min-ratio", type=float, default=0.5, help="default: %(default)s")
    args = parser.parse_args()

    folder = tempfile.mkdtemp(prefix="kernel_speed.")
    ours, loops, opencl = (os.path.join(folder, name) for name in ("kernels", "loops", "opencl"))
    build([args.cuport_cc, "-O3", os.path.join(HERE, "kernels.cu"), "-o", ours])
    build([args.cxx, *args.flags.split(), os.path.join(HERE, "loops.cpp"), "-o", loops])
    sides = {"cuport": [ours], "C++": [loops]}
    if args.pocl:
        build([args.cxx, "-O2", os.path.join(HERE, "opencl.cpp"), "-o", opencl, "-lOpenCL"])
        sides["OpenCL"] = [opencl, os.path.join(HERE, "kernels.cl")]
    least = {side: {} for side in sides}
    for _ in range(args.rounds):
        for side, command in sides.items():
            for name, value in times(command, [args.core]).items():
                least[side][name] = min(value, least[side].get(name, value))
    second = least_of_cores(ours, args)
    shutil.rmtree(folder)

    others = [side for side in sides if side != "cuport"]
    print("%-24s %10s" % ("CPU ms", "cuport") + "".join(" %10s %7s" % (side, "ratio") for side in others))
    slow = []
    for name, own in least["cuport"].items():
        if name == LAUNCHES:
            continue
        print("%-24s %10.3f" % (name, own) + "".join(
            " %10.3f %7.2f" % (least[side][name], least[side][name] / own) for side in others))
        if least["C++"][name] / own < args.min_ratio:
            slow.append(name)
    launch = least["cuport"][LAUNCHES] / 100
    print("an empty launch: %.2f us" % launch)
    if launch > 1:
        slow.append("an empty launch")
    if second:
        print("a second core: %.1f ms instead of %.1f, %.2f times as fast" % (second[1], second[0], second[0] / second[1]))
        if second[0] / second[1] < 1.8:
            slow.append("a second core")
    if slow:
        print("too slow: " + ", ".join(slow))
    return int(bool(slow))


if __name__ == "__main__":
    sys.exit(main())
