#!/usr/bin/env python3
# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the warp-width audit says about real programs. REPORTS is a folder of `cuport report --format=json`, one file a program, named
after it.

  warp_audit.py sample REPORTS --seed N [--count 100] > warp_sample.csv
      Draws findings at random, each one equally likely, for a person to judge: columns right and why are empty.
  warp_audit.py judged warp_sample.csv
      Counts what was judged.
  warp_audit.py pairs REPORTS PAIRS.csv
      PAIRS.csv has columns name, cat_warp_size and cat_lane_mask_width: how many lines the program's HIP twin has otherwise because of
      the warp's width. Counts the programs with such lines that have a finding.
"""

import argparse
import collections
import csv
import json
import os
import random
import sys

RULES = ("lane-mask", "shuffle-distance", "warp-array", "warp-constant", "warp-index", "warp-mask", "warp-synchronous", "warp-tile",
         "divergent-warp")


def findings(folder, program):
    path = os.path.join(folder, program + ".json")
    if not os.path.exists(path) or os.path.getsize(path) == 0:
        return None
    with open(path, encoding="utf-8") as f:
        return [x for x in json.load(f)["findings"] if x["rule"] in RULES]


def sample(args):
    found = []
    for name in sorted(os.listdir(args.reports)):
        program, extension = os.path.splitext(name)
        if extension == ".json":
            found += findings(args.reports, program) or []
    # A text of the finding's place, so that the order does not hang on the folder.
    found.sort(key=lambda x: (x["file"], x["line"], x["column"], x["rule"]))
    chosen = random.Random(args.seed).sample(found, min(args.count, len(found)))
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["file", "line", "column", "rule", "name", "right", "why"])
    for x in sorted(chosen, key=lambda x: (x["file"], x["line"], x["column"])):
        out.writerow([x["file"], x["line"], x["column"], x["rule"], x["name"], "", ""])
    print(f"{len(chosen)} of {len(found)} findings, seed {args.seed}", file=sys.stderr)


def judged(args):
    with open(args.sample, encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f))
    by_rule = collections.defaultdict(collections.Counter)
    for row in rows:
        if row["right"] not in ("yes", "no") or not row["why"]:
            sys.exit(f"{row['file']}:{row['line']}: not judged")
        by_rule[row["rule"]][row["right"]] += 1
    for rule, counts in sorted(by_rule.items()):
        print(f"{rule:18} {counts['yes']:3} of {sum(counts.values()):3} right")
    print(f"{sum(row['right'] == 'yes' for row in rows)} of {len(rows)} right")


def pairs(args):
    flagged, silent, missing = [], [], []
    with open(args.pairs, encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            if int(row["cat_warp_size"] or 0) + int(row["cat_lane_mask_width"] or 0) == 0:
                continue
            found = findings(args.reports, row["name"])
            (missing if found is None else flagged if found else silent).append(row["name"])
    print(f"{len(flagged)} of {len(flagged) + len(silent)} pairs flagged; silent: {', '.join(silent) or 'none'}"
          + (f"; without a report: {', '.join(missing)}" if missing else ""))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(required=True)
    verb = verbs.add_parser("sample")
    verb.add_argument("reports")
    verb.add_argument("--seed", type=int, required=True)
    verb.add_argument("--count", type=int, default=100)
    verb.set_defaults(run=sample)
    verb = verbs.add_parser("judged")
    verb.add_argument("sample")
    verb.set_defaults(run=judged)
    verb = verbs.add_parser("pairs")
    verb.add_argument("reports")
    verb.add_argument("pairs")
    verb.set_defaults(run=pairs)
    args = parser.parse_args()
    args.run(args)


main()
