# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What the scripts here share: programs of a corpus, their translation units, and processes that are measured."""

import collections
import glob
import math
import os
import re
import shlex
import shutil
import signal
import subprocess
import tempfile
import threading
import time

SOURCE = (".cu", ".cpp", ".cc", ".cxx", ".c", ".C", ".hip")
HEADER = (".h", ".hpp", ".hh", ".cuh", ".inl", ".inc", ".hxx")

# CUDA as a reader recognises it, independent of cuport's own tables. Few words on purpose: names that only look
# like CUDA's (a cudaCheck of the user's own) must not count.
CUDA_INCLUDE = re.compile(
    r"^[ \t]*#[ \t]*include[ \t]*[<\"]"
    r"(?:cuda|cub/|thrust/|cooperative_groups|cu(?:blas|fft|rand|sparse|solver|dnn))", re.M)
CUDA_WORD = re.compile(
    r"__(?:global|device|host|shared|constant|managed)__|(?<!<)<<<(?!<)"
    r"|(?<![\w.>:])(?:threadIdx|blockIdx"
    r"|cuda(?:Malloc|Free|Memcpy|Memset|DeviceSynchronize|GetLastError|Error_t|Stream_t))\b")
STRING_OR_COMMENT = re.compile(r'("(?:\\.|[^"\\\n])*")|//[^\n]*|/\*.*?\*/', re.S)

# What the time or the address of a run gives is no output; a share behind a time is one of the time.
VARYING = re.compile(r"[-+0-9.e]+ *\(?(?:ns|us|ms|s|sec|secs|seconds|microseconds|milliseconds|GB/s|MB/s|GFLOPS?|GFLOP/s)\b\)?(?:, *[0-9.]+ *%)?|0x[0-9a-f]+",
                     re.I)
OF_TIME = re.compile(r"time|second|bandwidth|throughput|performance|speedup|flops|rate|GF/s|moves/s", re.I)
OF_DEVICE = re.compile(r"device name|running on|max work-group size", re.I)

Run = collections.namedtuple("Run", "code out err wall cpu rss_mb")
# A translation unit of a program: the path, the folder it is compiled in, its -I and -D, and "c" or "hip".
Unit = collections.namedtuple("Unit", "path folder include define language")


def run(command, cwd=None, limit=300, variables=None):
    """Runs `command`, with these variables besides the caller's environment, and measures it. `code` is None past `limit` seconds and negative for a signal, `cpu` is user
    and system seconds with those of its children, `rss_mb` the peak of the largest process among them."""
    env = {k: v for k, v in os.environ.items() if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")}
    env["LC_ALL"] = "C.UTF-8"
    env.update(variables or {})
    late = threading.Event()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.monotonic()
        process = subprocess.Popen(command, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                                   start_new_session=True)

        def stop():
            late.set()
            os.killpg(process.pid, signal.SIGKILL)

        timer = threading.Timer(limit, stop)
        timer.start()
        _, status, used = os.wait4(process.pid, 0)
        timer.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.monotonic() - start
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read().decode(errors="replace"))
    code = None if late.is_set() else process.returncode
    return Run(code, texts[0], texts[1], wall, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def first_error(text):
    """The line of a compiler's, linker's or make's output that says what is wrong, else the last one."""
    crash = re.search(r'Running pass "([\w:() ]*)', text)
    if crash and "Stack dump" in text:
        return "clang crashed, pass " + crash.group(1)
    for line in text.splitlines():
        found = re.search(r"\berror: |undefined |No rule to make target|No such file", line)
        if found:
            return re.sub(r"\x1b\[[0-9;]*m", "", line).strip()[:200]
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1].strip()[:200] if lines else ""


def build(units, folder, program, compiler, compile_flags, link_flags, language=None, limit=300, run=run):
    """Builds the Units of `folder`, each in its own folder and with its own -I and -D; -x `language` is for those that are not C.
    "" or what went wrong. `run` is called as the function of that name."""
    objects = []
    for unit in units:
        objects.append("%s.%d.o" % (program, len(objects)))
        own = ["-I" + path for path in unit.include] + ["-D" + name for name in unit.define]
        own += ["-x", language] if language and unit.language == "hip" else []
        ran = run([*compiler, "-c", *compile_flags, *own, os.path.join(folder, unit.path), "-o", objects[-1]],
                  cwd=os.path.join(folder, unit.folder), limit=limit)
        if ran.code != 0:
            return "takes too long to build" if ran.code is None else first_error(ran.err + ran.out)
    ran = run([*compiler, *objects, "-o", program, *link_flags], cwd=folder, limit=limit)
    return "" if ran.code == 0 else "link: " + first_error(ran.err + ran.out)


def steady(text):
    """The lines of a program's output without those, and without those numbers, that speak of its time or name the device."""
    return [" ".join(VARYING.sub("", line).split()) for line in text.splitlines() if not OF_TIME.search(line) and not OF_DEVICE.search(line)]


def read(path):
    with open(path, errors="replace") as f:
        return f.read()


def walk(folder):
    """Paths of all files below `folder`, relative to it, sorted."""
    found = []
    for root, _, names in os.walk(folder):
        found += [os.path.relpath(os.path.join(root, name), folder) for name in names]
    return sorted(found)


def holds_cuda(path):
    """Whether a source or header has CUDA in it outside comments and strings."""
    if not path.endswith(SOURCE + HEADER):
        return False
    text = read(path)
    code = STRING_OR_COMMENT.sub(lambda m: m[1] or " ", text)
    return bool(CUDA_INCLUDE.search(code) or CUDA_WORD.search(STRING_OR_COMMENT.sub(" ", text)))


def names_of(path):
    """The words of a list file, without comments."""
    return re.sub(r"#.*", "", read(path)).split()


def flags_of(words):
    """The -I (as written) and -D flags among a command's words."""
    include, define, i = [], [], 0
    while i < len(words):
        word = words[i]
        if word in ("-I", "-isystem", "-D") and i + 1 < len(words):
            (define if word == "-D" else include).append(words[i + 1])
            i += 1
        elif word.startswith("-I"):
            include.append(word[2:])
        elif word.startswith("-D"):
            define.append(word[2:])
        i += 1
    return include, define


def units_of(folder):
    """The Units of a program, sorted, paths relative to `folder`: what its Makefile compiles, else every source that no
    other file includes."""
    units, whole = units_by_make(folder)
    if not whole:
        for unit in units_by_text(folder):
            units.setdefault(unit.path, unit)
    return [units[name] for name in sorted(units)]


def units_by_make(folder):
    """({path: Unit}, whether make had every file it wanted), from the commands `make -n` would run."""
    units, whole = {}, True
    folders = [folder]
    if not os.path.exists(os.path.join(folder, "Makefile")):
        folders = [os.path.join(folder, os.path.dirname(p)) for p in walk(folder) if os.path.basename(p) == "Makefile"]
    for each in folders:
        whole = add_units(units, os.path.realpath(folder), os.path.realpath(each)) and whole
    return units, bool(units) and whole


def add_units(units, top, folder):
    """Adds what the Makefile in `folder` compiles; whether make had every file it wanted."""
    stack = [folder]
    ran = run(["make", "-n", "-B", "-k", "-w"], cwd=folder, limit=30)
    for line in ran.out.replace("\\\n", " ").splitlines():
        move = re.match(r"make(?:\[\d+\])?: (Entering|Leaving) directory '(.*)'", line)
        if move:
            if move[1] == "Entering":
                stack.append(move[2])
            elif len(stack) > 1:
                stack.pop()
            continue
        try:
            words = shlex.split(line)
        except ValueError:
            continue
        if not any(word.startswith("-") for word in words[1:]):
            continue
        include, define = flags_of(words)
        as_cuda = any(a in ("-x", "--x") and b in ("cu", "cuda", "hip") for a, b in zip(words, words[1:]))
        for i, word in enumerate(words[1:], 1):
            if not word.endswith(SOURCE) or word.startswith("-") or words[i - 1] in ("-o", "-include"):
                continue
            for path in glob.glob(os.path.join(glob.escape(stack[-1]), word)):
                name = os.path.relpath(path, top)
                language = "c" if name.endswith(".c") and not as_cuda else "hip"
                units.setdefault(name, Unit(name, os.path.relpath(stack[-1], top), include, define, language))
    return "No rule to make target" not in ran.err


def units_by_text(folder):
    """Where make cannot work (a file of another program is not in the checkout): the sources the Makefile names."""
    include, define, named = [], [], []
    makefile = os.path.join(folder, "Makefile")
    if os.path.exists(makefile):
        text = re.sub(r"#.*", "", read(makefile).replace("\\\n", " "))
        for line in text.splitlines():
            found = flags_of(line.split())
            include += [x for x in found[0] if "$" not in x]
            define += [x for x in found[1] if "$" not in x]
        named = [w for w in re.findall(r"[\w./+-]+", text) if w.endswith(SOURCE)]
        named = [w for w in named if os.path.isfile(os.path.join(folder, w))]
    if not named:
        included, sources = set(), []
        for path in walk(folder):
            if path.endswith(SOURCE + HEADER):
                text = read(os.path.join(folder, path))
                included.update(os.path.basename(x) for x in re.findall(r'#\s*include\s*["<]([^">]+)[">]', text))
            if path.endswith(SOURCE):
                sources.append(path)
        named = [path for path in sources if os.path.basename(path) not in included]
    return [Unit(name, ".", include, define, "c" if name.endswith(".c") else "hip")
            for name in sorted({os.path.normpath(n) for n in named})]


def add_cuport(parser, here=os.path.dirname(os.path.abspath(__file__))):
    parser.add_argument("--cuport", metavar="FILE", default=os.path.join(here, "../../build/release/bin/cuport"),
                        help="the binary (default: build/release/bin/cuport)")


def add_hecbench(parser):
    parser.add_argument("--hecbench", metavar="DIR", default=os.environ.get("CUPORT_HECBENCH"),
                        help="checkout of HeCBench (default: $CUPORT_HECBENCH)")


def checked_cuport(parser, path):
    path = os.path.abspath(path)
    if not os.access(path, os.X_OK):
        parser.error("no cuport at " + path + "; give --cuport")
    return path


def checked_hecbench(parser, path):
    if not path or not os.path.isdir(os.path.join(path, "src")):
        parser.error("no checkout of HeCBench: give --hecbench or CUPORT_HECBENCH")
    return os.path.join(os.path.abspath(path), "src")


def hecbench_names(args, source):
    """Names without -cuda: those given, else those of --list, else all."""
    names = args.program or (names_of(args.list) if args.list else [])
    return names or sorted(n[:-5] for n in os.listdir(source) if n.endswith("-cuda"))


def small_arguments(name="small_arguments.txt"):
    """{program: arguments} of a file that stands here."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), name)
    lines = [line.partition(" ") for line in read(path).splitlines() if line.strip() and not line.startswith("#")]
    return {program: arguments for program, _, arguments in lines}


def small_sources():
    """{program: [(file, text, replacement)]} of small_sources.txt."""
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "small_sources.txt")
    places = collections.defaultdict(list)
    for line in read(path).splitlines():
        if line.strip() and not line.startswith("#"):
            program, *place = line.split(" | ")
            places[program].append(tuple(place))
    return places


def shrink(folder, places):
    """Replaces texts of small_sources() in a copy of a program; those that are not there are returned."""
    missing = []
    for name, text, replacement in places:
        path = os.path.join(folder, name)
        whole = read(path) if os.path.exists(path) else ""
        if text not in whole:
            missing.append("%r in %s" % (text, name))
            continue
        with open(path, "w", encoding="utf-8") as f:
            f.write(whole.replace(text, replacement))
    return missing


def copy_of(program, source, work):
    """A copy of the folder `program` of `source` in the folder `work`, with links to the others beside it: programs include and read
    what is there."""
    for name in os.listdir(source):
        if name != program:
            os.symlink(os.path.join(source, name), os.path.join(work, name))
    folder = os.path.join(work, program)
    shutil.copytree(os.path.join(source, program), folder, symlinks=True)
    return folder


def arguments_of(entry, small):
    """What a program of HeCBench's list is run with: the list's arguments, else the small ones, else those of its Makefile."""
    return shlex.split(entry["args"] or small.get(entry["name"], "")) or shlex.split(entry["own_run"])[1:]


def percentile(values, part):
    """The smallest value that at least `part` (0 to 1) of the values do not exceed; 0 of none."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(part * len(ordered)) - 1)] if ordered else 0
