#!/usr/bin/env python3
# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Runs cuport over every program of a list and checks what it promises whatever the program is.

  - translate and report end with 0 or 1, within the time limit;
  - every file has an output, and every file with CUDA in it is known to the report;
  - translating the output again changes nothing;
  - -j 1 and -j 2 write the same bytes.

A broken promise is printed with its program and makes the exit code 1.
"""

import argparse
import collections
import json
import os
import shutil
import sys
import tempfile

import programs

VERDICTS = ("as-is", "rename", "edit", "review", "redesign", "unsupported", "unknown")
COLUMNS = ("as-is", "rename", "edit", "review", "redes.", "unsup.", "unkn.")


class Sweep:
    def __init__(self, args, flags):
        self.args = args
        self.tail = ["--"] + flags if flags else []
        self.options = ["--hip-version=" + args.hip_version] if args.hip_version else []
        if args.cuda_path:
            self.options.append("--cuda-path=" + args.cuda_path)

    def cuport(self, *words):
        return programs.run([self.args.cuport, *words, *self.options, *self.tail], limit=self.args.timeout)

    def program(self, name, folder, work):
        """The row of the program in `folder`; `work` is an empty folder of its own."""
        out, again, two = (os.path.join(work, x) for x in ("out", "again", "two"))
        report = os.path.join(work, "report.json")
        row = {"name": name, "broken": []}
        runs = {
            "translate": self.cuport("translate", folder, "-o", out, "--copy-all", "-j", "1"),
            "report": self.cuport("report", folder, "--format=json", "-o", report, "-j", "1"),
            "translate -j 2": self.cuport("translate", folder, "-o", two, "--copy-all", "-j", "2"),
        }
        if os.path.isdir(out):
            runs["translate its own output"] = self.cuport("translate", out, "-o", again, "--copy-all", "-j", "1")
        for what, ran in runs.items():
            if ran.code not in (0, 1):
                how = "ran past %d s" % self.args.timeout if ran.code is None else "ended with %d" % ran.code
                row["broken"].append("%s %s: %s" % (what, how, (ran.err.strip().splitlines() or [""])[-1][:200]))
        row["code"], row["seconds"] = runs["translate"].code, runs["translate"].wall
        row["cpu"], row["rss"] = runs["translate"].cpu, max(ran.rss_mb for ran in runs.values())

        model = {}
        if os.path.exists(report):
            with open(report) as f:
                model = json.load(f)
        self.count(row, model)
        with_cuda = {path for path in programs.walk(folder) if programs.holds_cuda(os.path.join(folder, path))}
        row["cuda_files"] = len(with_cuda)
        known = {os.path.relpath(os.path.realpath(f["file"]), os.path.realpath(folder)) for f in model.get("files", [])}
        written = set(programs.walk(out))
        row["broken"] += ["no output: " + path for path in programs.walk(folder)
                          if path not in written and os.path.isfile(os.path.join(folder, path))]
        row["broken"] += ["not in the report, but holds CUDA: " + path for path in sorted(with_cuda - known)]
        row["broken"] += ["-j 2 differs: " + path for path in differing(out, two)]
        row["broken"] += ["changes when translated again: " + path for path in differing(out, again)]
        return row

    @staticmethod
    def count(row, model):
        """Numbers from report's JSON."""
        summary = model.get("summary", {})
        files = summary.get("files", {})
        row["files"] = files.get("with_places", 0)
        row["errors"] = files.get("parsed-with-errors", 0) + files.get("not-parsed", 0)
        row["verdicts"] = [summary.get("verdicts", {}).get(v, 0) for v in VERDICTS]
        row["lexical"] = summary.get("lexical", 0)


def differing(one, other):
    """Paths whose bytes are not the same below the two folders."""
    found = []
    for path in sorted(set(programs.walk(one)) | set(programs.walk(other))):
        contents = []
        for folder in (one, other):
            try:
                with open(os.path.join(folder, path), "rb") as f:
                    contents.append(f.read())
            except OSError:
                contents.append(None)
        if contents[0] != contents[1]:
            found.append(path)
    return found


def line(name, row):
    return "%-34s %4s %5d %5d %s %7d %6d %7.2f %6.0f" % (
        name[:34], row["code"] if row["code"] is not None else "-", row["cuda_files"], row["files"],
        " ".join("%6d" % n for n in row["verdicts"]), row["lexical"], row["errors"], row["seconds"], row["rss"])


def totals(rows):
    total = {"code": len(rows), "verdicts": [sum(r["verdicts"][i] for r in rows) for i in range(len(VERDICTS))]}
    for key in ("cuda_files", "files", "lexical", "errors", "seconds"):
        total[key] = sum(r[key] for r in rows)
    total["rss"] = max((r["rss"] for r in rows), default=0)
    return total


def programs_of(args, parser):
    """[(name, folder)]"""
    if args.samples_list:
        if not args.samples or not os.path.isdir(os.path.join(args.samples, "Samples")):
            parser.error("no checkout of cuda-samples: give --samples or CUPORT_SAMPLES")
        root = os.path.join(os.path.abspath(args.samples), "Samples")
        return [(n, os.path.join(root, n)) for n in args.program or programs.names_of(args.samples_list)]
    source = programs.checked_hecbench(parser, args.hecbench)
    return [(n, os.path.join(source, n + "-cuda")) for n in programs.hecbench_names(args, source)]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter,
                                     epilog="Flags for the compiler can stand behind --.")
    programs.add_cuport(parser)
    programs.add_hecbench(parser)
    parser.add_argument("--samples", metavar="DIR", default=os.environ.get("CUPORT_SAMPLES"),
                        help="checkout of cuda-samples (default: $CUPORT_SAMPLES)")
    parser.add_argument("--list", metavar="FILE", help="programs of HeCBench, without -cuda (default: all)")
    parser.add_argument("--samples-list", metavar="FILE",
                        help="programs of cuda-samples, as paths below Samples; -I of its Common is added")
    parser.add_argument("--cuda-path", metavar="DIR", help="parse against this CUDA toolkit")
    parser.add_argument("--hip-version", metavar="X.Y", help="for cuport (default: cuport's)")
    parser.add_argument("--timeout", type=int, default=300, metavar="S",
                        help="seconds for one run (default: %(default)s)")
    parser.add_argument("--keep", metavar="DIR", help="keep the outputs and reports here")
    parser.add_argument("--json", metavar="FILE", help="write the rows here")
    parser.add_argument("program", nargs="*", help="only these programs")
    own, flags = sys.argv[1:], []
    if "--" in own:
        own, flags = own[: own.index("--")], own[own.index("--") + 1 :]
    args = parser.parse_args(own)
    args.cuport = programs.checked_cuport(parser, args.cuport)
    listed = programs_of(args, parser)
    if args.samples_list:
        flags.append("-I" + os.path.join(os.path.abspath(args.samples), "Common"))

    sweep, rows = Sweep(args, flags), []
    top = os.path.abspath(args.keep) if args.keep else tempfile.mkdtemp(prefix="sweep.")
    print("%-34s %4s %5s %5s %s %7s %6s %7s %6s" % (
        "program", "exit", "cuda", "found", " ".join("%6s" % c for c in COLUMNS), "lexical", "errors", "s", "MB"))
    try:
        for name, folder in listed:
            work = os.path.join(top, name.replace("/", "_"))
            shutil.rmtree(work, ignore_errors=True)
            os.makedirs(work)
            if os.path.isdir(folder):
                row = sweep.program(name, folder, work)
            else:
                row = {"name": name, "code": None, "cuda_files": 0, "files": 0, "errors": 0, "lexical": 0, "seconds": 0,
                       "cpu": 0, "rss": 0, "verdicts": [0] * len(VERDICTS), "broken": ["not in the checkout"]}
            rows.append(row)
            print(line(name, row), flush=True)
            for text in row["broken"]:
                print("    BROKEN " + text, flush=True)
            if not args.keep:
                shutil.rmtree(work)
    finally:
        if not args.keep:
            shutil.rmtree(top, ignore_errors=True)
    if args.json:
        with open(args.json, "w") as f:
            json.dump(rows, f, indent=1)

    print(line("total (exit: programs; MB: largest)", totals(rows)))
    codes = collections.Counter("none" if row["code"] is None else row["code"] for row in rows)
    broken = [row["name"] for row in rows if row["broken"]]
    print("exit codes: " + ", ".join("%s in %d" % x for x in sorted(codes.items(), key=str)))
    print("programs with a broken promise: %d of %d" % (len(broken), len(rows)) + "".join(" " + n for n in broken))
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
