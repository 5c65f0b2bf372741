# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""ports.py CUPORT CUDA HIP: each program of ports.cu, as CUDA with 32 lanes, does the same as its translation with 32, 64 and 128."""

import os
import subprocess
import sys

cuport, cuda, hip = sys.argv[1:]
PROGRAMS = 11
# Which program has an order that is nobody's to tell, and its kernel.
UNORDERED = {4: "positives"}
WAYS = [
    (hip, {}),
    (cuda, {"CUPORT_WARP": "64"}),
    (hip, {"CUPORT_WARP": "64", "CUPORT_ORDER": "backward"}),
    (hip, {"CUPORT_WARP": "128", "CUPORT_ORDER": "shuffle:7", "CUPORT_MODE": "thread"}),
]


def run(*command, **variables):
    return subprocess.run(command, env={**os.environ, **variables}, capture_output=True, text=True)


alarms = 0
for number in range(PROGRAMS):
    made = run(cuport, "verify", "--record=cuda.rec", "--", cuda, str(number))
    if made.returncode or made.stdout != "no error\n":
        sys.exit(f"{number}: {made.stdout}{made.stderr}")
    for program, variables in WAYS:
        options = [f"--unordered={UNORDERED[number]}"] if number in UNORDERED else []
        compared = run(cuport, "verify", "--against=cuda.rec", *options, "--", program, str(number), **variables)
        if compared.returncode or compared.stderr:
            alarms += 1
            print(f"{number} {program} {variables}: {compared.returncode}\n{compared.stdout}{compared.stderr}")
print(f"{PROGRAMS} programs in {len(WAYS)} ways, {alarms} alarms")
