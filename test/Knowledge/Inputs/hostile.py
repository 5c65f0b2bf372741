# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""hostile.py FOLDER: writes files that somebody might give in place of a knowledge file."""

import os
import random
import sys

folder = sys.argv[1]
random.seed(1)


def write(name, content):
    with open(os.path.join(folder, name + ".yaml"), "wb") as file:
        file.write(content if isinstance(content, bytes) else content.encode())


# 100 MB that takes no room on the disk.
with open(os.path.join(folder, "big.yaml"), "wb") as big:
    big.write(b"target: big\n")
    big.truncate(100_000_000)
os.mkdir(os.path.join(folder, "folder.yaml"))
os.mkfifo(os.path.join(folder, "pipe.yaml"))

write("empty", b"")
write("junk", bytes([0x80]) + random.randbytes(100_000))
write("late-junk", b"target: x\ntitle: y\nvendor:\xff\n")
write("program", b"\x7fELF\x02\x01\x01" + random.randbytes(5000))
write("nul", b"target: x\ntitle: a\0b\n")
write("lists", "[" * 500_000)
write("maps", "{a: " * 200_000)
write("deep-value", "target: x\ntitle: " + "[" * 300_000 + "]" * 300_000 + "\n")
write("deep-key", "target: x\n? " + "[" * 300_000 + "\n")
write("laughs", "target: &a [x]\nlibrary: &b [*a, *a]\nalso: [*b, *b, *b]\nrows: [*b]\n")
write("long-text", "target: x\ntitle: " + "a" * 100_000 + "\n")
write("escape", 'target: x\ntitle: "\\e[2J"\n')
