# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""mutate.py OUT COUNT FILE...: writes COUNT broken copies of the files to OUT, the same ones on every run.

A copy keeps its original's ending. Bytes are changed, cut out, doubled and swapped; pieces of one file are put into another.
"""

import os
import random
import sys

TOKENS = [b"<<<", b">>>", b"(", b")", b"{", b"}", b"#if 0\n", b"#endif\n", b"#define ", b"\\\n", b'"', b"'", b"/*", b"*/", b"//", b"R\"(",
          b"##", b"\0", b"\xff\xfe", b": ", b"- ", b"[", b"&a ", b"*a ", b"{a,b}"]


def mutate(data, others, choose):
    data = bytearray(data)
    for _ in range(choose.randint(1, 12)):
        at = choose.randrange(len(data) + 1)
        length = choose.choice([1, 1, 2, 8, 64, 512])
        kind = choose.randrange(6)
        if kind == 0:
            data[at : at + length] = bytes(choose.randrange(256) for _ in range(min(length, 8)))
        elif kind == 1:
            del data[at : at + length]
        elif kind == 2:
            data[at:at] = data[at : at + length]
        elif kind == 3:
            data[at:at] = choose.choice(TOKENS) * choose.choice([1, 1, 1, 40])
        elif kind == 4:
            other = choose.choice(others)
            start = choose.randrange(len(other) + 1)
            data[at:at] = other[start : start + length]
        else:
            del data[at:]
            data += choose.choice(TOKENS)
    return bytes(data)


def main(out, count, paths):
    contents = []
    for path in sorted(paths):
        with open(path, "rb") as file:
            contents.append((os.path.splitext(path)[1], file.read()))
    os.makedirs(out, exist_ok=True)
    for number in range(count):
        choose = random.Random(number)
        ending, data = contents[number % len(contents)]
        with open(os.path.join(out, f"{number:04}{ending}"), "wb") as file:
            file.write(mutate(data, [text for _, text in contents], choose))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
