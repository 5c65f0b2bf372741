# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""sources.py ROOT: licence lines, lengths of files, no path of the machine somebody built on, no racing pipe, no type
that two headers define."""

import os
import re
import sys

import source_tree

SOURCES = ("h", "cpp", "c", "cu", "cuh", "py", "sh")
SCRIPTS = ("quickstart", ".ci/run", "tools/new-rule")
LONGEST = 800
LICENCE = (
    "SPDX-FileCopyrightText: the cuport authors",
    "SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception",
)
# A home directory or a workplace, but not a longer path's end such as ${HOME}/home/ or example.com/home/.
MACHINE_PATH = re.compile(r"(?<![\w.$}%~/-])/(?:work|root|home)/")
# lit fails a pipe when any of its commands fails, and what writes to a reader that has left dies of SIGPIPE: sometimes.
LEAVING_READER = re.compile(r"%cuport[^|]*\| *(?:grep -\w*q\w*|head)\b")

# What is linked into one program stands side by side in namespace cuport, and of two types with one name the linker takes
# one's destructor for both. cuport-cc is a program of its own.
DEFINED_TYPE = re.compile(r"^(?:struct|class|enum class) (\w+)(?: final)?(?: :[^:].*)? ?\{", re.M)


def main(root):
    scripts = [path for path in SCRIPTS if os.path.exists(os.path.join(root, path))]
    sources = source_tree.files(root, "lib", "tools", "shims", extensions=SOURCES)
    licensed = set(sources + scripts + source_tree.files(root, "test", extensions=("py", "sh")))
    licensed.update(source_tree.files(root, "test/unit", "test/Apps", extensions=SOURCES))
    problems = []
    for path in sorted(licensed):
        head = source_tree.text(root, path).split("\n")[:5]
        if not all(any(wanted in line for line in head) for wanted in LICENCE):
            problems.append(f"{path}: the first lines do not name the authors and the licence")
    for path in sorted(set(sources + scripts)):
        lines = source_tree.text(root, path).count("\n")
        if lines > LONGEST:
            problems.append(f"{path}: {lines} lines; a file past {LONGEST} wants to be two")

    homes = {}
    for path in sorted(source_tree.files(root, "lib", "tools/cuport", "tools/cuport-gen", extensions=("h",))):
        if path.startswith("lib/Frontend/surface/"):
            continue
        for name in DEFINED_TYPE.findall(source_tree.text(root, path)):
            if homes.setdefault(name, path) != path:
                problems.append(f"{path}: defines '{name}' as {homes[name]} does")

    everything = source_tree.files(root, "lib", "tools", "shims", "test", "docs", "cmake", ".ci")
    # In a worktree .git is a file that names the folder of the repository.
    everything += [name for name in os.listdir(root) if name != ".git" and os.path.isfile(os.path.join(root, name))]
    for path in sorted(everything):
        if path.startswith("test/Meta/"):
            continue
        for number, line in enumerate(source_tree.text(root, path).split("\n"), 1):
            match = MACHINE_PATH.search(line)
            if match:
                problems.append(f"{path}:{number}: names a path of one machine: {line[match.start():][:40]}")
            if LEAVING_READER.search(line):
                problems.append(f"{path}:{number}: grep -q and head leave before cuport has written all: FileCheck reads on")
    source_tree.finish(problems, len(everything))


if __name__ == "__main__":
    main(sys.argv[1])
