// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Decoding: of one file, of many, and in steps.

#include "Handle.h"

#include "libs/Operation.h"

#include <algorithm>
#include <cstring>

using namespace cuport;
using namespace cuport::jpeg;

void jpeg::throwErrors(jpeg_error_mgr &errors) {
  jpeg_std_error(&errors);
  errors.error_exit = [](j_common_ptr) { throw Failure(); };
  errors.output_message = [](j_common_ptr) {};
}

namespace {

nvjpegChromaSubsampling_t subsamplingOf(const jpeg_decompress_struct &info) {
  if (info.num_components == 1)
    return NVJPEG_CSS_GRAY;
  if (info.num_components != 3)
    return NVJPEG_CSS_UNKNOWN;
  const jpeg_component_info *c = info.comp_info;
  if (c[1].h_samp_factor != c[2].h_samp_factor || c[1].v_samp_factor != c[2].v_samp_factor || c[0].h_samp_factor % c[1].h_samp_factor ||
      c[0].v_samp_factor % c[1].v_samp_factor)
    return NVJPEG_CSS_UNKNOWN;
  switch (c[0].h_samp_factor / c[1].h_samp_factor * 10 + c[0].v_samp_factor / c[1].v_samp_factor) {
  case 11: return NVJPEG_CSS_444;
  case 21: return NVJPEG_CSS_422;
  case 22: return NVJPEG_CSS_420;
  case 12: return NVJPEG_CSS_440;
  case 41: return NVJPEG_CSS_411;
  case 42: return NVJPEG_CSS_410;
  case 44: return NVJPEG_CSS_410V;
  default: return NVJPEG_CSS_UNKNOWN;
  }
}

int up(int value, int by) { return (value + by - 1) / by; }

/// A file whose header has been read.
struct Reader {
  jpeg_decompress_struct info{};
  jpeg_error_mgr errors;
  Reader(const unsigned char *data, size_t length) {
    throwErrors(errors);
    info.err = &errors;
    jpeg_create_decompress(&info);
    try {
      jpeg_mem_src(&info, data, length);
      jpeg_read_header(&info, TRUE);
    } catch (Failure) {
      jpeg_destroy_decompress(&info);
      throw;
    }
  }
  Reader(const Reader &) = delete;
  ~Reader() { jpeg_destroy_decompress(&info); }
};

/// Components as they are stored.
void readComponents(jpeg_decompress_struct &info, bool onlyFirst, std::vector<Plane> &planes) {
  info.raw_data_out = TRUE;
  info.do_fancy_upsampling = FALSE;
  jpeg_start_decompress(&info);
  struct Rows {
    int width;
    std::vector<unsigned char> bytes;
    std::vector<JSAMPROW> pointers;
  };
  std::vector<Rows> rows(info.num_components);
  std::vector<JSAMPARRAY> all(info.num_components);
  for (int c = 0; c < info.num_components; ++c) {
    const jpeg_component_info &component = info.comp_info[c];
    int lines = component.v_samp_factor * DCTSIZE;
    rows[c].width = int(component.width_in_blocks) * DCTSIZE;
    rows[c].bytes.resize(size_t(rows[c].width) * lines);
    for (int i = 0; i < lines; ++i)
      rows[c].pointers.push_back(rows[c].bytes.data() + size_t(i) * rows[c].width);
    all[c] = rows[c].pointers.data();
    if (!c || !onlyFirst)
      planes.push_back({up(int(info.image_width) * component.h_samp_factor, info.max_h_samp_factor),
                        up(int(info.image_height) * component.v_samp_factor, info.max_v_samp_factor)});
  }
  for (Plane &plane : planes)
    plane.bytes.resize(size_t(plane.width) * plane.height);
  int step = info.max_v_samp_factor * DCTSIZE;
  for (int block = 0; int(info.output_scanline) < int(info.output_height); ++block) {
    jpeg_read_raw_data(&info, all.data(), step);
    for (size_t c = 0; c < planes.size(); ++c) {
      int lines = info.comp_info[c].v_samp_factor * DCTSIZE;
      for (int i = 0; i < lines && block * lines + i < planes[c].height; ++i)
        std::copy_n(rows[c].pointers[i], planes[c].width, planes[c].bytes.data() + size_t(block * lines + i) * planes[c].width);
    }
  }
}

/// Pixels of red, green and blue, in that order or the other, in one plane or in three.
void readColours(jpeg_decompress_struct &info, bool isBgr, bool isInterleaved, std::vector<Plane> &planes) {
  info.out_color_space = isBgr ? JCS_EXT_BGR : JCS_RGB;
  jpeg_start_decompress(&info);
  int width = int(info.output_width), height = int(info.output_height);
  std::vector<unsigned char> line(size_t(width) * 3);
  if (isInterleaved)
    planes.push_back({width * 3, height});
  else
    planes.assign(3, {width, height});
  for (Plane &plane : planes)
    plane.bytes.resize(size_t(plane.width) * plane.height);
  for (int y = 0; y < height; ++y) {
    JSAMPROW row = isInterleaved ? planes[0].bytes.data() + size_t(y) * width * 3 : line.data();
    jpeg_read_scanlines(&info, &row, 1);
    for (int x = 0; !isInterleaved && x < width; ++x)
      for (int c = 0; c < 3; ++c)
        planes[c].bytes[size_t(y) * width + x] = line[x * 3 + c];
  }
}

} // namespace

nvjpegStatus_t jpeg::readHeader(const unsigned char *data, size_t length, Header &header) try {
  Reader reader(data, length);
  const jpeg_decompress_struct &info = reader.info;
  header = {std::min(info.num_components, NVJPEG_MAX_COMPONENT), subsamplingOf(info)};
  for (int c = 0; c < header.components; ++c) {
    header.widths[c] = up(int(info.image_width) * info.comp_info[c].h_samp_factor, info.max_h_samp_factor);
    header.heights[c] = up(int(info.image_height) * info.comp_info[c].v_samp_factor, info.max_v_samp_factor);
  }
  header.isProgressive = info.progressive_mode;
  header.precision = info.data_precision;
  return NVJPEG_STATUS_SUCCESS;
} catch (Failure) {
  return NVJPEG_STATUS_BAD_JPEG;
}

nvjpegStatus_t jpeg::decode(const unsigned char *data, size_t length, nvjpegOutputFormat_t format, std::vector<Plane> &planes) try {
  planes.clear();
  Reader reader(data, length);
  jpeg_decompress_struct &info = reader.info;
  if (format != NVJPEG_OUTPUT_UNCHANGED && info.num_components != 1 && info.num_components != 3)
    return NVJPEG_STATUS_JPEG_NOT_SUPPORTED;
  if (format == NVJPEG_OUTPUT_UNCHANGED || format == NVJPEG_OUTPUT_YUV || format == NVJPEG_OUTPUT_Y)
    readComponents(info, format == NVJPEG_OUTPUT_Y, planes);
  else
    readColours(info, format == NVJPEG_OUTPUT_BGR || format == NVJPEG_OUTPUT_BGRI, format == NVJPEG_OUTPUT_RGBI || format == NVJPEG_OUTPUT_BGRI, planes);
  jpeg_finish_decompress(&info);
  return NVJPEG_STATUS_SUCCESS;
} catch (Failure) {
  planes.clear();
  return NVJPEG_STATUS_BAD_JPEG;
}

namespace {

bool isFormat(nvjpegOutputFormat_t format) { return format >= NVJPEG_OUTPUT_UNCHANGED && format <= NVJPEG_OUTPUT_BGRI; }

/// What the state held may still be read by an operation of the last call.
nvjpegStatus_t startOver(nvjpegJpegState &state, cudaStream_t stream, size_t pictures) {
  if (state.isQueued && cudaStreamSynchronize(state.stream))
    return NVJPEG_STATUS_EXECUTION_FAILED;
  state.isQueued = false;
  state.stream = stream;
  state.pictures.assign(pictures, {});
  return NVJPEG_STATUS_SUCCESS;
}

nvjpegStatus_t copyToImage(nvjpegJpegState &state, const std::vector<Plane> &planes, const nvjpegImage_t &image, const char *name) {
  struct {
    const unsigned char *from[NVJPEG_MAX_COMPONENT];
    int width[NVJPEG_MAX_COMPONENT], height[NVJPEG_MAX_COMPONENT];
  } copies{};
  for (size_t c = 0; c < planes.size(); ++c) {
    if (!image.channel[c] || image.pitch[c] < size_t(planes[c].width))
      return NVJPEG_STATUS_INVALID_PARAMETER;
    copies.from[c] = planes[c].bytes.data();
    copies.width[c] = planes[c].width, copies.height[c] = planes[c].height;
  }
  state.isQueued = true;
  cudaError_t error = libs::enqueue(state.stream, name, [=, count = planes.size()] {
    for (size_t c = 0; c < count; ++c)
      for (int y = 0; y < copies.height[c]; ++y)
        std::memcpy(image.channel[c] + size_t(y) * image.pitch[c], copies.from[c] + size_t(y) * copies.width[c], size_t(copies.width[c]));
  });
  return error ? NVJPEG_STATUS_EXECUTION_FAILED : NVJPEG_STATUS_SUCCESS;
}

nvjpegStatus_t unsupported(const char *what) {
  libs::logUnsupported(what);
  return NVJPEG_STATUS_IMPLEMENTATION_NOT_SUPPORTED;
}

nvjpegStatus_t decodeAll(nvjpegJpegState &state, const unsigned char *const *data, const size_t *lengths, size_t count, nvjpegOutputFormat_t format,
                         nvjpegImage_t *images, cudaStream_t stream, const char *name) {
  if (!isFormat(format))
    return unsupported("nvJPEG's output format NV12, YUY2 or unchanged pixels");
  if (nvjpegStatus_t status = startOver(state, stream, count))
    return status;
  for (size_t i = 0; i < count; ++i) {
    if (!data[i])
      return NVJPEG_STATUS_INVALID_PARAMETER;
    if (nvjpegStatus_t status = decode(data[i], lengths[i], format, state.pictures[i]))
      return status;
  }
  for (size_t i = 0; i < count; ++i)
    if (nvjpegStatus_t status = copyToImage(state, state.pictures[i], images[i], name))
      return status;
  return NVJPEG_STATUS_SUCCESS;
}

} // namespace

nvjpegStatus_t nvjpegGetImageInfo(nvjpegHandle_t handle, const unsigned char *data, size_t length, int *components,
                                  nvjpegChromaSubsampling_t *subsampling, int *widths, int *heights) {
  if (!handle || !data || !components || !subsampling || !widths || !heights)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  Header header;
  if (nvjpegStatus_t status = readHeader(data, length, header))
    return status;
  *components = header.components;
  *subsampling = header.subsampling;
  std::copy_n(header.widths, NVJPEG_MAX_COMPONENT, widths);
  std::copy_n(header.heights, NVJPEG_MAX_COMPONENT, heights);
  return NVJPEG_STATUS_SUCCESS;
}

nvjpegStatus_t nvjpegDecode(nvjpegHandle_t handle, nvjpegJpegState_t state, const unsigned char *data, size_t length, nvjpegOutputFormat_t format,
                            nvjpegImage_t *image, cudaStream_t stream) {
  if (!handle || !state || !data || !image)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  return decodeAll(*state, &data, &length, 1, format, image, stream, "nvjpegDecode");
}

nvjpegStatus_t nvjpegDecodeBatchedInitialize(nvjpegHandle_t handle, nvjpegJpegState_t state, int batch, int, nvjpegOutputFormat_t format) {
  if (!handle || !state || batch < 1)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  if (!isFormat(format))
    return unsupported("nvJPEG's output format NV12, YUY2 or unchanged pixels");
  state->batch = batch;
  state->format = format;
  return NVJPEG_STATUS_SUCCESS;
}
nvjpegStatus_t nvjpegDecodeBatchedPreAllocate(nvjpegHandle_t handle, nvjpegJpegState_t state, int, int, int, nvjpegChromaSubsampling_t,
                                              nvjpegOutputFormat_t) {
  return handle && state ? NVJPEG_STATUS_SUCCESS : NVJPEG_STATUS_INVALID_PARAMETER;
}
nvjpegStatus_t nvjpegDecodeBatchedSupported(nvjpegHandle_t handle, nvjpegJpegStream_t stream, int *isSupported) {
  if (!handle || !stream || !isSupported)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  *isSupported = 0; // 0 says yes
  return NVJPEG_STATUS_SUCCESS;
}
nvjpegStatus_t nvjpegDecodeBatched(nvjpegHandle_t handle, nvjpegJpegState_t state, const unsigned char *const *data, const size_t *lengths,
                                   nvjpegImage_t *images, cudaStream_t stream) {
  if (!handle || !state || !data || !lengths || !images)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  if (!state->batch)
    return NVJPEG_STATUS_NOT_INITIALIZED;
  return decodeAll(*state, data, lengths, size_t(state->batch), state->format, images, stream, "nvjpegDecodeBatched");
}

// In steps, of which the host's decodes and the device's copies.

nvjpegStatus_t nvjpegDecodeJpegHost(nvjpegHandle_t handle, nvjpegJpegDecoder_t decoder, nvjpegJpegState_t state, nvjpegDecodeParams_t params,
                                    nvjpegJpegStream_t stream) {
  if (!handle || !decoder || !state || !params || !stream || stream->data.empty())
    return NVJPEG_STATUS_INVALID_PARAMETER;
  if (!params->isPlain || !isFormat(params->format))
    return unsupported("nvjpegDecodeJpegHost with a part of the image, a scale, a turn, CMYK, or of NV12 or YUY2");
  if (nvjpegStatus_t status = startOver(*state, nullptr, 1))
    return status;
  return decode(stream->data.data(), stream->data.size(), params->format, state->pictures[0]);
}
nvjpegStatus_t nvjpegDecodeJpegTransferToDevice(nvjpegHandle_t handle, nvjpegJpegDecoder_t decoder, nvjpegJpegState_t state, nvjpegJpegStream_t stream,
                                                cudaStream_t) {
  return handle && decoder && state && stream ? NVJPEG_STATUS_SUCCESS : NVJPEG_STATUS_INVALID_PARAMETER;
}
nvjpegStatus_t nvjpegDecodeJpegDevice(nvjpegHandle_t handle, nvjpegJpegDecoder_t decoder, nvjpegJpegState_t state, nvjpegImage_t *image,
                                      cudaStream_t stream) {
  if (!handle || !decoder || !state || !image)
    return NVJPEG_STATUS_INVALID_PARAMETER;
  if (state->pictures.empty())
    return NVJPEG_STATUS_NOT_INITIALIZED;
  state->stream = stream;
  return copyToImage(*state, state->pictures[0], *image, "nvjpegDecodeJpegDevice");
}
nvjpegStatus_t nvjpegDecodeJpeg(nvjpegHandle_t handle, nvjpegJpegDecoder_t decoder, nvjpegJpegState_t state, nvjpegJpegStream_t file,
                                nvjpegImage_t *image, nvjpegDecodeParams_t params, cudaStream_t stream) {
  nvjpegStatus_t status = nvjpegDecodeJpegHost(handle, decoder, state, params, file);
  return status ? status : nvjpegDecodeJpegDevice(handle, decoder, state, image, stream);
}
