// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// As cuda_gl_interop.h, for the driver API.
#pragma once

#include <cuda.h>
#if __has_include(<GL/gl.h>)
#include <GL/gl.h>
#endif
