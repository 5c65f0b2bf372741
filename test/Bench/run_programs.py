#!/usr/bin/env python3
# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Builds public programs with cuport-cc, runs them, and says how each ended.

HeCBench's programs are built by their own Makefile, with cuport-cc as the nvcc it calls; cuda-samples by one command over the
sources that their CMakeLists.txt names. A program runs with the arguments of the list, in a copy of its folder.

    passed       exit code 0 and its own success text      ran          exit code 0, it prints no verdict
    failed       its own failure text, a kernel that       crashed      ended by a signal
                 trapped, or exit code not 0
    timeout      used more than --timeout of CPU           build error  with the first error
    skipped      needs a library or data that is not there built        with --build-only
"""

import argparse
import collections
import concurrent.futures
import csv
import json
import os
import re
import shlex
import shutil
import signal
import sys
import tempfile

import programs

GOOD = re.compile(r"\b(pass|passed|success\w*|succeeded|succeed|correct|valid|verified)\b", re.I)
BAD = re.compile(r"fail|incorrect|wrong|mismatch|not correct|invalid", re.I)
FINISHED = ("passed", "ran", "built")
OUTCOMES = ("passed", "ran", "built", "failed", "crashed", "timeout", "build error", "skipped")
KERNEL_FAULT = re.compile(r"^cuport: kernel .*, block \[", re.M)
LANGUAGE_ERROR = re.compile(r"(?:fatal error|error): (.*)")


def pattern(text):
    """What a format string of the program's prints."""
    text = re.sub(r"\\[nt]", "", text).strip()
    parts = re.split(r"%[-+ #0-9.*]*(?:hh|h|ll|l|z)?[a-zA-Z]", text)
    return ".*".join(re.escape(part) for part in parts)


def verdict(success_text, output):
    """"passed", "failed" or "" by the texts that the list gives for a program."""
    texts = [t.strip() for t in success_text.split(" | ") if t.strip()]
    none = r"(?!\s*0+(?:\.0+)?(?![.\w]))"  # "incorrect matches: 0" is no failure
    if any(BAD.search(t) and re.search(r"(?<!\w)" + pattern(t).removesuffix(".*") + none, output) for t in texts):
        return "failed"
    if any(GOOD.search(t) and not BAD.search(t) and re.search(r"(?<!\w)" + pattern(t), output) for t in texts):
        return "passed"
    return ""


def without_place(message):
    """A message as it is counted: without the file, and quoted names kept."""
    found = LANGUAGE_ERROR.search(message)
    return (found.group(1) if found else message)[:120]


class Bench:
    def __init__(self, args):
        self.args = args
        self.tools = tempfile.mkdtemp(prefix="run_programs.tools.")
        # What Makefiles call nvcc is cuport-cc; translated programs are HIP in files with CUDA's names.
        for name in ("nvcc", "hipcc"):
            target = os.path.join(self.tools, name)
            with open(target, "w") as script:
                script.write('#!/bin/sh\nexec %s "$@"\n' % shlex.join(
                    [os.path.join(os.path.dirname(args.cuport_cc), "hipcc" if args.translated else "nvcc")]
                    + shlex.split(args.flags)))
            os.chmod(target, 0o755)
        self.variables = {"PATH": self.tools + os.pathsep + os.environ["PATH"]}
        for setting in args.set:
            name, _, value = setting.partition("=")
            self.variables[name] = value

    def close(self):
        shutil.rmtree(self.tools, ignore_errors=True)

    def command(self, words, folder, limit, variables={}):
        """Runs it for at most `limit` seconds of CPU a process, and ten times that by the clock."""
        limited = ["prlimit", "--core=0", "--cpu=%d" % limit]
        if self.args.memory:
            limited.append("--as=%d" % (self.args.memory << 30))
        ran = programs.run(limited + words, cwd=folder, limit=10 * limit, variables={**self.variables, **variables})
        # SIGXCPU is followed by SIGKILL for a process that does not end.
        late = ran.code in (-signal.SIGXCPU, -signal.SIGKILL) and ran.cpu >= 0.9 * limit
        return ran._replace(code=None) if late else ran

    def translate(self, folder):
        """Replaces the copied folder by its translation."""
        out = folder + ".out"
        ran = programs.run([self.args.cuport, "translate", folder, "-o", out, "--copy-all", "-j", "1"], limit=300)
        if ran.code not in (0, 1):
            return "cuport translate: " + programs.first_error(ran.err)
        shutil.rmtree(folder)
        os.rename(out, folder)
        return ""

    def execute(self, words, folder, row, text):
        """Runs the program that was built at the first width, and at the others if it finishes there. A row for each run, or one
        if only the building was wanted."""
        if self.args.build_only:
            row["outcome"] = "built"
            return [row]
        rows = []
        for warp in self.args.warp:
            ran = self.command(words, folder, self.args.timeout, {"CUPORT_WARP": str(warp)})
            rows.append(self.outcome(ran, {**row, "warp": warp}, text))
            if rows[0]["outcome"] not in FINISHED:
                break
        return rows

    def outcome(self, ran, row, text):
        row["run_s"], row["cpu_s"] = round(ran.wall, 2), round(ran.cpu, 2)
        output = ran.out + "\n" + ran.err
        said = verdict(text, output)
        logged = [line for line in ran.err.splitlines() if line.startswith("cuport")]
        row["note"] = logged[0][:200] if logged else ""
        if ran.code is None:
            row["outcome"] = "timeout"
        elif ran.code < 0:
            row["outcome"] = "crashed"
            row["note"] = row["note"] or signal.Signals(-ran.code).name
        elif ran.code or said == "failed" or KERNEL_FAULT.search(ran.err):
            row["outcome"] = "failed"
            row["note"] = row["note"] or ("exit code %d: " % ran.code if ran.code else "") + programs.first_error(output)
        else:
            row["outcome"] = said or "ran"
        return row


class HeCBench:
    """Programs of HeCBench: src/NAME-cuda and a Makefile."""

    def __init__(self, bench, source):
        self.bench, self.source = bench, source
        self.small = programs.small_arguments()
        self.sources = programs.small_sources()

    def run(self, entry):
        row = {"name": entry["name"], "tier": entry["tier"].split("_")[0], "seen": entry["seen"], "outcome": "skipped",
               "warp": self.bench.args.warp[0], "note": ""}
        folder_name = entry["name"] + "-cuda"
        if not os.path.isdir(os.path.join(self.source, folder_name)):
            row["note"] = "not in the checkout"
            return [row]
        if not self.bench.args.all and (entry["libs"] or entry["tier"][0] in "45"):
            row["note"] = "needs " + (entry["libs"] or entry["data"])
            return [row]
        with tempfile.TemporaryDirectory(prefix="run_programs.") as work:
            folder = programs.copy_of(folder_name, self.source, work)
            missing = programs.shrink(folder, self.sources.get(entry["name"], ()))
            if missing:
                raise SystemExit("small_sources.txt: %s has no %s" % (entry["name"], missing[0]))
            return self.build_and_run(entry, folder, row)

    def build_and_run(self, entry, folder, row):
        bench = self.bench
        if bench.args.translated:
            row["note"] = bench.translate(folder)
            if row["note"]:
                row["outcome"] = "build error"
                return [row]
        built = bench.command(["make", "-B"], folder, bench.args.build_timeout)
        row["build_s"] = round(built.wall, 1)
        program = (shlex.split(entry["own_run"]) or ["./main"])[0]
        if "$" in program or not program.startswith("./"):
            program = "./main"
        if built.code != 0 or not os.path.exists(os.path.join(folder, program)):
            row["outcome"] = "build error"
            row["note"] = "timeout" if built.code is None else programs.first_error(built.err + built.out)
            return [row]
        return bench.execute([program, *programs.arguments_of(entry, self.small)], folder, row, entry["success_text"])


class Samples:
    """Programs of cuda-samples: Samples/GROUP/NAME with a CMakeLists.txt."""

    def __init__(self, bench, checkout):
        self.bench, self.checkout = bench, checkout
        self.small = programs.small_arguments()
        self.common = os.path.join(checkout, "Common")
        if bench.args.translated:
            self.common = shutil.copytree(self.common, os.path.join(bench.tools, "Common"))
            bench.translate(self.common)

    def run(self, entry):
        row = {"name": entry["name"], "tier": entry["tier"][0], "seen": entry["emu_status"], "outcome": "skipped",
               "warp": self.bench.args.warp[0], "note": ""}
        source = os.path.join(self.checkout, "Samples", entry["name"])
        if not os.path.isdir(source):
            row["note"] = "not in the checkout"
            return [row]
        if not self.bench.args.all and entry["tier"][0] in "CD":
            row["note"] = "needs " + (entry["libs"] or entry["blockers"])
            return [row]
        with tempfile.TemporaryDirectory(prefix="run_programs.") as work:
            os.symlink(self.common, os.path.join(work, "Common"))
            folder = os.path.join(work, "Samples", entry["name"])
            shutil.copytree(source, folder)
            return self.build_and_run(entry, folder, row)

    @staticmethod
    def sources(folder, name):
        """(what add_executable names, {module: its source}, the libraries as options)"""
        text = re.sub(r"#.*", "", programs.read(os.path.join(folder, "CMakeLists.txt")))
        found = re.search(r"add_executable\s*\(\s*%s\s+([^)]*)\)" % re.escape(name), text)
        words = [w for w in (found.group(1).split() if found else []) if w.endswith(programs.SOURCE)]
        modules = {}
        variables = dict(re.findall(r'set\s*\(\s*(\w+)\s+"?\$\{CMAKE_CURRENT_\w+_DIR\}/([^")]+)"?\s*\)', text))
        for variable, path in variables.items():
            if path.endswith((".fatbin", ".ptx", ".cubin")):
                kernels = [p for p in variables.values() if p.endswith(".cu")]
                if kernels:
                    modules[path] = kernels[0]
        libraries = {"cuda" if name == "cuda_driver" else name for name in re.findall(r"\bCUDA::(\w+)", text)} | {"cuda"}
        return words, modules, ["-l" + name for name in sorted(libraries)]

    def build_and_run(self, entry, folder, row):
        bench, name = self.bench, os.path.basename(entry["name"])
        if bench.args.translated:
            row["note"] = bench.translate(folder)
            if row["note"]:
                row["outcome"] = "build error"
                return [row]
        words, modules, libraries = self.sources(folder, name)
        include = ["-I" + self.common]
        built = bench.command(["nvcc", "-std=c++17", "--extended-lambda", "-rdc=true", "-O2", *include, *words, "-o", name,
                               *libraries], folder, bench.args.build_timeout)
        row["build_s"] = round(built.wall, 1)
        for module, kernel in modules.items():
            if built.code == 0:
                built = bench.command(["nvcc", "-std=c++17", *include, "-fatbin", kernel, "-o", module], folder,
                                      bench.args.build_timeout)
        if built.code != 0:
            row["outcome"] = "build error"
            row["note"] = "timeout" if built.code is None else programs.first_error(built.err + built.out)
            return [row]
        arguments = entry["emu_args"] or self.small.get(entry["name"]) or entry["small_args_hint"] or entry["test_args"]
        return bench.execute(["./" + name] + shlex.split(arguments), folder, row, entry["expected_text"])


def print_table(rows):
    print("%-34s %-4s %-14s %-11s %7s %7s %7s  %s" % ("", "tier", "seen", "outcome", "build s", "run s", "CPU s", ""))
    for row in rows:
        print("%-34s %-4s %-14s %-11s %7s %7s %7s  %s" % (row["name"], row["tier"], row["seen"], row["outcome"],
                                                         row.get("build_s", ""), row.get("run_s", ""),
                                                         row.get("cpu_s", ""), row["note"]))


def print_totals(rows, key, title):
    print("\n%-16s %5s  %s  %s" % (title, "of", " ".join("%11s" % o for o in OUTCOMES), "finished"))
    groups = collections.defaultdict(list)
    for row in rows:
        groups[row[key]].append(row["outcome"])
    for name in sorted(groups) + ["all"]:
        outcomes = collections.Counter(groups[name] if name != "all" else [row["outcome"] for row in rows])
        tried = sum(outcomes.values()) - outcomes["skipped"]
        finished = sum(outcomes[o] for o in FINISHED)
        print("%-16s %5d  %s  %5.1f %%" % (name, tried, " ".join("%11d" % outcomes[o] for o in OUTCOMES),
                                          100 * finished / max(tried, 1)))


def print_reasons(rows, top):
    who = collections.defaultdict(list)
    for row in rows:
        if row["outcome"] not in FINISHED + ("skipped",):
            who[row["outcome"], without_place(row["note"])].append(row["name"])
    print("\nThe most frequent reasons")
    for (outcome, reason), names in sorted(who.items(), key=lambda x: (-len(x[1]), x[0]))[:top]:
        print("  %3d  %s: %s  (%s)" % (len(names), outcome, reason, ", ".join(names[:3])))


def print_markdown(rows):
    """The result by tier and the list of the rest, as docs/ShimPrograms.md has them."""
    print("| tier | tried | finished | " + " | ".join(OUTCOMES[3:-1]) + " |\n|---|---|---|" + "---|" * len(OUTCOMES[3:-1]))
    groups = collections.defaultdict(list)
    for row in rows:
        groups[row["tier"]].append(row["outcome"])
    for tier in sorted(groups):
        outcomes = collections.Counter(groups[tier])
        tried = sum(outcomes.values()) - outcomes["skipped"]
        finished = sum(outcomes[o] for o in FINISHED)
        if tried:
            print("| %s | %d | %d (%.0f %%) | %s |" % (tier, tried, finished, 100 * finished / tried,
                                                   " | ".join(str(outcomes[o]) for o in OUTCOMES[3:-1])))
    print("\n| program | tier | outcome | what it says |\n|---|---|---|---|")
    for row in rows:
        if row["outcome"] not in FINISHED + ("skipped",):
            print("| %s | %s | %s | %s |" % (row["name"], row["tier"], row["outcome"], row["note"].replace("|", "\\|")))


def print_widths(rows):
    """What finished at the first width and does not at the others, whose rows these are."""
    print("\n| program | lanes | outcome | what it says |\n|---|---|---|---|")
    for row in rows:
        if row["outcome"] not in FINISHED:
            print("| %s | %d | %s | %s |" % (row["name"], row["warp"], row["outcome"], row["note"].replace("|", "\\|")))


def widths(text):
    chosen = [int(word) for word in text.split(",")]
    if not set(chosen) <= {32, 64, 128}:
        raise argparse.ArgumentTypeError("a warp has 32, 64 or 128 lanes")
    return chosen


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    here = os.path.dirname(os.path.abspath(__file__))
    programs.add_cuport(parser)
    programs.add_hecbench(parser)
    parser.add_argument("--cuport-cc", metavar="FILE", default=os.path.join(here, "../../build/release/bin/cuport-cc"),
                        help="the compiler (default: build/release/bin/cuport-cc)")
    parser.add_argument("--hecbench-list", metavar="CSV", help="programs of HeCBench with their arguments and texts")
    parser.add_argument("--samples", metavar="DIR", default=os.environ.get("CUPORT_SAMPLES"),
                        help="checkout of cuda-samples (default: $CUPORT_SAMPLES)")
    parser.add_argument("--samples-list", metavar="CSV", help="the same for cuda-samples")
    parser.add_argument("--translated", action="store_true", help="what cuport translate makes of them, as HIP")
    parser.add_argument("--seen", help="only these classes of the list, separated by commas")
    parser.add_argument("--tier", help="only tiers that begin so, separated by commas")
    parser.add_argument("--all", action="store_true", help="also those that need libraries or data")
    parser.add_argument("--build-only", action="store_true", help="do not run them")
    parser.add_argument("--warp", type=widths, default=[32], metavar="N[,N...]",
                        help="lanes of a warp; what finishes at the first width runs at the others, too (default: 32)")
    parser.add_argument("--flags", default="", help="more options for cuport-cc, --check=thread for instance")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a variable for the programs")
    parser.add_argument("--timeout", type=int, default=60, metavar="S", help="CPU seconds of a run (default: %(default)s)")
    parser.add_argument("--build-timeout", type=int, default=120, metavar="S", help="(default: %(default)s)")
    parser.add_argument("--memory", type=int, default=8, metavar="GB",
                        help="address space of a process, 0 for no limit (sanitizers want that; default: %(default)s)")
    parser.add_argument("--jobs", type=int, default=1, help="programs at a time (default: %(default)s)")
    parser.add_argument("--json", metavar="FILE", help="write every row here")
    parser.add_argument("--markdown", action="store_true", help="print tables for a document instead")
    parser.add_argument("--top", type=int, default=25, help="reasons to print (default: %(default)s)")
    parser.add_argument("program", nargs="*", help="only these programs")
    args = parser.parse_args()
    args.cuport_cc = os.path.abspath(args.cuport_cc)
    if not os.access(args.cuport_cc, os.X_OK):
        parser.error("no cuport-cc at " + args.cuport_cc + "; give --cuport-cc")
    if args.translated:
        args.cuport = programs.checked_cuport(parser, args.cuport)
    if not args.hecbench_list and not args.samples_list:
        parser.error("give --hecbench-list or --samples-list")

    bench, corpora, work = Bench(args), [], []
    if args.hecbench_list:
        corpora.append((HeCBench(bench, programs.checked_hecbench(parser, args.hecbench)), args.hecbench_list))
    if args.samples_list:
        if not args.samples or not os.path.isdir(os.path.join(args.samples, "Samples")):
            parser.error("no checkout of cuda-samples: give --samples or CUPORT_SAMPLES")
        corpora.append((Samples(bench, os.path.abspath(args.samples)), args.samples_list))
    for corpus, path in corpora:
        with open(path, newline="") as f:
            for entry in csv.DictReader(f):
                seen = entry.get("seen") or entry.get("emu_status", "")
                if args.program and entry["name"] not in args.program:
                    continue
                if args.seen and seen not in args.seen.split(","):
                    continue
                if args.tier and not any(entry["tier"].startswith(t) for t in args.tier.split(",")):
                    continue
                work.append((corpus, entry))
    rows = []
    try:
        with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
            for done, own in enumerate(pool.map(lambda each: each[0].run(each[1]), work), 1):
                rows += own
                for row in own:
                    print("%d of %d: %s %d %s %s" % (done, len(work), row["name"], row["warp"], row["outcome"], row["note"]),
                          file=sys.stderr, flush=True)
                if args.json:
                    with open(args.json, "w") as f:
                        json.dump(rows, f, indent=1)
    finally:
        bench.close()
    first = [row for row in rows if row["warp"] == args.warp[0]]
    others = [row for row in rows if row["warp"] != args.warp[0]]
    if args.markdown:
        print_markdown(first)
    else:
        print_table(first)
        print_totals(first, "seen", "seen")
        print_totals(first, "tier", "tier")
        print_reasons(first, args.top)
    if others:
        print_widths(others)
    return 0


if __name__ == "__main__":
    sys.exit(main())
