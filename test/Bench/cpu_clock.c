// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// LD_PRELOADed, tells a program that asks what time it is how much CPU time it has used: what it prints of its kernels is that, then,
// and other processes on the core do not count. Only the program itself is told so, not the libraries that it is linked with: these may
// wait until a time.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>
#include <sys/auxv.h>
#include <sys/time.h>
#include <time.h>

#define CALLED_BY_PROGRAM isProgram(__builtin_return_address(0))

static int isProgram(void *at) {
  Dl_info here, program;
  return dladdr(at, &here) && dladdr((void *)getauxval(AT_ENTRY), &program) && here.dli_fbase == program.dli_fbase;
}

static struct timespec clockOf(clockid_t which) {
  struct timespec now;
  int (*real)(clockid_t, struct timespec *) = (int (*)(clockid_t, struct timespec *))dlsym(RTLD_NEXT, "clock_gettime");
  real(which, &now);
  return now;
}

static int64_t nanoseconds(clockid_t which) {
  const struct timespec now = clockOf(which);
  return INT64_C(1000000000) * now.tv_sec + now.tv_nsec;
}

int clock_gettime(clockid_t which, struct timespec *now) {
  *now = clockOf(CALLED_BY_PROGRAM ? CLOCK_PROCESS_CPUTIME_ID : which);
  return 0;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  (void)zone;
  const struct timespec exact = clockOf(CALLED_BY_PROGRAM ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_REALTIME);
  now->tv_sec = exact.tv_sec;
  now->tv_usec = exact.tv_nsec / 1000;
  return 0;
}

// std::chrono::steady_clock::now, std::chrono::system_clock::now: libstdc++'s, which asks clock_gettime itself.
int64_t _ZNSt6chrono3_V212steady_clock3nowEv(void) {
  return nanoseconds(CALLED_BY_PROGRAM ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_MONOTONIC);
}
int64_t _ZNSt6chrono3_V212system_clock3nowEv(void) {
  return nanoseconds(CALLED_BY_PROGRAM ? CLOCK_PROCESS_CPUTIME_ID : CLOCK_REALTIME);
}
