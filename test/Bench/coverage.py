#!/usr/bin/env python3
# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Measures the API rows against what real code uses.

FACTS_DIR holds tables of names counted over public CUDA code: api_freq.csv, device_intrinsics.csv,
vector_types.csv, keywords_builtins.csv, namespace_freq.csv, includes.csv and unofficial_idents.csv. The script
prints, family by family, the share of uses and of distinct names that have a row, and the most used names
without one. The exit code is 1 where

  - fewer call sites of official APIs than --min-sites, or fewer official names seen in two repositories or more
    than --min-names, have a row;
  - a name that only looks like CUDA's has one.

Namespaces and headers are counted but bound to no limit: their tables mix CUDA's names with those of users.
"""

import argparse
import csv
import os
import subprocess
import sys

# Words of keywords_builtins.csv that HIP, the compiler or a project defines.
NOT_CUDA = {"__HIPCC__", "__HIP__", "__HIP_PLATFORM_AMD__", "__HIP_DEVICE_COMPILE__", "USE_ROCM", "USE_HIP",
            "__restrict__"}
# Words of api_freq.csv that CUDA declares nowhere; the names of headers are left out besides.
NOT_DECLARED = {"CUDA", "CUDART", "cuDevice", "cuFormat", "cudaDeviceId", "cudaVersion", "ident"}
# CUDA's namespaces as namespace_freq.csv spells them, and as rows do.
NAMESPACES = {"thrust": "thrust", "cub": "cub", "cuda": "cuda", "cooperative_groups": "cooperative_groups",
              "wmma": "nvcuda::wmma"}


def table(folder, name):
    """The rows of a table, or none with a word about it."""
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        print("coverage.py: no %s" % path, file=sys.stderr)
        return []
    with open(path, newline="") as f:
        return list(csv.DictReader(f))


def known_names(cuport):
    """The names that have a row with its verdict for the newest HIP, and the headers that have one."""
    def listing(option):
        return subprocess.run([cuport, "explain", option], check=True, capture_output=True, text=True).stdout

    names, headers = {}, {}
    libraries = listing("--list").split("\nLibraries", 1)[1].splitlines()[1:]
    for library in (line.split()[0] for line in libraries if line.strip()):
        found = {line.split()[0]: line.split()[-1] for line in listing("--list=" + library).splitlines() if line.strip()}
        (headers if library == "includes" else names).update(found)
    return names, headers


class Coverage:
    """Counts of one table; `sites` are uses, `names` distinct names, `shared` those in two repositories or more."""

    def __init__(self):
        self.families, self.missing = {}, []

    def add(self, family, name, sites, repos, has_row):
        row = self.families.setdefault(family, [0] * 6)
        for column, amount in ((0, sites), (2, 1), (4, int(repos >= 2))):
            row[column] += amount
            row[column + 1] += amount if has_row else 0
        if not has_row:
            self.missing.append((sites, repos, family, name))

    def total(self):
        return [sum(column) for column in zip(*self.families.values())] or [0] * 6

    def shares(self):
        sites, sites_known, _, _, shared, shared_known = self.total()
        return share(sites_known, sites), share(shared_known, shared)

    def print(self, title, unit, top):
        print("\n%s\n%-20s %9s %8s %8s %8s %8s %8s" % (title, "", unit, "covered", "names", "covered", "in 2+", "covered"))
        for family, row in [*sorted(self.families.items(), key=lambda f: -f[1][0]), ("all", self.total())]:
            print("%-20s %9d %7.2f%% %8d %7.2f%% %8d %7.2f%%" % (
                family, row[0], share(row[1], row[0]), row[2], share(row[3], row[2]), row[4], share(row[5], row[4])))
        for sites, repos, family, name in sorted(self.missing, key=lambda m: (-m[0], -m[1], m[3]))[:top]:
            print("  no row: %-52s %-12s %7d %s, %d repositories" % (name, family, sites, unit, repos))


PAGE = """# Coverage against real use

<!-- Written by test/Bench/coverage.py --markdown. -->

How much of the CUDA that real code uses the [rows](api/README.md) know, counted in calls over 70 public CUDA code bases (seen
2026-11-23). A call has a verdict where its name has a row with another verdict than `unknown`; `translated` is the part of the calls
whose name needs no person: `as-is`, `rename` and `edit`, for the newest HIP known.

| family | calls | with a verdict | translated | names | with a row | seen in 2+ | with a row |
|---|--:|--:|--:|--:|--:|--:|--:|
"""


def write_page(path, official, verdicts):
    """The table of official APIs as a page of the documentation; verdicts: family -> [calls, decided, translated]."""
    page = PAGE
    lines = sorted(official.families.items(), key=lambda family: -family[1][0])
    everything = [sum(column) for column in zip(*verdicts.values())]
    for family, row in [*lines, ("all", official.total())]:
        calls, decided, translated = everything if family == "all" else verdicts[family]
        page += "| %s | %d | %.2f %% | %.2f %% | %d | %.2f %% | %d | %.2f %% |\n" % (
            family, calls, share(decided, calls), share(translated, calls), row[2], share(row[3], row[2]), row[4],
            share(row[5], row[4]))
    if official.missing:
        page += "\nThe most called names without a row:\n\n| name | family | calls | code bases |\n|---|---|--:|--:|\n"
    for sites, repos, family, name in sorted(official.missing, key=lambda m: (-m[0], -m[1], m[3]))[:20]:
        page += "| `%s` | %s | %d | %d |\n" % (name, family, sites, repos)
    with open(path, "w", encoding="utf-8") as file:
        file.write(page)


def share(part, whole):
    return 100.0 * part / whole if whole else 100.0


def namespace_row(name, names):
    """Whether the qualified name has a row of its own, or is a member of a class that has."""
    parts = name.split("::")
    parts[0:1] = NAMESPACES[parts[0]].split("::")
    least = 1 + len(NAMESPACES[name.split("::")[0]].split("::"))
    return any("::".join(parts[:count]) in names for count in range(len(parts), least - 1, -1))


def is_cuda_header(header, roots):
    return any(os.path.exists(os.path.join(root, header)) for root in roots)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("facts", metavar="FACTS_DIR", help="the folder of the tables")
    parser.add_argument("--cuport", default="build/release/bin/cuport", help="the program to ask (default: %(default)s)")
    parser.add_argument("--cuda-include", action="append", default=[], metavar="DIR",
                        help="a folder of CUDA's headers, and so what counts as one; may be given again")
    parser.add_argument("--min-sites", type=float, default=99.5, help="per cent of call sites (default: %(default)s)")
    parser.add_argument("--min-names", type=float, default=95.0, help="per cent of names (default: %(default)s)")
    parser.add_argument("--top", type=int, default=20, help="names without a row to print a table (default: %(default)s)")
    parser.add_argument("--markdown", metavar="FILE", help="write docs/Coverage.md there")
    args = parser.parse_args()
    names, headers = known_names(args.cuport)

    official, mentions, verdicts = Coverage(), Coverage(), {}
    for row in table(args.facts, "api_freq.csv"):
        name = row["ident"]
        if name in NOT_DECLARED or name + ".h" in headers:
            continue
        for coverage, column in ((official, "call_sites"), (mentions, "mentions")):
            coverage.add(row["family"], name, int(row[column]), int(row["repos"]), name in names)
        family = verdicts.setdefault(row["family"], [0, 0, 0])
        for column, counts in enumerate((True, names.get(name, "unknown") != "unknown",
                                         names.get(name) in ("as-is", "rename", "edit"))):
            family[column] += int(row["call_sites"]) if counts else 0
    language = Coverage()
    for file, sites in (("device_intrinsics", "calls"), ("vector_types", "mentions"), ("keywords_builtins", "mentions")):
        for row in table(args.facts, file + ".csv"):
            if row["ident"] not in NOT_CUDA:
                language.add(file, row["ident"], int(row[sites]), int(row["repos"]), row["ident"] in names)
    qualified = Coverage()
    for row in table(args.facts, "namespace_freq.csv"):
        root = row["qualified"].split("::")[0]
        if root in NAMESPACES:
            qualified.add(root, row["qualified"], int(row["mentions"]), int(row["repos"]),
                          namespace_row(row["qualified"], names))
    included = Coverage()
    for row in table(args.facts, "includes.csv"):
        if row["header"] in headers or is_cuda_header(row["header"], args.cuda_include):
            family = row["header"].split("/")[0] if "/" in row["header"] else "-"
            included.add(family, row["header"], int(row["files"]), int(row["repos"]), row["header"] in headers)
    impostors = sorted(row["ident"] for row in table(args.facts, "unofficial_idents.csv") if row["ident"] in names)

    if args.markdown:
        write_page(args.markdown, official, verdicts)
    official.print("Official APIs, call sites", "calls", args.top)
    mentions.print("Official APIs, mentions", "mentions", args.top)
    language.print("Device functions, vector types, keywords", "uses", args.top)
    qualified.print("Names in CUDA's namespaces (and users' in theirs)", "mentions", args.top)
    included.print("Headers", "files", args.top)

    sites, shared = official.shares()
    print("\n%.2f %% of call sites of official APIs have a row (wanted: %.2f)" % (sites, args.min_sites))
    print("%.2f %% of official names seen in two repositories or more have a row (wanted: %.2f)" % (shared, args.min_names))
    print("%d names that only look like CUDA's have a row%s" % (len(impostors), "".join("\n  " + i for i in impostors)))
    return int(sites < args.min_sites or shared < args.min_names or bool(impostors))


if __name__ == "__main__":
    sys.exit(main())
