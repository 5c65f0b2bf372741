// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a direct binding's headers of CUDA's names include before those of the card's SDK.

#ifndef CUPORT_BINDINGS_PRELUDE_H
#define CUPORT_BINDINGS_PRELUDE_H

// The source is CUDA's, and asks by these whether it is compiled as such.
#ifndef __CUDACC__
#define __CUDACC__ 1
#endif

// How cuport/names.h says that the card has nothing for a name: who uses it gets the reason.
#define CUPORT_LACKS(name, reason) extern int name __attribute__((unavailable(reason)));
#define CUPORT_LACKS_TYPE(name, reason) typedef int name __attribute__((unavailable(reason)));

#endif
