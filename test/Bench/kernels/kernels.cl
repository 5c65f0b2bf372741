// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The kernels of kernels.cu for OpenCL. Without shuffles, as pocl 3.1 has none, sums of a group go through local memory.

__kernel void vectorAdd(__global const float *a, __global const float *b, __global float *c, int count) {
  int i = get_global_id(0);
  if (i < count)
    c[i] = a[i] + b[i];
}

__kernel void matrixProduct(__global const float *a, __global const float *b, __global float *c, int side) {
  __local float tileA[Tile][Tile], tileB[Tile][Tile];
  int x = get_local_id(0), y = get_local_id(1);
  int row = get_group_id(1) * Tile + y, column = get_group_id(0) * Tile + x;
  float sum = 0;
  for (int tile = 0; tile < side; tile += Tile) {
    tileA[y][x] = a[row * side + tile + x];
    tileB[y][x] = b[(tile + y) * side + column];
    barrier(CLK_LOCAL_MEM_FENCE);
    for (int k = 0; k < Tile; ++k)
      sum += tileA[y][k] * tileB[k][x];
    barrier(CLK_LOCAL_MEM_FENCE);
  }
  c[row * side + column] = sum;
}

__kernel void reduction(__global const int *numbers, __global int *sum, int count) {
  __local int values[Threads];
  int thread = get_local_id(0), value = 0;
  for (int i = get_global_id(0); i < count; i += get_global_size(0))
    value += numbers[i];
  values[thread] = value;
  for (int width = Threads / 2; width > 0; width /= 2) {
    barrier(CLK_LOCAL_MEM_FENCE);
    if (thread < width)
      values[thread] += values[thread + width];
  }
  if (thread == 0)
    atomic_add(sum, values[0]);
}

__kernel void histogram(__global const uchar *bytes, __global int *bins, int count) {
  __local int ofGroup[Bins];
  for (int bin = get_local_id(0); bin < Bins; bin += get_local_size(0))
    ofGroup[bin] = 0;
  barrier(CLK_LOCAL_MEM_FENCE);
  for (int i = get_global_id(0); i < count; i += get_global_size(0))
    atomic_inc(&ofGroup[bytes[i]]);
  barrier(CLK_LOCAL_MEM_FENCE);
  for (int bin = get_local_id(0); bin < Bins; bin += get_local_size(0))
    atomic_add(&bins[bin], ofGroup[bin]);
}
