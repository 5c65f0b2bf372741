// nvJPEG: what is encoded and decoded again is the picture that it was, in all formats; files in steps and many at once; what is refused.
// REQUIRES: nvjpeg
// RUN: %clangxx %s %library-program -lcuport-nvjpeg -o %t
// RUN: %t 2>&1 | FileCheck %s
// RUN: env CUPORT_SEPARATE=1 %t 2>&1 | FileCheck %s
// RUN: %clang -x c -std=c11 -Wall -Werror -fsyntax-only -isystem %toolkit/include/cuport -include nvjpeg.h /dev/null
// Of what is not there the name is said, once.
// CHECK: cuport: nvJPEG's output format NV12, YUY2 or unchanged pixels is not supported
// CHECK-NEXT: cuport: nvjpegEncodeYUV into another subsampling is not supported
// CHECK-NEXT: all as it should be

#include "blas.h"

#include <nvjpeg.h>

#include <algorithm>
#include <cmath>
#include <deque>

static nvjpegHandle_t handle;
static cudaStream_t stream;
using Bytes = std::vector<unsigned char>;

// Neither is a multiple of a block.
static const int width = 45, height = 35;

/// Smooth, so that little is lost.
static int colour(int x, int y, int c) {
  return int(128 + 90 * std::sin((x + 2 * c) / 14.0) * std::cos((y - c) / 17.0) + 20 * (c == 1));
}
/// As JFIF has them.
static double ycc(double r, double g, double b, int c) {
  return c == 0 ? .299 * r + .587 * g + .114 * b : c == 1 ? 128 - .168736 * r - .331264 * g + .5 * b : 128 + .5 * r - .418688 * g - .081312 * b;
}
static double ycc(int x, int y, int c) { return ycc(colour(x, y, 0), colour(x, y, 1), colour(x, y, 2), c); }

/// The device's picture: planes, or pixels in one, with rows that are longer.
struct Picture {
  int widths[3], heights[3], planes;
  std::deque<Array<unsigned char>> data;
  nvjpegImage_t image{};

  Picture(std::vector<std::pair<int, int>> sizes) : planes(int(sizes.size())) {
    for (size_t c = 0; c < sizes.size(); ++c) {
      widths[c] = sizes[c].first, heights[c] = sizes[c].second;
      data.emplace_back(Bytes(size_t(widths[c] + 3) * heights[c], 99));
      image.channel[c] = data[c].data;
      image.pitch[c] = size_t(widths[c] + 3);
    }
  }
  template <class F> void fill(F value) {
    for (int c = 0; c < planes; ++c) {
      Bytes bytes(size_t(widths[c] + 3) * heights[c]);
      for (int y = 0; y < heights[c]; ++y)
        for (int x = 0; x < widths[c]; ++x)
          bytes[size_t(y) * image.pitch[c] + x] = (unsigned char)std::clamp(std::lround(value(x, y, c)), 0l, 255l);
      OK(cudaMemcpy(data[c].data, bytes.data(), bytes.size(), cudaMemcpyHostToDevice));
    }
  }
  /// The mean and the largest distance from what is wanted.
  template <class F> bool isNear(F wanted, double mean, double most) const {
    double sum = 0, worst = 0;
    int count = 0;
    for (int c = 0; c < planes; ++c) {
      Bytes now = data[c].host();
      for (int y = 0; y < heights[c]; ++y) {
        for (int x = 0; x < widths[c]; ++x, ++count) {
          double d = std::abs(now[size_t(y) * image.pitch[c] + x] - wanted(x, y, c));
          sum += d, worst = std::max(worst, d);
        }
        if (now[size_t(y) * image.pitch[c] + widths[c]] != 99)
          std::printf("written behind row %d\n", y);
      }
    }
    if (sum / count > mean || worst > most)
      std::printf("off by %g, at most %g\n", sum / count, worst);
    return sum / count <= mean && worst <= most;
  }
};

static Bytes encoded(nvjpegInputFormat_t format, nvjpegChromaSubsampling_t subsampling, int quality, bool isProgressive = false) {
  nvjpegEncoderState_t state;
  nvjpegEncoderParams_t params;
  OK(nvjpegEncoderStateCreate(handle, &state, stream));
  OK(nvjpegEncoderParamsCreate(handle, &params, stream));
  OK(nvjpegEncoderParamsSetQuality(params, quality, stream));
  OK(nvjpegEncoderParamsSetSamplingFactors(params, subsampling, stream));
  OK(nvjpegEncoderParamsSetOptimizedHuffman(params, 1, stream));
  if (isProgressive)
    OK(nvjpegEncoderParamsSetEncoding(params, NVJPEG_ENCODING_PROGRESSIVE_DCT_HUFFMAN, stream));
  bool isInterleaved = format == NVJPEG_INPUT_RGBI || format == NVJPEG_INPUT_BGRI, isBgr = format == NVJPEG_INPUT_BGR || format == NVJPEG_INPUT_BGRI;
  Picture source(isInterleaved ? std::vector<std::pair<int, int>>{{3 * width, height}} : std::vector<std::pair<int, int>>(3, {width, height}));
  source.fill([&](int x, int y, int c) {
    int channel = isInterleaved ? x % 3 : c;
    return double(colour(isInterleaved ? x / 3 : x, y, isBgr ? 2 - channel : channel));
  });
  OK(nvjpegEncodeImage(handle, state, params, &source.image, format, width, height, stream));
  size_t length = 0, room = 0;
  OK(nvjpegEncodeRetrieveBitstream(handle, state, nullptr, &length, stream));
  OK(nvjpegEncodeGetBufferSize(handle, params, width, height, &room));
  CHECK(length && length <= room);
  Bytes bytes(length);
  OK(nvjpegEncodeRetrieveBitstream(handle, state, bytes.data(), &length, stream));
  OK(nvjpegEncoderParamsDestroy(params));
  OK(nvjpegEncoderStateDestroy(state));
  return bytes;
}

static void formats(nvjpegJpegState_t state) {
  for (nvjpegInputFormat_t in : {NVJPEG_INPUT_RGB, NVJPEG_INPUT_BGR, NVJPEG_INPUT_RGBI, NVJPEG_INPUT_BGRI}) {
    Bytes file = encoded(in, NVJPEG_CSS_444, 98);
    for (nvjpegOutputFormat_t out : {NVJPEG_OUTPUT_RGB, NVJPEG_OUTPUT_BGR, NVJPEG_OUTPUT_RGBI, NVJPEG_OUTPUT_BGRI}) {
      bool isInterleaved = out == NVJPEG_OUTPUT_RGBI || out == NVJPEG_OUTPUT_BGRI, isBgr = out == NVJPEG_OUTPUT_BGR || out == NVJPEG_OUTPUT_BGRI;
      Picture to(isInterleaved ? std::vector<std::pair<int, int>>{{3 * width, height}} : std::vector<std::pair<int, int>>(3, {width, height}));
      OK(nvjpegDecode(handle, state, file.data(), file.size(), out, &to.image, stream));
      OK(cudaStreamSynchronize(stream));
      CHECK(to.isNear(
          [&](int x, int y, int c) {
            int channel = isInterleaved ? x % 3 : c;
            return double(colour(isInterleaved ? x / 3 : x, y, isBgr ? 2 - channel : channel));
          },
          1, 6));
    }
  }
}

static void subsamplings(nvjpegJpegState_t state) {
  const std::tuple<nvjpegChromaSubsampling_t, int, int> all[] = {{NVJPEG_CSS_444, 1, 1}, {NVJPEG_CSS_422, 2, 1}, {NVJPEG_CSS_420, 2, 2},
                                                                 {NVJPEG_CSS_440, 1, 2}, {NVJPEG_CSS_411, 4, 1}, {NVJPEG_CSS_410, 4, 2}};
  for (auto [subsampling, across, down] : all) {
    Bytes file = encoded(NVJPEG_INPUT_RGBI, subsampling, 95, subsampling == NVJPEG_CSS_420);
    int components, widths[4], heights[4], chromaWidth = (width + across - 1) / across, chromaHeight = (height + down - 1) / down;
    nvjpegChromaSubsampling_t found;
    OK(nvjpegGetImageInfo(handle, file.data(), file.size(), &components, &found, widths, heights));
    CHECK(components == 3 && found == subsampling && widths[0] == width && heights[0] == height && widths[1] == chromaWidth && heights[2] == chromaHeight);
    Picture yuv({{width, height}, {chromaWidth, chromaHeight}, {chromaWidth, chromaHeight}}), luma({{width, height}});
    OK(nvjpegDecode(handle, state, file.data(), file.size(), NVJPEG_OUTPUT_YUV, &yuv.image, stream));
    OK(cudaStreamSynchronize(stream));
    // A chroma sample is the mean of its pixels.
    auto wanted = [&, across = across, down = down](int x, int y, int c) {
      double sum = 0;
      int wide = c ? across : 1, high = c ? down : 1;
      for (int j = 0; j < high; ++j)
        for (int i = 0; i < wide; ++i)
          sum += ycc(std::min(x * wide + i, width - 1), std::min(y * high + j, height - 1), c);
      return sum / (wide * high);
    };
    CHECK(yuv.isNear(wanted, 1.5, 9));
    OK(nvjpegDecode(handle, state, file.data(), file.size(), NVJPEG_OUTPUT_Y, &luma.image, stream));
    OK(cudaStreamSynchronize(stream));
    CHECK(luma.isNear(wanted, 1.5, 9));

    // The planes themselves, again in a file.
    nvjpegEncoderState_t encoder;
    nvjpegEncoderParams_t params;
    OK(nvjpegEncoderStateCreate(handle, &encoder, stream));
    OK(nvjpegEncoderParamsCreate(handle, &params, stream));
    OK(nvjpegEncoderParamsSetQuality(params, 98, stream));
    OK(nvjpegEncoderParamsSetSamplingFactors(params, subsampling, stream));
    yuv.fill(wanted);
    OK(nvjpegEncodeYUV(handle, encoder, params, &yuv.image, subsampling, width, height, stream));
    size_t length = 0;
    OK(nvjpegEncodeRetrieveBitstream(handle, encoder, nullptr, &length, stream));
    Bytes again(length);
    OK(nvjpegEncodeRetrieveBitstream(handle, encoder, again.data(), &length, stream));
    Picture unchanged({{width, height}, {chromaWidth, chromaHeight}, {chromaWidth, chromaHeight}});
    OK(nvjpegDecode(handle, state, again.data(), again.size(), NVJPEG_OUTPUT_UNCHANGED, &unchanged.image, stream));
    OK(cudaStreamSynchronize(stream));
    CHECK(unchanged.isNear(wanted, 1, 5));
    OK(nvjpegEncoderParamsDestroy(params));
    OK(nvjpegEncoderStateDestroy(encoder));
  }
}

/// Many at once; a gray one; one in steps.
static void ways(nvjpegJpegState_t state) {
  Bytes first = encoded(NVJPEG_INPUT_RGBI, NVJPEG_CSS_444, 98), gray = encoded(NVJPEG_INPUT_RGBI, NVJPEG_CSS_GRAY, 98);
  const unsigned char *files[] = {first.data(), gray.data()};
  size_t lengths[] = {first.size(), gray.size()};
  Picture a({{3 * width, height}}), b({{3 * width, height}});
  nvjpegImage_t images[] = {a.image, b.image};
  OK(nvjpegDecodeBatchedInitialize(handle, state, 2, 1, NVJPEG_OUTPUT_RGBI));
  OK(nvjpegDecodeBatched(handle, state, files, lengths, images, stream));
  OK(cudaStreamSynchronize(stream));
  CHECK(a.isNear([](int x, int y, int) { return double(colour(x / 3, y, x % 3)); }, 1, 6));
  CHECK(b.isNear([](int x, int y, int) { return ycc(x / 3, y, 0); }, 1, 6));

  nvjpegJpegDecoder_t decoder;
  nvjpegJpegState_t steps;
  nvjpegJpegStream_t file;
  nvjpegDecodeParams_t params;
  OK(nvjpegDecoderCreate(handle, NVJPEG_BACKEND_DEFAULT, &decoder));
  OK(nvjpegDecoderStateCreate(handle, decoder, &steps));
  OK(nvjpegJpegStreamCreate(handle, &file));
  OK(nvjpegDecodeParamsCreate(handle, &params));
  OK(nvjpegDecodeParamsSetOutputFormat(params, NVJPEG_OUTPUT_BGRI));
  OK(nvjpegJpegStreamParse(handle, first.data(), first.size(), 0, 0, file));
  unsigned wide, high, count;
  OK(nvjpegJpegStreamGetFrameDimensions(file, &wide, &high));
  OK(nvjpegJpegStreamGetComponentsNum(file, &count));
  CHECK(wide == unsigned(width) && high == unsigned(height) && count == 3);
  int isSupported = 1;
  OK(nvjpegDecoderJpegSupported(decoder, file, params, &isSupported));
  IS(isSupported, 0);
  Picture c({{3 * width, height}});
  OK(nvjpegDecodeJpegHost(handle, decoder, steps, params, file));
  OK(nvjpegDecodeJpegTransferToDevice(handle, decoder, steps, file, stream));
  OK(nvjpegDecodeJpegDevice(handle, decoder, steps, &c.image, stream));
  OK(cudaStreamSynchronize(stream));
  CHECK(c.isNear([](int x, int y, int) { return double(colour(x / 3, y, 2 - x % 3)); }, 1, 6));
  OK(nvjpegDecodeParamsDestroy(params));
  OK(nvjpegJpegStreamDestroy(file));
  OK(nvjpegJpegStateDestroy(steps));
  OK(nvjpegDecoderDestroy(decoder));
}

static void refused(nvjpegJpegState_t state) {
  Bytes file = encoded(NVJPEG_INPUT_RGBI, NVJPEG_CSS_444, 98), broken(100, 7);
  Picture to({{3 * width, height}});
  IS(int(nvjpegDecode(handle, state, broken.data(), broken.size(), NVJPEG_OUTPUT_RGBI, &to.image, stream)), int(NVJPEG_STATUS_BAD_JPEG));
  IS(int(nvjpegDecode(handle, state, file.data(), file.size(), NVJPEG_OUTPUT_NV12, &to.image, stream)),
     int(NVJPEG_STATUS_IMPLEMENTATION_NOT_SUPPORTED));
  nvjpegImage_t narrow = to.image;
  narrow.pitch[0] = width;
  IS(int(nvjpegDecode(handle, state, file.data(), file.size(), NVJPEG_OUTPUT_RGBI, &narrow, stream)), int(NVJPEG_STATUS_INVALID_PARAMETER));
  nvjpegEncoderState_t encoder;
  nvjpegEncoderParams_t params;
  OK(nvjpegEncoderStateCreate(handle, &encoder, stream));
  OK(nvjpegEncoderParamsCreate(handle, &params, stream));
  IS(int(nvjpegEncoderParamsSetQuality(params, 0, stream)), int(NVJPEG_STATUS_INVALID_PARAMETER));
  IS(int(nvjpegEncodeYUV(handle, encoder, params, &to.image, NVJPEG_CSS_420, width, height, stream)), int(NVJPEG_STATUS_IMPLEMENTATION_NOT_SUPPORTED));
  OK(nvjpegEncoderParamsDestroy(params));
  OK(nvjpegEncoderStateDestroy(encoder));
}

int main() {
  OK(nvjpegCreateSimple(&handle));
  OK(cudaStreamCreate(&stream));
  nvjpegJpegState_t state;
  OK(nvjpegJpegStateCreate(handle, &state));
  formats(state);
  subsamplings(state);
  ways(state);
  refused(state);
  OK(nvjpegJpegStateDestroy(state));
  OK(nvjpegDestroy(handle));
  return done();
}
