// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Interruption.h"

#include <atomic>
#include <csignal>
#include <cstring>
#include <unistd.h>

static std::atomic<const char *> Sentence;

/// Only what may be called in a handler: no stream.
static void print(const char *Text) { (void)!::write(STDERR_FILENO, Text, std::strlen(Text)); }

static void onSignal(int Signal) {
  print("\ncuport: interrupted: ");
  print(Sentence);
  print("\n");
  ::raise(Signal);
}

void cuport::sayWhenInterrupted(const char *AboutOutput) {
  if (Sentence.exchange(AboutOutput))
    return;
  for (int Signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction Action = {}, Old;
    Action.sa_handler = onSignal;
    Action.sa_flags = SA_RESETHAND | SA_NODEFER; // raise() then does what the signal did before
    if (!::sigaction(Signal, nullptr, &Old) && Old.sa_handler != SIG_IGN)
      ::sigaction(Signal, &Action, nullptr);
  }
}
