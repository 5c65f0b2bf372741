# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""floors.py ROOT: rooms include downwards only, and lib/ does not print (docs/Architecture.md)."""

import re
import sys

import source_tree

FLOOR = {
    "Basic": 0,
    "Knowledge": 1,
    "Ptx": 1,
    "Frontend": 1,
    "Effort": 2,
    "Rules": 2,
    "Build": 2,
    "Verify": 2,
    "Rewrite": 3,
    "Report": 3,
    "Driver": 4,
    "tools": 5,
}
# Rooms that take findings as values and never see where they come from.
BLIND_TO = {"Rewrite": {"Rules"}, "Report": {"Rules"}}
WITHOUT_CLANG = {"Basic", "Knowledge", "Ptx", "Effort", "Verify"}
THIRD_PARTY = {"llvm", "llvm-c", "clang", "clang-c", "fmt", "gtest"}

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*([<"])([^>"]+)[>"]', re.M)
PRINTS = re.compile(
    r"\b(?:outs|errs|dbgs)\s*\(\s*\)|\b(?:v?f?printf|f?puts|putchar|perror)\s*\(|"
    r"\bstd\s*::\s*(?:cout|cerr|clog)\b|\bfmt\s*::\s*print"
)


def room_of(path):
    parts = path.split("/")
    return parts[1] if parts[0] == "lib" and len(parts) > 2 else parts[0]


def include_problem(room, bracket, included):
    first, slash, _ = included.partition("/")
    if first == "clang" and room in WITHOUT_CLANG:
        return f"{room} includes no header of clang"
    if bracket == "<" or first in THIRD_PARTY:
        return None
    if not slash:  # a tool's own headers, and what the build makes
        return None if room == "tools" or not included.endswith(".h") else "headers are included by room: \"Room/Name.h\""
    if first not in FLOOR:
        return f"{first} is no room"
    if first != room and FLOOR[first] >= FLOOR[room]:
        return f"{room} does not stand above {first}"
    if first in BLIND_TO.get(room, ()):
        return f"{room} takes findings as values and never sees {first}"
    return None


def main(root):
    problems = []
    paths = [
        path
        for path in source_tree.files(root, "lib", "tools", extensions=("h", "cpp", "def"))
        if "/surface/" not in path  # text for the parser, not part of the program
    ]
    for path in paths:
        room = room_of(path)
        if room not in FLOOR:
            problems.append(f"{path}: {room} stands on no floor; add it to floors.py and docs/Architecture.md")
            continue
        source = source_tree.text(root, path)
        for match in INCLUDE.finditer(source):
            problem = include_problem(room, *match.groups())
            if problem:
                line = source.count("\n", 0, match.start()) + 1
                problems.append(f"{path}:{line}: includes {match.group(2)}: {problem}")
        if room != "tools":
            for number, line in enumerate(source_tree.code(source).split("\n"), 1):
                if PRINTS.search(line):
                    problems.append(f"{path}:{number}: prints; only tools/ does: {line.strip()}")
    source_tree.finish(problems, len(paths))


if __name__ == "__main__":
    main(sys.argv[1])
