// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The pointer through which compiled kernels find their thread and block. It lives here because kernels are linked to this library,
// while a backend is loaded when the program runs; backends set it.

#include "../backends/cpu/Block.h"

extern "C" __thread cuport_thread *cuport_self = nullptr;
