# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compares the types of the shim's headers with those of NVIDIA's, in what a program can tell: values of enumerators and
layouts of records.

    same_layout.py SHIM_INCLUDE CUDA_INCLUDE CLANGXX FOLDER
"""

import pathlib
import re
import subprocess
import sys

shim, cuda, clang, folder = sys.argv[1:5]
INCLUDES = "#include <cuda_runtime.h>\n#include <cuda.h>\n"


def compile_against(include, name, text, *options):
    source = pathlib.Path(folder, name + ".cpp")
    source.write_text(INCLUDES + text)
    command = [clang, "-std=c++17", "-w", "-fsyntax-only", "-isystem", include, *options, str(source)]
    return subprocess.run(command, capture_output=True, text=True)


def layouts(include, name):
    """Record name -> its layout as clang prints it."""
    out = compile_against(include, name, "", "-Xclang", "-fdump-record-layouts-complete").stdout
    blocks = {}
    for block in out.split("*** Dumping AST Record Layout\n")[1:]:
        lines = [re.sub(r"\s+", " ", line) for line in block.split("\n\n")[0].splitlines()]
        # Where an unnamed member stands differs, and so do names of types that are aliases.
        kept = [re.sub(r" \| .* (\w+)$", r" | \1", line) for line in lines[1:] if "(unnamed" not in line and "(anonymous" not in line]
        record = re.match(r" 0 \| (?:struct|union|class) (\w+)", lines[0])
        if record:
            blocks[record.group(1)] = kept
    return blocks


pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
ours = "".join(pathlib.Path(shim, "cuport", name).read_text() for name in ("runtime_api.h", "driver_api.h"))
headers = ("cuda.h", "cuda_runtime_api.h", "driver_types.h", "library_types.h", "surface_types.h", "texture_types.h")
theirs = set(re.findall(r"\w+", "".join(pathlib.Path(cuda, name).read_text(errors="replace") for name in headers)))

enumerators = []
for body in re.findall(r"typedef enum \w+ \{([^}]*)\}", ours):
    enumerators += [e.split("=") for e in body.split(",") if e.split("=")[0] in theirs]
asserts = "".join(f'static_assert((long long)({n}) == (long long)({v}), "{n}");\n' for n, v in enumerators)
result = compile_against(cuda, "enumerators", asserts, "-ferror-limit=0")
for line in result.stderr.splitlines():
    if "error:" in line:
        print("differs:", line.split("error:")[1].strip())

mine, nvidias = layouts(shim, "ours"), layouts(cuda, "theirs")
both = sorted(name for name in mine.keys() & nvidias.keys() if not name.startswith("_"))
for name in both:
    if mine[name] != nvidias[name]:
        print("differs:", name)
print(f"{len(enumerators)} enumerators, {len(both)} records compared")
