#!/usr/bin/env python3
# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""How well cuport's reports tell the lines that people edited by hand.

Two sets of cases, both public, whose outcomes were counted beforehand and stand in test/Bench/effort/:

  hecbench_pairs.csv   programs of HeCBench with a CUDA and a HIP version; `sem` is the lines that still differ after renaming
  ports.csv            projects that were ported; `code_lines_after_rename` is the lines edited by hand

cuport reads the CUDA side only. What it predicts from is all that there is of a kind and not what turned out to help: for each rule its
places, for each library and group of names how often they are used, and sizes. Fitting is cross-validated; what was fitted on what is
printed with every line.

    effort_backtest.py --hecbench CHECKOUT --ports FOLDER --work FOLDER [--write]

--ports has a checkout of the CUDA side (column `base`) of each project, in a folder named after the first column, with '_' for what is
no letter or digit. Reports are kept in --work and made once. --write puts the table into lib/Knowledge/data/effort-backtest.yaml.
"""

import argparse
import collections
import csv
import datetime
import json
import math
import os
import random
import re
import statistics
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PERSON = ("review", "redesign", "unsupported", "unknown")
CARD = "rocm"  # the card that all these ports were made for, or the one nearest to it



class Groups:
    """The library and group that a name's row has, asked of cuport."""

    def __init__(self, cuport):
        self.cuport = cuport
        self.of = {}

    def learn(self, names):
        new = sorted(n for n in names if n not in self.of and re.fullmatch(r"\w[\w:./]*", n))
        for start in range(0, len(new), 300):
            ran = subprocess.run([self.cuport, "explain", "--yaml", *new[start : start + 300]], capture_output=True, text=True)
            library = name = ""
            for line in ran.stdout.splitlines():
                if line.startswith("library: "):
                    library = line.split()[1]
                elif line.startswith("  - cuda: "):
                    name = line.split()[2].strip("'\"")
                    self.of[name] = library + "/"
                elif line.startswith("    group: "):
                    self.of[name] += line.split(": ", 1)[1]


def features_of(report, groups):
    """The predictors of one report, by name: for each rule the places it leaves for a person and the others, for each library and each
    group of names in it how often they are used, and sizes. Nothing here knows an outcome, or was chosen by one."""
    values = collections.Counter()
    for finding in report["findings"]:
        values[("left by " if finding["verdict"] in PERSON else "done by ") + finding["rule"]] += 1
        if group := groups.of.get(finding["name"]):
            values["group " + group] += 1
            values["library " + group.split("/")[0]] += 1
    files = [f for f in report["files"] if sum(f["verdicts"].values())]
    values["files"] = len(files)
    values["lines"] = sum(f["lines"] for f in files)
    values["kernel lines"] = sum(k["last_line"] - k["line"] + 1 for k in report["kernels"])
    values["kernels"] = sum(k["kernel"] for k in report["kernels"])
    values["places"] = len(report["findings"])
    values["errors"] = sum(f["error_count"] for f in files)
    return values


def matrix_of(features):
    """A row of logarithms a case; what fewer than five cases have tells nothing of others."""
    names = sorted(n for n in set().union(*features) if sum(n in f for f in features) >= 5)
    return names, [[math.log1p(f[n]) for n in names] for f in features]


# -- Fitting, by hand, so that the script needs nothing but Python.


class Trees:
    """Extremely randomised trees: each split is the best of some features at random thresholds; the mean of many trees."""

    COUNT, LEAF, SHARE = 300, 3, 0.3

    def __init__(self, inputs, outcomes, seed=1):
        self.random = random.Random(seed)
        self.columns = list(zip(*inputs))
        self.outcomes = outcomes
        self.roots = [self.grow(list(range(len(outcomes)))) for _ in range(self.COUNT)]

    def grow(self, cases):
        values = [self.outcomes[i] for i in cases]
        mean = sum(values) / len(values)
        if len(cases) < 2 * self.LEAF or max(values) == min(values):
            return mean
        best = None
        width = len(self.columns)
        for feature in self.random.sample(range(width), max(1, int(width * self.SHARE))):
            column = self.columns[feature]
            here = [column[i] for i in cases]
            low, high = min(here), max(here)
            if low == high:
                continue
            threshold = self.random.uniform(low, high)
            left = [y for x, y in zip(here, values) if x < threshold]
            n, m = len(left), len(values) - len(left)
            if n < self.LEAF or m < self.LEAF:
                continue
            left_sum = sum(left)
            gain = left_sum * left_sum / n + (mean * len(values) - left_sum) ** 2 / m
            if best is None or gain > best[0]:
                best = gain, feature, threshold
        if best is None:
            return mean
        _, feature, threshold = best
        column = self.columns[feature]
        return (feature, threshold, self.grow([i for i in cases if column[i] < threshold]),
                self.grow([i for i in cases if column[i] >= threshold]))

    def predict(self, x):
        total = 0.0
        for node in self.roots:
            while isinstance(node, tuple):
                node = node[2] if x[node[0]] < node[1] else node[3]
            total += node
        return total / len(self.roots)


def solve(matrix, right):
    """The solution of a linear system, by elimination with pivots."""
    n = len(right)
    rows = [list(row) + [value] for row, value in zip(matrix, right)]
    for column in range(n):
        pivot = max(range(column, n), key=lambda r: abs(rows[r][column]))
        rows[column], rows[pivot] = rows[pivot], rows[column]
        for r in range(column + 1, n):
            factor = rows[r][column] / rows[column][column]
            if factor:
                rows[r] = [a - factor * b for a, b in zip(rows[r], rows[column])]
    result = [0.0] * n
    for r in reversed(range(n)):
        result[r] = (rows[r][n] - sum(rows[r][c] * result[c] for c in range(r + 1, n))) / rows[r][r]
    return result


class Ridge:
    def __init__(self, strength, inputs, outcomes):
        columns = list(zip(*inputs))
        self.means = [statistics.fmean(c) for c in columns]
        self.scales = [statistics.pstdev(c) or 1.0 for c in columns]
        self.middle = statistics.fmean(outcomes)
        scaled = [self.scale(x) for x in inputs]
        width = len(self.means)
        gram = [[sum(row[i] * row[j] for row in scaled) for j in range(width)] for i in range(width)]
        for i in range(width):
            gram[i][i] += strength
        self.weights = solve(gram, [sum(row[i] * (y - self.middle) for row, y in zip(scaled, outcomes)) for i in range(width)])

    def scale(self, x):
        return [(v - m) / s for v, m, s in zip(x, self.means, self.scales)]

    def predict(self, x):
        return self.middle + sum(w * v for w, v in zip(self.weights, self.scale(x)))


def folds(count, parts=10):
    """Every case in one part, by its number alone."""
    return [[i for i in range(count) if (i * 7919) % 1000003 % parts == part] for part in range(parts)]


def cross_validated(inputs, outcomes):
    """A prediction for every case from trees that have not seen it."""
    predicted = [0.0] * len(outcomes)
    for held in folds(len(outcomes)):
        train = [i for i in range(len(outcomes)) if i not in set(held)]
        model = Trees([inputs[i] for i in train], [outcomes[i] for i in train])
        for i in held:
            predicted[i] = model.predict(inputs[i])
    return predicted


# -- What a prediction is worth.


def ranks(values):
    order = sorted(range(len(values)), key=values.__getitem__)
    result = [0.0] * len(values)
    i = 0
    while i < len(order):
        j = i
        while j < len(order) and values[order[j]] == values[order[i]]:
            j += 1
        for k in range(i, j):
            result[order[k]] = (i + j - 1) / 2
        i = j
    return result


def spearman(a, b):
    return statistics.correlation(ranks(a), ranks(b))


def auc(score, outcome):
    """How often a case with lines to edit scores above one without."""
    r = ranks(score)
    positive = [x for x, y in zip(r, outcome) if y > 0]
    n, m = len(positive), len(outcome) - len(positive)
    return (sum(positive) - n * (n - 1) / 2) / (n * m)


def lift(score, outcome, share=0.2):
    """The share of all lines that stand in the fifth with the highest scores; where scores are equal, in the mean of their orders."""
    wanted = share * len(score)
    taken, lines = 0, 0.0
    for value in sorted(set(score), reverse=True):
        group = [y for s, y in zip(score, outcome) if s == value]
        part = min(1.0, (wanted - taken) / len(group))
        lines += part * sum(group)
        taken += len(group)
        if taken >= wanted:
            break
    return lines / sum(outcome)


def ranking_row(predictor, score, outcome):
    return {
        "data": "hecbench",
        "predictor": predictor,
        "cases": len(outcome),
        "spearman": round(spearman(score, outcome), 3),
        "auc": round(auc(score, outcome), 3),
        "top20": round(lift(score, outcome), 3),
    }


# -- Reports.


def report_of(args, folder, name, kind):
    """The report of a folder for the card, made once."""
    path = os.path.join(args.work, kind, re.sub(r"\W", "_", name) + ".json")
    if not os.path.exists(path):
        os.makedirs(os.path.dirname(path), exist_ok=True)
        options = ["--format=json", "--target=" + CARD, "-j", str(args.jobs), "--unit-timeout=%d" % args.unit_timeout]
        subprocess.run([args.cuport, "report", ".", *options, "-o", os.path.abspath(path)], cwd=folder, stderr=subprocess.DEVNULL)
    with open(path) as f:
        return json.load(f)


def number(row, key):
    return float(row[key] or 0)


def hecbench(args):
    with open(os.path.join(HERE, "effort", "hecbench_pairs.csv"), newline="") as f:
        rows = list(csv.DictReader(f))
    reports, used, production = [], [], []
    for row in rows:
        folder = os.path.join(args.hecbench, "src", row["name"] + "-cuda")
        if not os.path.isdir(folder):
            print("no checkout of", row["name"], file=sys.stderr)
            continue
        report = report_of(args, folder, row["name"], "hecbench")
        reports.append(report)
        production.append(report["cards"][0]["hand_lines"])
        used.append(row)
    outcome = [number(r, "sem") for r in used]
    logs = [math.log1p(y) for y in outcome]
    groups = Groups(args.cuport)
    groups.learn({f["name"] for r in reports for f in r["findings"]})
    _, matrix = matrix_of([features_of(r, groups) for r in reports])
    regex = [k for k in used[0] if k not in ("name", "sem", "raw_res", "auto", "oth", "new_hip_loc")]
    regex_matrix = [[math.log1p(number(r, k)) for k in regex] for r in used]
    result = [
        ranking_row("lines of code", [number(r, "loc") for r in used], outcome),
        ranking_row("lines with CUDA's names", [number(r, "cuda_lines") for r in used], outcome),
        ranking_row("names that hipify warns of", [number(r, "unsup") + number(r, "unknown_cu") for r in used], outcome),
        ranking_row("patterns in the text, trees fitted on HeCBench, 10-fold", cross_validated(regex_matrix, logs), outcome),
        ranking_row("cuport's places, trees fitted on HeCBench, 10-fold", cross_validated(matrix, logs), outcome),
        ranking_row("cuport's bottom-up lines, as in reports", [p["bottom_up"] for p in production], outcome),
    ]
    return result


SOURCES = {
    "hecbench": "test/Bench/effort/hecbench_pairs.csv, programs of HeCBench with a CUDA and a HIP version, lines that differ after renaming",
    "ports": "test/Bench/effort/ports.csv, public ports of CUDA projects, lines edited by hand after renaming",
}

# -- Ports of real projects.

# Rewrites and the vendor's own ports of CUDA's libraries are other work than a port of an application.
NO_PORTS = re.compile(r"ginkgo|flash-attn|muThrust|muAlg")
STRATEGIES = {
    "shim": ("macro header", "alike header", "wrapper"),
    "build-time": ("torch-hipify+shim hdr", "build-time hipify+ifdef", "torch-hipify", "torch-hipify+ifdef"),
    "once": ("in-place rename", "duplicate dir", "in-place"),
}
Z90 = 1.2815515655446004


def port_row(predictor, predicted, outcome, intervals=None):
    factors = [max(p / y, y / p) for p, y in zip(predicted, outcome)]
    row = {
        "data": "ports",
        "predictor": predictor,
        "cases": len(outcome),
        "mean-factor": round(math.exp(statistics.fmean(math.log(f) for f in factors)), 2),
        "within-three": sum(f <= 3 for f in factors),
    }
    if intervals:
        row["covered"] = round(sum(low <= y <= high for (low, high), y in zip(intervals, outcome)) / len(outcome), 2)
    return row


def leave_one_out(inputs, outcomes, strength):
    """Predictions and 80 % intervals of a fit to the logarithm of all other cases."""
    predicted, intervals = [], []
    for held in range(len(outcomes)):
        fit = [i for i in range(len(outcomes)) if i != held]
        model = Ridge(strength, [inputs[i] for i in fit], [outcomes[i] for i in fit])
        spread = math.sqrt(sum((model.predict(inputs[i]) - outcomes[i]) ** 2 for i in fit) / max(1, len(fit) - len(inputs[0]) - 1))
        middle = model.predict(inputs[held])
        predicted.append(math.exp(middle))
        intervals.append((math.exp(middle - Z90 * spread), math.exp(middle + Z90 * spread)))
    return predicted, intervals


def ports(args):
    with open(os.path.join(HERE, "effort", "ports.csv"), newline="") as f:
        rows = [r for r in csv.DictReader(f) if not NO_PORTS.search(r["project"])]
    strategy = {style: name for name, styles in STRATEGIES.items() for style in styles}
    outcome = [number(r, "code_lines_after_rename") for r in rows]
    logs = [math.log(y) for y in outcome]

    def log(values):
        return [math.log(v) for v in values]

    def fitted(predictor, columns, cases=range(len(rows))):
        predicted, intervals = leave_one_out([[c[i] for c in columns] for i in cases], [logs[i] for i in cases], 1e-6)
        return port_row(predictor, predicted, [outcome[i] for i in cases], intervals)

    loc = log([number(r, "cuda_loc") for r in rows])
    once = [float(strategy[r["style"]] == "once") for r in rows]
    result = [
        fitted("lines of CUDA files, leave one out", [loc]),
        fitted("lines with CUDA's names, leave one out", [log([number(r, "cuda_token_lines") for r in rows])]),
        fitted("lines of CUDA files and strategy, leave one out", [loc, once]),
    ]
    read, bottom, top = [], [], []
    for i, row in enumerate(rows):
        folder = os.path.join(args.ports, re.sub(r"\W+", "_", row["project"]).strip("_"))
        if not os.path.isdir(folder):
            print("no checkout of", row["project"], "in", folder, file=sys.stderr)
            continue
        report = report_of(args, folder, row["project"], "ports")
        parameters = {p["id"]: p for p in report["effort"]["parameters"]}
        read.append(i)
        bottom.append(report["cards"][0]["hand_lines"]["bottom_up"])
        top.append(number(row, "cuda_loc") * parameters["hand-share-" + strategy[row["style"]]]["expected"])
        if args.explain:
            print("%-18s true %5d  top-down %6.0f  bottom-up %6.0f  lines %6d (cuport %6d)" % (
                row["project"], outcome[i], top[-1], bottom[-1], number(row, "cuda_loc"), report["cards"][0]["lines"]["files"]),
                file=sys.stderr)
    if len(read) < 5:
        return result
    known = [outcome[i] for i in read]
    middle = [math.sqrt(a * b) for a, b in zip(top, bottom)]
    error = parameters["model-error"]
    around = [(m * error["low"], m * error["high"]) for m in middle]
    own = dict(zip(read, log(bottom)))
    bottom_of = [own.get(i, 0) for i in range(len(rows))]
    if len(read) < len(rows):
        result.append(fitted("lines of CUDA files, leave one out, the projects that were read", [loc], read))
    return result + [
        fitted("cuport's bottom-up lines, leave one out", [bottom_of], read),
        fitted("lines of CUDA files and cuport's bottom-up lines, leave one out", [loc, bottom_of], read),
        port_row("bottom-up as in reports, not fitted on ports", bottom, known),
        port_row("top-down as in reports, its shares from these ports", top, known),
        port_row("the middle of both, as in reports, with the range of reports", middle, known, around),
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cuport", default=os.path.join(ROOT, "build", "release", "bin", "cuport"))
    parser.add_argument("--hecbench", default=os.environ.get("CUPORT_HECBENCH"), help="a checkout of zjin-lcf/HeCBench")
    parser.add_argument("--ports", help="the folder with the projects' checkouts")
    parser.add_argument("--work", required=True, help="where reports are kept")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--unit-timeout", type=int, default=60)
    parser.add_argument("--explain", action="store_true", help="print every port")
    parser.add_argument("--date", default=datetime.date.today().isoformat(), help="for --write: when the reports were made (default: today)")
    parser.add_argument("--write", action="store_true", help="write lib/Knowledge/data/effort-backtest.yaml")
    args = parser.parse_args()
    rows = (hecbench(args) if args.hecbench else []) + (ports(args) if args.ports else [])
    if not rows:
        parser.error("give --hecbench, --ports or both")
    columns = ("spearman", "auc", "top20", "mean-factor", "within-three", "covered")
    print("%-9s %5s " % ("data", "cases") + " ".join("%12s" % c for c in columns) + "  predictor")
    for row in rows:
        cells = " ".join("%12s" % row.get(c, "") for c in columns)
        print("%-9s %5d %s  %s" % (row["data"], row["cases"], cells, row["predictor"]))
    if args.write:
        path = os.path.join(ROOT, "lib", "Knowledge", "data", "effort-backtest.yaml")
        with open(path, "w") as f:
            f.write("# Written by test/Bench/effort_backtest.py --write; docs/EffortModel.md says what was measured and how.\n\nbacktest:\n")
            for row in rows:
                row["source"] = SOURCES[row["data"]] + ", " + args.date
                f.write("".join("  %s %s: %s\n" % ("-" if i == 0 else " ", key, value) for i, (key, value) in enumerate(row.items())))


if __name__ == "__main__":
    main()
