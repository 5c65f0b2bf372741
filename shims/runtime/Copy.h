// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A copy from CUDA's many forms to a box of the backend's.
//
//   Side (where, how rows lie) x 2 + extent --> checkedBox --> transfer: waits as CUDA says, or not at all

#ifndef CUPORT_RUNTIME_COPY_H
#define CUPORT_RUNTIME_COPY_H

#include "Array.h"
#include "Stream.h"

namespace cuport {

/// One side of a copy: the first byte and how far rows and slices are apart.
struct Side {
  char *pointer = nullptr;
  size_t pitch = 0, slice = 0;
  bool array = false; ///< in an array, whose bounds were checked
};

struct CopyBox {
  cuport_copy copy{};
  bool pageableSource = false;
  bool pageableDestination = false;
  bool empty() const { return copy.width == 0; }
};

/// width bytes x height rows x depth slices. Checks pitches, that both sides hold the box, and that the memory is what \p kind
/// says. An extent with a 0 gives an empty box.
cudaError_t checkedBox(const Side &destination, const Side &source, size_t width, size_t height, size_t depth,
                       cudaMemcpyKind kind, CopyBox &box);

/// A row of \p size bytes.
inline cudaError_t checkedLine(void *destination, const void *source, size_t size, cudaMemcpyKind kind, CopyBox &box) {
  return checkedBox({static_cast<char *>(destination), size, size, false},
                    {static_cast<char *>(const_cast<void *>(source)), size, size, false}, size, 1, 1, kind, box);
}

/// The place of texel column \p x (in bytes), row \p y, slice \p z; checks that the box fits in the array.
cudaError_t sideOf(cudaArray_const_t array, size_t x, size_t y, size_t z, size_t width, size_t height, size_t depth, Side &side);

/// The box of cudaMemcpy3DParms.
cudaError_t checkedBox(const cudaMemcpy3DParms &parameters, CopyBox &box);

enum class Wait { No, AsSynchronousCopies };

/// Queues the copy. With Wait::No: memory that is not pinned is still read before, or written when, this returns, as CUDA does.
cudaError_t transfer(Stream &stream, const CopyBox &box, Wait wait);

} // namespace cuport

#endif
