# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Compiles what `cuport-gen names` wrote behind real headers and prints each row that is wrong about them.

A name has to be declared behind one of the sets of headers; one that its row says these headers lack, behind none.
"""

import argparse
import os
import re
import subprocess
import sys

USE = re.compile(r"namespace cuport_(\d+) \{ .* \} // (.*): (\S+)$")
# "file(line): error: text" of nvcc, "file:line:column: error: text" of clang.
ERROR = re.compile(r"(.*?)[:(](\d+)(?:\)|:\d+)?: (?:fatal )?error: (.*)")


def compile_with(args, headers, absent):
    """The source lines with an error, each with the compiler's text; the numbers of the uses that were compiled."""
    command = [args.compiler, "-std=c++20", "-w", "-DCUPORT_VERSION=" + args.version, "-DCUPORT_ABSENT=%d" % absent,
               *args.flags]
    if os.path.basename(args.compiler) == "nvcc":
        command += ["-x", "cu"]
        check = ["-cuda", "-o", os.devnull, "-Xcudafe", "--error_limit=1000000"]
    else:
        check = ["-fsyntax-only", "-ferror-limit=0", "-fno-caret-diagnostics"]
    for header in headers.split(","):
        command += ["-include", header]
    run = subprocess.run([*command, *check, args.source], capture_output=True, text=True)
    errors = {}
    for found in filter(None, map(ERROR.match, run.stderr.splitlines())):
        if found[1] != args.source:
            sys.exit("the headers do not compile: " + found[0])
        errors.setdefault(int(found[2]), found[3])
    if run.returncode and not errors:
        sys.exit(run.stderr)
    text = subprocess.run([*command, "-E", args.source], capture_output=True, text=True, check=True).stdout
    return errors, {int(number) for number in re.findall(r"namespace cuport_(\d+) {", text)}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", help="what cuport-gen names wrote")
    parser.add_argument("--compiler", required=True, help="a clang++ or nvcc")
    parser.add_argument("--headers", action="append", required=True, metavar="A,B",
                        help="headers to compile behind; may be given again, for those that exclude each other")
    parser.add_argument("--version", required=True, help="the headers' version, an expression of 1000 * major + 10 * minor")
    parser.add_argument("--skip", metavar="REGEX", default="$.", help="names that no such headers declare")
    parser.add_argument("--flags", nargs=argparse.REMAINDER, default=[], help="the compiler's flags; comes last")
    args = parser.parse_args()

    versions = False  # whether any row names the release that has it or drops it
    uses = {}  # number of a use -> its line in the source, its row's place, the name
    with open(args.source) as source:
        for line, text in enumerate(source, 1):
            versions |= text.startswith("#if CUPORT_IN(") and text != "#if CUPORT_IN(0, 0)\n"
            if (found := USE.match(text)) and not re.match(args.skip, found[3]):
                uses[int(found[1])] = line, found[2], found[3]
    present, absent, wrong = set(), set(), {}
    for index, headers in enumerate(args.headers):
        errors, used = compile_with(args, headers, 0)
        present = used & uses.keys()
        failed = {number: errors[uses[number][0]] for number in present if uses[number][0] in errors}
        wrong = {number: wrong[number] for number in wrong if number in failed} if index else failed
    for headers in args.headers if versions else []:
        errors, used = compile_with(args, headers, 1)
        absent = used & uses.keys()
        for number in absent:
            if uses[number][0] not in errors:
                wrong[number] = "is declared, but the row says it is not"
    for number, error in sorted(wrong.items()):
        print("%s: '%s': %s" % (uses[number][1], uses[number][2], error))
    print("%d declarations and %d absences checked, %d wrong" % (len(present), len(absent), len(wrong)))
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
