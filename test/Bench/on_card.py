#!/usr/bin/env python3
# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Does translated HIP print on a real NVIDIA card what the CUDA it came from prints there?

    on_card.py prepare FOLDER --list names.txt --runs runs.csv
    python3 FOLDER/on_card.py run FOLDER --arch sm_90 --json result.json
    on_card.py shim FOLDER --result result.json

`prepare` needs cuport and HeCBench: it lays each program, its translation and cuport's bindings into FOLDER.
`run` needs that folder, nvcc and a card, nothing of cuport's: it builds both with nvcc, runs them, the original again where
they differ, and compares what they print, numbers of times left out.
`shim` takes what the originals printed on the card, and compares it with what they print on the CPU, built by cuport-cc.

    same       equal output
    unsteady   the original's own two runs differ, so there is nothing to compare with; both end with 0
    other      different output, or it ends otherwise than the original
    late       on the CPU it ran past --timeout
    build      it does not build, though the original does
    original   the original itself does not build or does not run on the card
"""

import argparse
import collections
import concurrent.futures
import csv
import glob
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
import time

import programs

CLASSES = ("same", "unsteady", "other", "late", "build", "original")
KEPT = 20000  # characters of a program's output that the result holds
LARGEST = 1 << 20  # bytes of a file that is taken along
BUILT = re.compile(r"\.(?:o|a|so|exe)$|^main$")
# Libraries a program may want; those that are not there are left out.
LIBRARIES = ("cublas", "cublasLt", "cufft", "curand", "cusparse", "cusolver", "cuda", "nvrtc")


def lay(source, target):
    """Copies a program's folder without what is built or large."""
    def skipped(folder, names):
        return [n for n in names if BUILT.search(n) or (os.path.isfile(os.path.join(folder, n)) and os.path.getsize(os.path.join(folder, n)) > LARGEST)]
    shutil.copytree(source, target, ignore=skipped, ignore_dangling_symlinks=True)


def prepare(args):
    source = programs.checked_hecbench(args.parser, args.hecbench)
    cuport = programs.checked_cuport(args.parser, args.cuport)
    entries = {}
    if args.runs:
        with open(args.runs) as f:
            entries = {row["name"]: row for row in csv.DictReader(f)}
    if os.path.exists(args.folder):
        args.parser.error(args.folder + " exists already")
    manifest, laid, small = [], set(), programs.small_arguments()
    for name in programs.hecbench_names(args, source):
        units = programs.units_of(os.path.join(source, name + "-cuda"))
        beside = {m[1] for unit in units for path in unit.include if (m := re.match(r"\.\./([\w.-]+)", path))}
        beside |= {m[1] for unit in units if (m := re.match(r"\.\./([\w.-]+)", unit.path))}
        for folder in sorted(beside | {name + "-cuda"}):
            if folder in laid or not os.path.isdir(os.path.join(source, folder)):
                continue
            laid.add(folder)
            lay(os.path.join(source, folder), os.path.join(args.folder, "cuda", folder))
            ran = programs.run([cuport, "translate", os.path.join(args.folder, "cuda", folder), "-o",
                                os.path.join(args.folder, "hip", folder), "--copy-all", "--hip-version=" + args.hip_version])
            if ran.code not in (0, 1):
                print("%s: translate ended with %s" % (folder, ran.code), file=sys.stderr)
        entry = entries.get(name, {})
        arguments = entry.get("args") or small.get(name) or " ".join((entry.get("own_run") or "").split()[1:])
        manifest.append({"name": name, "units": [unit._asdict() for unit in units],
                         "arguments": shlex.split(arguments)})
    shutil.copytree(os.path.join(os.path.dirname(cuport), "../include/cuport/bindings/common"), os.path.join(args.folder, "include"))
    for script in (__file__, programs.__file__):
        shutil.copy(script, args.folder)
    with open(os.path.join(args.folder, "manifest.json"), "w") as f:
        json.dump(manifest, f, indent=1)
    print("%d programs in %s" % (len(manifest), args.folder))
    return 0


def units_of(entry):
    """The Units of a program of the manifest."""
    return [programs.Unit(**unit) for unit in entry["units"]]


class Runner:
    def __init__(self, args):
        self.args = args
        self.card = threading.Semaphore(args.runs_at_once)
        self.end = time.monotonic() + args.deadline
        folders = ["/usr/local/cuda/lib64", "/usr/lib/x86_64-linux-gnu"] + glob.glob("/usr/local/cuda/targets/*/lib*") + glob.glob("/usr/local/cuda/lib64/stubs")
        self.link = [flag for folder in folders if os.path.isdir(folder) for flag in ("-L" + folder,)]
        self.link += ["-l" + name for name in LIBRARIES if any(os.path.exists("%s/lib%s.so" % (folder, name)) for folder in folders)] + ["-lm"]

    def build(self, entry, side):
        """"" or the first error."""
        folder = os.path.join(self.args.folder, side, entry["name"] + "-cuda")
        flags = ["-O2", "-std=c++17", "-w", "--expt-relaxed-constexpr", "--extended-lambda", "-Xcompiler=-fopenmp"]
        hip = ["-isystem", os.path.join(self.args.folder, "include"), "-D__HIPCC__=1"] if side == "hip" else []
        return programs.build(units_of(entry), folder, os.path.join(folder, "on_card.out"), ["nvcc", "-arch=" + self.args.arch], flags + hip,
                              ["-Xcompiler=-fopenmp", *self.link], language="cu", limit=150, run=self.run)

    def run(self, command, cwd, limit):
        left = self.end - time.monotonic()
        if left < 1:
            return programs.Run(None, "", "no time left", 0, 0, 0)
        return programs.run(command, cwd=cwd, limit=min(limit, left))

    def execute(self, entry, side):
        folder = os.path.join(self.args.folder, side, entry["name"] + "-cuda")
        with self.card:
            return self.run(["./on_card.out"] + entry["arguments"], folder, self.args.timeout)

    def one(self, entry):
        row = {"name": entry["name"], "class": "original", "why": "", "cuda": "", "hip": ""}
        wrong = self.build(entry, "cuda")
        if wrong:
            return dict(row, why="does not build: " + wrong)
        first = self.execute(entry, "cuda")
        row["cuda"] = first.out[:KEPT]
        if first.code != 0:
            return dict(row, why="ends with %s: %s" % (first.code, (first.err.strip().splitlines() or [""])[-1][:120]))
        wrong = self.build(entry, "hip")
        if wrong:
            return dict(row, **{"class": "build", "why": wrong})
        ran = self.execute(entry, "hip")
        row["hip"] = ran.out[:KEPT]
        if ran.code != 0:
            return dict(row, **{"class": "other", "why": "ends with %s: %s" % (ran.code, (ran.err.strip().splitlines() or [""])[-1][:120])})
        if programs.steady(ran.out) == programs.steady(first.out):
            return dict(row, **{"class": "same"})
        if programs.steady(first.out) != programs.steady(self.execute(entry, "cuda").out):
            return dict(row, **{"class": "unsteady"})
        return dict(row, **{"class": "other", "why": "other output"})


def run(args):
    args.folder = os.path.abspath(args.folder)
    with open(os.path.join(args.folder, "manifest.json")) as f:
        manifest = json.load(f)
    runner = Runner(args)
    rows = []
    with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
        for row in pool.map(runner.one, manifest):
            rows.append(row)
            print("%-24s %-9s %s" % (row["name"], row["class"], row["why"]), flush=True)
    if args.json:
        card = subprocess.run(["nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader"], capture_output=True, text=True).stdout.strip()
        with open(args.json, "w") as f:
            json.dump({"card": card, "rows": rows}, f, indent=1)
    counted = collections.Counter(row["class"] for row in rows)
    print("  ".join("%s %d" % (each, counted[each]) for each in CLASSES))
    return 1 if counted["other"] or counted["build"] else 0


def shim(args):
    """Prints a row a program whose original ran on the card."""
    compiler = os.path.join(os.path.dirname(programs.checked_cuport(args.parser, args.cuport)), "cuport-cc")
    folder = os.path.abspath(args.folder)
    with open(os.path.join(folder, "manifest.json")) as f:
        manifest = {entry["name"]: entry for entry in json.load(f)}
    with open(args.result) as f:
        rows = [row for row in json.load(f)["rows"] if row["class"] != "original" and row["name"] in manifest]
    counted = collections.Counter()
    for row in rows:
        entry, source = manifest[row["name"]], os.path.join(folder, "cuda", row["name"] + "-cuda")
        found, why = "same", programs.build(units_of(entry), source, os.path.join(source, "on_card.out"), [compiler],
                                            ["-O2", "-std=c++17", "-w"], ["-lm"], language="cu")
        if why:
            found = "build"
        else:
            ran = programs.run(["./on_card.out"] + entry["arguments"], cwd=source, limit=args.timeout)
            text = ran.out[:KEPT]
            if ran.code != 0:
                found, why = ("late", "ran past %d s" % args.timeout) if ran.code is None else ("other", "ends with %s" % ran.code)
            elif programs.steady(text) != programs.steady(row["cuda"]):
                there = programs.steady(row["cuda"])
                found = "unsteady" if row["class"] == "unsteady" else "other"
                why = next(("%r, on the card %r" % pair for pair in zip(programs.steady(text), there) if pair[0] != pair[1]), "another number of lines")
        counted[found] += 1
        print("%-24s %-9s %s" % (row["name"], found, why), flush=True)
    print("  ".join("%s %d" % (each, counted[each]) for each in CLASSES))
    return 1 if counted["other"] or counted["build"] else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    here = commands.add_parser("prepare", help="lay programs and translations into a folder")
    here.add_argument("folder")
    programs.add_cuport(here)
    programs.add_hecbench(here)
    here.add_argument("program", nargs="*", help="names without -cuda (default: those of --list, else all)")
    here.add_argument("--list", metavar="FILE", help="names, one a line")
    here.add_argument("--runs", metavar="FILE.csv", help="the columns name, own_run and args say how programs are run")
    here.add_argument("--hip-version", default="6.3", help="of the translated source (default: 6.3)")
    here.set_defaults(function=prepare, parser=here)
    there = commands.add_parser("run", help="build and run on the machine with the card")
    there.add_argument("folder")
    there.add_argument("--arch", default="native", help="nvcc's -arch (default: native)")
    there.add_argument("--jobs", type=int, default=os.cpu_count(), help="programs at a time (default: the cores)")
    there.add_argument("--runs-at-once", type=int, default=4, help="programs on the card at a time (default: 4)")
    there.add_argument("--timeout", type=int, default=20, metavar="S", help="for one run (default: 20)")
    there.add_argument("--deadline", type=int, default=3600, metavar="S", help="for all (default: 3600)")
    there.add_argument("--json", metavar="FILE", help="every row with its output")
    there.set_defaults(function=run, parser=there)
    shims = commands.add_parser("shim", help="compare what was printed on the card with the CPU")
    shims.add_argument("folder")
    programs.add_cuport(shims)
    shims.add_argument("--result", required=True, metavar="FILE", help="--json of run")
    shims.add_argument("--timeout", type=int, default=60, metavar="S", help="for one run; past it there is no verdict (default: 60)")
    shims.set_defaults(function=shim, parser=shims)
    args = parser.parse_args()
    return args.function(args)


if __name__ == "__main__":
    sys.exit(main())
