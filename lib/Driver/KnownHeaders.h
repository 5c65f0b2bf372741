// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What a parse finds for the headers that the API rows name, CUDA's and HIP's.
//
//   a CUDA header without text of its own in the surface  ->  empty: known, but no declarations
//   a HIP header                                          ->  the CUDA headers it stands for, and HIP's names as macros for
//                                                             CUDA's, so that code which is HIP already, or in part, parses

#ifndef CUPORT_DRIVER_KNOWNHEADERS_H
#define CUPORT_DRIVER_KNOWNHEADERS_H

#include "Frontend/Surface.h"
#include "Knowledge/ApiTable.h"

namespace cuport {

/// WithHip: HIP's headers too; they cost some milliseconds that only code which includes one has to spend.
std::vector<SurfaceHeader> knownHeaders(const ApiTable &Apis, bool WithHip);

} // namespace cuport

#endif
