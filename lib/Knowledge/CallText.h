// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a row's form says of a call: a name of HIP's for it, or the text that is written in its place, where $0, $1 ... stand for the
// arguments, each once and in their order.
//
//   __stcs(p, v)  --  *($0) = $1  -->  *(p) = v

#ifndef CUPORT_KNOWLEDGE_CALLTEXT_H
#define CUPORT_KNOWLEDGE_CALLTEXT_H

#include "llvm/ADT/StringRef.h"

namespace cuport {

/// True where the `hip` of a form is no name but such a text.
inline bool isWrittenAnew(llvm::StringRef Hip) { return Hip.contains('$'); }

} // namespace cuport

#endif
