// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Encoding.

#include "Handle.h"

#include "libs/Operation.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>

using namespace cuport;
using namespace cuport::jpeg;

namespace {

/// How many pixels share a chroma sample, across and down; 0: not there.
struct Sampling {
  int across, down;
};
Sampling samplingOf(nvjpegChromaSubsampling_t subsampling) {
  switch (subsampling) {
  case NVJPEG_CSS_GRAY:
  case NVJPEG_CSS_444: return {1, 1};
  case NVJPEG_CSS_422: return {2, 1};
  case NVJPEG_CSS_420: return {2, 2};
  case NVJPEG_CSS_440: return {1, 2};
  case NVJPEG_CSS_411: return {4, 1};
  case NVJPEG_CSS_410: return {4, 2};
  default: return {0, 0};
  }
}

struct Job {
  nvjpegEncoderParams params;
  nvjpegImage_t image;
  int width, height;
  bool isYuv, isBgr, isInterleaved;
};

void start(jpeg_compress_struct &info, const Job &job, unsigned char **bytes, unsigned long *length) {
  jpeg_create_compress(&info);
  jpeg_mem_dest(&info, bytes, length);
  bool isGray = job.params.subsampling == NVJPEG_CSS_GRAY;
  info.image_width = JDIMENSION(job.width), info.image_height = JDIMENSION(job.height);
  info.input_components = job.isYuv && isGray ? 1 : 3;
  info.in_color_space = job.isYuv ? isGray ? JCS_GRAYSCALE : JCS_YCbCr : job.isBgr ? JCS_EXT_BGR : JCS_RGB;
  jpeg_set_defaults(&info);
  if (isGray)
    jpeg_set_colorspace(&info, JCS_GRAYSCALE);
  jpeg_set_quality(&info, job.params.quality, TRUE);
  info.optimize_coding = job.params.isOptimized;
  info.restart_interval = job.params.restart;
  if (job.params.isProgressive)
    jpeg_simple_progression(&info);
  Sampling sampling = samplingOf(job.params.subsampling);
  for (int c = 0; c < info.num_components; ++c) {
    info.comp_info[c].h_samp_factor = c ? 1 : sampling.across;
    info.comp_info[c].v_samp_factor = c ? 1 : sampling.down;
  }
  info.raw_data_in = job.isYuv;
  jpeg_start_compress(&info, TRUE);
}

void writePixels(jpeg_compress_struct &info, const Job &job) {
  std::vector<unsigned char> line(size_t(job.width) * 3);
  for (int y = 0; y < job.height; ++y) {
    if (job.isInterleaved)
      std::copy_n(job.image.channel[0] + size_t(y) * job.image.pitch[0], line.size(), line.data());
    else
      for (int x = 0; x < job.width; ++x)
        for (int c = 0; c < 3; ++c)
          line[x * 3 + c] = job.image.channel[c][size_t(y) * job.image.pitch[c] + x];
    JSAMPROW row = line.data();
    jpeg_write_scanlines(&info, &row, 1);
  }
}

/// Planes as they are; beyond their edge the last row and column are repeated.
void writeComponents(jpeg_compress_struct &info, const Job &job) {
  std::vector<std::vector<unsigned char>> bytes(info.num_components);
  std::vector<std::vector<JSAMPROW>> rows(info.num_components);
  std::vector<JSAMPARRAY> all(info.num_components);
  int step = info.max_v_samp_factor * DCTSIZE;
  for (int block = 0; info.next_scanline < info.image_height; ++block) {
    for (int c = 0; c < info.num_components; ++c) {
      const jpeg_component_info &component = info.comp_info[c];
      int lines = component.v_samp_factor * DCTSIZE, stored = int(component.width_in_blocks) * DCTSIZE;
      int width = (job.width * component.h_samp_factor + info.max_h_samp_factor - 1) / info.max_h_samp_factor;
      int height = (job.height * component.v_samp_factor + info.max_v_samp_factor - 1) / info.max_v_samp_factor;
      bytes[c].resize(size_t(stored) * lines);
      rows[c].resize(lines);
      for (int i = 0; i < lines; ++i) {
        const unsigned char *from = job.image.channel[c] + size_t(std::min(block * lines + i, height - 1)) * job.image.pitch[c];
        rows[c][i] = bytes[c].data() + size_t(i) * stored;
        std::copy_n(from, std::min(width, stored), rows[c][i]);
        if (stored > width)
          std::fill(rows[c][i] + width, rows[c][i] + stored, from[width - 1]);
      }
      all[c] = rows[c].data();
    }
    jpeg_write_raw_data(&info, all.data(), JDIMENSION(step));
  }
}

void encode(const Job &job, nvjpegEncoderState &state) {
  jpeg_compress_struct info{};
  jpeg_error_mgr errors;
  throwErrors(errors);
  info.err = &errors;
  unsigned char *bytes = nullptr;
  unsigned long length = 0;
  state.status = NVJPEG_STATUS_SUCCESS;
  try {
    start(info, job, &bytes, &length);
    job.isYuv ? writeComponents(info, job) : writePixels(info, job);
    jpeg_finish_compress(&info);
    state.bytes.assign(bytes, bytes + length);
  } catch (Failure) {
    state.status = NVJPEG_STATUS_EXECUTION_FAILED;
  }
  jpeg_destroy_compress(&info);
  std::free(bytes);
}

nvjpegStatus_t queue(nvjpegEncoderState_t state, const Job &job, int planes, cudaStream_t stream, const char *name) {
  if (job.width < 1 || job.height < 1 || !samplingOf(job.params.subsampling).across)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  for (int c = 0; c < planes; ++c)
    if (!job.image.channel[c] || !job.image.pitch[c])
      return NVJPEG_STATUS_INVALID_PARAMETER;
  return libs::enqueue(stream, name, [=] { encode(job, *state); }) ? NVJPEG_STATUS_EXECUTION_FAILED : NVJPEG_STATUS_SUCCESS;
}

} // namespace

nvjpegStatus_t nvjpegEncodeImage(nvjpegHandle_t handle, nvjpegEncoderState_t state, const nvjpegEncoderParams_t params, const nvjpegImage_t *source,
                                 nvjpegInputFormat_t format, int width, int height, cudaStream_t stream) {
  if (!handle || !state || !params || !source)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  if (format < NVJPEG_INPUT_RGB || format > NVJPEG_INPUT_BGRI) {
    libs::logUnsupported("nvjpegEncodeImage of NV12 or YUV");
    return NVJPEG_STATUS_IMPLEMENTATION_NOT_SUPPORTED;
  }
  bool isInterleaved = format == NVJPEG_INPUT_RGBI || format == NVJPEG_INPUT_BGRI;
  return queue(state, {*params, *source, width, height, false, format == NVJPEG_INPUT_BGR || format == NVJPEG_INPUT_BGRI, isInterleaved},
               isInterleaved ? 1 : 3, stream, "nvjpegEncodeImage");
}

nvjpegStatus_t nvjpegEncodeYUV(nvjpegHandle_t handle, nvjpegEncoderState_t state, const nvjpegEncoderParams_t params, const nvjpegImage_t *source,
                               nvjpegChromaSubsampling_t subsampling, int width, int height, cudaStream_t stream) {
  if (!handle || !state || !params || !source)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  if (subsampling != params->subsampling && params->subsampling != NVJPEG_CSS_GRAY) {
    libs::logUnsupported("nvjpegEncodeYUV into another subsampling");
    return NVJPEG_STATUS_IMPLEMENTATION_NOT_SUPPORTED;
  }
  return queue(state, {*params, *source, width, height, true, false, false}, params->subsampling == NVJPEG_CSS_GRAY ? 1 : 3, stream, "nvjpegEncodeYUV");
}

/// Waits, for the host gets the length.
nvjpegStatus_t nvjpegEncodeRetrieveBitstream(nvjpegHandle_t handle, nvjpegEncoderState_t state, unsigned char *data, size_t *length, cudaStream_t stream) {
  if (!handle || !state || !length)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  if (cudaStreamSynchronize(stream))
    return NVJPEG_STATUS_EXECUTION_FAILED;
  if (state->status)
    return state->status;
  if (data && *length < state->bytes.size())
    return NVJPEG_STATUS_INVALID_PARAMETER;
  *length = state->bytes.size();
  if (data)
    std::copy(state->bytes.begin(), state->bytes.end(), data);
  return NVJPEG_STATUS_SUCCESS;
}

/// More than any image of that size needs.
nvjpegStatus_t nvjpegEncodeGetBufferSize(nvjpegHandle_t handle, const nvjpegEncoderParams_t params, int width, int height, size_t *length) {
  if (!handle || !params || !length || width < 1 || height < 1)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  *length = size_t((width + 31) / 32 * 32) * size_t((height + 31) / 32 * 32) * 6 + 4096;
  return NVJPEG_STATUS_SUCCESS;
}

// What an encoder is told.

nvjpegStatus_t nvjpegEncoderParamsCreate(nvjpegHandle_t handle, nvjpegEncoderParams_t *params, cudaStream_t) {
  if (!handle || !params)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  *params = new nvjpegEncoderParams;
  return NVJPEG_STATUS_SUCCESS;
}
nvjpegStatus_t nvjpegEncoderParamsDestroy(nvjpegEncoderParams_t params) {
  delete params;
  return NVJPEG_STATUS_SUCCESS;
}
nvjpegStatus_t nvjpegEncoderParamsSetQuality(nvjpegEncoderParams_t params, const int quality, cudaStream_t) {
  if (!params || quality < 1 || quality > 100)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  params->quality = quality;
  return NVJPEG_STATUS_SUCCESS;
}
nvjpegStatus_t nvjpegEncoderParamsSetEncoding(nvjpegEncoderParams_t params, nvjpegJpegEncoding_t encoding, cudaStream_t) {
  if (!params || (encoding != NVJPEG_ENCODING_BASELINE_DCT && encoding != NVJPEG_ENCODING_PROGRESSIVE_DCT_HUFFMAN))
    return NVJPEG_STATUS_INVALID_PARAMETER;
  params->isProgressive = encoding == NVJPEG_ENCODING_PROGRESSIVE_DCT_HUFFMAN;
  return NVJPEG_STATUS_SUCCESS;
}
nvjpegStatus_t nvjpegEncoderParamsSetOptimizedHuffman(nvjpegEncoderParams_t params, const int isOptimized, cudaStream_t) {
  if (!params)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  params->isOptimized = isOptimized;
  return NVJPEG_STATUS_SUCCESS;
}
nvjpegStatus_t nvjpegEncoderParamsSetRestartInterval(nvjpegEncoderParams_t params, unsigned interval, cudaStream_t) {
  if (!params)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  params->restart = interval;
  return NVJPEG_STATUS_SUCCESS;
}
nvjpegStatus_t nvjpegEncoderParamsSetSamplingFactors(nvjpegEncoderParams_t params, const nvjpegChromaSubsampling_t subsampling, cudaStream_t) {
  if (!params || !samplingOf(subsampling).across)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  params->subsampling = subsampling;
  return NVJPEG_STATUS_SUCCESS;
}

nvjpegStatus_t nvjpegEncoderStateCreate(nvjpegHandle_t handle, nvjpegEncoderState_t *state, cudaStream_t) {
  if (!handle || !state)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  *state = new nvjpegEncoderState;
  return NVJPEG_STATUS_SUCCESS;
}
nvjpegStatus_t nvjpegEncoderStateDestroy(nvjpegEncoderState_t state) {
  delete state;
  return NVJPEG_STATUS_SUCCESS;
}
