#!/usr/bin/env python3
# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Does a translated project build by its own build files?

Each program of HeCBench is built by its makefile as it is, with cuport-cc as nvcc, and again as `cuport translate --copy-all` leaves
it, with cuport-cc as hipcc and no nvcc that works. A program that builds before and not after makes the exit code 1.
"""

import argparse
import os
import shutil
import sys
import tempfile

import programs


def make(folder, toolkit, other, limit):
    """Builds `folder` with the compilers of the toolkit, of which `other` must not be called; "" or what went wrong."""
    with tempfile.TemporaryDirectory() as shadow:
        blocked = os.path.join(shadow, other)
        with open(blocked, "w") as f:
            f.write("#!/bin/sh\necho 'error: %s was called' >&2\nexit 1\n" % other)
        os.chmod(blocked, 0o755)
        path = os.pathsep.join([shadow, os.path.join(toolkit, "bin"), os.environ.get("PATH", "")])
        programs.run(["make", "clean"], cwd=folder, variables={"PATH": path})
        ran = programs.run(["make"], cwd=folder, limit=limit, variables={"PATH": path})
    if ran.code is None:
        return "takes too long to build"
    return "" if ran.code == 0 else programs.first_error(ran.err + ran.out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    programs.add_cuport(parser)
    programs.add_hecbench(parser)
    parser.add_argument("--list", metavar="FILE", help="programs, without -cuda (default: all)")
    parser.add_argument("--toolkit", metavar="DIR", required=True, help="an installed shim: bin/nvcc, bin/hipcc")
    parser.add_argument("--timeout", type=int, default=300, metavar="S", help="seconds for one build (default: %(default)s)")
    parser.add_argument("program", nargs="*", help="only these programs")
    args = parser.parse_args()
    args.cuport = programs.checked_cuport(parser, args.cuport)
    source = programs.checked_hecbench(parser, args.hecbench)
    toolkit = os.path.abspath(args.toolkit)
    before = after = 0
    lost = []
    for name in programs.hecbench_names(args, source):
        with tempfile.TemporaryDirectory(prefix="build_files.") as work:
            # Beside the original: makefiles name files of other programs.
            tree = os.path.join(work, "src")
            os.mkdir(tree)
            for other in os.listdir(source):
                os.symlink(os.path.join(source, other), os.path.join(tree, other))
            folder = os.path.join(tree, name + "-cuda")
            os.unlink(folder)
            shutil.copytree(os.path.join(source, name + "-cuda"), folder)
            cuda = make(folder, toolkit, "hipcc", args.timeout)
            shutil.rmtree(folder)
            programs.run([args.cuport, "translate", os.path.join(source, name + "-cuda"), "-o", folder, "--copy-all"], limit=args.timeout)
            hip = make(folder, toolkit, "nvcc", args.timeout)
        before += not cuda
        after += not hip
        if hip and not cuda:
            lost.append(name)
        print("%-30s %-4s %-4s %s" % (name, "no" if cuda else "yes", "no" if hip else "yes", hip or cuda), flush=True)
    print("built by their makefiles: %d as they are, %d translated; before and not after: %d %s" % (before, after, len(lost), " ".join(lost)))
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
