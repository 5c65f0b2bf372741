#!/usr/bin/env python3
# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What files of one's own cost at the start: `cuport explain` with and without a --knowledge file of 1,000 rows, and with
a --target file of 1,000 names. Prints CPU milliseconds (user and system), the least of the repeats, and ends with 1 where a
file costs 20 ms or more. `--version`, which looks nothing up, stands beside them."""

import argparse
import os
import sys
import tempfile

import programs


def write(path, text):
    with open(path, "w") as file:
        file.write(text)
    return path


def rows(count):
    head = "library: mine\ntitle: Mine\nheader: mine.h\nrows:\n"
    return head + "".join(
        f"  - cuda: mineCall{i}\n    kind: function\n    signature: cudaError_t (void **p, size_t size, cudaStream_t s = 0)\n"
        f"    hip: hipMineCall{i}\n    since: {{cuda: 11.2, hip: 5.2}}\n    group: memory\n    note: It takes {i} of them.\n"
        for i in range(count)
    )


def names(count):
    head = "target: mine\nsources: {notes: {at: my notes, seen: 2026-11-01}}\nnames:\n"
    return head + "  - source: notes\n    confidence: high\n    names:\n" + "".join(
        f"      mineCall{i}: {{name: cardCall{i}, note: It takes {i} of them.}}\n" for i in range(count)
    )


def main():
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--cuport", default="build/release/bin/cuport")
    options.add_argument("--count", type=int, default=1000, help="rows and names (default: 1000)")
    options.add_argument("--repeat", type=int, default=15)
    options.add_argument("--limit", type=float, default=20, help="milliseconds a file may cost (default: 20)")
    args = options.parse_args()
    with tempfile.TemporaryDirectory() as work:
        knowledge = write(os.path.join(work, "rows.yaml"), rows(args.count))
        target = write(os.path.join(work, "names.yaml"), names(args.count))
        explain = [args.cuport, "explain", "cudaMalloc"]
        commands = {
            "--version": [args.cuport, "--version"],
            "explain": explain,
            f"{args.count} rows": explain + ["--knowledge=" + knowledge],
            "explain --target": explain + ["--target=musa"],
            f"{args.count} names": explain + ["--target=musa," + target],
        }
        least = {}
        for _ in range(args.repeat):  # in turn, so that what else the machine does meets all of them
            for name, command in commands.items():
                run = programs.run(command, limit=60)
                if run.code:
                    sys.exit(f"{name}: exit code {run.code}")
                least[name] = min(run.cpu * 1000, least.get(name, 1e9))
    for name, milliseconds in least.items():
        print(f"{name:<18}{milliseconds:7.1f} ms")
    costs = {
        "rows": least[f"{args.count} rows"] - least["explain"],
        "names": least[f"{args.count} names"] - least["explain --target"],
    }
    for name, milliseconds in costs.items():
        print(f"a file of {args.count} {name} costs {milliseconds:.1f} ms")
    sys.exit(1 if max(costs.values()) >= args.limit else 0)


if __name__ == "__main__":
    main()
