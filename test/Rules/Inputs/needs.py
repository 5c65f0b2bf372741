# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Prints LINE: RULE: FACT AMOUNT, ... of a report's findings of some rules: needs.py REPORT.json RULE..."""
import json
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    report = json.load(file)
for finding in report["findings"]:
    if finding["rule"] in sys.argv[2:]:
        needs = [f"{need['fact']} {need['amount']}" for need in finding["needs"]]
        print(f"{finding['line']}: {finding['rule']}: {', '.join(needs) or 'nothing'}")
