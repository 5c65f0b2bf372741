# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""rules.py ROOT: each rule of Rules.def and BuildRules.def has its source, its test and its page, and no page is without a rule."""

import os
import re
import sys

import source_tree

# Where rules are defined, where their sources stand, how their tests are called.
ROOMS = [
    ("lib/Rules/Rules.def", "lib/Rules", "test/Rules", "cu"),
    ("lib/Build/BuildRules.def", "lib/Build", "test/Build", "test"),
]
RULE = re.compile(r'^RULE\(\s*(\w+)\s*,\s*"([^"]*)"\s*,\s*"([^"]*)"\s*(?:,\s*\w+(?:\s*\|\s*\w+)*\s*)?\)\s*$', re.M)
SECTIONS = ["Seen", "Before", "After", "Why"]


def camel(rule_id):
    return "".join(word.capitalize() for word in rule_id.split("-"))


def page_problems(page, rule_id):
    if not page.startswith(f"# {rule_id}\n"):
        yield f"does not open with '# {rule_id}'"
    headings = re.findall(r"^## +(.+?) *$", page, re.M)
    order = [heading for heading in headings if heading in SECTIONS]
    for section in SECTIONS:
        if section not in headings:
            yield f"has no section '## {section}'"
    if sorted(set(order), key=SECTIONS.index) != order:
        yield f"has its sections out of order: {', '.join(order)}"


def room_problems(root, rules, sources, tests, extension):
    exists = lambda path: os.path.exists(os.path.join(root, path))
    for name, rule_id, summary in rules:
        if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", rule_id):
            yield f"{rule_id}: an id is words in lower case joined by '-'"
        if rule_id.startswith("build-") != sources.endswith("Build"):
            yield f"{rule_id}: the ids of rules on build files, and no others, begin with 'build-'"
        if name != camel(rule_id):
            yield f"{rule_id}: its function is called {name} and not {camel(rule_id)}"
        if not summary:
            yield f"{rule_id}: has no summary"
        source = f"{sources}/{name}.cpp"
        if not exists(source):
            yield f"{rule_id}: {source} is missing"
        elif f'"{rule_id}"' not in source_tree.text(root, source):
            yield f'{rule_id}: {source} never says "{rule_id}"'
        if not exists(f"{tests}/{rule_id}.{extension}") and not exists(f"{tests}/{rule_id}"):
            yield f"{rule_id}: {tests}/{rule_id}.{extension} is missing"
        page = f"docs/rules/{rule_id}.md"
        if not exists(page):
            yield f"{rule_id}: {page} is missing"
        else:
            yield from (f"{page}: {p}" for p in page_problems(source_tree.text(root, page), rule_id))


def main(root):
    problems, ids = [], []
    for definition, *room in ROOMS:
        if not os.path.exists(os.path.join(root, definition)):
            problems.append(f"{definition} is missing")
            continue
        text = source_tree.text(root, definition)
        rules = RULE.findall(text)
        if len(rules) != len(re.findall(r"^\s*RULE\(", text, re.M)):
            problems.append(f'{definition}: a line is not of the form RULE(ApiName, "api-name", "summary")')
        ids += [rule_id for _, rule_id, _ in rules]
        for rule_id in sorted({i for _, i, _ in rules if ids.count(i) > 1}):
            problems.append(f"{definition}: {rule_id} stands there twice")
        problems += room_problems(root, rules, *room)

    for page in source_tree.files(root, "docs/rules", extensions=("md",)):
        if os.path.basename(page) not in [f"{i}.md" for i in ids] + ["README.md"]:
            problems.append(f"{page}: no rule has this id")
    source_tree.finish(problems, max(1, len(ids)))


if __name__ == "__main__":
    main(sys.argv[1])
