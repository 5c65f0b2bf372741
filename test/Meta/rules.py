# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""rules.py ROOT: each rule of Rules.def has its source, its test and its page, and no page is without a rule."""

import os
import re
import sys

import source_tree

DEFINITION = "lib/Rules/Rules.def"
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


def main(root):
    exists = lambda path: os.path.exists(os.path.join(root, path))
    if not exists(DEFINITION):
        source_tree.finish([f"{DEFINITION} is missing"], 1)
    definition = source_tree.text(root, DEFINITION)
    rules = RULE.findall(definition)
    problems = []
    if len(rules) != len(re.findall(r"^\s*RULE\(", definition, re.M)):
        problems.append(f'{DEFINITION}: a line is not of the form RULE(ApiName, "api-name", "summary")')
    ids = [rule_id for _, rule_id, _ in rules]
    for rule_id in sorted({i for i in ids if ids.count(i) > 1}):
        problems.append(f"{DEFINITION}: {rule_id} stands there twice")

    for name, rule_id, summary in rules:
        if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", rule_id):
            problems.append(f"{rule_id}: an id is words in lower case joined by '-'")
        if name != camel(rule_id):
            problems.append(f"{rule_id}: its function is called {name} and not {camel(rule_id)}")
        if not summary:
            problems.append(f"{rule_id}: has no summary")
        source = f"lib/Rules/{name}.cpp"
        if not exists(source):
            problems.append(f"{rule_id}: {source} is missing")
        elif f'"{rule_id}"' not in source_tree.text(root, source):
            problems.append(f'{rule_id}: {source} never says "{rule_id}"')
        if not exists(f"test/Rules/{rule_id}.cu") and not exists(f"test/Rules/{rule_id}"):
            problems.append(f"{rule_id}: test/Rules/{rule_id}.cu is missing")
        page = f"docs/rules/{rule_id}.md"
        if not exists(page):
            problems.append(f"{rule_id}: {page} is missing")
        else:
            problems += [f"{page}: {p}" for p in page_problems(source_tree.text(root, page), rule_id)]

    for page in source_tree.files(root, "docs/rules", extensions=("md",)):
        if os.path.basename(page) not in [f"{i}.md" for i in ids] + ["README.md"]:
            problems.append(f"{page}: no rule has this id")
    source_tree.finish(problems, len(rules))


if __name__ == "__main__":
    main(sys.argv[1])
