// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Buffers and images shared with OpenGL: the names, with GL's own, as NVIDIA's header brings them. Each call answers cudaErrorNotSupported
// on a backend that does not share memory with OpenGL.
#pragma once

#include <cuda_runtime_api.h>
#if __has_include(<GL/gl.h>)
#include <GL/gl.h>
#endif
