#!/usr/bin/env python3
# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Prints a CUDA program of random kernels, whose output must not depend on how it is compiled.

Usage: random_kernels.py SEED [KERNELS]. To be compiled with -fwrapv and -ffp-contract=off: signed numbers wrap around in it.
Kernels part at will, in loops with break and return; collectives stand where all threads come that have not returned.
"""

import random
import sys

TYPES = ("int", "unsigned", "long long", "unsigned long long", "unsigned char", "signed char", "short", "bool", "float", "double")
SHAPES = ("(64)", "(32)", "(128)", "(16, 4)", "(8, 8)", "(4, 4, 4)", "(32, 4)", "(8, 2, 4)", "(40)")
EXITS = (
    "i >= n", "tx >= 5", "ty >= 2", "tz > 0", "tx >= (int)blockDim.x - 3", "t >= 40", "t >= size - 1", "in[i] > 0",
    "tx > 10 || ty > 1", "bx == 1", "(t & 1) == 1", "t == 0", "t >= 64 - 16 * bx",
)

# Each thread's own element of a row, in orders that differ.
PLACES = ("i", "bx * size + size - 1 - t", "bx * size + (t ^ 1)", "bx * size + t * 3 % size", "N - 1 - i")

PROGRAM = """#include <cstdio>
#include <vector>

constexpr unsigned N = 512;
template <class T> __device__ T small(T x) { return x > -1000 && x < 1000 ? x : T(1); }
template <int Of> __device__ int run(const int *p) {
  int sum = 0;
  for (int k = 0; k < Of; ++k)
    sum = 3 * sum + p[k];
  return sum;
}
__device__ int quad(const int *p, unsigned k) {
  const int4 v = reinterpret_cast<const int4 *>(p)[k];
  return v.x - 3 * v.y + (v.z ^ v.w);
}

%s
template <class K> void run(int number, K kernel, dim3 shape) {
  std::vector<int> in(N + 16), out(3 * N), own(4 * N);
  std::vector<float> f(N), g(97);
  std::vector<unsigned> sum(8);
  unsigned state = 12345 + number;
  auto next = [&] { return (state = state * 1664525u + 1013904223u) >> 9; };
  for (int &x : in)
    x = int(next() %% 2001) - 1000;
  for (float &x : f)
    x = float(int(next() %% 801) - 400) / 8;
  for (float &x : g)
    x = float(int(next() %% 801) - 400) / 16;
  auto onDevice = [](auto &values) {
    const size_t bytes = values.size() * sizeof(values[0]);
    void *device;
    cudaMalloc(&device, bytes);
    cudaMemcpy(device, values.data(), bytes, cudaMemcpyHostToDevice);
    return static_cast<decltype(&values[0])>(device);
  };
  auto fetch = [](auto &values, const void *device) {
    cudaMemcpy(values.data(), device, values.size() * sizeof(values[0]), cudaMemcpyDeviceToHost);
  };
  int *a = onDevice(in), *o = onDevice(out), *w = onDevice(own);
  float *b = onDevice(f), *c = onDevice(g);
  unsigned *s = onDevice(sum);
  kernel<<<N / (shape.x * shape.y * shape.z), shape>>>(a, b, c, o, w, s, N - 37);
  printf("kernel %%d: %%s\\n", number, cudaGetErrorName(cudaDeviceSynchronize()));
  fetch(out, o), fetch(own, w), fetch(sum, s);
  for (int x : out)
    printf("%%d\\n", x);
  for (int x : own)
    printf("%%d\\n", x);
  for (unsigned x : sum)
    printf("%%u\\n", x);
}

int main() {
%s
}
"""


def is_float(type_name):
    return type_name in ("float", "double")


class Kernel:
    """One kernel's text. A scope is a list of (name, type) of what may be read, `writable` of what may be written."""

    def __init__(self, chance):
        self.chance = chance
        self.names = 0
        self.lines = []
        self.has_collectives = chance.random() < 0.5
        self.loses_threads = chance.random() < 0.6
        self.place = chance.choice(PLACES)

    def pick(self, *of):
        return self.chance.choice(of)

    def name(self, letter):
        self.names += 1
        return f"{letter}{self.names}"

    # Expressions

    def leaf(self, scope, floating):
        names = [name for name, type_name in scope if is_float(type_name) == floating]
        if names and self.chance.random() < 0.6:
            return self.chance.choice(names)
        if floating:
            return self.pick("0.5f", "1.25f", "-2.0f", "3.0", "0.125", f"g[(unsigned)({self.whole(scope, 1)}) % 97u]")
        return self.pick("t", "i", "t", "bx", str(self.chance.randint(-9, 40)))

    def tile(self):
        """Threads divided into tiles."""
        index = self.pick("t", "tx", "threadIdx.x", "threadIdx.x", "(unsigned)t", "(threadIdx.x + 64)", "(4 * threadIdx.x)", "(t ^ 32)", "(t + 3)")
        return self.pick(
            f"({index} / {self.pick(2, 8, 16, 32, 48, 64, 96)})",
            f"({index} % {self.pick(2, 8, 16, 32, 48, 64, 96)})",
            f"({index} & {self.pick(3, 12, 15, 31, 63, 48, '~15', '~31')})",
            f"({index} >> {self.pick(1, 3, 4, 5, 6)})",
            f"({index} ^ {self.pick(1, 16, 64)})",
            f"(threadIdx.x {self.pick('/', '%')} warpSize)",
        )

    def whole(self, scope, depth):
        if depth <= 0:
            return self.leaf(scope, False)
        part = lambda: self.whole(scope, depth - 1)
        real = lambda: self.real(scope, depth - 1)
        return self.pick(
            lambda: f"({part()} {self.pick('+', '-', '*')} {part()})",
            lambda: f"({part()} {self.pick('+', '-', '*')} {part()})",
            lambda: f"({part()} {self.pick('&', '|', '^')} {part()})",
            lambda: f"(({part()}) >> {self.chance.randint(0, 7)})",
            lambda: f"((unsigned)({part()}) << {self.chance.randint(0, 7)})",
            lambda: f"(({part()}) {self.pick('/', '%')} {self.chance.randint(1, 13)})",
            lambda: f"((long long)({part()}) {self.pick('/', '%')} (({part()}) & 1023 | 1))",
            lambda: f"((unsigned long long)({part()}) {self.pick('/', '%')} ((unsigned long long)({part()}) | 1))",
            lambda: f"((int)({part()}) / (int)((({part()}) & 15) + 1))",
            lambda: f"({self.condition(scope, depth - 1)} ? {part()} : {part()})",
            lambda: f"in[(unsigned)({part()}) % N]",
            lambda: f"in[i + {self.chance.randint(0, 5)}]",
            lambda: f"in[N - 1 - i + {self.chance.randint(0, 5)}]",
            lambda: f"own[i * 4 + {self.chance.randint(0, 3)}]",
            lambda: f"(int)({self.tile()})",
            lambda: f"local[{self.pick(0, 4, f'(unsigned)({part()}) % 5u')}]",
            lambda: f"bytes[(unsigned)({part()}) % 9u]",
            lambda: f"cells[{self.chance.randint(0, 2)}][(unsigned)({part()}) % 4u]",
            lambda: f"pairs[{self.pick(0, 3, f'(unsigned)({part()}) % 4u')}].a",
            lambda: f"quad(in, (unsigned)({part()}) % (N / 4))",
            lambda: f"run<{self.pick(2, 3, 5, 8)}>(in + (unsigned)({part()}) % N)",
            lambda: f"in[(unsigned)({self.tile()} * {self.pick(1, 1, 2, 8)} + {self.tile()} % 32) % N]",
            lambda: f"in[min((unsigned)(i + ({part()}) % 3), (unsigned)(N - 1))]",
            lambda: f"in[max(0, min(N - 1, i - {self.chance.randint(0, 40)}))]",
            lambda: f"({self.pick('int', 'unsigned', 'long long', 'short', 'unsigned char')})({part()})",
            lambda: f"(int)fminf(fmaxf((float)({real()}), -1000.f), 1000.f)",
            lambda: f"{self.pick('__popc', '__clz', '__brev', 'abs')}((int)({part()}))",
            lambda: f"{self.pick('min', 'max')}((int)({part()}), (int)({part()}))",
        )()

    def real(self, scope, depth):
        if depth <= 0:
            return self.leaf(scope, True)
        part = lambda: self.real(scope, depth - 1)
        whole = lambda: self.whole(scope, depth - 1)
        return self.pick(
            lambda: f"({part()} {self.pick('+', '-', '*')} {part()})",
            lambda: f"({part()} {self.pick('+', '-', '*')} {part()})",
            lambda: f"({self.condition(scope, depth - 1)} ? {part()} : {part()})",
            lambda: f"({self.pick('float', 'double')})({whole()})",
            lambda: f"f[(unsigned)({whole()}) % N]",
            lambda: f"reals[(unsigned)({whole()}) % 6u]",
            lambda: f"pairs[{self.chance.randint(0, 3)}].b",
            lambda: f"{self.pick('fabsf', 'sqrtf')}(fabsf((float)({part()})))",
            lambda: f"{self.pick('fmin', 'fmax')}({part()}, {part()})",
        )()

    def condition(self, scope, depth):
        whole = lambda: self.whole(scope, depth)
        real = lambda: self.real(scope, depth)
        kinds = [
            lambda: f"({whole()} {self.pick('<', '>', '<=', '>=', '==', '!=')} {whole()})",
            lambda: f"({real()} {self.pick('<', '>')} {real()})",
            lambda: f"(({whole()}) & {self.pick(1, 2, 3, 4, 7)})",
            lambda: self.pick("(t & 1)", "(t < 7)", "(bx & 1)", "(i % 3 == 0)", "(t > bx)"),
            lambda: self.pick("(t < 32)", "(tx >= 16)", "(threadIdx.x > 31)", "(48 <= t)", f"({self.tile()} == {self.pick(0, 1, 'bx')})"),
        ]
        if depth > 0:
            kinds.append(
                lambda: f"({self.condition(scope, depth - 1)} {self.pick('&&', '||')} {self.condition(scope, depth - 1)})"
            )
        return self.chance.choice(kinds)()

    # Statements

    def add(self, indent, text):
        self.lines.append("  " * indent + text)

    def assign(self, scope, writable, indent, label=""):
        name, type_name = self.chance.choice(writable)
        if is_float(type_name):
            self.add(indent, f"{label}{name} = ({type_name})small({self.real(scope, 2)});")
        else:
            self.add(indent, f"{label}{name} {self.pick('=', '=', '+=', '^=')} ({type_name})({self.whole(scope, 3)});")

    def branch(self, scope, writable, depth, ways_out, indent):
        self.add(indent, f"if ({self.condition(scope, 2)}) {{")
        self.statements(scope, writable, depth - 1, ways_out, indent + 1)
        if self.chance.random() < 0.5:
            self.add(indent, "} else {")
            self.statements(scope, writable, depth - 1, ways_out, indent + 1)
        self.add(indent, "}")

    def counted_loop(self, scope, writable, depth, indent):
        k = self.name("k")
        count = self.pick("5", "t % 6", "bx + 2", "(in[i] & 7)", f"(unsigned)({self.whole(scope, 2)}) % 7u")
        if self.chance.random() < 0.2:
            step = self.pick("blockDim.x", "64", "96")
            self.add(indent, f"for (int {k} = {self.pick('tx', 't', 'tx + 16')}; {k} < {self.pick(128, 192, 200)}; {k} += {step}) {{")
            scope = scope + [(f"({k} {self.pick('/', '%')} {self.pick(16, 32, 64)})", "int"), (f"in[{k} % 64]", "int")]
        else:
            self.add(indent, f"for (int {k} = {self.pick('0', 't & 3')}; {k} < (int)({count}); {k} += {self.pick(1, 1, 2)}) {{")
        self.statements(scope + [(k, "int")], writable, depth - 1, ("break", "continue"), indent + 1)
        self.add(indent, "}")

    def shrinking_loop(self, scope, writable, depth, indent):
        w = self.name("w")
        at_end = self.pick(True, False)
        self.add(indent, f"unsigned {w} = (unsigned)({self.whole(scope, 2)}) & 63u;")
        self.add(indent, "do {" if at_end else f"while ({w} > 1) {{")
        self.statements(scope + [(w, "unsigned")], writable, depth - 1, ("break",), indent + 1)
        self.add(indent + 1, f"{w} {self.pick('/= 2', '>>= 1', f'= {w} > 3 ? {w} - 3 : 0')};")
        self.add(indent, f"}} while ({w} > 2);" if at_end else "}")

    def switch(self, scope, writable, depth, indent):
        self.add(indent, f"switch ((unsigned)({self.whole(scope, 2)}) % {self.chance.randint(2, 5)}u) {{")
        for case in range(self.chance.randint(1, 3)):
            self.add(indent, f"case {case}: {{")
            self.statements(scope, writable, depth - 1, (), indent + 1)
            self.add(indent, self.pick("} break;", "} break;", "}"))
        self.assign(scope, writable, indent, "default: ")
        self.add(indent, "}")

    def statements(self, scope, writable, depth, ways_out, indent):
        scope, writable = list(scope), list(writable)
        for _ in range(self.chance.randint(1, 4)):
            kind = self.chance.randint(0, 19)
            if kind <= 5 or depth <= 0:
                self.assign(scope, writable, indent)
            elif kind <= 7:
                v, type_name = self.name("v"), self.chance.choice(TYPES)
                value = f"small({self.real(scope, 2)})" if is_float(type_name) else self.whole(scope, 2)
                self.add(indent, f"{type_name} {v} = ({type_name})({value});")
                scope.append((v, type_name))
                writable.append((v, type_name))
            elif kind <= 10:
                self.branch(scope, writable, depth, ways_out, indent)
            elif kind <= 13:
                self.counted_loop(scope, writable, depth, indent)
            elif kind == 14:
                self.shrinking_loop(scope, writable, depth, indent)
            elif kind == 15:
                if ways_out:
                    self.add(indent, f"if ({self.condition(scope, 2)}) {self.pick(*ways_out)};")
            elif kind == 16:
                self.switch(scope, writable, depth, indent)
            elif kind == 17:
                where = self.pick("out[i]", f"out[N + {self.place}]", f"own[i * 4 + {self.chance.randint(0, 3)}]", f"own[i * 4 + ((unsigned)({self.whole(scope, 1)}) % 4u)]")
                self.add(indent, f"{where} {self.pick('=', '+=', '^=')} (int)({self.whole(scope, 2)});")
            elif kind == 18:
                self.array(scope, indent)
            elif self.chance.random() < 0.3:
                of = ", ".join(f"(int)({self.whole(scope, 1)})" for _ in range(4))
                self.add(indent, f"reinterpret_cast<int4 *>(own)[i] = make_int4({of});")
            elif self.chance.random() < 0.7 or self.has_collectives:
                where = f"sum[(unsigned)({self.whole(scope, 1)}) % 8u]"
                self.add(indent, f"atomicAdd(&{where}, (unsigned)({self.whole(scope, 2)}));")
            else:
                self.add(indent, f"if ({self.condition(scope, 2)}) return;")

    def array(self, scope, indent):
        """Of the thread's own."""
        name, size = self.pick(("local", 5), ("local", 5), ("reals", 6), ("bytes", 9), ("cells", 3), ("pairs", 4))
        place = self.pick(f"(unsigned)({self.whole(scope, 1)}) % {size}u", f"(unsigned)({self.whole(scope, 1)}) % {size}u", str(size - 2))
        if self.chance.random() < 0.2 and name not in ("cells", "pairs"):
            z = self.name("z")
            self.add(indent, f"for (int {z} = 1; {z} < {size}; ++{z}) {name}[{z}] = {self.pick(0, 0, 'bx')};")
        elif name == "cells":
            self.add(indent, f"cells[{place}][{self.pick(0, 2, 'bx % 4')}] += (short)({self.whole(scope, 2)});")
        elif name == "pairs":
            self.add(indent, f"pairs[{place}] = {{(int)({self.whole(scope, 2)}), (float)small({self.real(scope, 2)})}};")
        elif name == "reals":
            self.add(indent, f"{name}[{place}] = small({name}[{self.chance.randint(0, 5)}] + {self.real(scope, 2)});")
        else:
            self.add(indent, f"{name}[{place}] {self.pick('=', '+=')} (int)({self.whole(scope, 2)});")

    def tiles(self, c, scope):
        """A product of tiles: sums in variables that live across barriers."""
        q, a, width = self.name("q"), self.name("a"), self.pick(4, 8, 16, 32)
        self.add(1, f"shared[t] = (int)({self.whole(scope, 2)});")
        self.add(1, "__syncthreads();")
        self.add(1, f"for (int {q} = 0; {q} < {self.pick(4, 8, 'bx + 3')}; ++{q})")
        self.add(2, f"for (int {a} = 0; {a} < {self.pick(3, 4)}; ++{a})")
        self.add(3, f"local[{a}] += shared[(t / {width} * {width} + {q}) % size] * shared[(t % {width} + {width} * {a} + {self.pick(0, q)}) % size];")
        self.add(1, "__syncthreads();")
        self.add(1, f"int {c} = local[{self.pick(0, 1, 't % 5')}];")

    def collective(self, scope):
        c = self.name("c")
        # Masks name all lanes, which must be there then.
        kinds = ("neighbour", "count", "loop", "tiles", "bins", "quads", "columns")
        kind = self.chance.choice(kinds if self.loses_threads else kinds + ("shuffle", "shuffle", "vote", "warps"))
        if kind == "neighbour":
            self.add(1, f"shared[t] = (int)({self.whole(scope, 2)});")
            self.add(1, "__syncthreads();")
            self.add(1, f"int {c} = shared[(t + 3) % size];")
            self.add(1, "__syncthreads();")
        elif kind == "count":
            self.add(1, f"int {c} = __syncthreads_count({self.condition(scope, 1)});")
        elif kind == "shuffle":
            self.add(1, f"int {c} = __shfl_{self.pick('xor', 'up', 'down')}_sync(~0u, (int)({self.whole(scope, 1)}), {self.pick(1, 4, 7)}, {self.pick(8, 16, 32)});")
        elif kind == "warps":
            # Each warp goes round as often as it wants to.
            q = self.name("q")
            self.add(1, f"int {c} = 0;")
            self.add(1, f"for (int {q} = 0; {q} < (t / 32 + bx) % 3 + {self.pick(0, 1)}; ++{q}) {{")
            self.add(2, f"for (int lane = t % 32; lane < {self.pick('n', '40', '(t / 32 + 2) * 9')}; lane += 32)")
            self.add(3, f"{c} += in[lane] ^ (int)({self.whole(scope, 1)});")
            self.add(2, f"{c} = __shfl_xor_sync(~0u, {c}, {self.pick(1, 4, 16)}) + {q};")
            self.add(2, f"if (t % 32 == {self.pick(0, 5)}) own[i * 4] += {c};")
            self.add(1, "}")
        elif kind == "vote":
            self.add(1, f"int {c} = (int)__ballot_sync(~0u, {self.condition(scope, 1)});")
        elif kind == "tiles":
            self.tiles(c, scope)
        elif kind == "bins":
            self.add(1, f"if (t < 8) bins[t] = {self.pick(0, 'bx')};")
            self.add(1, "__syncthreads();")
            self.add(1, f"atomicAdd(&bins[(unsigned)({self.whole(scope, 2)}) % 8u], {self.pick('1u', '(unsigned)t')});")
            self.add(1, "__syncthreads();")
            self.add(1, f"int {c} = bins[(t + {self.chance.randint(0, 7)}) % 8];")
            self.add(1, "__syncthreads();")
        elif kind == "quads":
            of = ", ".join(f"(int)({self.whole(scope, 1)})" for _ in range(4))
            self.add(1, f"quads[t] = make_int4({of});")
            self.add(1, "__syncthreads();")
            self.add(1, f"const int4 v{c} = quads[{self.pick('t ^ 1', '(t + 5) % size', 'size - 1 - t', 't / 4 * 4')}];")
            self.add(1, f"int {c} = v{c}.x + 3 * v{c}.y - (v{c}.z ^ v{c}.w);")
            self.add(1, "__syncthreads();")
        elif kind == "columns":
            self.add(1, f"shared[t % 8 * (size / 8) + t / 8] = (int)({self.whole(scope, 2)});")
            self.add(1, "__syncthreads();")
            self.add(1, f"int {c} = shared[t] - shared[size - 1 - t];")
            self.add(1, "__syncthreads();")
        else:
            q = self.name("q")
            self.add(1, f"int {c} = 0;")
            self.add(1, f"for (int {q} = 0; {q} < {self.pick('3', 'bx + 1', '(shared[0] & 3)')}; ++{q}) {{")
            self.add(2, f"const int next{q} = shared[(t + 1) % size];")
            self.add(2, "__syncthreads();")
            self.add(2, f"if (t + 1 < size) shared[t] += next{q} + {c} + (int)({self.whole(scope, 1)});")
            self.add(2, f"{c} += next{q};")
            self.add(2, "__syncthreads();")
            self.add(1, "}")
            # Its bound is read before another one writes there.
            self.add(1, "__syncthreads();")
        return c, "int"

    def text(self, number):
        scope = []
        if self.has_collectives:
            self.add(1, "__shared__ int shared[128];")
            self.add(1, "__shared__ int4 quads[128];")
            self.add(1, "__shared__ unsigned bins[8];")
            self.add(1, "shared[t] = 0;")
            self.add(1, "quads[t] = make_int4(0, 0, 0, 0);")
            self.add(1, "if (t < 8) bins[t] = 0;")
            self.add(1, "__syncthreads();")
            if self.loses_threads:
                self.add(1, f"if ({self.chance.choice(EXITS)}) return;")
        elif self.chance.random() < 0.5:
            self.add(1, "if (i >= n) return;")
        for _ in range(self.chance.randint(2, 5)):
            v, type_name = self.name("v"), self.chance.choice(TYPES)
            self.add(1, f"{type_name} {v} = ({type_name})(int)({self.pick('t', 'i', 'in[i]', '3', 'f[i]', 'bx')});")
            scope.append((v, type_name))
        self.statements(scope, scope, 4, (), 1)
        for _ in range(self.chance.randint(1, 3) if self.has_collectives else 0):
            if self.loses_threads and self.chance.random() < 0.5:
                self.add(1, f"if ({self.chance.choice(EXITS)}) return;")
            scope.append(self.collective(scope))
            self.statements(scope, scope, 3, (), 1)
        for v, type_name in scope:
            self.add(1, f"out[2 * N + i] = out[2 * N + i] * 31 + (int)({f'small({v}) * 8' if is_float(type_name) else v});")
        return "\n".join(
            [
                f"__global__ void k{number}(const int *in, const float *f, const float *g, int *out, int *own, unsigned *sum, int n) {{",
                "  const int tx = threadIdx.x, ty = threadIdx.y, tz = threadIdx.z, bx = blockIdx.x;",
                "  const int t = tx + blockDim.x * (ty + blockDim.y * tz), size = blockDim.x * blockDim.y * blockDim.z;",
                "  const int i = bx * size + t;",
                "  int local[5] = {t, 1, bx, 3, 4};",
                "  double reals[6] = {0.5, 1.0 * t};",
                "  unsigned char bytes[9] = {};",
                "  short cells[3][4] = {{1, 2}, {(short)tx}};",
                "  struct { int a; float b; } pairs[4] = {};",
                *self.lines,
                "  for (int x : local)",
                "    out[2 * N + i] = out[2 * N + i] * 7 + x;",
                "  for (double x : reals)",
                "    out[2 * N + i] = out[2 * N + i] * 5 + (int)(small(x) * 8);",
                "  for (auto &row : cells)",
                "    for (int x : row)",
                "      out[2 * N + i] = out[2 * N + i] * 7 + x;",
                "  for (auto &pair : pairs)",
                "    out[2 * N + i] = out[2 * N + i] * 5 + pair.a + (int)(small(pair.b) * 8);",
                "  for (int x : bytes)",
                "    out[2 * N + i] = out[2 * N + i] * 3 + x;",
                "}\n",
            ]
        )


def main():
    chance = random.Random(int(sys.argv[1]))
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    kernels = "\n".join(Kernel(chance).text(number) for number in range(count))
    calls = "\n".join(f"  run({number}, k{number}, dim3{chance.choice(SHAPES)});" for number in range(count))
    print(PROGRAM % (kernels, calls))


if __name__ == "__main__":
    main()
