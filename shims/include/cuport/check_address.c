/* SPDX-FileCopyrightText: the cuport authors
   SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */

/* Linked into programs under --check=address. They seldom free all that they have, and who looks for what a kernel does wrong need not
   read of it; ASAN_OPTIONS=detect_leaks=1 looks for leaks, too. */

__attribute__((no_sanitize("address"))) const char *__asan_default_options(void) { return "detect_leaks=0"; }
