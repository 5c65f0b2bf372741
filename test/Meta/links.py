# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""links.py ROOT: links between the project's own pages lead somewhere."""

import os
import re
import sys

import source_tree

LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")


def main(root):
    pages = source_tree.files(root, "docs", "lib", extensions=("md",))
    pages += [name for name in os.listdir(root) if name.endswith(".md")]
    problems = []
    for page in sorted(pages):
        source = re.sub(r"```.*?```", "", source_tree.text(root, page), flags=re.S)
        for target in LINK.findall(source):
            if "://" not in target and not os.path.exists(os.path.join(root, os.path.dirname(page), target)):
                problems.append(f"{page}: links to {target}, which is not there")
    source_tree.finish(problems, len(pages))


if __name__ == "__main__":
    main(sys.argv[1])
