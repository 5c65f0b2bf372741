// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a kernel's mangled name tells of its arguments, where its compiler has not said more.

#ifndef CUPORT_RECORD_SIGNATURE_H
#define CUPORT_RECORD_SIGNATURE_H

#include "Recorder.h"

namespace cuport::record {

/// Gives parameters that are numbers, or pointers to numbers, their layouts (runtime/KernelImage.h): "_Z5scalePff", of 8 and 4 bytes,
/// has "*4@0f4" and "4@0f4". Others, and all where the name has another number of them, stay as they are.
void nameTypes(const char *mangled, std::vector<Parameter> &parameters);

} // namespace cuport::record

#endif
