// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Fault.h"

#include "Division.h"
#include "Memory.h"
#include "Sanitizer.h"
#include "Settings.h"
#include "Worker.h"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <cxxabi.h>
#include <mutex>
#include <set>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>
#include <utility>

namespace cuport::cpu {

static void print(const std::string &line) {
  size_t done = 0;
  while (done < line.size()) {
    ssize_t written = write(STDERR_FILENO, line.data() + done, line.size() - done);
    if (written <= 0)
      return;
    done += size_t(written);
  }
}

void say(const std::string &message) { print("cuport: " + message + "\n"); }

std::string demangle(const char *name) {
  int status = 0;
  char *text = abi::__cxa_demangle(name, nullptr, nullptr, &status);
  std::string result = text ? text : name;
  std::free(text);
  return result;
}

static std::string triple(const uint32_t *of) {
  return "[" + std::to_string(of[0]) + "," + std::to_string(of[1]) + "," + std::to_string(of[2]) + "]";
}

std::string describePlace(const cuport_block &block, const uint32_t *thread) {
  std::string text = "kernel " + demangle(block.kernel->name);
  if (block.kernel->line)
    text += std::string(" (") + block.kernel->file + ":" + std::to_string(block.kernel->line) + ")";
  text += ", block " + triple(block.block_idx);
  if (thread)
    text += ", thread " + triple(thread);
  return text;
}

/// Leaves the block that runs; the worker's fault is filled in.
[[noreturn]] static void leaveBlock(Worker &worker) {
  if (__asan_handle_no_return)
    __asan_handle_no_return();
  if (worker.current == &worker.root)
    siglongjmp(worker.out, 1);
  worker.left = worker.current;
  worker.current = &worker.root;
  leaveFiber(*worker.left, worker.root);
}

/// Notes which thread runs, as far as that is known.
static void noteThread(Worker &worker) {
  Fault &fault = worker.fault;
  fault.threadKnown = worker.block != nullptr && cuport_self != nullptr;
  if (fault.threadKnown)
    std::memcpy(fault.thread, cuport_self->thread_idx, sizeof(fault.thread));
}

void noteFault(int status, std::string message) {
  Fault &fault = thisWorker().fault;
  fault.status = status;
  fault.signal = 0;
  fault.message = std::move(message);
  release(&fault);
}

void leaveKernel() { leaveBlock(thisWorker()); }

static std::string hex(const void *address) {
  char text[32];
  std::snprintf(text, sizeof(text), "0x%zx", reinterpret_cast<size_t>(address));
  return text;
}

static std::string describeSignal(const Fault &fault) {
  switch (fault.signal) {
  case SIGFPE:
    return "arithmetic that the processor refuses";
  case SIGILL:
  case SIGTRAP:
    return "illegal instruction";
  default:
    if (fault.stackOverflow)
      return "stack overflow; CUPORT_STACK says how many bytes a thread has";
    return "illegal address " + hex(fault.address) + describeAddress(fault.address);
  }
}

int reportFault(Worker &worker, const cuport_block &block) {
  Fault &fault = worker.fault;
  acquire(&fault);
  if (fault.signal)
    say(describePlace(block, fault.threadKnown ? fault.thread : nullptr) + ": " + describeSignal(fault));
  else if (fault.status == AssertFailed)
    print(fault.message + "\n"); // the form of CUDA, which programs and their tests look for
  else
    say(fault.message);
  int status = fault.status;
  fault = {};
  return status;
}

/// Takes the stray; whether it is the first of its kernel, of those that were told so far.
static bool isNew(Stray &stray, std::set<const cuport_kernel *> &told) {
  static std::mutex &lock = *new std::mutex;
  if (!std::exchange(stray.address, nullptr))
    return false;
  std::lock_guard hold(lock);
  return told.insert(stray.block.kernel).second;
}

void reportStrays(Worker &worker) {
  static auto &read = *new std::set<const cuport_kernel *>, &divided = *new std::set<const cuport_kernel *>;
  const void *address = worker.read.address;
  if (isNew(worker.read, read))
    say("warning: " + describePlace(worker.read.block, nullptr) + ": reads outside of memory and gets 0, address " + hex(address) + describeAddress(address) +
        "; cuport-cc --check=address tells the line");
  if (isNew(worker.division, divided))
    say("warning: " + describePlace(worker.division.block, nullptr) + ": integer division by zero, which gives a number that means nothing; cuport-cc --check=address tells the line");
}

// What stood before us for each signal, for faults that are none of a kernel's.
static struct sigaction earlier[NSIG];

static int statusOf(int signal, bool stackOverflow) {
  if (stackOverflow)
    return HardwareStackError;
  switch (signal) {
  case SIGFPE:
    return LaunchFailure;
  case SIGILL:
  case SIGTRAP:
    return IllegalInstruction;
  default:
    return IllegalAddress;
  }
}

/// Whether a page fault was a read. Where the processor does not tell us it was none.
static bool wasRead([[maybe_unused]] void *context) {
#ifdef __x86_64__
  constexpr unsigned long Write = 2, Fetch = 16; // of the error code of a page fault
  return !(static_cast<ucontext_t *>(context)->uc_mcontext.gregs[REG_ERR] & (Write | Fetch));
#else
  return false;
#endif
}

static void onSignal(int signal, siginfo_t *info, void *context) {
  Worker *worker = runningWorker();
  if (worker && worker->shape) {
    if (signal == SIGSEGV && wasRead(context) && letRead(info->si_addr)) {
      if (!worker->read.address)
        worker->read = {info->si_addr, *worker->shape};
      return;
    }
    if (signal == SIGFPE) {
      const Division division = finishDivision(context);
      if (division == Division::ByZero && !worker->division.address)
        worker->division = {info->si_addr, *worker->shape};
      if (division != Division::None)
        return;
    }
    Fault &fault = worker->fault;
    fault.signal = signal;
    fault.address = info->si_addr;
    fault.stackOverflow = signal == SIGSEGV && inGuard(*worker->current, info->si_addr);
    fault.status = statusOf(signal, fault.stackOverflow);
    noteThread(*worker);
    leaveBlock(*worker);
  }
  if ((signal == SIGSEGV || signal == SIGBUS) && settings().separate)
    sayHostTouches(info->si_addr);
  // Let the one before us have it: the instruction runs again, and meets that.
  sigaction(signal, &earlier[signal], nullptr);
}

void catchSignals() {
  if (anySanitizer())
    return;
  struct sigaction action = {};
  action.sa_sigaction = onSignal;
  // A kernel's fault does not return from the handler, so the signal must not stay blocked.
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
  sigemptyset(&action.sa_mask);
  for (int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP})
    sigaction(signal, &action, &earlier[signal]);
}

void catchSignalsHere() {
  if (anySanitizer())
    return;
  stack_t now = {};
  if (sigaltstack(nullptr, &now) == 0 && !(now.ss_flags & SS_DISABLE))
    return;
  constexpr size_t Size = 64 << 10;
  void *memory = mmap(nullptr, Size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED)
    return;
  stack_t stack = {};
  stack.ss_sp = memory;
  stack.ss_size = Size;
  sigaltstack(&stack, nullptr);
}

} // namespace cuport::cpu
