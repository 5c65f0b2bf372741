// The sampler against the formulas of the CUDA programming guide ("Texture fetching"), on textures made by hand.
// RUN: %device-half %s -I %S/Inputs -c -o %t.o
// RUN: %clangxx %S/Inputs/one_thread.cpp %t.o -o %t
// RUN: %t | FileCheck %s
// CHECK: {{^[1-9][0-9]* checked, 0 wrong}}

#include "check.h"

enum { wrap, clamp, mirror, border };

struct image {
  cuport_texture_level level;
  cuport_texture texture;
  __device__ image(void *data, int width, int height, int depth, unsigned format, unsigned channels, unsigned bits) {
    unsigned size = channels * bits / 8;
    level = cuport_texture_level{static_cast<unsigned char *>(data), static_cast<uint32_t>(width), static_cast<uint32_t>(height),
                                 static_cast<uint32_t>(depth), 0, size_t(width) * size, size_t(width) * height * size};
    texture = cuport_texture{};
    texture.shape = depth > 1 ? CUPORT_TEXTURE_3D : height > 1 ? CUPORT_TEXTURE_2D : CUPORT_TEXTURE_1D;
    texture.format = format, texture.channels = channels, texture.channel_bits = bits, texture.element_size = size;
    texture.address[0] = texture.address[1] = texture.address[2] = clamp;
    texture.level_count = 1, texture.level_max = 99, texture.levels = &level;
  }
  __device__ cudaTextureObject_t object() const { return reinterpret_cast<cudaTextureObject_t>(&texture); }
};

// The guide's tex(x) = (1 - a) T[i] + a T[i + 1], i = floor(x - 0.5), where a has 8 bits behind the point.
__device__ float line(const float *row, int n, float x, unsigned mode) {
  float at = x - 0.5f, i = floorf(at), a = rintf((at - i) * 256) / 256;
  auto texel = [=](int k) {
    if (mode == wrap)
      k = ((k % n) + n) % n;
    else if (mode == mirror)
      k = ((k % (2 * n)) + 2 * n) % (2 * n), k = k < n ? k : 2 * n - 1 - k;
    else if (mode == clamp)
      k = k < 0 ? 0 : k >= n ? n - 1 : k;
    return k < 0 || k >= n ? 0.0f : row[k];
  };
  return (1 - a) * texel(static_cast<int>(i)) + a * texel(static_cast<int>(i) + 1);
}
__device__ bool near(float a, float b) { return fabsf(a - b) < 1e-5f * (1 + fabsf(b)); }

extern "C" __global__ void check(long *checked, long *wrong) {
  float data[24] = {3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6, 2, 6, 4};

  // One dimension: all modes, points and lines, inside and outside.
  for (unsigned mode = wrap; mode <= border; ++mode) {
    image one(data, 8, 1, 1, 2, 1, 32);
    one.texture.address[0] = mode;
    for (int k = -200; k <= 400; ++k) {
      float x = k * 0.0437f;
      one.texture.normalized_coordinates = 0;
      one.texture.filter = 1;
      unsigned plain = mode == wrap || mode == mirror ? static_cast<unsigned>(clamp) : mode;
      CHECK(near(tex1D<float>(one.object(), x), line(data, 8, x, plain)), "linear %f mode %u", x, mode);
      one.texture.normalized_coordinates = 1;
      CHECK(near(tex1D<float>(one.object(), x), line(data, 8, x * 8, mode)), "linear normalized %f mode %u", x, mode);
      one.texture.filter = 0;
      // A point is a line in the middle of a texel.
      CHECK(tex1D<float>(one.object(), x) == line(data, 8, floorf(x * 8) + 0.5f, mode), "point normalized %f mode %u", x, mode);
    }
  }

  // Two and three dimensions: filters are separable.
  image two(data, 4, 6, 1, 2, 1, 32);
  two.texture.filter = 1;
  image three(data, 2, 3, 4, 2, 1, 32);
  three.texture.filter = 1;
  for (int k = 0; k < 300; ++k) {
    float x = (k % 17) * 0.31f - 0.5f, y = (k % 23) * 0.29f - 0.3f, z = (k % 13) * 0.37f - 0.2f;
    float rows[6], cells[4], planes[4];
    for (int row = 0; row < 6; ++row)
      rows[row] = line(data + 4 * row, 4, x, clamp);
    CHECK(near(tex2D<float>(two.object(), x, y), line(rows, 6, y, clamp)), "2D %f %f", x, y);
    for (int plane = 0; plane < 4; ++plane) {
      for (int row = 0; row < 3; ++row)
        cells[row] = line(data + 6 * plane + 2 * row, 2, x, clamp);
      planes[plane] = line(cells, 3, y, clamp);
    }
    CHECK(near(tex3D<float>(three.object(), x, y, z), line(planes, 4, z, clamp)), "3D %f %f %f", x, y, z);
  }
  float4 four = tex2Dgather<float4>(two.object(), 2.0f, 3.0f);
  CHECK(four.x == data[13] && four.y == data[14] && four.z == data[10] && four.w == data[9], "gather");

  // Integers, vectors, normalized reads, halves.
  unsigned char bytes[] = {0, 128, 255, 64, 1, 2, 3, 4};
  image pixels(bytes, 2, 1, 1, 1, 4, 8);
  uchar4 second = tex1D<uchar4>(pixels.object(), 1.5f);
  CHECK(second.x == 1 && second.y == 2 && second.z == 3 && second.w == 4, "uchar4");
  CHECK(tex1Dfetch<uchar4>(pixels.object(), 0).z == 255 && tex1Dfetch<uchar4>(pixels.object(), 2).z == 0, "tex1Dfetch and beyond");
  pixels.texture.read_normalized = 1;
  CHECK(tex1D<float4>(pixels.object(), 0.5f).z == 1 && near(tex1D<float4>(pixels.object(), 0.5f).y, 128 / 255.0f), "bytes as [0, 1]");
  short shorts[] = {-32768, 32767, 16384, 0};
  image sounds(shorts, 4, 1, 1, 0, 1, 16);
  CHECK(tex1D<short>(sounds.object(), 0.5f) == -32768, "short");
  sounds.texture.read_normalized = 1;
  CHECK(tex1D<float>(sounds.object(), 0.5f) == -1 && tex1D<float>(sounds.object(), 1.5f) == 1, "shorts as [-1, 1]");
  unsigned short halves[] = {0x3c00, 0xc000};
  image half(halves, 2, 1, 1, 2, 1, 16);
  CHECK(tex1D<float>(half.object(), 0.5f) == 1 && tex1D<float>(half.object(), 1.5f) == -2, "halves");
  int words[] = {-2147483647, 2147483647, 16777217};
  image ints(words, 3, 1, 1, 0, 1, 32);
  CHECK(tex1D<int>(ints.object(), 1.5f) == 2147483647 && tex1D<int>(ints.object(), 2.5f) == 16777217, "int");

  // Layers, faces, levels.
  image layered(data, 4, 2, 3, 2, 1, 32);
  layered.texture.shape = CUPORT_TEXTURE_2D, layered.texture.layered = 1;
  CHECK(tex2DLayered<float>(layered.object(), 1.5f, 1.5f, 2) == data[16 + 5], "layer");
  CHECK(tex2DLayered<float>(layered.object(), 1.5f, 1.5f, 9) == data[16 + 5], "a layer too far is the last");
  image cube(data, 1, 1, 6, 2, 1, 32);
  cube.texture.shape = CUPORT_TEXTURE_CUBEMAP, cube.texture.normalized_coordinates = 1;
  const float sides[6][3] = {{2, 1, 1}, {-2, 1, 1}, {1, 2, 1}, {1, -2, 1}, {1, 1, 2}, {1, 1, -2}};
  for (int face = 0; face < 6; ++face)
    CHECK(texCubemap<float>(cube.object(), sides[face][0], sides[face][1], sides[face][2]) == data[face], "face %d", face);
  image pyramid(data, 8, 1, 1, 2, 1, 32);
  cuport_texture_level levels[2] = {pyramid.level, pyramid.level};
  levels[1].data += 8 * sizeof(float), levels[1].width = 4;
  pyramid.texture.levels = levels, pyramid.texture.level_count = 2, pyramid.texture.normalized_coordinates = 1;
  CHECK(tex1DLod<float>(pyramid.object(), 0.3f, 1) == data[8 + 1], "level 1");
  CHECK(tex1DGrad<float>(pyramid.object(), 0.3f, 0.25f, 0) == data[8 + 1], "the level of a gradient");
  pyramid.texture.mipmap_filter = 1;
  CHECK(near(tex1DLod<float>(pyramid.object(), 0.3f, 0.25f), 0.75f * data[2] + 0.25f * data[9]), "between levels");

  // Surfaces: x counts bytes; beyond the edge by the mode.
  image canvas(data, 4, 6, 1, 2, 1, 32);
  surf2Dwrite(42.0f, canvas.object(), 2 * 4, 3);
  CHECK(data[14] == 42 && surf2Dread<float>(canvas.object(), 2 * 4, 3) == 42, "surface");
  surf2Dwrite(7.0f, canvas.object(), 4 * 4, 3, cudaBoundaryModeZero);
  CHECK(data[15] == 3 && data[16] == 2 && surf2Dread<float>(canvas.object(), -4, 0, cudaBoundaryModeZero) == 0, "beyond the edge");
  CHECK(surf2Dread<float>(canvas.object(), 99, 5, cudaBoundaryModeClamp) == data[23], "at the edge");
}
