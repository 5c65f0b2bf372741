// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The version of HIP whose API this is.

#ifndef CUPORT_HIP_HIP_VERSION_H
#define CUPORT_HIP_HIP_VERSION_H

#define HIP_VERSION_MAJOR 6
#define HIP_VERSION_MINOR 3
#define HIP_VERSION_PATCH 0
#define HIP_VERSION_GITHASH "cuport"
#define HIP_VERSION_BUILD_ID 0
#define HIP_VERSION_BUILD_NAME "cuport"
#define HIP_VERSION (HIP_VERSION_MAJOR * 10000000 + HIP_VERSION_MINOR * 100000 + HIP_VERSION_PATCH)

#endif
