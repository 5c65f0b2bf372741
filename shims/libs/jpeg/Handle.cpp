// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Making and destroying nvJPEG's objects, and files that are read in steps. Allocators and buffers are taken and not used.

#include "Handle.h"

#include "libs/Operation.h"

using namespace cuport;
using namespace cuport::jpeg;

#define MAKE(Name, Type)                                                                                                 \
  if (!(Name))                                                                                                           \
    return NVJPEG_STATUS_INVALID_PARAMETER;                                                                              \
  *(Name) = new Type;                                                                                                    \
  return NVJPEG_STATUS_SUCCESS
#define DESTROY(name)                                                                                                    \
  delete name;                                                                                                           \
  return NVJPEG_STATUS_SUCCESS

nvjpegStatus_t nvjpegCreate(nvjpegBackend_t, nvjpegDevAllocator_t *, nvjpegHandle_t *handle) { MAKE(handle, nvjpegHandle); }
nvjpegStatus_t nvjpegCreateSimple(nvjpegHandle_t *handle) { MAKE(handle, nvjpegHandle); }
nvjpegStatus_t nvjpegCreateEx(nvjpegBackend_t, nvjpegDevAllocator_t *, nvjpegPinnedAllocator_t *, unsigned, nvjpegHandle_t *handle) {
  MAKE(handle, nvjpegHandle);
}
nvjpegStatus_t nvjpegCreateExV2(nvjpegBackend_t, nvjpegDevAllocatorV2_t *, nvjpegPinnedAllocatorV2_t *, unsigned, nvjpegHandle_t *handle) {
  MAKE(handle, nvjpegHandle);
}
nvjpegStatus_t nvjpegDestroy(nvjpegHandle_t handle) { DESTROY(handle); }

nvjpegStatus_t nvjpegGetProperty(libraryPropertyType type, int *value) {
  static constexpr int parts[] = {NVJPEG_VER_MAJOR, NVJPEG_VER_MINOR, NVJPEG_VER_PATCH};
  if (!value || unsigned(type) >= 3)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  *value = parts[type];
  return NVJPEG_STATUS_SUCCESS;
}
nvjpegStatus_t nvjpegGetHardwareDecoderInfo(nvjpegHandle_t handle, unsigned *engines, unsigned *cores) {
  if (!handle || !engines || !cores)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  *engines = *cores = 0;
  return NVJPEG_STATUS_SUCCESS;
}

nvjpegStatus_t nvjpegJpegStateCreate(nvjpegHandle_t handle, nvjpegJpegState_t *state) {
  if (!handle)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  MAKE(state, nvjpegJpegState);
}
nvjpegStatus_t nvjpegJpegStateDestroy(nvjpegJpegState_t state) {
  if (state && state->isQueued)
    cudaStreamSynchronize(state->stream);
  DESTROY(state);
}
nvjpegStatus_t nvjpegDecoderCreate(nvjpegHandle_t handle, nvjpegBackend_t, nvjpegJpegDecoder_t *decoder) {
  if (!handle)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  MAKE(decoder, nvjpegJpegDecoder);
}
nvjpegStatus_t nvjpegDecoderDestroy(nvjpegJpegDecoder_t decoder) { DESTROY(decoder); }
nvjpegStatus_t nvjpegDecoderStateCreate(nvjpegHandle_t handle, nvjpegJpegDecoder_t decoder, nvjpegJpegState_t *state) {
  return decoder ? nvjpegJpegStateCreate(handle, state) : NVJPEG_STATUS_INVALID_PARAMETER;
}
/// 0 says yes.
nvjpegStatus_t nvjpegDecoderJpegSupported(nvjpegJpegDecoder_t decoder, nvjpegJpegStream_t file, nvjpegDecodeParams_t params, int *isSupported) {
  if (!decoder || !file || !params || !isSupported)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  *isSupported = params->isPlain ? 0 : 1;
  return NVJPEG_STATUS_SUCCESS;
}

nvjpegStatus_t nvjpegDecodeParamsCreate(nvjpegHandle_t handle, nvjpegDecodeParams_t *params) {
  if (!handle)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  MAKE(params, nvjpegDecodeParams);
}
nvjpegStatus_t nvjpegDecodeParamsDestroy(nvjpegDecodeParams_t params) { DESTROY(params); }
nvjpegStatus_t nvjpegDecodeParamsSetOutputFormat(nvjpegDecodeParams_t params, nvjpegOutputFormat_t format) {
  if (!params)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  params->format = format;
  return NVJPEG_STATUS_SUCCESS;
}

// Buffers of the program's: what decodes has its own.
struct nvjpegBufferDevice {};
struct nvjpegBufferPinned {};
nvjpegStatus_t nvjpegBufferDeviceCreate(nvjpegHandle_t, nvjpegDevAllocator_t *, nvjpegBufferDevice_t *buffer) { MAKE(buffer, nvjpegBufferDevice); }
nvjpegStatus_t nvjpegBufferPinnedCreate(nvjpegHandle_t, nvjpegPinnedAllocator_t *, nvjpegBufferPinned_t *buffer) { MAKE(buffer, nvjpegBufferPinned); }
nvjpegStatus_t nvjpegBufferDeviceDestroy(nvjpegBufferDevice_t buffer) { DESTROY(buffer); }
nvjpegStatus_t nvjpegBufferPinnedDestroy(nvjpegBufferPinned_t buffer) { DESTROY(buffer); }
nvjpegStatus_t nvjpegStateAttachDeviceBuffer(nvjpegJpegState_t state, nvjpegBufferDevice_t buffer) {
  return state && buffer ? NVJPEG_STATUS_SUCCESS : NVJPEG_STATUS_INVALID_PARAMETER;
}
nvjpegStatus_t nvjpegStateAttachPinnedBuffer(nvjpegJpegState_t state, nvjpegBufferPinned_t buffer) {
  return state && buffer ? NVJPEG_STATUS_SUCCESS : NVJPEG_STATUS_INVALID_PARAMETER;
}

nvjpegStatus_t nvjpegJpegStreamCreate(nvjpegHandle_t handle, nvjpegJpegStream_t *file) {
  if (!handle)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  MAKE(file, nvjpegJpegStream);
}
nvjpegStatus_t nvjpegJpegStreamDestroy(nvjpegJpegStream_t file) { DESTROY(file); }

nvjpegStatus_t nvjpegJpegStreamParseHeader(nvjpegHandle_t handle, const unsigned char *data, size_t length, nvjpegJpegStream_t file) {
  return handle && data && file ? readHeader(data, length, file->header) : NVJPEG_STATUS_INVALID_PARAMETER;
}
nvjpegStatus_t nvjpegJpegStreamParse(nvjpegHandle_t handle, const unsigned char *data, size_t length, int, int, nvjpegJpegStream_t file) {
  nvjpegStatus_t status = nvjpegJpegStreamParseHeader(handle, data, length, file);
  if (!status)
    file->data.assign(data, data + length);
  return status;
}

nvjpegStatus_t nvjpegJpegStreamGetFrameDimensions(nvjpegJpegStream_t file, unsigned *width, unsigned *height) {
  return nvjpegJpegStreamGetComponentDimensions(file, 0, width, height);
}
nvjpegStatus_t nvjpegJpegStreamGetComponentDimensions(nvjpegJpegStream_t file, unsigned component, unsigned *width, unsigned *height) {
  if (!file || !width || !height || component >= unsigned(file->header.components))
    return NVJPEG_STATUS_INVALID_PARAMETER;
  *width = unsigned(file->header.widths[component]);
  *height = unsigned(file->header.heights[component]);
  return NVJPEG_STATUS_SUCCESS;
}
nvjpegStatus_t nvjpegJpegStreamGetComponentsNum(nvjpegJpegStream_t file, unsigned *count) {
  if (!file || !count)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  *count = unsigned(file->header.components);
  return NVJPEG_STATUS_SUCCESS;
}
nvjpegStatus_t nvjpegJpegStreamGetChromaSubsampling(nvjpegJpegStream_t file, nvjpegChromaSubsampling_t *subsampling) {
  if (!file || !subsampling)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  *subsampling = file->header.subsampling;
  return NVJPEG_STATUS_SUCCESS;
}
nvjpegStatus_t nvjpegJpegStreamGetJpegEncoding(nvjpegJpegStream_t file, nvjpegJpegEncoding_t *encoding) {
  if (!file || !encoding)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  *encoding = file->header.isProgressive ? NVJPEG_ENCODING_PROGRESSIVE_DCT_HUFFMAN : NVJPEG_ENCODING_BASELINE_DCT;
  return NVJPEG_STATUS_SUCCESS;
}
nvjpegStatus_t nvjpegJpegStreamGetSamplePrecision(nvjpegJpegStream_t file, unsigned *precision) {
  if (!file || !precision)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  *precision = unsigned(file->header.precision);
  return NVJPEG_STATUS_SUCCESS;
}
