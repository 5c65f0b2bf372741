// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_NVRTC_H
#define CUPORT_SURFACE_NVRTC_H

#include <cuport/nvrtc_api.h>

#ifdef __cplusplus
template <class T, class String> nvrtcResult nvrtcGetTypeName(String *result);
#endif

#endif
