# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""catalogue.py ROOT: every message of the HTML report stands in each language, is used, and has the same {values}; and what other parts of
cuport list by name has its words."""

import json
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
page = root / "lib/Report/html"
catalogue = json.loads((page / "messages.json").read_text(encoding="utf-8"))
script = "".join(path.read_text(encoding="utf-8") for path in sorted(page.glob("*.js")))


def listed(path, pattern):
    names = re.findall(pattern, (root / path).read_text(encoding="utf-8"), re.M)
    if not names:
        sys.exit(f"{path}: lists nothing")
    return names


# What other parts of cuport list, and the page has words for. Where they have English of their own the page has the rest.
OWN_ENGLISH = {
    "summary": listed("lib/Rules/Rules.def", r'^RULE\(\w+, "([\w-]+)"') + listed("lib/Build/BuildRules.def", r'^RULE\(\w+, "([\w-]+)"'),
    "item": listed("lib/Effort/Items.def", r'^ITEM\(\w+, "([\w-]+)"'),
    "threshold": listed("lib/Knowledge/data/effort.yaml", r"^  - id: ([\w-]+)\n    title: .*\n    value:"),
    "parameter": listed("lib/Effort/Parameters.def", r'^PARAMETER\(\w+, "([\w-]+)"'),
}
LISTED = {
    "counted": listed("lib/Effort/Items.def", r'^ITEM\(\w+, "([\w-]+)"'),
    "ground": listed("lib/Effort/Grounds.def", r'^GROUND\(\w+, "([\w-]+)"'),
    "reason": listed("lib/Knowledge/CardReasons.def", r'^REASON\(\w+, "([\w-]+)"'),
    "fact": listed("lib/Knowledge/TargetFacts.def", r'^FACT\(\w+, "([\w-]+)"'),
}
languages = set(catalogue["language"])

problems = []
for key, forms in catalogue.items():
    own = key.split(".")[0] in OWN_ENGLISH
    if set(forms) != (languages - {"en"} if own else languages):
        problems.append(f"{key}: has {', '.join(forms)}")
    if not all(text.strip() for text in forms.values()):
        problems.append(f"{key}: is empty")
    values = {frozenset(re.findall(r"\{(\w+)\}", text)) for text in forms.values()}
    if len(values) > 1:
        problems.append(f"{key}: the languages name different values")
for kind, names in {**OWN_ENGLISH, **LISTED}.items():
    for name in names:
        if f"{kind}.{name}" not in catalogue:
            problems.append(f"{kind}.{name}: is missing")

# t("key"), say("key") and term("key", ...); t("verdict." + x) uses all that begin so.
used = set(re.findall(r'\b(?:t|say|term)\(["`]([\w.-]+)["`$]', script)) | {"language"}
begins = tuple(key for key in used if key.endswith("."))
for key in used - set(begins) - set(catalogue):
    problems.append(f"{key}: is used, but not in the catalogue")
for key in catalogue:
    if key not in used and not key.startswith(begins + tuple(kind + "." for kind in OWN_ENGLISH)):
        problems.append(f"{key}: is used nowhere")
print("\n".join(problems) or f"{len(catalogue)} messages in {len(languages)} languages")
sys.exit(1 if problems or len(catalogue) < 100 else 0)
