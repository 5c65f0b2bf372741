#!/usr/bin/env python3
# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Do programs build for another target, and is the output the same?

Each NAME-cuda of HeCBench is built for the target three ways: from its CUDA source, from `cuport translate`'s HIP, and from `cuport
translate --to=TARGET`. What links is run, where --run says that the target can run here (a declared surface can), and its output is
compared with that of the CPU, without numbers of times and lines in which two runs on the CPU differ. Nothing is written into the
checkout.
"""

import argparse
import collections
import csv
import os
import random
import re
import shlex
import shutil
import sys
import tempfile

import programs

WAYS = ("cuda", "hip", "own")


def same(lines, expected, alike):
    """Whether there are as many lines as expected, and those of these numbers are the same."""
    return len(lines) == len(expected) and all(lines[i] == expected[i] for i in alike)


class Bench:
    def __init__(self, args, work):
        self.args, self.work = args, work
        self.cc = os.path.join(os.path.dirname(args.cuport), "cuport-cc")

    def translate(self, name, to, units):
        """The program's folder and those beside it that its units include from, translated; None where cuport could not run."""
        out = os.path.join(self.work, to)
        beside = {path.split("/")[1] for unit in units for path in unit.include if re.match(r"\.\./[\w.-]+", path)}
        for folder in sorted(beside | {name + "-cuda"}):
            source = os.path.join(self.args.source, folder)
            if not os.path.isdir(source):
                continue
            ran = programs.run([self.args.cuport, "translate", source, "-o", os.path.join(out, folder), "--copy-all", "-j1",
                                "--to=" + to, "--hip-version=" + self.args.hip_version])
            if ran.code not in (0, 1):
                return None
        return os.path.join(out, name + "-cuda")

    def build(self, folder, units, options, program, hip):
        """"" or the first error."""
        return programs.build(units, folder, program, [self.cc], ["-O2", "-std=c++17", "-w", *options], [*options, "-lm"],
                              language="hip" if hip else "cu", limit=self.args.timeout)

    def execute(self, program, folder, entry):
        own = shlex.split(entry.get("own_run") or "") or ["./main"]
        small = entry.get("args") or programs.small_arguments().get(entry.get("name"), "")
        arguments = shlex.split(small) or own[1:]
        return programs.run([program] + arguments, cwd=folder, limit=self.args.timeout)

    def one(self, name, entry):
        args = self.args
        source = os.path.join(args.source, name + "-cuda")
        units = programs.units_of(source)
        expected = None
        if args.run:
            program = os.path.join(self.work, "cpu")
            wrong = self.build(source, units, [], program, False)
            if wrong:
                return {way: "the CPU: " + wrong for way in args.ways}
            runs = [self.execute(program, source, entry) for _ in range(2)]
            if any(ran.code != 0 for ran in runs):
                return {way: "the CPU: exit code %s" % runs[0].code for way in args.ways}
            # Of a program whose own runs differ, in clocks for one, only the lines that are alike.
            expected, again = (programs.steady(ran.out) for ran in runs)
            if len(expected) != len(again):
                return {way: "the CPU: two runs differ" for way in args.ways}
            alike = [i for i, line in enumerate(expected) if line == again[i]]
        target = ["--target=" + args.target] + (["--sdk-path=" + args.sdk] if args.sdk else []) + ["--offload-arch=" + a for a in args.arch]
        row = {}
        for way in args.ways:
            folder = source if way == "cuda" else self.translate(name, "hip" if way == "hip" else args.target, units)
            program = os.path.join(self.work, way + ".out")
            row[way] = self.build(folder, units, target, program, way == "hip") if folder else "cuport translate failed"
            if row[way] or not args.run:
                continue
            ran = self.execute(program, folder, entry)
            if ran.code != 0:
                row[way] = "runs with exit code %s" % ran.code
            elif not same(programs.steady(ran.out), expected, alike):
                row[way] = "other output than on the CPU"
        return row


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    programs.add_cuport(parser)
    programs.add_hecbench(parser)
    parser.add_argument("program", nargs="*", help="names without -cuda (default: those of --list, else all)")
    parser.add_argument("--list", metavar="FILE", help="names, one a line")
    parser.add_argument("--target", required=True, help="of cuport-cc: musa, maca, cuda, rocm ...")
    parser.add_argument("--sdk", help="its --sdk-path, e.g. build/release/declared/musa")
    parser.add_argument("--arch", action="append", default=[], help="its --offload-arch; may be given again")
    parser.add_argument("--hip-version", default="6.3", help="of the translated source (default: 6.3)")
    parser.add_argument("--ways", default="cuda,hip,own", type=lambda text: text.split(","), help="some of cuda,hip,own (default: all)")
    parser.add_argument("--runs", metavar="FILE.csv", help="the columns name, own_run and args say how programs are run")
    parser.add_argument("--no-libraries", action="store_true",
                        help="only programs that by --runs need neither a library nor data: columns libs, tier")
    parser.add_argument("--run", action="store_true", help="run what links, and compare with the CPU")
    parser.add_argument("--sample", type=int, help="only so many of the names, by --seed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--timeout", type=int, default=120, help="seconds for a build or a run (default: 120)")
    args = parser.parse_args()
    args.cuport = programs.checked_cuport(parser, args.cuport)
    args.source = programs.checked_hecbench(parser, args.hecbench)
    entries = {}
    if args.runs:
        with open(args.runs) as f:
            entries = {row["name"]: row for row in csv.DictReader(f)}
    names = programs.hecbench_names(args, args.source)
    if args.no_libraries:
        names = [name for name in names if name in entries and not entries[name]["libs"] and entries[name]["tier"][0] not in "45"]
    if args.sample:
        names = sorted(random.Random(args.seed).sample(names, min(args.sample, len(names))))
    good, reasons = collections.Counter(), collections.defaultdict(list)
    for name in names:
        work = tempfile.mkdtemp(prefix="bindings.")
        row = Bench(args, work).one(name, entries.get(name, {}))
        shutil.rmtree(work, ignore_errors=True)
        for way in args.ways:
            good[way] += not row[way]
            if row[way]:
                reasons[way].append((name, row[way]))
        print("%-24s %s" % (name, "  ".join("%s: %s" % (way, row[way] or "ok") for way in args.ways)), flush=True)
    print()
    for way in args.ways:
        print("%s: %d of %d (%.0f %%)" % (way, good[way], len(names), 100.0 * good[way] / max(1, len(names))))
    for way in args.ways:
        for name, why in reasons[way]:
            print("  %s  %s: %s" % (way, name, why))
    return 0


if __name__ == "__main__":
    sys.exit(main())
