# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""hazards.py TABLE RULES,RULES REPORT.json FILE...: docs/Hazards.md says what is found.

Each hazard of the TABLE names rules of RULES (Rules.def, BuildRules.def), or says why there is none; each rule it names has a line in one of the
FILEs that is marked with both ("HAZARD: id rule"), where the report has a finding of the rule that says more than a new name.
"""

import json
import os
import re
import sys

ROW = re.compile(r"^\| (\d+) \| `([^`]+)` \| ([^|]+) \| ([^|]+) \| (.+) \|$")
MARK = re.compile(r"HAZARD: (\S+) (\S+)$")


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def explains(finding):
    """False for a mere new name: 'x' is 'y' in HIP."""
    return finding["rule"] != "api-name" or finding["verdict"] not in ("as-is", "rename") or ": " in finding["message"]


def main(table, rules, report, files):
    ids = {name for path in rules.split(",") for name in re.findall(r'^RULE\(\w+, "([^"]+)"', read(path), re.M)}
    found = {}
    for finding in json.loads(read(report))["findings"]:
        found.setdefault((os.path.basename(finding["file"]), finding["line"], finding["rule"]), []).append(finding)
    problems, marked = [], set()
    for path in files:
        for number, line in enumerate(read(path).splitlines(), 1):
            if mark := MARK.search(line):
                hazard, rule = mark.groups()
                marked.add((hazard, rule))
                here = found.get((os.path.basename(path), number, rule), [])
                if not any(map(explains, here)):
                    said = [finding["message"] for finding in here]
                    problems.append(f"{os.path.basename(path)}:{number}: {rule} does not tell of {hazard}: {said}")
    with_rule, rows = 0, [ROW.match(line).groups() for line in read(table).splitlines() if re.match(r"\| \d", line)]
    for place, (rank, hazard, what, _, by) in enumerate(rows, 1):
        named = re.findall(r"\[([^\]]+)\]\(rules/\1\.md\)", by)
        with_rule += bool(named)
        if int(rank) != place:
            problems.append(f"{hazard}: rank {rank} stands at place {place}")
        if not what.strip() or not (named or re.match(r"none: \w+ \w+", by)):
            problems.append(f"{hazard}: has neither a rule nor a reason")
        for rule in named:
            if rule not in ids:
                problems.append(f"{hazard}: there is no rule {rule}")
            if (hazard, rule) not in marked:
                problems.append(f"{hazard}: no line of code is marked for {rule}")
        marked -= {(hazard, rule) for rule in named}
    problems += [f"{hazard}: marked for {rule}, which the table does not name" for hazard, rule in sorted(marked)]
    print("\n".join(problems))
    print(f"{len(rows)} hazards, {with_rule} with a rule, {len(problems)} problems")


if __name__ == "__main__":
    main(*sys.argv[1:4], sys.argv[4:])
