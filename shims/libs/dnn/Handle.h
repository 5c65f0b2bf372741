// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuDNN's handle, and what every entry point does with it.
//
//   entry point --> Call: handle and name --> checks --> closure over copies of the descriptors --> libs::enqueue
//                   --> Values.h: any type and layout as an array of float or double --> oneDNN (OneDnn.h) or loops

#ifndef CUPORT_LIBS_DNN_HANDLE_H
#define CUPORT_LIBS_DNN_HANDLE_H

#include "Tensor.h"
#include "libs/Operation.h"

struct cudnnContext {
  cudaStream_t stream = nullptr;
  int threads = 1; ///< as many as blocks have (CUPORT_THREADS)
};

namespace cuport::dnn {

using Status = cudnnStatus_t;

/// cuDNN's code for what the runtime said.
Status statusOf(cudaError_t error);

/// result = alpha * what was calculated + beta * what was there.
struct Blend {
  double alpha = 1, beta = 0;
  bool isPlain() const { return alpha == 1 && beta == 0; }
};

/// A factor on the host: a double for data of double, a float for all other.
inline double factor(cudnnDataType_t type, const void *place) {
  return type == CUDNN_DATA_DOUBLE ? *static_cast<const double *>(place) : *static_cast<const float *>(place);
}
inline Blend blendOf(cudnnDataType_t type, const void *alpha, const void *beta) { return {factor(type, alpha), factor(type, beta)}; }

/// One call of an entry point.
struct Call {
  cudnnHandle_t handle;
  const char *name;

  template <class Body> Status enqueue(const Body &body) const { return statusOf(libs::enqueue(handle->stream, name, body)); }
  /// Returns \p status, of which cudnnGetLastErrorString then tells.
  Status fail(Status status) const;
  /// Says once that it is not supported.
  Status unsupported() const {
    libs::logUnsupported(name);
    return fail(CUDNN_STATUS_NOT_SUPPORTED);
  }
};

inline bool isSet(const Tensor *t) { return t && t->rank > 0; }
/// Of the types that are calculated in float or double.
inline bool isReal(cudnnDataType_t type) {
  return type == CUDNN_DATA_FLOAT || type == CUDNN_DATA_DOUBLE || type == CUDNN_DATA_HALF || type == CUDNN_DATA_BFLOAT16;
}
inline bool isReal(const Tensor *t) { return isReal(t->type); }

} // namespace cuport::dnn

/// In an entry point's body: what is wrong of the arguments, and what is right but not there.
#define CUPORT_CHECK(call, valid)                                                                                        \
  if (!(call).handle || !(valid))                                                                                        \
  return (call).fail(CUDNN_STATUS_BAD_PARAM)
#define CUPORT_SUPPORT(call, there)                                                                                      \
  if (!(there))                                                                                                          \
  return (call).unsupported()

/// Of a descriptor: Create and Destroy.
#define CUPORT_DESCRIPTOR(Name)                                                                                          \
  cudnnStatus_t cudnnCreate##Name##Descriptor(cudnn##Name##Descriptor_t *descriptor) {                                   \
    if (!descriptor)                                                                                                     \
      return CUDNN_STATUS_BAD_PARAM;                                                                                     \
    *descriptor = new cudnn##Name##Struct;                                                                               \
    return CUDNN_STATUS_SUCCESS;                                                                                         \
  }                                                                                                                      \
  cudnnStatus_t cudnnDestroy##Name##Descriptor(cudnn##Name##Descriptor_t descriptor) {                                   \
    delete descriptor;                                                                                                   \
    return CUDNN_STATUS_SUCCESS;                                                                                         \
  }

#endif
