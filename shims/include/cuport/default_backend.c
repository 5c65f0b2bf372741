/* SPDX-FileCopyrightText: the cuport authors
   SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */

/* Linked with what cuport-cc --target builds for a card of which only the host's side is bound: libcuport-rt loads its backend
   where CUPORT_BACKEND does not say otherwise. */

__attribute__((visibility("default"))) const char *const cuport_default_backend = CUPORT_DEFAULT_BACKEND;
