// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// For the host half of a unit compiled with -rdc=true: clang leaves the handle of its registration to the step that links device
// code, and here there is none. CUPORT_UNIT is the unit's name.

#ifndef CUPORT_SEPARATE_UNIT_H
#define CUPORT_SEPARATE_UNIT_H

#define CUPORT_HANDLE_(unit) "__hip_gpubin_handle_" #unit
#define CUPORT_HANDLE(unit) CUPORT_HANDLE_(unit)

__asm__(".hidden " CUPORT_HANDLE(CUPORT_UNIT) "\n"
        ".comm " CUPORT_HANDLE(CUPORT_UNIT) ",8,8\n");

#undef CUPORT_HANDLE
#undef CUPORT_HANDLE_
#endif
