// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// nvJPEG's objects, and what is made of a file.
//
//   nvjpegDecode --> libjpeg-turbo, at once --> planes in the state --> copied to the image in the stream
//   nvjpegEncode --> in the stream: libjpeg-turbo --> bytes in the state --> nvjpegEncodeRetrieveBitstream waits for them

#ifndef CUPORT_LIBS_JPEG_HANDLE_H
#define CUPORT_LIBS_JPEG_HANDLE_H

#include <nvjpeg.h>

#include <cstdint>
#include <cstdio>
#include <vector>

#include <jpeglib.h>

namespace cuport::jpeg {

/// Rows of bytes.
struct Plane {
  int width, height;
  std::vector<unsigned char> bytes{};
};

/// What a file's header says.
struct Header {
  int components = 0;
  nvjpegChromaSubsampling_t subsampling = NVJPEG_CSS_UNKNOWN;
  int widths[NVJPEG_MAX_COMPONENT] = {}, heights[NVJPEG_MAX_COMPONENT] = {};
  bool isProgressive = false;
  int precision = 8;
};

/// What libjpeg-turbo's errors are thrown as, through its functions.
struct Failure {};
void throwErrors(jpeg_error_mgr &errors);

nvjpegStatus_t readHeader(const unsigned char *data, size_t length, Header &header);
/// The picture as the format wants it: one plane a channel, or pixels in one.
nvjpegStatus_t decode(const unsigned char *data, size_t length, nvjpegOutputFormat_t format, std::vector<Plane> &planes);

} // namespace cuport::jpeg

struct nvjpegHandle {};

struct nvjpegJpegState {
  std::vector<std::vector<cuport::jpeg::Plane>> pictures; ///< of one call
  cudaStream_t stream = nullptr;
  bool isQueued = false; ///< they may still be read
  int batch = 0;
  nvjpegOutputFormat_t format = NVJPEG_OUTPUT_RGB;
};

struct nvjpegJpegStream {
  std::vector<unsigned char> data{};
  cuport::jpeg::Header header{};
};

struct nvjpegDecodeParams {
  nvjpegOutputFormat_t format = NVJPEG_OUTPUT_RGB;
  bool isPlain = true; ///< no part, no scale, no turning
};

struct nvjpegJpegDecoder {};

struct nvjpegEncoderParams {
  int quality = 70;
  nvjpegChromaSubsampling_t subsampling = NVJPEG_CSS_444;
  bool isOptimized = false, isProgressive = false;
  unsigned restart = 0;
};

struct nvjpegEncoderState {
  std::vector<unsigned char> bytes{};
  nvjpegStatus_t status = NVJPEG_STATUS_SUCCESS;
};

#endif
