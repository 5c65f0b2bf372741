# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""Every form of PTX that --ptx=rewrite writes in HIP, as asm statements with operands.

A case is (text, results, sources). Each letter of the last two is an operand, numbered from the results on: h r l f d as in the
constraint, z a float whose zeros are one, m an address of 128 bytes of the thread's own, k and w a divisor of 32 and 64 bits: not 0
and not -1, for which PTX has no value either.
"""

WIDTHS = {"16": "h", "32": "r", "64": "l"}


def letter(kind):
    """The constraint for a type: u32 is r, f64 is d; bytes live in 32 bits."""
    if kind[0] == "f":
        return {"16": "h", "32": "f", "64": "d"}[kind[1:]]
    return WIDTHS.get(kind[1:], "r")


INTEGERS = [s + w for w in WIDTHS for s in "us"]


def integers():
    for t in INTEGERS:
        c = letter(t)
        for op in ("add", "sub", "min", "max"):
            yield f"{op}.{t} %0, %1, %2;", c, c + c
        yield f"sad.{t} %0, %1, %2, %3;", c, c * 3
        yield f"mul.lo.{t} %0, %1, %2;", c, c + c
        yield f"mad.lo.{t} %0, %1, %2, %3;", c, c * 3
        if c != "h":
            divisor = "k" if c == "r" else "w"
            yield f"div.{t} %0, %1, %2;", c, c + divisor
            yield f"rem.{t} %0, %1, %2;", c, c + divisor
            yield f"mul.hi.{t} %0, %1, %2;", c, c + c
            yield f"mad.hi.{t} %0, %1, %2, %3;", c, c * 3
            yield f"bfind.{t} %0, %1;", "r", c
        if c != "l":
            wide = "r" if c == "h" else "l"
            yield f"mul.wide.{t} %0, %1, %2;", wide, c + c
            yield f"mad.wide.{t} %0, %1, %2, %3;", wide, c + c + wide
        if t[0] == "s":
            yield f"abs.{t} %0, %1;", c, c
            yield f"neg.{t} %0, %1;", c, c
    for t in ("u32", "s32"):
        yield f"mul24.lo.{t} %0, %1, %2;", "r", "rr"
        yield f"mad24.lo.{t} %0, %1, %2, %3;", "r", "rrr"
    for a in ("u32", "s32"):
        for b in ("u32", "s32"):
            yield f"dp4a.{a}.{b} %0, %1, %2, %3;", "r", "rrr"
    for op in ("vshl", "vshr"):
        for mode in ("clamp", "wrap"):
            yield f"{op}.u32.u32.u32.{mode} %0, %1, %2;", "r", "rr"
            yield f"{op}.u32.u32.u32.{mode}.add %0, %1, %2, %3;", "r", "rrr"


def carries():
    for t, c in (("u32", "r"), ("s32", "r"), ("u64", "l"), ("s64", "l")):
        for op in ("add", "sub"):
            yield f"{op}.cc.{t} %0, %2, %3; {op}c.cc.{t} %1, %4, %5; {op}c.{t} %0, %0, %1;", c + c, c * 4
        yield f"mad.lo.cc.{t} %0, %2, %3, %4; madc.hi.{t} %1, %2, %3, %5;", c + c, c * 4
        yield f"mad.hi.cc.{t} %0, %2, %3, %4; madc.lo.cc.{t} %1, %2, %3, %5; addc.{t} %0, %0, 0;", c + c, c * 4


def bits():
    for w, c in WIDTHS.items():
        for op in ("and", "or", "xor"):
            yield f"{op}.b{w} %0, %1, %2;", c, c + c
        yield f"not.b{w} %0, %1;", c, c
        yield f"cnot.b{w} %0, %1;", c, c
        for kind in ("shl.b", "shr.b", "shr.u", "shr.s"):
            yield f"{kind}{w} %0, %1, %2;", c, c + "r"
            for count in (0, 1, int(w) - 1, int(w), int(w) + 1, 100):
                yield f"{kind}{w} %0, %1, {count};", c, c
        if c != "h":
            yield f"brev.b{w} %0, %1;", c, c
            yield f"popc.b{w} %0, %1;", "r", c
            yield f"clz.b{w} %0, %1;", "r", c
            for start, length in ((0, 0), (0, 1), (4, 8), (0, int(w)), (int(w) - 1, 1), (int(w) - 4, 8), (int(w), 4), (3, 255)):
                yield f"bfi.b{w} %0, %1, %2, {start}, {length};", c, c + c
                for sign in "us":
                    yield f"bfe.{sign}{w} %0, %1, {start}, {length};", c, c
    for t in ("u32", "s32"):
        yield f"bfe.{t} %0, %1, %2, %3;", "r", "rrr"
    yield "bfi.b32 %0, %1, %2, %3, %4;", "r", "rrrr"
    yield "bmsk.clamp.b32 %0, %1, %2;", "r", "rr"
    for way in "lr":
        for mode in ("wrap", "clamp"):
            yield f"shf.{way}.{mode}.b32 %0, %1, %2, %3;", "r", "rrr"
    for table in range(256):
        yield f"lop3.b32 %0, %1, %2, %3, {table:#x};", "r", "rrr"
    for selector in (0x0123, 0x3210, 0x5410, 0x7632, 0x7654, 0x4567, 0x0000, 0x1032):
        yield f"prmt.b32 %0, %1, %2, {selector:#06x};", "r", "rr"


def floats():
    for t, c in (("f32", "f"), ("f64", "d")):
        for op in ("add", "sub", "mul"):
            yield f"{op}.{t} %0, %1, %2;", c, c + c
            yield f"{op}.rn.{t} %0, %1, %2;", c, c + c
        for op in ("min", "max", "div.rn", "copysign"):
            yield f"{op}.{t} %0, %1, %2;", c, c + c
        for op in ("abs", "neg", "sqrt.rn", "rcp.rn"):
            yield f"{op}.{t} %0, %1;", c, c
        yield f"fma.rn.{t} %0, %1, %2, %3;", c, c * 3
        yield f"mad.rn.{t} %0, %1, %2, %3;", c, c * 3
        yield f"mov.{t} %0, %1;", c, c
    for op in ("add", "sub", "mul"):
        yield f"{op}.sat.f32 %0, %1, %2;", "f", "ff"
        yield f"{op}.rn.sat.f32 %0, %1, %2;", "f", "ff"
    yield "fma.rn.sat.f32 %0, %1, %2, %3;", "f", "fff"
    # C's fminf leaves open which of -0 and 0 is less.
    yield "min.NaN.f32 %0, %1, %2;", "z", "ff"
    yield "max.NaN.f32 %0, %1, %2;", "z", "ff"
    yield "add.f32 %0, %1, 0f3FC00000; mul.f32 %0, %0, 0fBF000000;", "f", "f"
    yield "add.f64 %0, %1, 0d3FF8000000000000;", "d", "d"


def relations(t):
    if t[0] == "b":
        return ("eq", "ne")
    names = ("eq", "ne", "lt", "le", "gt", "ge")
    if t[0] == "u":
        return names + ("lo", "ls", "hi", "hs")
    if t[0] == "f":
        return names + ("equ", "neu", "ltu", "leu", "gtu", "geu", "num", "nan")
    return names


def comparisons():
    for t in INTEGERS + ["b16", "b32", "b64", "f32", "f64"]:
        c = letter(t)
        for name in relations(t):
            yield f"{{ .reg .pred p; setp.{name}.{t} p, %1, %2; selp.u32 %0, 1, 2, p; }}", "r", c + c
        if t[1:] != "16":
            name = relations(t)[-1]
            yield f"set.{name}.u32.{t} %0, %1, %2;", "r", c + c
            yield f"set.{name}.f32.{t} %0, %1, %2;", "f", c + c
        yield f"{{ .reg .pred p; setp.ne.u32 p, %3, 0; selp.{t} %0, %1, %2, p; }}", c, c + c + "r"
        yield f"slct.{t}.s32 %0, %1, %2, %3;", c, c + c + "r"
        yield f"slct.{t}.f32 %0, %1, %2, %3;", c, c + c + "f"
    for joined in ("and", "or", "xor"):
        yield (f"{{ .reg .pred p, q; setp.lt.s32 p, %1, %2; setp.gt.{joined}.u32 q, %1, %3, p; selp.u32 %0, 1, 2, q; }}", "r", "rrr")
        yield (f"{{ .reg .pred p, q; setp.lt.s32 p, %1, %2; setp.gt.{joined}.f32 q, %3, %4, !p; selp.u32 %0, 1, 2, q; }}", "r", "rrff")
        yield (f"{{ .reg .pred p, q; setp.lt.s32 p, %1, %2; setp.lt.u32 q, %1, %2; {joined}.pred p, p, q; selp.u32 %0, 1, 2, p; }}", "r", "rr")
    yield "{ .reg .pred p; setp.ne.u32 p, %1, 7; not.pred p, p; selp.u32 %0, 1, 2, p; }", "r", "r"
    yield "{ .reg .pred p, q; setp.lt.f32 p|q, %2, %3; selp.b32 %0, 1, 0, p; selp.b32 %1, 1, 0, q; }", "rr", "ff"
    yield "{ .reg .pred p; setp.ge.s32 p, %1, 0; mov.u32 %0, 3; @p add.u32 %0, %0, %1; @!p sub.u32 %0, %0, %1; }", "r", "r"


def fits(of, to):
    """Whether each value of an integer type is one of the other's."""
    return int(of[1:]) + (of[0] == "u" and to[0] == "s") <= int(to[1:]) and (of[0] == "u" or to[0] == "s")


def conversions():
    kinds = [s + w for w in ("8", "16", "32", "64") for s in "us"]
    for to in kinds:
        for of in kinds:
            yield f"cvt.{to}.{of} %0, %1;", letter(to), letter(of)
            # The assembler takes .sat only where a value may not fit.
            if of not in ("u8", "s8", "u64") and to != "u64" and not fits(of, to):
                yield f"cvt.sat.{to}.{of} %0, %1;", letter(to), letter(of)
    for of in kinds:
        for to in ("f32", "f64"):
            yield f"cvt.rn.{to}.{of} %0, %1;", letter(to), letter(of)
    for rounding in ("rni", "rzi", "rmi", "rpi"):
        for of in ("f32", "f64"):
            for to in ("u32", "s32", "u64", "s64"):
                yield f"cvt.{rounding}.{to}.{of} %0, %1;", letter(to), letter(of)
            yield f"cvt.{rounding}.{of}.{of} %0, %1;", letter(of), letter(of)
    yield "cvt.sat.f32.f32 %0, %1;", "f", "f"
    yield "cvt.sat.f64.f64 %0, %1;", "d", "d"
    yield "cvt.f64.f32 %0, %1;", "d", "f"
    yield "cvt.rn.f32.f64 %0, %1;", "f", "d"
    yield "cvt.rn.f16.f32 %0, %1;", "h", "f"
    yield "cvt.f32.f16 %0, %1;", "f", "h"
    yield "cvt.rn.f16x2.f32 %0, %1, %2;", "r", "ff"


def moves():
    for t in INTEGERS + ["b16", "b32", "b64"]:
        yield f"mov.{t} %0, %1;", letter(t), letter(t)
    yield "mov.b32 %0, %1;", "r", "f"
    yield "mov.b32 %0, %1;", "f", "r"
    yield "mov.b64 %0, %1;", "l", "d"
    yield "mov.b64 %0, %1;", "d", "l"
    yield "mov.b64 %0, {%1, %2};", "l", "rr"
    yield "mov.b32 %0, {%1, %2};", "r", "hh"
    yield "mov.b64 {%0, %1}, %2;", "rr", "l"
    yield "mov.b32 {%0, %1}, %2;", "hh", "r"
    yield "mov.b64 {_, %0}, %1;", "r", "d"
    for name in ("tid", "ntid", "ctaid", "nctaid"):
        for axis in "xyz":
            yield f"mov.u32 %0, %%{name}.{axis};", "r", ""
    for name in ("laneid", "lanemask_eq", "lanemask_lt", "lanemask_le", "lanemask_ge", "lanemask_gt"):
        yield f"mov.u32 %0, %%{name};", "r", ""
    yield "mov.u32 %0, WARP_SZ;", "r", ""


def warps():
    for mode in ("idx", "up", "down", "bfly"):
        for width in (32, 16, 8, 4, 2):
            clamp = (32 - width) << 8 | (0 if mode == "up" else 31)
            yield f"{{ .reg .u32 by; and.b32 by, %2, 31; shfl.sync.{mode}.b32 %0, %1, by, {clamp:#x}, 0xffffffff; }}", "r", "rr"
            yield f"shfl.sync.{mode}.b32 %0, %1, 1, {clamp:#x}, -1;", "r", "r"
    vote = "{{ .reg .pred p, q; setp.gt.s32 p, %1, {bound}; vote.sync.{how}.pred q, p, 0xffffffff; selp.u32 %0, 1, 0, q; }}"
    for how in ("any", "all"):
        for bound in ("0", "-2147483648", "2147483647"):
            yield vote.format(how=how, bound=bound), "r", "r"
    yield "{ .reg .pred p; setp.gt.s32 p, %1, 0; vote.sync.ballot.b32 %0, p, 0xffffffff; }", "r", "r"
    yield "{ .reg .u32 few; and.b32 few, %1, 3; match.any.sync.b32 %0, few, 0xffffffff; }", "r", "r"
    yield "{ .reg .u64 few; and.b64 few, %1, 0x100000001; match.any.sync.b64 %0, few, 0xffffffff; }", "r", "l"
    yield "activemask.b32 %0;", "r", ""
    yield "bar.sync 0; barrier.sync 0; barrier.cta.sync 0; mov.u32 %0, %1;", "r", "r"
    yield "{ .reg .pred p; setp.gt.s32 p, %1, 0; bar.red.popc.u32 %0, 0, p; }", "r", "r"
    for how in ("and", "or"):
        for bound in ("0", "-2147483648", "2147483647"):
            yield (f"{{ .reg .pred p, q; setp.gt.s32 p, %1, {bound}; barrier.red.{how}.pred q, 0, p; selp.u32 %0, 1, 0, q; }}", "r", "r")


def accesses():
    for t in ("u8", "s8", "u16", "s16", "b16", "u32", "s32", "b32", "u64", "s64", "b64", "f32", "f64"):
        c = letter(t)
        bytes_ = int(t[1:]) // 8
        for how in ("", ".global", ".global.nc", ".global.ca", ".global.cg", ".global.cs", ".global.lu", ".global.cv", ".volatile.global",
                    ".weak.global", ".global.L1::no_allocate", ".global.nc.L1::no_allocate.L2::128B"):
            yield f"ld{how}.{t} %0, [%1+16];", c, "m"
        for how in ("", ".global", ".global.wb", ".global.cg", ".global.cs", ".global.wt", ".volatile.global", ".weak.global",
                    ".global.L1::no_allocate"):
            yield f"st{how}.{t} [%0+8], %1;", "", "m" + c
        yield f"ld.global.v2.{t} {{%0, %1}}, [%2+{2 * bytes_}];", c * 2, "m"
        yield f"st.global.v2.{t} [%0+{2 * bytes_}], {{%1, %2}};", "", "m" + c * 2
        if bytes_ < 8:
            yield f"ld.global.v4.{t} {{%0, %1, %2, %3}}, [%4+{4 * bytes_}];", c * 4, "m"
            yield f"st.global.v4.{t} [%0], {{%1, %2, %3, %4}};", "", "m" + c * 4
        if bytes_ >= 4:
            for scope in ("cta", "gpu", "sys"):
                yield f"ld.relaxed.{scope}.global.{t} %0, [%1];", c, "m"
                yield f"ld.acquire.{scope}.global.{t} %0, [%1];", c, "m"
                yield f"st.relaxed.{scope}.global.{t} [%0], %1;", "", "m" + c
                yield f"st.release.{scope}.global.{t} [%0], %1;", "", "m" + c
    yield "{ .reg .pred p; setp.gt.s32 p, %2, 0; mov.u32 %0, 9; @p ld.global.u32 %0, [%1]; @!p st.global.u32 [%1], 5; }", "r", "mr"
    for text in ("membar.cta", "membar.gl", "membar.sys", "fence.acq_rel.gpu", "fence.sc.gpu", "fence.acq_rel.cta", "fence.sc.sys"):
        yield f"st.global.u32 [%1], %2; {text}; ld.global.u32 %0, [%1];", "r", "mr"
    yield ("prefetch.global.L1 [%1]; prefetch.global.L2 [%1]; prefetchu.L1 [%1]; applypriority.global.L2::evict_normal [%1], 128;"
           " ld.global.u32 %0, [%1];", "r", "m")


def atomics():
    for t, ops in (("u32", "add min max"), ("s32", "add min max"), ("u64", "add min max"), ("b32", "and or xor exch cas"),
                   ("b64", "and or xor exch cas"), ("f32", "add"), ("f64", "add")):
        c = letter(t)
        for op in ops.split():
            for how in ("", ".global", ".relaxed.gpu.global", ".relaxed.sys.global", ".sys.global"):
                operands = "%2, %3" if op == "cas" else "%2"
                # A comparison that holds now and then: with what is there.
                if op == "cas":
                    yield f"atom{how}.cas.{t} %0, [%1], {operands};", c, "m" + c * 2
                    yield (f"{{ .reg .{t} old; ld.global.{t} old, [%1]; atom{how}.cas.{t} %0, [%1], old, %2; }}", c, "m" + c)
                    continue
                yield f"atom{how}.{op}.{t} %0, [%1], {operands};", c, "m" + c
                if op != "exch":
                    yield f"red{how}.{op}.{t} [%0], %1;", "", "m" + c
    for op in ("inc", "dec"):
        yield f"atom.global.{op}.u32 %0, [%1], %2;", "r", "mr"
        yield f"{{ .reg .u32 few; and.b32 few, %2, 3; st.global.u32 [%1], few; atom.{op}.u32 %0, [%1], 2; }}", "r", "mr"
        yield f"red.global.{op}.u32 [%0], %1;", "", "mr"


def cases():
    """The cases of one thread alone."""
    for group in (integers, carries, bits, floats, comparisons, conversions, moves, accesses, atomics):
        yield from group()


def collective_cases():
    """The cases that the threads of a warp or block evaluate together."""
    yield from warps()
