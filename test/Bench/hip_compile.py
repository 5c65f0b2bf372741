#!/usr/bin/env python3
# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Does what `cuport translate` writes compile as HIP, as often as HeCBench's own HIP ports do?

Every NAME-cuda of HeCBench is translated; then each translation unit of the output and of the
NAME-hip twin is type-checked with clang and the same flags. A program compiles when all of its
units do. Nothing is written into the checkout.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import re
import shutil
import sys
import tempfile
import time

import programs

BASE = ["--offload-arch=gfx90a", "-nogpulib", "-fsyntax-only", "-ferror-limit=100", "-w", "-H",
        "-D__HIP_PLATFORM_AMD__", "-D__AMDGCN_WAVEFRONT_SIZE=64", "-std=c++17"]
# HIP before 6 declares these two for its own compilers only; the newer clang lacks them. All sides get them.
PRELUDE = """#ifdef __HIP__
extern "C" __attribute__((device, const)) _Float16 __llvm_amdgcn_rcp_f16(_Float16);
typedef _Float16 bench_2f16 __attribute__((ext_vector_type(2)));
extern "C" __attribute__((device, const)) bench_2f16 __llvm_amdgcn_rcp_2f16(bench_2f16);
#endif
"""
TITLES = {"twin": "HeCBench's own HIP", "ours": "cuport's output", "hipify": "hipify-clang's output"}


class Bench:
    def __init__(self, args):
        self.args = args
        self.src = args.source
        self.tmp = os.path.abspath(args.keep) if args.keep else tempfile.mkdtemp(prefix="hip_compile.")
        os.makedirs(self.tmp, exist_ok=True)
        self.flags = list(BASE)
        self.tail = []
        if args.hip_include:
            self.tail = ["-isystem", args.hip_include]
            self.flags.append("-DHIP_ENABLE_WARP_SYNC_BUILTINS")
        else:
            prelude = os.path.join(self.tmp, "prelude.h")
            with open(prelude, "w") as f:
                f.write(PRELUDE)
            self.flags += ["-include", prelude]

    def by_cuport(self, name, out):
        """Translates src/`name` to `out`; what went wrong, or None."""
        ran = programs.run([self.args.cuport, "translate", os.path.join(self.src, name), "-o", out, "--copy-all",
                            "--hip-version=" + self.args.hip_version, "-j", "1"], limit=600)
        if ran.code not in (0, 1):
            return "cuport: exit %s: %s" % (ran.code, ran.err.strip().splitlines()[-1:] or "")
        return None

    def by_hipify(self, name, out):
        """The same by hipify-clang, which takes the .cu files one by one; what it cannot do fails the program."""
        folder = os.path.join(self.src, name)
        shutil.copytree(folder, out)
        flags = ["-std=c++17"]
        for unit in programs.units_of(folder):
            flags += ["-I" + os.path.join(folder, unit.folder, i) for i in unit.include]
            flags += ["-D" + x for x in unit.define]
        options = ["--cuda-path=" + self.args.cuda_path] if self.args.cuda_path else []
        for path in programs.walk(folder):
            if not path.endswith(".cu"):
                continue
            target = os.path.join(out, path)
            os.remove(target)
            ran = programs.run([self.args.hipify_clang, os.path.join(folder, path), "-o", target, *options, "--",
                                *dict.fromkeys(flags)], limit=600)
            if ran.code != 0 or not os.path.exists(target):
                errors = re.findall(r"error: (.*)", ran.err)
                return "hipify-clang on %s: %s" % (path, errors[0] if errors else "exit %s" % ran.code)
        return None

    def command(self, unit, path, where):
        """The compiler's for the file `path` that stands for `unit`."""
        command = [self.args.clang] + self.flags
        if unit.language == "c":  # nvcc and hipcc both hand .c to the C compiler
            command = [x for x in command if not x.startswith(("-std=", "--offload", "-nogpulib"))]
            command += ["-x", "c", "-std=gnu11"]
        else:
            command += ["-x", "hip"]
        command += ["-I" + w for w in dict.fromkeys(where) if os.path.isdir(w)]
        return command + ["-D" + x for x in unit.define] + self.tail + [path]

    def check(self, d, orig, home, moved):
        """Type-checks the units of the original folder `orig` as they stand in `d`. `home`: where
        siblings of d were translated to; `moved`: those siblings."""
        errors = []
        units = programs.units_of(orig)
        if not units:
            return {"units": 0, "errors": [{"unit": "", "message": "no translation unit found"}]}
        for unit in units:
            path = os.path.join(d, unit.path)
            if not os.path.exists(path):
                path = os.path.join(orig, unit.path)  # a file of a sibling folder, not translated
            where = [d]
            for i in ["."] + unit.include:
                if os.path.isabs(i):
                    where.append(i)
                    continue
                where.append(os.path.join(d, unit.folder, i))
                p = os.path.normpath(os.path.join(orig, unit.folder, i))
                rel = os.path.relpath(p, self.src)
                if rel.split(os.sep)[0] in moved:
                    where.append(os.path.join(home, rel))
                where.append(p)
            ran = programs.run(self.command(unit, path, where), limit=self.args.timeout)
            messages = cuda_headers(ran.err, unit)
            if ran.code == 0 and not messages:
                continue
            messages += re.findall(r"^(.*?):(?:(\d+):\d+:)? (?:fatal )?error: (.*)$", ran.err, re.M)
            if ran.code is None:
                messages = [(unit.path, "", "the compiler ran past %d s" % self.args.timeout)]
            elif not messages:
                messages = [(unit.path, "", "the compiler ended with %s" % ran.code)]
            for f, line, text in dict.fromkeys(messages):
                f = os.path.relpath(f, d) if os.path.realpath(f).startswith(os.path.realpath(d)) else f
                errors.append({"unit": unit.path, "at": f + (":" + line if line else ""), "message": text})
        return {"units": len(units), "errors": errors}

    def translated(self, name, side, translate):
        """Translates a program and those it includes from, then checks it."""
        cuda = os.path.join(self.src, name + "-cuda")
        home = os.path.join(self.tmp, side, name)
        shutil.rmtree(home, ignore_errors=True)
        os.makedirs(home)
        siblings = set()
        for unit in programs.units_of(cuda):
            for i in unit.include:
                rel = os.path.relpath(os.path.join(cuda, unit.folder, i), self.src).split(os.sep)[0]
                if rel.endswith("-cuda") and rel != name + "-cuda" and os.path.isdir(os.path.join(self.src, rel)):
                    siblings.add(rel)
        out = os.path.join(home, name + "-cuda")
        failed = translate(name + "-cuda", out)
        for s in siblings:
            translate(s, os.path.join(home, s))
        if failed:
            result = {"units": 0, "errors": [{"unit": "", "at": "", "message": failed}]}
        else:
            result = self.check(out, cuda, home, siblings)
        if not self.args.keep:
            shutil.rmtree(home, ignore_errors=True)
        return result

    def program(self, name):
        start = time.time()
        result = {}
        hip = os.path.join(self.src, name + "-hip")
        if self.args.cuport:
            result["ours"] = self.translated(name, "ours", self.by_cuport)
        if self.args.hipify_clang:
            result["hipify"] = self.translated(name, "hipify", self.by_hipify)
        if self.args.twins and name in self.args.twins:
            result["twin"] = self.args.twins[name]
        else:
            result["twin"] = self.check(hip, hip, self.src, set()) if os.path.isdir(hip) else None
        result["seconds"] = round(time.time() - start, 1)
        return name, result


def cuda_headers(err, unit):
    """Errors for headers of a CUDA toolkit that the compiler found beside the system's own; without one, such an
    #include fails. `err` lists what was included, as -H prints it."""
    messages = []
    for path in sorted(set(re.findall(r"^\.+ (\S.*)$", err, re.M))):
        folder = os.path.dirname(path)
        for top in (folder, os.path.dirname(folder)):
            if os.path.exists(os.path.join(top, "cuda_runtime_api.h")) and not path.endswith("hip_runtime.h"):
                name = os.path.relpath(path, top)
                messages.append((unit.path, "", "'%s' file not found (a CUDA toolkit has it)" % name))
                break
    return messages[:3]


def kind(message):
    """A message without the names of one program, for counting."""
    return re.sub(r"\(aka .*?\)", "", message).strip()


def ok(result):
    return result is not None and not result["errors"]


def lacks_header(result):
    """Whether it fails for a header that is not there, a library's mostly."""
    return result is not None and any("file not found" in e["message"] for e in result["errors"])


def first(result):
    e = result["errors"][0]
    return "%s: %s" % (e.get("at") or e["unit"], e["message"])


def print_programs(results, sides):
    for name, row in results.items():
        words = ["%s %-8s" % (s, "no twin" if row[s] is None else "ok" if ok(row[s]) else "fails") for s in sides]
        present = [row[s] for s in sides if row[s] is not None]
        failed = [r for r in present if not ok(r)]
        print("%-28s %s %2d units %6.1f s  %s" % (
            name, " ".join(words), max([r["units"] for r in present], default=0), row["seconds"],
            first(failed[-1]) if failed else ""))
    print()


def print_rates(results, sides):
    both = {n: r for n, r in results.items() if r["twin"] is not None}
    print("programs with a twin: %d" % len(both))
    print("%-24s %8s %8s   %s" % ("", "compile", "", "fail for a missing header, else"))
    for side in sides:
        good = sum(ok(r[side]) for r in both.values())
        header = sum(lacks_header(r[side]) for r in both.values())
        print("%-24s %8d %6.1f %%   %d, %d" % (TITLES[side], good, 100 * good / max(len(both), 1), header,
                                             len(both) - good - header))
    fair = {n: r for n, r in both.items() if not lacks_header(r["twin"])}
    print("of the %d whose twin finds all its headers: %s" % (len(fair), ", ".join(
        "%s %.1f %%" % (TITLES[s], 100 * sum(ok(r[s]) for r in fair.values()) / max(len(fair), 1)) for s in sides)))
    if "ours" in sides:
        counts = collections.Counter((ok(r["twin"]), ok(r["ours"])) for r in both.values())
        print("both %d, only the twin %d, only ours %d, neither %d" % (
            counts[True, True], counts[True, False], counts[False, True], counts[False, False]))
    return both


def print_failures(results, side, title):
    failing = {n: r[side] for n, r in results.items() if r[side] is not None and not ok(r[side])}
    if failing:
        print("\n" + title)
        for name, result in failing.items():
            print("  %-26s %s" % (name, first(result)))


def print_messages(results, side, title, top):
    who = collections.defaultdict(set)
    for name, row in results.items():
        for e in (row[side] or {"errors": []})["errors"]:
            who[kind(e["message"])].add(name)
    if who:
        print("\n" + title)
        for text, names in sorted(who.items(), key=lambda x: (-len(x[1]), x[0]))[:top]:
            print("  %4d  %s" % (len(names), text))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    programs.add_hecbench(parser)
    programs.add_cuport(parser)
    parser.add_argument("--list", metavar="FILE", help="program names, one a line (default: every NAME-cuda)")
    parser.add_argument("--clang", default="clang++-22", help="the compiler (default: %(default)s)")
    parser.add_argument("--hip-include", metavar="DIR",
                        help="HIP headers to use instead of the installed ones (the folder that holds hip/)")
    parser.add_argument("--hip-version", metavar="X.Y", help="for cuport (default: 5.2, with --hip-include 6.3)")
    parser.add_argument("--twins-only", action="store_true", help="only HeCBench's own HIP; needs no cuport")
    parser.add_argument("--twins-from", metavar="FILE",
                        help="take the twins' results from an earlier --json with the same headers")
    parser.add_argument("--hipify-clang", metavar="FILE", help="a hipify-clang, whose output is a third column")
    parser.add_argument("--cuda-path", metavar="DIR", help="the CUDA toolkit for hipify-clang")
    parser.add_argument("--jobs", type=int, default=2, help="programs at a time (default: %(default)s)")
    parser.add_argument("--timeout", type=int, default=120, help="seconds for one compile (default: %(default)s)")
    parser.add_argument("--keep", metavar="DIR", help="keep the translated programs here")
    parser.add_argument("--json", metavar="FILE", help="write every result and error here")
    parser.add_argument("--top", type=int, default=25, help="error messages to print (default: %(default)s)")
    parser.add_argument("--verbose", action="store_true", help="one line a program")
    parser.add_argument("program", nargs="*", help="only these programs (names without -cuda)")
    args = parser.parse_args()
    args.source = programs.checked_hecbench(parser, args.hecbench)
    args.cuport = None if args.twins_only else programs.checked_cuport(parser, args.cuport)
    if args.hip_include:
        args.hip_include = os.path.abspath(args.hip_include)
    args.hip_version = args.hip_version or ("6.3" if args.hip_include else "5.2")
    args.twins = None
    if args.twins_from:
        args.twins = {n: r["twin"] for n, r in json.loads(programs.read(args.twins_from)).items() if r["twin"]}
    names = programs.hecbench_names(args, args.source)
    sides = ["twin"] + ["ours"] * bool(args.cuport) + ["hipify"] * bool(args.hipify_clang)

    bench = Bench(args)
    results = {}
    try:
        with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
            for name, r in pool.map(bench.program, names):
                results[name] = r
                if sys.stderr.isatty():
                    print("\r%d of %d" % (len(results), len(names)), end="", file=sys.stderr, flush=True)
    finally:
        if not args.keep:
            shutil.rmtree(bench.tmp, ignore_errors=True)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    if args.json:
        with open(args.json, "w") as f:
            json.dump(results, f, indent=1)

    if args.verbose:
        print_programs(results, sides)
    both = print_rates(results, sides)
    if args.cuport:
        lost = {n: r for n, r in both.items() if ok(r["twin"]) and not ok(r["ours"])}
        print_failures(lost, "ours", "The twin compiles and ours does not: the first error")
        print_messages(lost, "ours", "Errors of ours in those programs, by the number of programs", args.top)
    last = sides[-1] if not args.cuport else "ours"
    if args.verbose or args.twins_only:
        print_failures(results, last, "First errors of %s" % TITLES[last])
    print_messages(results, last, "Errors of %s in all programs, by the number of programs" % TITLES[last], args.top)
    return 0


if __name__ == "__main__":
    sys.exit(main())
