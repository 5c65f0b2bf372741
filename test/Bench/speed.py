#!/usr/bin/env python3
# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What cuport costs on HeCBench: CPU seconds (user and system) and peak memory a translation unit.

Each unit with CUDA in it is translated by a process of its own, without a CUDA toolkit unless --cuda-path is given;
then the whole program by one process with -j 1, whose CPU seconds are divided by the number of those units. With
--hipify-clang the same unit is given to hipify-clang right after cuport and the two are compared pair by pair.

cuport keeps parsed standard headers. Cold: in a folder that is empty when the list begins. Warm: each unit is translated
twice before it is measured, after which its headers are there.
"""

import argparse
import json
import os
import statistics
import sys
import tempfile

import programs


class Speed:
    def __init__(self, args):
        self.args = args
        self.cache = None if args.headers == "none" else tempfile.TemporaryDirectory(prefix="speed.headers.")
        self.cuport = [args.cuport, "translate", "-j", "1", "--header-cache=" + (self.cache.name if self.cache else "none")]
        if args.hip_version:
            self.cuport.append("--hip-version=" + args.hip_version)
        if args.cuda_path:
            self.cuport.append("--cuda-path=" + args.cuda_path)

    def measure(self, command):
        """(CPU seconds: the median of the repeats, MB, exit code)"""
        runs = [programs.run(command, limit=self.args.timeout) for _ in range(self.args.repeat)]
        return {"cpu": statistics.median(r.cpu for r in runs), "mb": max(r.rss_mb for r in runs), "code": runs[-1].code}

    def unit(self, folder, unit, work):
        path = os.path.join(folder, unit.path)
        flags = ["-I" + os.path.normpath(os.path.join(folder, unit.folder, i)) for i in unit.include]
        flags += ["-D" + d for d in unit.define]
        tail = ["--"] + flags if flags else []
        command = self.cuport + [path, "-o", os.path.join(work, "out")] + tail
        if self.args.headers == "warm":
            for _ in range(2):
                programs.run(command, limit=self.args.timeout)
        result = {"unit": unit.path, "cuport": self.measure(command)}
        if self.args.rules:
            result["rules"] = self.measure(self.cuport + ["--rules=" + self.args.rules, path, "-o", os.path.join(work, "out")] + tail)
        if self.args.hipify_clang:
            cuda = ["--cuda-path=" + self.args.hipify_cuda_path] if self.args.hipify_cuda_path else []
            result["hipify"] = self.measure([self.args.hipify_clang, path, "-o", os.path.join(work, "out.hip"), *cuda,
                                             "--", "-std=c++17", *flags])
        return result

    def program(self, name, work):
        folder = os.path.join(self.args.source, name + "-cuda")
        units = [u for u in programs.units_of(folder) if programs.holds_cuda(os.path.join(folder, u.path))]
        result = {"name": name, "units": [self.unit(folder, u, work) for u in units]}
        whole = self.measure(self.cuport + [folder, "-o", os.path.join(work, "whole")])
        result["whole"] = dict(whole, cpu=whole["cpu"] / max(len(units), 1))
        return result


def print_line(title, measured, unit):
    if measured:
        print("%-46s %5d %8.3f %8.3f %8.3f   %s" % (title, len(measured), statistics.median(measured),
                                                   programs.percentile(measured, 0.9), max(measured), unit))


def print_slowest(results, count):
    units = [(u["cuport"]["cpu"], u["cuport"]["mb"], r["name"], u["unit"]) for r in results for u in r["units"]]
    print("\nThe slowest units of cuport: CPU s, MB")
    for unit in sorted(units, reverse=True)[:count]:
        print("%8.3f %6.0f  %s-cuda/%s" % unit)


def summary(results):
    """Prints the table; (median CPU seconds a unit, peak MB of all of cuport's runs)."""
    units = [u for r in results for u in r["units"]]
    cpu = [u["cuport"]["cpu"] for u in units]
    mb = [u["cuport"]["mb"] for u in units] + [r["whole"]["mb"] for r in results]
    print("%-46s %5s %8s %8s %8s" % ("", "of", "median", "p90", "max"))
    print_line("cuport, one process a unit", cpu, "CPU s a unit")
    print_line("cuport, one process a program, over its units", [r["whole"]["cpu"] for r in results if r["units"]],
               "CPU s a unit")
    print_line("cuport, peak memory", mb, "MB")
    failed = sum(m["code"] not in (0, 1) for m in [u["cuport"] for u in units] + [r["whole"] for r in results])
    if failed:
        print("runs of cuport that did not end with 0 or 1: %d" % failed)
    pairs = [u for u in units if "rules" in u]
    if pairs:
        print_line("cuport with --rules", [u["rules"]["cpu"] for u in pairs], "CPU s a unit")
        print_line("all rules over --rules, in pairs", [u["cuport"]["cpu"] / max(u["rules"]["cpu"], 0.001) for u in pairs],
                   "times the CPU")
        print("all rules over --rules, all units: %.3f times the CPU" %
              (sum(u["cuport"]["cpu"] for u in pairs) / max(sum(u["rules"]["cpu"] for u in pairs), 0.001)))
    pairs = [u for u in units if "hipify" in u]
    if pairs:
        print_line("hipify-clang, one process a unit", [u["hipify"]["cpu"] for u in pairs], "CPU s a unit")
        print_line("hipify-clang, peak memory", [u["hipify"]["mb"] for u in pairs], "MB")
        print_line("hipify-clang over cuport, in pairs",
                   [u["hipify"]["cpu"] / max(u["cuport"]["cpu"], 0.001) for u in pairs], "times the CPU")
        print("hipify-clang wrote nothing in %d of %d" % (sum(u["hipify"]["code"] != 0 for u in pairs), len(pairs)))
    return (statistics.median(cpu) if cpu else 0), max(mb, default=0)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    programs.add_hecbench(parser)
    programs.add_cuport(parser)
    parser.add_argument("--list", metavar="FILE", help="program names, one a line (default: every NAME-cuda)")
    parser.add_argument("--cuda-path", metavar="DIR", help="let cuport parse against this CUDA toolkit")
    parser.add_argument("--hip-version", metavar="X.Y", help="for cuport (default: cuport's)")
    parser.add_argument("--headers", choices=("none", "cold", "warm"), default="cold",
                        help="cuport's cache of parsed headers (default: %(default)s)")
    parser.add_argument("--rules", metavar="ID,...", help="translate each unit with these rules only, too, and compare")
    parser.add_argument("--hipify-clang", metavar="FILE", help="a hipify-clang to compare with")
    parser.add_argument("--hipify-cuda-path", metavar="DIR", help="the CUDA toolkit for hipify-clang")
    parser.add_argument("--repeat", type=int, default=1, metavar="N", help="take the median of N runs (default: 1)")
    parser.add_argument("--timeout", type=int, default=300, metavar="S",
                        help="seconds for one run (default: %(default)s)")
    parser.add_argument("--slowest", type=int, default=10, metavar="N", help="units to print (default: %(default)s)")
    parser.add_argument("--max-median", type=float, metavar="S", help="fail when the median of a unit is above this")
    parser.add_argument("--max-mb", type=float, metavar="MB", help="fail when a run needs more memory than this")
    parser.add_argument("--json", metavar="FILE", help="write every measurement here")
    parser.add_argument("program", nargs="*", help="only these programs (names without -cuda)")
    args = parser.parse_args()
    args.source = programs.checked_hecbench(parser, args.hecbench)
    args.cuport = programs.checked_cuport(parser, args.cuport)

    speed, results = Speed(args), []
    for name in programs.hecbench_names(args, args.source):
        if not os.path.isdir(os.path.join(args.source, name + "-cuda")):
            print("not in the checkout: " + name)
            continue
        with tempfile.TemporaryDirectory(prefix="speed.") as work:
            results.append(speed.program(name, work))
        if sys.stderr.isatty():
            print("\r%d" % len(results), end="", file=sys.stderr, flush=True)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    if args.json:
        with open(args.json, "w") as f:
            json.dump(results, f, indent=1)
    median, mb = summary(results)
    print_slowest(results, args.slowest)
    over = []
    if args.max_median is not None and median > args.max_median:
        over.append("the median is above --max-median")
    if args.max_mb is not None and mb > args.max_mb:
        over.append("memory is above --max-mb")
    for text in over:
        print("FAILED: " + text)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
