#!/usr/bin/env python3
# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""How well cuport's reports tell the lines that people edited by hand.

Two sets of cases, both public, whose outcomes were counted beforehand and stand in test/Bench/effort/:

  hecbench_pairs.csv   programs of HeCBench with a CUDA and a HIP version; `sem` is the lines that still differ after renaming
  ports.csv            projects that were ported; `code_lines_after_rename` is the lines edited by hand

cuport reads the CUDA side only. What it predicts from was fixed before any outcome was compared: for each rule the places that it
leaves for a person, for each family of names how often it is used, and sizes. Fitting is cross-validated; what was fitted on
what is printed with every line.

    effort_backtest.py --hecbench CHECKOUT --ports FOLDER --work FOLDER [--write]

--ports has a checkout of the CUDA side (column `base`) of each project, in a folder named after the first column, with '_' for what is
no letter or digit. Reports are kept in --work and made once. --write puts the table into lib/Knowledge/data/effort-backtest.yaml.
"""

import argparse
import csv
import json
import math
import os
import re
import statistics
import subprocess
import sys

import programs

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PERSON = ("review", "redesign", "unsupported", "unknown")
CARD = "rocm"  # the card that all these ports were made for, or the one nearest to it

# Families of names, whatever becomes of them: the wider a family's meaning may differ, the more there is to look at.
FAMILIES = {
    "cub": r"cub(::.*)?|cub/.*",
    "thrust": r"thrust(::.*)?|thrust/.*",
    "blas": r"cublas.*",
    "other-library": r"(cufft|curand|cusparse|cusolver|cudnn|nccl|cutensor|nvrtc|nvml|nvtx|npp|nvjpeg).*",
    "cooperative-groups": r"cooperative_groups.*",
    "tensor": r".*wmma.*",
    "libcudacxx": r"cuda(::.*|/.*)|cuda::",
    "texture": r"(?i:.*(texture|surface|tex[123]d|surf[123]d).*)",
    "graph": r"(cudaGraph|cuGraph|cudaStreamBeginCapture|cudaStreamEndCapture).*",
    "half": r".*(half|bfloat|fp8|_h2?$).*",
    "atomic": r"atomic.*",
    "shuffle-vote": r"__(shfl|ballot|any|all|activemask|match|reduce)_.*|__(ballot|any|all|activemask|syncwarp).*",
    "warp-size": r"warpSize",
    "driver": r"cu[A-Z].*",
    "occupancy": r".*(Occupancy|FuncAttribute|FuncSetCache|FuncSetAttribute|DeviceProp|DeviceGetAttribute|LimitS).*",
    "async-copy": r".*(memcpy_async|pipeline|barrier|cp_async).*",
    "math": r"__(f|d|u|i|ll)?[a-z0-9]+_r[nzud]|__(sin|cos|exp|log|pow|tan|fdivide|saturate|brev|clz|ffs|popc|byte_perm|dp[24]a|v[a-z]+[24]).*",
}


def features_of(report):
    """The predictors of one report, by name. Nothing here knows an outcome."""
    rules = report_rules(report)
    values = {"rule " + rule: 0 for rule in rules}
    names = {}
    for finding in report["findings"]:
        if finding["verdict"] in PERSON:
            values["rule " + finding["rule"]] += 1
        if finding["name"]:
            names[finding["name"]] = names.get(finding["name"], 0) + 1
    for family, pattern in FAMILIES.items():
        values["family " + family] = sum(n for name, n in names.items() if re.fullmatch(pattern, name))
    files = [f for f in report["files"] if sum(f["verdicts"].values())]
    values["lines"] = sum(f["lines"] for f in files)
    values["kernel lines"] = sum(k["last_line"] - k["line"] + 1 for k in report["kernels"])
    values["kernels"] = sum(k["kernel"] for k in report["kernels"])
    values["places"] = len(report["findings"])
    values["errors"] = sum(f["error_count"] for f in files)
    return {name: math.log1p(value) for name, value in values.items()}


def report_rules(report):
    return [r["rule"] for r in report["all_rules"]]


# -- Fitting: ridge regression on the logarithm, by hand, so that the script needs nothing but Python.


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


STRENGTHS = (3, 10, 30, 100, 300)


def cross_validated(inputs, outcomes):
    """A prediction for every case from a model that has not seen it; the ridge's strength is chosen inside, by the training cases alone."""
    predicted = [0.0] * len(outcomes)
    for held in folds(len(outcomes)):
        train = [i for i in range(len(outcomes)) if i not in set(held)]
        errors = {}
        for strength in STRENGTHS:
            errors[strength] = 0
            for inner in folds(len(train), 5):
                fit = [train[i] for i in range(len(train)) if i not in set(inner)]
                model = Ridge(strength, [inputs[i] for i in fit], [outcomes[i] for i in fit])
                errors[strength] += sum((model.predict(inputs[train[i]]) - outcomes[train[i]]) ** 2 for i in inner)
        best = min(STRENGTHS, key=errors.get)
        model = Ridge(best, [inputs[i] for i in train], [outcomes[i] for i in train])
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
        report = json.load(f)
    report["all_rules"] = args.rules
    return report


def rules_of(cuport):
    text = subprocess.run([cuport, "explain", "--list"], capture_output=True, text=True, check=True).stdout
    return [{"rule": m.group(1)} for m in re.finditer(r"^  ([a-z0-9-]+) +\S", text.split("Libraries")[0], re.M)]


def number(row, key):
    return float(row[key] or 0)


def hecbench(args):
    with open(os.path.join(HERE, "effort", "hecbench_pairs.csv"), newline="") as f:
        rows = list(csv.DictReader(f))
    inputs, used, production = [], [], []
    for row in rows:
        folder = os.path.join(args.hecbench, "src", row["name"] + "-cuda")
        if not os.path.isdir(folder):
            print("no checkout of", row["name"], file=sys.stderr)
            continue
        report = report_of(args, folder, row["name"], "hecbench")
        inputs.append(features_of(report))
        production.append(report["cards"][0]["hand_lines"])
        used.append(row)
    outcome = [number(r, "sem") for r in used]
    logs = [math.log1p(y) for y in outcome]
    names = sorted(inputs[0])
    matrix = [[x[n] for n in names] for x in inputs]
    regex = [k for k in used[0] if k not in ("name", "sem", "raw_res", "auto", "oth", "new_hip_loc")]
    regex_matrix = [[math.log1p(number(r, k)) for k in regex] for r in used]
    result = [
        ranking_row("lines of code", [number(r, "loc") for r in used], outcome),
        ranking_row("lines with CUDA's names", [number(r, "cuda_lines") for r in used], outcome),
        ranking_row("names that hipify warns of", [number(r, "unsup") + number(r, "unknown_cu") for r in used], outcome),
        ranking_row("patterns in the text, fitted on HeCBench, 10-fold", cross_validated(regex_matrix, logs), outcome),
        ranking_row("cuport's places, fitted on HeCBench, 10-fold", cross_validated(matrix, logs), outcome),
        ranking_row("cuport's bottom-up lines, as in reports", [p["bottom_up"] for p in production], outcome),
    ]
    if args.explain:
        model = Ridge(30, matrix, logs)
        for weight, name in sorted(zip(model.weights, names), key=lambda x: -abs(x[0]))[:25]:
            print("%7.3f  %s" % (weight, name), file=sys.stderr)
    return result


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
    outcome, loc, tokens, once, cuport, used = [], [], [], [], [], []
    for row in rows:
        folder = os.path.join(args.ports, re.sub(r"\W+", "_", row["project"]).strip("_"))
        if not os.path.isdir(folder):
            print("no checkout of", row["project"], "in", folder, file=sys.stderr)
            continue
        report = report_of(args, folder, row["project"], "ports")
        used.append((row, report))
        outcome.append(number(row, "code_lines_after_rename"))
        loc.append(number(row, "cuda_loc"))
        tokens.append(number(row, "cuda_token_lines"))
        once.append(float(strategy[row["style"]] == "once"))
    logs = [math.log(y) for y in outcome]
    bottom, top, place_lines = [], [], []
    for (row, report), lines in zip(used, loc):
        hand = report["cards"][0]["hand_lines"]
        share = next(p for p in report["effort"]["parameters"] if p["id"] == "hand-share-" + strategy[row["style"]])
        bottom.append(max(1.0, hand["bottom_up"]))
        top.append(lines * share["expected"])
        if args.explain:
            print("%-18s true %5d  top-down %6.0f  bottom-up %6.0f  lines %6d (cuport %6d)" % (
                row["project"], number(row, "code_lines_after_rename"), top[-1], bottom[-1], lines,
                report["cards"][0]["lines"]["files"]), file=sys.stderr)

    def fitted(predictor, columns):
        predicted, intervals = leave_one_out([list(x) for x in zip(*columns)], logs, 1e-6)
        return port_row(predictor, predicted, outcome, intervals)

    log = lambda values: [math.log(v) for v in values]
    error = next(p for p in used[0][1]["effort"]["parameters"] if p["id"] == "model-error")
    middle = [math.sqrt(a * b) for a, b in zip(top, bottom)]
    around = [(m * error["low"], m * error["high"]) for m in middle]
    return [
        fitted("lines of CUDA files, leave one out", [log(loc)]),
        fitted("lines with CUDA's names, leave one out", [log(tokens)]),
        fitted("lines and strategy, leave one out", [log(loc), once]),
        fitted("lines, strategy and cuport's bottom-up, leave one out", [log(loc), once, log(bottom)]),
        fitted("cuport's bottom-up, leave one out", [log(bottom)]),
        port_row("top-down as in reports, shares fitted on these ports", top, outcome),
        port_row("bottom-up as in reports, not fitted on these ports", bottom, outcome),
        port_row("the middle of both, as in reports", middle, outcome, around),
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cuport", default=os.path.join(ROOT, "build", "release", "bin", "cuport"))
    parser.add_argument("--hecbench", default=os.environ.get("CUPORT_HECBENCH"), help="a checkout of zjin-lcf/HeCBench")
    parser.add_argument("--ports", help="the folder with the projects' checkouts")
    parser.add_argument("--work", required=True, help="where reports are kept")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--unit-timeout", type=int, default=60)
    parser.add_argument("--explain", action="store_true", help="print the cases and the heaviest weights")
    parser.add_argument("--write", action="store_true", help="write lib/Knowledge/data/effort-backtest.yaml")
    args = parser.parse_args()
    args.rules = rules_of(args.cuport)
    rows = (hecbench(args) if args.hecbench else []) + (ports(args) if args.ports else [])
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
                f.write("".join("  %s %s: %s\n" % ("-" if i == 0 else " ", key, value) for i, (key, value) in enumerate(row.items())))


if __name__ == "__main__":
    main()
