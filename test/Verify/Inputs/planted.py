# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""planted.py CUPORT SOURCE RIGHT WRONG: each mistake of planted.cu is found, with its kernel, the kernel's line and what differs."""

import json
import os
import re
import subprocess
import sys

cuport, source, right, wrong = sys.argv[1:]

# In the order of main(): the kernel that computes something else, and what else is to be told. `call` is the call that the first
# difference is at, where that is not the launch itself; `element` the first that is wrong, `values` how many, `why` a sentence.
MISTAKES = [
    ("reverse", {}),
    ("rankOf", {}),
    ("smooth", {"element": 510, "values": 1}),
    ("subtract", {"why": "argument 2 points to"}),
    ("harmonic", {"type": "float64"}),
    ("warpSum", {"element": 0, "values": 8}),
    ("ratio", {"element": 1, "values": 255}),
    ("transpose", {}),
    ("doubled", {"element": 400, "why": "grid (3, 1, 1) against (2, 1, 1)"}),
    ("weighted", {"call": "cudaMemcpy", "kind": "missing", "values": 253}),  # three elements are 0
    ("clampTo", {"call": "cudaMemcpyToSymbol", "memory": "variable 'low'"}),
    ("advance", {"call": "cudaMemcpyToSymbol", "launch": 2}),
    ("consume", {"call": "cudaStreamWaitEvent", "kind": "missing"}),
    ("runningSum", {"type": "int32"}),
    ("largest", {"element": 0}),
    ("accumulate", {"call": "cudaMemset", "kind": "missing"}),
    ("negated", {"call": "cudaMemcpy", "element": 64, "values": 192}),
    ("gradient", {"element": 1}),
    ("shifted", {"element": 0, "values": 1}),
    ("quantise", {}),
    ("highest", {"element": 0, "values": 32}),
    ("place", {"field": "+8", "type": "int32"}),
]


def record(program, number, file):
    run = subprocess.run([program, str(number)], env={**os.environ, "CUPORT_RECORD": file}, capture_output=True, text=True)
    if run.returncode or run.stdout != "no error\n":
        sys.exit(f"{program} {number}: {run.stdout}{run.stderr}")


def verify(*arguments):
    run = subprocess.run([cuport, "verify", *arguments, "--format=json"], capture_output=True, text=True)
    if run.returncode == 2:
        sys.exit(run.stderr)
    return run.returncode, json.loads(run.stdout)


def problem(number, kernel, expected):
    record(right, number, "right.rec")
    record(wrong, number, "wrong.rec")
    code, same = verify("right.rec", "right.rec")
    if code != 0 or same["result"] != "same":
        return "a recording differs from itself"
    code, found = verify("right.rec", "wrong.rec")
    if code != 1:
        return "is not found"
    first = found["differences"][0]
    launch = found["differences"][found["first_launch"]] if "first_launch" in found else first
    name = launch["name"] if "launch" in launch else launch["next_kernel"]
    if name.split("(")[0] != kernel:
        return f"is found in {name}"
    line = next(i for i, text in enumerate(open(source), 1) if re.search(rf"__global__ void {kernel}\(", text))
    if "launch" in launch and launch["defined"] != f"planted.cu:{line}":
        return f"defined at {launch['defined']}, not in line {line}"
    if ("launch" if "call" not in expected else "call") == "launch" and "launch" not in first:
        return f"the first difference is at {first['name']}"
    if "call" in expected and first["name"] != expected["call"]:
        return f"the first difference is at {first['name']}"
    if not re.fullmatch(r"planted\.cu:\d+", first["called"]):
        return f"called at '{first['called']}'"
    if first["kind"] != expected.get("kind", "different"):
        return f"kind {first['kind']}"
    if launch.get("launch", 1) != expected.get("launch", 1):
        return f"launch {launch['launch']}"
    if "why" in expected and not any(reason.startswith(expected["why"]) for reason in first["reasons"]):
        return f"reasons {first['reasons']}"
    memory = launch["memory"][0] if launch["memory"] else {"different": 0, "first": {}}
    for key, value in (
        ("values", memory["different"]), ("element", memory["first"].get("element")), ("type", memory["first"].get("type")),
        ("field", memory["first"].get("field")), ("memory", first["memory"][0]["memory"] if first["memory"] else None),
    ):
        if key in expected and expected[key] != value:
            return f"{key} {value}, not {expected[key]}"
    return None


found = [(kernel, problem(number, kernel, expected)) for number, (kernel, expected) in enumerate(MISTAKES)]
for kernel, what in found:
    if what:
        print(f"{kernel}: {what}")
print(f"{sum(what is None for _, what in found)} of {len(found)} mistakes are found")
sys.exit(any(what for _, what in found))
