#!/usr/bin/env python3
# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""What does a call of CUDA's cost more than the vendor's, where libcuport-rt stands between?

On the host's side of Ascend: cudaEventQuery of an event that is complete, and aclrtQueryEventStatus of another such, both in one program;
in turns, so that a busy machine is as busy for both. Times are the process's, the least of some rounds: what else
runs only adds to them. A direct binding has no such cost: there a call is the vendor's (test/Shims/Bindings/direct-call.test).
"""

import argparse
import os
import sys
import tempfile

import programs

SOURCE = r"""
#include <cstdio>
#include <ctime>
extern "C" int aclrtQueryEventStatus(void *, int *);
extern "C" int aclrtCreateEventExWithFlag(void **, unsigned);
extern "C" int aclrtCreateStream(void **);
extern "C" int aclrtRecordEvent(void *, void *);
extern "C" int aclrtSynchronizeEvent(void *);
static double now() {
  timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return time.tv_sec * 1e9 + time.tv_nsec;
}
int main() {
  constexpr int Calls = 20000;
  cudaEvent_t ours;
  void *theirs, *stream;
  int status;
  if (cudaEventCreate(&ours) || cudaEventRecord(ours) || cudaEventSynchronize(ours) || aclrtCreateEventExWithFlag(&theirs, 1) ||
      aclrtCreateStream(&stream) || aclrtRecordEvent(theirs, stream) || aclrtSynchronizeEvent(theirs))
    return 1;
  for (int round = 0; round < 2000; ++round) {
    double begin = now();
    for (int i = 0; i < Calls; ++i)
      cudaEventQuery(ours);
    double between = now();
    for (int i = 0; i < Calls; ++i)
      aclrtQueryEventStatus(theirs, &status);
    std::printf("%g %g\n", (between - begin) / Calls, (now() - between) / Calls);
  }
}
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    programs.add_cuport(parser)
    parser.add_argument("--library", metavar="DIR", help="where libascendcl.so is (default: the declared surface)")
    args = parser.parse_args()
    root = os.path.dirname(os.path.dirname(programs.checked_cuport(parser, args.cuport)))
    library = os.path.abspath(args.library or os.path.join(root, "declared/ascend/lib"))
    with tempfile.TemporaryDirectory(prefix="call_cost.") as work:
        source, program = os.path.join(work, "calls.cu"), os.path.join(work, "calls")
        with open(source, "w") as f:
            f.write(SOURCE)
        built = programs.run([os.path.join(root, "bin/cuport-cc"), "--target=ascend", "-O2", source, "-o", program, "-L" + library, "-lascendcl"])
        ran = programs.run([program], variables={"LD_LIBRARY_PATH": library}) if built.code == 0 else built
        if ran.code != 0:
            sys.exit(ran.err or ran.out or "exit code %s" % ran.code)
    ours, theirs = (min(column) for column in zip(*[map(float, line.split()) for line in ran.out.splitlines()]))
    print("cudaEventQuery         %6.1f ns" % ours)
    print("aclrtQueryEventStatus  %6.1f ns" % theirs)
    print("libcuport-rt's part    %6.1f ns" % (ours - theirs))
    return 0


if __name__ == "__main__":
    sys.exit(main())
