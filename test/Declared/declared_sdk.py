# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""declared_sdk.py CARD --facts FILE --vendors FILE --toolkit DIR --output DIR: a test double of a vendor's SDK.

    the card's facts (cuport targets CARD --json)  +  the CPU toolkit  ->  DIR/include, DIR/lib, the compiler

It declares what the facts have evidence for and nothing else, so that a program bound to the card can be compiled, linked and run
where there is neither the card nor its SDK: a name that was only derived is an error here, as it may be on the card. What it cannot
tell is whether the vendor's own headers look like this: it is CUDA's declaration under the card's name, run by the CPU backend.

The headers are those of the CPU toolkit with each name of CUDA's replaced: by the card's where that was seen, else by one that no
program has. Device functions, which carry no prefix, are all there. The library forwards each function to libcuport-rt. The compiler
is cuport-cc, started from a toolkit that has these headers.
"""

import argparse
import json
import os
import re
import shutil
import stat
import subprocess
import sys

HIDDEN = "cuport_hidden_"
INSIDE = "cuport_double"  # the folder of the renamed headers
# What CUDA's host API and its types are called; CUDA's macros about the compiler are the language's.
CUDA_NAME = re.compile(r"\b(make_)?(cuda[A-Z]\w*|cu[A-Z]\w*|CU[a-z]\w*|CU_\w+|CUDA_\w+|CUDART_\w+)\b")
# Names without such a beginning, which a card has under its own name or not at all: those that it has otherwise stay.
NV_NAME = re.compile(r"\b(__nv_\w+|__NV_\w+|nv_bfloat16\w*)\b")
KEPT = {"CUDA_API_PER_THREAD_DEFAULT_STREAM"}
PROTOTYPE = re.compile(r"^(\w[\w\s*]*?[\s*])(\w+)\((.*)\);$")

LAUNCHER = """#!/bin/sh
# cuport's test double of {name}, not the vendor's compiler: cuport-cc for the CPU behind the headers of the declared surface.
for word do
  shift
  case $word in
  {language}) set -- "$@" cu ;;
  --offload-arch=*|-offload-arch=*|--supa-gpu-arch=*|--maca-path=*|--supa-link) ;;
  *.su) set -- "$@" -x cu "$word" ;;
  *) set -- "$@" "$word" ;;
  esac
done
# A name that is not there is one error, without a guess what was meant.
exec "{root}/double/bin/cuport-cc" "$@" -fno-spell-checking -isystem "{root}/include"
"""


def vendor_row(path, card):
    """What Vendors.def says of the card: compiler, language, libraries."""
    for row in re.findall(r"^VENDOR\((.*)\)$", open(path).read(), re.M):
        words = re.findall(r'"([^"]*)"', row)
        if words[0] == card:
            return {"compiler": words[3], "language": words[4], "libraries": words[6].split()}
    sys.exit("%s: no row for %s" % (path, card))


def seen_names(facts):
    """CUDA's name -> the card's, and the headers; of two CUDA names with one name there the runtime's counts."""
    names, headers, taken = {}, {}, set()
    for entry in sorted(facts["names"], key=lambda entry: not entry["cuda"].startswith("cuda")):
        cuda, name = entry["cuda"], entry.get("name")
        if name and cuda.endswith(".h"):
            headers[cuda] = name
        elif name and (name not in taken or NV_NAME.fullmatch(cuda)):
            names[cuda] = name
            taken.add(name)
    return names, headers


def renamer(names):
    def one(match):
        word = match.group(0)
        if word in KEPT:
            return word
        return names.get(word, HIDDEN + word)

    return lambda text: NV_NAME.sub(lambda match: names.get(match.group(0), match.group(0)), CUDA_NAME.sub(one, text))


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w") as f:
        f.write(text)


def write_headers(source, target, rename):
    """The toolkit's headers, renamed, below target/INSIDE; they include each other there."""
    ours = set()
    for folder, _, files in os.walk(source):
        for name in files:
            ours.add(os.path.relpath(os.path.join(folder, name), source))
    ours = {name for name in ours if not name.startswith(("hip/", "rocm/", "bindings/"))}

    def include(line):
        found = re.match(r'(\s*#\s*include(?:_next)?\s*)[<"]([^>"]+)[>"](.*)', line)
        if not found:
            return rename(line)
        name = found.group(2)
        return "%s<%s/%s>%s\n" % (found.group(1), INSIDE, name, found.group(3)) if name in ours else line

    for name in ours:
        with open(os.path.join(source, name)) as f:
            write(os.path.join(target, INSIDE, name), "".join(include(line) for line in f))


def argument_names(parameters):
    """`void **p, size_t (*f)(int), int a[3]` -> [p, f, a]."""
    if parameters.strip() in ("", "void"):
        return []
    parts, depth = [""], 0
    for char in parameters:
        depth += (char in "([") - (char in ")]")
        if char == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    found = []
    for part in parts:
        pointer = re.search(r"\(\s*\*\s*(\w+)", part)
        found.append(pointer.group(1) if pointer else re.search(r"(\w+)\s*(?:\[[^]]*\]\s*)*$", part).group(1))
    return found


def forwarders(headers, rename):
    """C source that defines the card's functions by CUDA's."""
    text = "#include <cuda.h>\n#include <cuda_runtime_api.h>\n"
    for header in headers:
        inside = False
        for line in open(header):
            line = line.strip()
            inside = (inside or line == 'extern "C" {') and not line.startswith(("static __inline__", "template"))
            found = PROTOTYPE.match(line) if inside else None
            if not found:
                continue
            returns, name, parameters = found.groups()
            parameters = re.sub(r" CUPORT_DEFAULT\([^()]*(?:\([^()]*\)[^()]*)*\)", "", parameters)
            if rename(name) == name or "..." in parameters:
                continue
            call = "%s(%s);" % (name, ", ".join(argument_names(parameters)))
            text += "#undef %s\n%s%s(%s) { %s%s }\n" % (name, returns, rename(name), parameters,
                                                      "" if returns.strip() == "void" else "return ", call)
    return text


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("card")
    for option in ("facts", "vendors", "toolkit", "output"):
        parser.add_argument("--" + option, required=True)
    args = parser.parse_args()
    row = vendor_row(args.vendors, args.card)
    with open(args.facts) as f:
        facts = next(t for t in json.load(f)["targets"] if t["target"] == args.card)
    names, headers = seen_names(facts)
    rename = renamer(names)
    out, toolkit = os.path.abspath(args.output), os.path.abspath(args.toolkit)
    shutil.rmtree(out, ignore_errors=True)
    include = os.path.join(toolkit, "include", "cuport")
    ours = os.path.join(out, "double", "include", "cuport")
    write_headers(include, ours, rename)
    for name in ("cuda_runtime.h", "cuport/separate_unit.h"):  # what cuport-cc includes by itself
        write(os.path.join(ours, name), "#include <%s/%s>\n" % (INSIDE, name))
    for cuda, name in headers.items():
        write(os.path.join(out, "include", name), "// Declared surface of %s: what cuport has evidence for, and a test double.\n"
              "#include <%s/%s>\n" % (facts["title"], INSIDE, cuda))
    os.makedirs(os.path.join(out, "double", "bin"))
    # By another name of the same file, so that it looks for its toolkit there.
    program, copy = os.path.join(toolkit, "bin", "cuport-cc"), os.path.join(out, "double", "bin", "cuport-cc")
    try:
        os.link(program, copy)
    except OSError:
        shutil.copy2(program, copy)
    os.symlink(os.path.join(toolkit, "lib"), os.path.join(out, "double", "lib"))
    compiler = os.path.join(out, row["compiler"])
    language = re.match(r"-x (\w+)", row["language"])
    write(compiler, LAUNCHER.format(name=os.path.basename(compiler), root=out, language=language.group(1) if language else "no-language"))
    os.chmod(compiler, os.stat(compiler).st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    source = os.path.join(out, "lib", "library.c")
    write(source, forwarders([os.path.join(include, "cuport", h) for h in ("runtime_api.h", "driver_api.h")], rename))
    for library in row["libraries"]:
        subprocess.run([program, "-x", "c", "-O1", "-fPIC", "-shared", "-Wno-unused-value", source, "-o",
                        os.path.join(out, "lib", "lib%s.so" % library)], check=True)


if __name__ == "__main__":
    main()
