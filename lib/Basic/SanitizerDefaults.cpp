// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Built into programs under sanitizers alone (CUPORT_SANITIZE).

// LLVM's allocators mark memory as poisoned in our objects, by code in LLVM's headers, and its libraries, built without
// sanitizers, never take that back.
extern "C" const char *__asan_default_options() { return "allow_user_poisoning=0"; }
