# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""The source tree as the checks of this folder see it: its files, their text, and how a check ends."""

import os
import re
import sys

SKIPPED = {".git", "__pycache__", "build", "Output"}


def files(root, *folders, extensions=None):
    """Paths below the folders of root, relative to root, sorted; extensions as in ("cpp", "h")."""
    found = []
    for folder in folders:
        for path, subfolders, names in os.walk(os.path.join(root, folder)):
            subfolders[:] = [s for s in subfolders if s not in SKIPPED and not s.startswith("build-")]
            for name in names:
                if extensions is None or name.rpartition(".")[2] in extensions:
                    found.append(os.path.relpath(os.path.join(path, name), root))
    return sorted(found)


def text(root, path):
    """The file's text; bytes that are not UTF-8 stay as marks."""
    with open(os.path.join(root, path), encoding="utf-8", errors="replace") as file:
        return file.read()


NOT_CODE = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"([^()\\ ]*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])\'', re.S
)


def code(source):
    """C++ source without comments and literals; the lines keep their numbers."""
    return NOT_CODE.sub(lambda match: "\n" * match.group().count("\n") or " ", source)


def finish(problems, looked_at):
    """Prints what is wrong, one line a problem, and ends the program. Having looked at nothing is wrong too."""
    if not looked_at:
        problems = ["nothing was found to look at"]
    for problem in problems:
        print(problem)
    print(f"{looked_at} looked at, {len(problems)} wrong")
    sys.exit(1 if problems else 0)
