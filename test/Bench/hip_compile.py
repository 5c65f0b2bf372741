#!/usr/bin/env python3
"""Does what `cuport translate` writes compile as HIP, as often as HeCBench's own HIP ports do?

Every NAME-cuda of HeCBench is translated; then each translation unit of the output and of the
NAME-hip twin is type-checked with clang and the same flags. A program compiles when all of its
units do. Nothing is written into the checkout.
"""

import argparse
import collections
import concurrent.futures
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time

SOURCE = ('.cu', '.cpp', '.cc', '.cxx', '.c', '.C', '.hip')
HEADER = SOURCE + ('.h', '.hpp', '.hh', '.cuh', '.inl', '.inc', '.hxx')
BASE = ['--offload-arch=gfx90a', '-nogpulib', '-fsyntax-only', '-ferror-limit=100', '-w',
        '-D__HIP_PLATFORM_AMD__', '-D__AMDGCN_WAVEFRONT_SIZE=64', '-std=c++17']
# HIP before 6 declares these two for its own compilers only; the newer clang lacks them.
# Both sides get the same prelude.
PRELUDE = '''#ifdef __HIP__
extern "C" __attribute__((device, const)) _Float16 __llvm_amdgcn_rcp_f16(_Float16);
typedef _Float16 bench_2f16 __attribute__((ext_vector_type(2)));
extern "C" __attribute__((device, const)) bench_2f16 __llvm_amdgcn_rcp_2f16(bench_2f16);
#endif
'''


def run(cmd, cwd=None, limit=300):
    """(exit status, stdout, stderr); status None when it ran past the limit."""
    env = {k: v for k, v in os.environ.items() if k not in ('MAKEFLAGS', 'MFLAGS', 'MAKELEVEL')}
    env['LC_ALL'] = 'C'
    try:
        p = subprocess.run(cmd, cwd=cwd, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE, timeout=limit, errors='replace')
        return p.returncode, p.stdout, p.stderr
    except subprocess.TimeoutExpired:
        return None, '', ''


def read(path):
    with open(path, errors='replace') as f:
        return f.read()


def flags_of(words):
    """The -I (as written) and -D flags among a command's words."""
    incs, defs, i = [], [], 0
    while i < len(words):
        w = words[i]
        if w in ('-I', '-isystem', '-D') and i + 1 < len(words):
            (defs if w == '-D' else incs).append(words[i + 1])
            i += 1
        elif w.startswith('-I'):
            incs.append(w[2:])
        elif w.startswith('-D'):
            defs.append(w[2:])
        i += 1
    return incs, defs


def units_of(d):
    """[(unit, folder it is compiled in, -I, -D)], paths relative to d, from what make would run."""
    units = {}
    if os.path.exists(os.path.join(d, 'Makefile')):
        cwd = os.path.realpath(d)
        stack = [cwd]
        _, out, _ = run(['make', '-n', '-B', '-k', '-w'], cwd=d, limit=30)
        for line in re.sub(r'\\\n', ' ', out).splitlines():
            m = re.match(r"make(?:\[\d+\])?: (Entering|Leaving) directory '(.*)'", line)
            if m:
                if m[1] == 'Entering':
                    stack.append(m[2])
                elif len(stack) > 1:
                    stack.pop()
                continue
            try:
                words = shlex.split(line)
            except ValueError:
                continue
            if not any(w.startswith('-') for w in words[1:]):
                continue
            incs, defs = flags_of(words)
            for i, w in enumerate(words[1:], 1):
                if not w.endswith(SOURCE) or w.startswith('-') or words[i - 1] in ('-o', '-include'):
                    continue
                p = os.path.join(stack[-1], w)
                if os.path.isfile(p):
                    units.setdefault(os.path.relpath(p, cwd),
                                     (os.path.relpath(stack[-1], cwd), incs, defs))
    if units:
        return [(u, *v) for u, v in sorted(units.items())]
    # No rule works here (a file it names is not in the checkout): the sources a Makefile
    # variable names, else every source that no other file includes.
    incs, defs, named = [], [], []
    mk = os.path.join(d, 'Makefile')
    if os.path.exists(mk):
        text = re.sub(r'\\\n', ' ', read(mk))
        for line in text.splitlines():
            a, b = flags_of(line.split())
            incs += [x for x in a if '$' not in x]
            defs += [x for x in b if '$' not in x]
        for m in re.finditer(r'^\s*\w*(?:source|SOURCE|SRC|src)\w*\s*[:+]?=(.*)$', text, re.M):
            named += [w for w in m[1].split() if w.endswith(SOURCE)]
    named = [w for w in named if os.path.isfile(os.path.join(d, w))]
    if not named:
        included, found = set(), []
        for root, _, files in os.walk(d):
            for f in files:
                if f.endswith(HEADER):
                    p = os.path.join(root, f)
                    included.update(os.path.basename(x) for x in
                                    re.findall(r'#\s*include\s*["<]([^">]+)[">]', read(p)))
                    if f.endswith(SOURCE):
                        found.append(os.path.relpath(p, d))
        named = [f for f in found if os.path.basename(f) not in included]
    return [(u, '.', incs, defs) for u in sorted(set(named))]


class Bench:
    def __init__(self, args):
        self.args = args
        self.src = os.path.join(args.hecbench, 'src')
        self.tmp = os.path.abspath(args.keep) if args.keep else tempfile.mkdtemp(prefix='hip_compile.')
        os.makedirs(self.tmp, exist_ok=True)
        self.flags = list(BASE)
        self.tail = []
        if args.hip_include:
            self.tail = ['-isystem', args.hip_include]
            self.flags.append('-DHIP_ENABLE_WARP_SYNC_BUILTINS')
        else:
            prelude = os.path.join(self.tmp, 'prelude.h')
            with open(prelude, 'w') as f:
                f.write(PRELUDE)
            self.flags += ['-include', prelude]

    def translate(self, name, out):
        shutil.rmtree(out, ignore_errors=True)
        rc, _, err = run([self.args.cuport, 'translate', os.path.join(self.src, name), '-o', out,
                          '--copy-all', '--hip-version=' + self.args.hip_version, '-j', '1'],
                         limit=600)
        if rc not in (0, 1):
            return 'cuport: exit %s: %s' % (rc, err.strip().splitlines()[-1:] or '')
        return None

    def check(self, d, orig, home, moved):
        """Type-checks the units of the original folder `orig` as they stand in `d`. `home`: where
        siblings of d were translated to; `moved`: those siblings."""
        errors = []
        units = units_of(orig)
        if not units:
            return {'units': 0, 'errors': [{'unit': '', 'message': 'no translation unit found'}]}
        for unit, sub, incs, defs in units:
            path = os.path.join(d, unit)
            if not os.path.exists(path):
                path = os.path.join(orig, unit)  # a file of a sibling folder, not translated
            cmd = [self.args.clang] + self.flags
            if unit.endswith('.c'):  # nvcc and hipcc both hand .c to the C compiler
                cmd = [x for x in cmd if not x.startswith(('-std=', '--offload', '-nogpulib'))]
                cmd += ['-x', 'c', '-std=gnu11']
            else:
                cmd += ['-x', 'hip']
            where = []
            for i in ['.'] + incs:
                if os.path.isabs(i):
                    where.append(i)
                    continue
                where.append(os.path.join(d, sub, i))
                p = os.path.normpath(os.path.join(orig, sub, i))
                rel = os.path.relpath(p, self.src)
                if rel.split(os.sep)[0] in moved:
                    where.append(os.path.join(home, rel))
                where.append(p)
            cmd += ['-I' + d] + ['-I' + w for w in dict.fromkeys(where) if os.path.isdir(w)]
            cmd += ['-D' + x for x in defs] + self.tail + [path]
            rc, _, err = run(cmd, limit=self.args.timeout)
            if rc == 0:
                continue
            messages = re.findall(r'^(.*?):(?:(\d+):\d+:)? (?:fatal )?error: (.*)$', err, re.M)
            if rc is None:
                messages = [(unit, '', 'the compiler ran past %d s' % self.args.timeout)]
            elif not messages:
                messages = [(unit, '', 'the compiler ended with %s' % rc)]
            for f, line, text in dict.fromkeys(messages):
                f = os.path.relpath(f, d) if os.path.realpath(f).startswith(os.path.realpath(d)) else f
                errors.append({'unit': unit, 'at': f + (':' + line if line else ''), 'message': text})
        return {'units': len(units), 'errors': errors}

    def program(self, name):
        start = time.time()
        result = {}
        cuda, hip = (os.path.join(self.src, name + s) for s in ('-cuda', '-hip'))
        home = os.path.join(self.tmp, name)
        out = os.path.join(home, name + '-cuda')
        # A program that includes from a sibling program would be translated together with it.
        siblings = set()
        for _, sub, incs, _ in units_of(cuda):
            for i in incs:
                rel = os.path.relpath(os.path.join(cuda, sub, i), self.src).split(os.sep)[0]
                if rel.endswith('-cuda') and rel != name + '-cuda':
                    siblings.add(rel)
        failed = self.translate(name + '-cuda', out)
        for s in siblings:
            self.translate(s, os.path.join(home, s))
        if failed:
            result['ours'] = {'units': 0, 'errors': [{'unit': '', 'at': '', 'message': failed}]}
        else:
            result['ours'] = self.check(out, cuda, home, siblings)
        if not self.args.keep:
            shutil.rmtree(home, ignore_errors=True)
        twins = self.args.twins
        if twins and name in twins:
            result['twin'] = twins[name]
        elif os.path.isdir(hip):
            result['twin'] = self.check(hip, hip, self.src, set())
        else:
            result['twin'] = None
        result['seconds'] = round(time.time() - start, 1)
        return name, result


def kind(message):
    """A message without the names of one program, for counting."""
    return re.sub(r'\(aka .*?\)', '', message).strip()


def main():
    here = os.path.dirname(os.path.abspath(__file__))
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument('--hecbench', default=os.environ.get('CUPORT_HECBENCH'), metavar='DIR',
                    help='checkout of HeCBench (default: $CUPORT_HECBENCH)')
    ap.add_argument('--list', metavar='FILE', help='program names, one a line (default: every NAME-cuda)')
    ap.add_argument('--cuport', metavar='FILE',
                    default=os.path.join(here, '../../build/release/bin/cuport'),
                    help='the binary (default: build/release/bin/cuport)')
    ap.add_argument('--clang', default='clang++-22', help='the compiler (default: %(default)s)')
    ap.add_argument('--hip-include', metavar='DIR',
                    help='HIP headers to use instead of the installed ones (the folder that holds hip/)')
    ap.add_argument('--hip-version', default=None, metavar='X.Y',
                    help='for cuport (default: 5.2, with --hip-include 6.3)')
    ap.add_argument('--jobs', type=int, default=2, help='programs at a time (default: %(default)s)')
    ap.add_argument('--timeout', type=int, default=120, help='seconds for one compile (default: %(default)s)')
    ap.add_argument('--keep', metavar='DIR', help='keep the translated programs here')
    ap.add_argument('--json', metavar='FILE', help='write every result and error here')
    ap.add_argument('--twins-from', metavar='FILE',
                    help="take the twins' results from an earlier --json with the same headers")
    ap.add_argument('--top', type=int, default=25, help='error messages to print (default: %(default)s)')
    ap.add_argument('--verbose', action='store_true', help='one line a program')
    ap.add_argument('program', nargs='*', help='only these programs (names without -cuda)')
    args = ap.parse_args()
    if not args.hecbench or not os.path.isdir(os.path.join(args.hecbench, 'src')):
        ap.error('no HeCBench checkout: give --hecbench or CUPORT_HECBENCH')
    args.hecbench = os.path.abspath(args.hecbench)
    args.cuport = os.path.abspath(args.cuport)
    if not os.access(args.cuport, os.X_OK):
        ap.error('no cuport at ' + args.cuport)
    if args.hip_include:
        args.hip_include = os.path.abspath(args.hip_include)
    args.hip_version = args.hip_version or ('6.3' if args.hip_include else '5.2')
    args.twins = None
    if args.twins_from:
        args.twins = {n: r['twin'] for n, r in json.loads(read(args.twins_from)).items() if r['twin']}
    names = args.program
    if not names and args.list:
        names = read(args.list).split()
    if not names:
        names = sorted(n[:-5] for n in os.listdir(os.path.join(args.hecbench, 'src')) if n.endswith('-cuda'))

    bench = Bench(args)
    results = {}
    try:
        with concurrent.futures.ThreadPoolExecutor(args.jobs) as pool:
            for name, r in pool.map(bench.program, names):
                results[name] = r
                if sys.stderr.isatty():
                    print('\r%d of %d' % (len(results), len(names)), end='', file=sys.stderr, flush=True)
    finally:
        if not args.keep:
            shutil.rmtree(bench.tmp, ignore_errors=True)
    if sys.stderr.isatty():
        print(file=sys.stderr)
    if args.json:
        with open(args.json, 'w') as f:
            json.dump(results, f, indent=1)

    def ok(r):
        return r is not None and not r['errors']

    def first(r):
        e = r['errors'][0]
        return '%s: %s' % (e.get('at') or e['unit'], e['message'])

    if args.verbose:
        for n, r in results.items():
            word = [('no twin' if r[s] is None else 'ok' if ok(r[s]) else 'fails') for s in ('twin', 'ours')]
            print('%-28s twin %-8s ours %-6s %2d units %6.1f s  %s' % (
                n, *word, r['ours']['units'], r['seconds'], '' if ok(r['ours']) else first(r['ours'])))
        print()
    both = {n: r for n, r in results.items() if r['twin'] is not None}
    counts = collections.Counter((ok(r['twin']), ok(r['ours'])) for r in both.values())
    total = max(len(both), 1)
    twins, ours = counts[True, True] + counts[True, False], counts[True, True] + counts[False, True]
    print('programs with a twin          %4d' % len(both))
    print("HeCBench's own HIP compiles   %4d  %5.1f %%" % (twins, 100 * twins / total))
    print("cuport's output compiles      %4d  %5.1f %%" % (ours, 100 * ours / total))
    print('both %d, only the twin %d, only ours %d, neither %d' % (
        counts[True, True], counts[True, False], counts[False, True], counts[False, False]))
    lost = [n for n, r in both.items() if ok(r['twin']) and not ok(r['ours'])]
    if lost:
        print('\nThe twin compiles and ours does not: the first error')
        for n in lost:
            print('  %-26s %s' % (n, first(both[n]['ours'])))
    for title, group in (('in those programs', lost), ('in all programs', list(results))):
        programs = collections.defaultdict(set)
        for n in group:
            for e in results[n]['ours']['errors']:
                programs[kind(e['message'])].add(n)
        if programs:
            print("\nErrors of ours %s, by the number of programs" % title)
            for text, who in sorted(programs.items(), key=lambda x: (-len(x[1]), x[0]))[:args.top]:
                print('  %4d  %s' % (len(who), text))
    return 0


if __name__ == '__main__':
    sys.exit(main())
