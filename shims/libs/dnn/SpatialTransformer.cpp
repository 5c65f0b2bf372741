// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Spatial transformers: a grid of places from an affine map, and an image sampled at them. Places are from -1, the middle of the first
// element, to 1, that of the last; what is outside of the image is 0.

#include "Values.h"

using namespace cuport;
using namespace cuport::dnn;

struct cudnnSpatialTransformerStruct {
  cudnnDataType_t type = CUDNN_DATA_FLOAT;
  int size[4] = {}; ///< of what is sampled: batch, channels, height, width
};

CUPORT_DESCRIPTOR(SpatialTransformer)

cudnnStatus_t cudnnSetSpatialTransformerNdDescriptor(cudnnSpatialTransformerDescriptor_t d, cudnnSamplerType_t sampler,
                                                     cudnnDataType_t type, const int rank, const int *size) {
  Call call{nullptr, "cudnnSetSpatialTransformerNdDescriptor"};
  if (!d || sampler != CUDNN_SAMPLER_BILINEAR || !isReal(type) || !size || rank < 1)
    return call.fail(CUDNN_STATUS_BAD_PARAM);
  if (rank != 4)
    return call.unsupported();
  for (int i = 0; i < rank; ++i)
    if (size[i] < 1)
      return call.fail(CUDNN_STATUS_BAD_PARAM);
  d->type = type;
  std::copy_n(size, rank, d->size);
  return CUDNN_STATUS_SUCCESS;
}

namespace {

/// A packed tensor of the descriptor's type.
Tensor tensorOf(const cudnnSpatialTransformerStruct &d, std::initializer_list<int> size) {
  Tensor t;
  t.type = d.type;
  for (int each : size)
    t.size[t.rank++] = each;
  t.pack(false);
  return t;
}
Tensor gridOf(const cudnnSpatialTransformerStruct &d) { return tensorOf(d, {d.size[0], d.size[2], d.size[3], 2}); }
Tensor mapsOf(const cudnnSpatialTransformerStruct &d) { return tensorOf(d, {d.size[0], 2, 3}); }

/// body(batch, number of the place in the grid, x, y, 1) for all places.
template <class C, class Body> void eachPlace(const cudnnSpatialTransformerStruct &d, Body body) {
  auto along = [](int i, int size) { return size > 1 ? C(2 * i) / C(size - 1) - 1 : C(0); };
  int64_t place = 0;
  for (int n = 0; n < d.size[0]; ++n)
    for (int i = 0; i < d.size[2]; ++i)
      for (int j = 0; j < d.size[3]; ++j) {
        const C at[] = {along(j, d.size[3]), along(i, d.size[2]), 1};
        body(n, place++, at);
      }
}

/// The four elements around a place; body(index in the plane, weight, its slopes along x and y) for those that are inside.
template <class C, class Body> void eachNeighbour(C x, C y, int height, int width, Body body) {
  C scaleX = C(width - 1) / 2, scaleY = C(height - 1) / 2, atX = (x + 1) * scaleX, atY = (y + 1) * scaleY;
  if (!(atX > -1 && atX < width && atY > -1 && atY < height))
    return;
  int left = int(std::floor(atX)), top = int(std::floor(atY));
  for (int i = top; i <= top + 1; ++i)
    for (int j = left; j <= left + 1; ++j)
      if (i >= 0 && i < height && j >= 0 && j < width) {
        C partX = 1 - std::fabs(atX - j), partY = 1 - std::fabs(atY - i);
        body(int64_t(i) * width + j, partX * partY, (j == left ? -scaleX : scaleX) * partY, (i == top ? -scaleY : scaleY) * partX);
      }
}

bool fits(const cudnnSpatialTransformerStruct *d, const Tensor *x, const Tensor *y) {
  if (!d || !isSet(x) || !isSet(y) || x->rank != 4 || y->rank != 4 || x->type != d->type || y->type != d->type || x->size[0] != y->size[0] ||
      x->size[1] != y->size[1])
    return false;
  return std::equal(d->size, d->size + 4, y->size);
}

} // namespace

cudnnStatus_t cudnnSpatialTfGridGeneratorForward(cudnnHandle_t handle, const cudnnSpatialTransformerDescriptor_t st, const void *theta,
                                                 void *grid) {
  Call call{handle, "cudnnSpatialTfGridGeneratorForward"};
  CUPORT_CHECK(call, st && st->size[0] && theta && grid);
  return call.enqueue([=, d = *st] {
    withCalculated(d.type, [&](auto type) {
      using C = TypeOf<decltype(type)>;
      Input<C> maps(mapsOf(d), theta);
      Output<C> places(gridOf(d), grid, {});
      eachPlace<C>(d, [&](int n, int64_t place, const C *at) {
        for (int i = 0; i < 2; ++i) {
          const C *row = maps + (n * 2 + i) * 3;
          places[place * 2 + i] = row[0] * at[0] + row[1] * at[1] + row[2];
        }
      });
      places.store();
    });
  });
}

cudnnStatus_t cudnnSpatialTfGridGeneratorBackward(cudnnHandle_t handle, const cudnnSpatialTransformerDescriptor_t st, const void *dGrid,
                                                  void *dTheta) {
  Call call{handle, "cudnnSpatialTfGridGeneratorBackward"};
  CUPORT_CHECK(call, st && st->size[0] && dGrid && dTheta);
  return call.enqueue([=, d = *st] {
    withCalculated(d.type, [&](auto type) {
      using C = TypeOf<decltype(type)>;
      Input<C> slopes(gridOf(d), dGrid);
      Output<C> maps(mapsOf(d), dTheta, {});
      std::fill_n(static_cast<C *>(maps), d.size[0] * 6, C(0));
      eachPlace<C>(d, [&](int n, int64_t place, const C *at) {
        for (int i = 0; i < 6; ++i)
          maps[n * 6 + i] += slopes[place * 2 + i / 3] * at[i % 3];
      });
      maps.store();
    });
  });
}

cudnnStatus_t cudnnSpatialTfSamplerForward(cudnnHandle_t handle, cudnnSpatialTransformerDescriptor_t st, const void *alpha,
                                           const cudnnTensorDescriptor_t xDesc, const void *x, const void *grid, const void *beta,
                                           cudnnTensorDescriptor_t yDesc, void *y) {
  Call call{handle, "cudnnSpatialTfSamplerForward"};
  CUPORT_CHECK(call, alpha && beta && fits(st, xDesc, yDesc) && x && grid && y);
  return call.enqueue([=, d = *st, xt = Tensor(*xDesc), yt = Tensor(*yDesc), blend = blendOf(yDesc->type, alpha, beta)] {
    withCalculated(d.type, [&](auto type) {
      using C = TypeOf<decltype(type)>;
      Input<C> image(xt, x), places(gridOf(d), grid);
      Output<C> output(yt, y, blend);
      int height = xt.size[2], width = xt.size[3];
      int64_t plane = yt.countFrom(2);
      for (int64_t row = 0, rows = int64_t(yt.size[0]) * yt.size[1]; row < rows; ++row)
        for (int64_t i = 0; i < plane; ++i) {
          const C *place = places + (row / yt.size[1] * plane + i) * 2, *from = image + row * height * width;
          C sum(0);
          eachNeighbour(place[0], place[1], height, width, [&](int64_t at, C weight, C, C) { sum += weight * from[at]; });
          output[row * plane + i] = sum;
        }
      output.store();
    });
  });
}

cudnnStatus_t cudnnSpatialTfSamplerBackward(cudnnHandle_t handle, cudnnSpatialTransformerDescriptor_t st, const void *alpha,
                                            const cudnnTensorDescriptor_t xDesc, const void *x, const void *beta,
                                            const cudnnTensorDescriptor_t dxDesc, void *dx, const void *alphaGrid,
                                            const cudnnTensorDescriptor_t dyDesc, const void *dy, const void *grid, const void *betaGrid,
                                            void *dGrid) {
  Call call{handle, "cudnnSpatialTfSamplerBackward"};
  CUPORT_CHECK(call, alpha && beta && alphaGrid && betaGrid && fits(st, xDesc, dyDesc) && isSet(dxDesc) && dxDesc->sameSize(*xDesc) && x && dx &&
                         dy && grid && dGrid);
  CUPORT_SUPPORT(call, isReal(dxDesc));
  return call.enqueue([=, d = *st, xt = Tensor(*xDesc), dxt = Tensor(*dxDesc), yt = Tensor(*dyDesc), blend = blendOf(dxDesc->type, alpha, beta),
                       gridBlend = blendOf(st->type, alphaGrid, betaGrid)] {
    withCalculated(d.type, [&](auto type) {
      using C = TypeOf<decltype(type)>;
      Input<C> image(xt, x), places(gridOf(d), grid), gradient(yt, dy);
      Output<C> output(dxt, dx, blend), slopes(gridOf(d), dGrid, gridBlend);
      int height = xt.size[2], width = xt.size[3];
      int64_t plane = yt.countFrom(2);
      std::fill_n(static_cast<C *>(output), xt.count(), C(0));
      std::fill_n(static_cast<C *>(slopes), yt.size[0] * plane * 2, C(0));
      for (int64_t row = 0, rows = int64_t(yt.size[0]) * yt.size[1]; row < rows; ++row)
        for (int64_t i = 0; i < plane; ++i) {
          int64_t number = (row / yt.size[1] * plane + i) * 2, first = row * height * width;
          C slope = gradient[row * plane + i];
          eachNeighbour(places[number], places[number + 1], height, width, [&](int64_t at, C weight, C alongX, C alongY) {
            output[first + at] += weight * slope;
            slopes[number] += alongX * slope * image[first + at];
            slopes[number + 1] += alongY * slope * image[first + at];
          });
        }
      output.store();
      slopes.store();
    });
  });
}
