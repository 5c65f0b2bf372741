# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""conformance.py FILE --toolkit DIR --backends DIR --work PATH [--direct NAME[=SDK]]: one file of the suite on every backend.

Builds FILE once and runs it with CUPORT_BACKEND set to each backend that the toolkit has. A direct binding has no runtime of ours:
there FILE is compiled and linked with --target=NAME, and run where SDK is given (--direct musa=/usr/local/musa): a card with its SDK,
or a declared surface. SDK may end in ,ARCH for --offload-arch. On a declared surface (test/Declared) a file that fails only for names
that the surface does not have is passed over, and the names are printed: there is no evidence for them, which says nothing of a card.

--host NAME=DIR: a card of which only the host's side is bound, and where its vendor's library is (or a declared surface of it). A file
that launches kernels does not compile there, and is passed over.

conformance.py --all --toolkit DIR --backends DIR --direct NAME=SDK --result FILE.json: every file on that binding alone, for who has
the card (--host NAME=DIR for one of those, DIR is empty where the vendor's own script has said where its library is); FILE.json holds what came of each, to be sent back. The exit code is that of the whole.

A backend's folder may hold unsupported.txt (not tried) and expected-failures.txt (tried, and must fail): lines of a file or a
pattern below this folder, a colon, and the reason. The exit code is 1 if a backend does anything else than it should.

conformance.py --lists --backends DIR: whether each line has a reason and still matches a file.
"""

import argparse
import concurrent.futures
import fnmatch
import json
import os
import platform
import re
import signal
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
LISTS = ("unsupported.txt", "expected-failures.txt")


def entries(folder, name):
    """[(pattern, reason)] of a list, in order; none if there is no such file."""
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        return []
    found = []
    with open(path) as f:
        for line in f:
            line = line.split("#")[0].strip()
            if line:
                pattern, _, reason = line.partition(":")
                found.append((pattern.strip(), reason.strip()))
    return found


def reason_for(folder, name, test):
    return next((reason for pattern, reason in entries(folder, name) if fnmatch.fnmatch(test, pattern)), None)


def backends_of(folder):
    return sorted(n for n in os.listdir(folder) if os.path.isdir(os.path.join(folder, n)))


def tests():
    return sorted(os.path.relpath(os.path.join(root, name), HERE) for root, _, names in os.walk(HERE) for name in names
                  if name.endswith(".cu") and not root.endswith("Inputs"))


def attempt(command, limit=300, backend=None, libraries=""):
    """"" if it ends with 0, else what went wrong."""
    environment = dict(os.environ, **({"CUPORT_BACKEND": backend} if backend else {}))
    if libraries:
        environment["LD_LIBRARY_PATH"] = libraries
    try:
        ran = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=limit,
                             text=True, errors="replace")
    except subprocess.TimeoutExpired:
        return "ran past %d s" % limit
    if ran.returncode == 0:
        return ""
    how = signal.Signals(-ran.returncode).name if ran.returncode < 0 else "exit code %d" % ran.returncode
    return how + "\n" + ran.stdout[-4000:]


def check(backend, folder, test, run, sdk=""):
    """Whether the backend does what its lists say; prints how it went."""
    unsupported = reason_for(folder, "unsupported.txt", test)
    if unsupported is not None:
        print("%s: unsupported: %s" % (backend, unsupported))
        return True
    expected, wrong = reason_for(folder, "expected-failures.txt", test), run()
    if wants_kernels(wrong):
        print("%s: launches kernels" % backend)
        return True
    missing = without_evidence(sdk, wrong) if sdk else []
    if missing:
        print("%s: no evidence for %s" % (backend, ", ".join(missing)))
        return True
    if not wrong:
        if expected is None:
            print("%s: passed" % backend)
            return True
        print("%s: passed, but expected-failures.txt says: %s" % (backend, expected))
        return False
    if expected is not None:
        print("%s: failed as expected: %s" % (backend, expected))
        return True
    print("%s: FAILED: %s" % (backend, wrong))
    return False


def without_evidence(sdk, wrong):
    """The names for want of which a file does not build on a declared surface; none where anything else is wrong."""
    if not os.path.isdir(os.path.join(sdk.partition(",")[0], "double")):
        return []
    errors = re.findall(r"error: (.*)", wrong)
    names = [re.match(r"(?:use of undeclared identifier|unknown type name) '(\w+)'", error) for error in errors]
    return sorted({name.group(1) for name in names}) if errors and all(names) else []


def wants_kernels(wrong):
    """Whether a file does not compile for a card that runs no kernels of CUDA's, and for no other reason."""
    errors = re.findall(r"error: (.*)", wrong)
    reasons = ("is unavailable: no kernel of CUDA's runs", "is unavailable: variables of CUDA's kernels are not on")
    return bool(errors) and all(any(reason in error for reason in reasons) for error in errors)


def build_host_only(compiler, name, test, work):
    return attempt([compiler, "-O1", "-I" + os.path.join(HERE, "Inputs"), os.path.join(HERE, test), "--target=" + name, "-o", work])


def run_direct(compiler, name, sdk, test, work):
    """"" where the file compiles and links for the binding and, with an SDK, runs."""
    path, _, card = sdk.partition(",")
    command = [compiler, "-O1", "-I" + os.path.join(HERE, "Inputs"), os.path.join(HERE, test), "--target=" + name, "-o", work]
    command += (["--sdk-path=" + path] if path else []) + (["--offload-arch=" + card] if card else [])
    wrong = attempt(command)
    if wrong:
        return "does not build: " + wrong
    return attempt([work]) if sdk else ""


def check_all(args):
    """Every file on one binding, and the results in one file."""
    name, _, sdk = (args.direct + args.host)[0].partition("=")
    folder, good, results = os.path.join(args.backends, name), True, []
    compiler = os.path.join(args.toolkit, "bin", "cuport-cc")
    with tempfile.TemporaryDirectory(prefix="conformance.") as work, concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        def outcome(test):
            program = os.path.join(work, test.replace("/", "_"))
            if args.direct:
                return run_direct(compiler, name, sdk, test, program)
            return build_host_only(compiler, name, test, program) or attempt([program], libraries=sdk)

        outcomes = pool.map(outcome, tests())
        for test, wrong in zip(tests(), outcomes):
            print(test, end=": ")
            good = check(name, folder, test, lambda: wrong, sdk) and good
            results.append({"test": test, "passed": not wrong, "output": wrong,
                            "without_evidence": without_evidence(sdk, wrong), "launches_kernels": wants_kernels(wrong),
                            "unsupported": reason_for(folder, "unsupported.txt", test),
                            "expected_failure": reason_for(folder, "expected-failures.txt", test)})
    passed = sum(result["passed"] for result in results)
    print("%d of %d passed" % (passed, len(results)))
    if args.result:
        with open(args.result, "w") as f:
            json.dump({"schema": "cuport-conformance-1", "binding": name, "machine": platform.machine(), "tests": len(results),
                       "passed": passed, "results": results}, f, indent=1)
    return 0 if good else 1


def check_lists(folder):
    known, problems = tests(), []
    for backend in backends_of(folder):
        for name in LISTS:
            for pattern, reason in entries(os.path.join(folder, backend), name):
                if not reason:
                    problems.append("%s/%s: '%s' has no reason" % (backend, name, pattern))
                if not fnmatch.filter(known, pattern):
                    problems.append("%s/%s: '%s' matches no test" % (backend, name, pattern))
    print("\n".join(problems) or "%d tests, all lists hold" % len(known))
    return 1 if problems else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?")
    parser.add_argument("--toolkit")
    parser.add_argument("--backends", required=True)
    parser.add_argument("--work")
    parser.add_argument("--direct", action="append", default=[])
    parser.add_argument("--host", action="append", default=[])
    parser.add_argument("--lists", action="store_true")
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--result")
    args = parser.parse_args()
    if args.all:
        return check_all(args)
    if args.lists:
        return check_lists(args.backends)
    test = os.path.relpath(args.file, HERE)
    compiler = os.path.join(args.toolkit, "bin", "cuport-cc")
    build = [compiler, "-O1", "-I" + os.path.join(HERE, "Inputs"), args.file]
    direct, host = (dict(binding.partition("=")[::2] for binding in given) for given in (args.direct, args.host))
    if host:  # which card it is compiled for makes no difference but to the words
        host_only = build_host_only(compiler, next(iter(host)), test, args.work + ".host")
    unbuilt, good = attempt(build + ["-o", args.work]), True
    for backend in backends_of(args.backends):
        folder = os.path.join(args.backends, backend)
        if backend in direct:
            run = lambda b=backend: run_direct(compiler, b, direct[b], test, args.work + "." + b)
            good = check(backend, folder, test, run, direct[backend]) and good
        elif backend in host:
            run = lambda b=backend: host_only or attempt([args.work + ".host"], backend=b, libraries=host[b])
            good = check(backend, folder, test, run) and good
        elif os.path.exists(os.path.join(args.toolkit, "include/cuport/cuport/host_only_%s.h" % backend)):
            continue  # its vendor's library is not here
        elif os.path.exists(os.path.join(args.toolkit, "lib/cuport/libcuport-backend-%s.so" % backend)):
            run = lambda b=backend: "does not build: " + unbuilt if unbuilt else attempt([args.work], backend=b)
            good = check(backend, folder, test, run) and good
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
