# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""days.py WITH.json WITHOUT.json: what build files add to a report."""

import json
import os
import sys

reports = []
for path in sys.argv[1:]:
    with open(path, encoding="utf-8") as file:
        reports.append(json.load(file))
report, without = reports
for file in report["files"]:
    rules = {f["rule"] for f in report["findings"] if f["file"] == file["file"]}
    print("%s: %s, %s" % (os.path.basename(file["file"]), file["state"], ", ".join(sorted(rules))))
left = [file["file"] for file in report["files"] if file["state"] != "parsed"]
print("not parsed: %s" % (", ".join(left) or "none"))
same = 0
for card, other in zip(report["cards"], without["cards"], strict=True):
    parts = ("card", "grade", "lines", "days", "hand_lines", "modules")
    different = [p for p in parts if card[p] != other[p]]
    print("".join("%s: %s is %s, was %s\n" % (card["card"], p, card[p], other[p]) for p in different), end="")
    same += not different
print("days: the same on %d cards" % same)
at = next(i for i, f in enumerate(report["findings"]) if f.get("name") == "-lcudart")
question = next(i for i, q in enumerate(report["questions"]) if at in q["findings"])
said = []
for card in report["cards"]:
    if card["card"] in ("musa", "rocm"):
        answer = card["answers"][question]
        said.append("%s %s %s" % (card["card"], answer["verdict"], answer["reason"]))
print("verdicts of -lcudart: " + ", ".join(said))
build = next(i for i in report["cards"][0]["items"] if i["item"] == "build")
print("places of the item 'build': %d" % len(build["findings"]))
