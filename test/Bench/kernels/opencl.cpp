// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// kernels.cl on the first OpenCL device there is; its file is the argument.

#define CL_TARGET_OPENCL_VERSION 120
#include "cases.h"

#include <CL/cl.h>
#include <fstream>
#include <sstream>
#include <string>

static void check(cl_int status, const char *what) {
  if (status == CL_SUCCESS)
    return;
  std::fprintf(stderr, "%s: OpenCL error %d\n", what, status);
  std::exit(1);
}

struct Device {
  cl_device_id id = nullptr;
  cl_context context = nullptr;
  cl_command_queue queue = nullptr;
  cl_program program = nullptr;

  explicit Device(const char *file) {
    cl_platform_id platform;
    check(clGetPlatformIDs(1, &platform, nullptr), "platform");
    check(clGetDeviceIDs(platform, CL_DEVICE_TYPE_ALL, 1, &id, nullptr), "device");
    context = clCreateContext(nullptr, 1, &id, nullptr, nullptr, nullptr);
    queue = clCreateCommandQueue(context, id, 0, nullptr);
    std::stringstream text;
    text << std::ifstream(file).rdbuf();
    const std::string source = text.str();
    const char *begin = source.c_str();
    program = clCreateProgramWithSource(context, 1, &begin, nullptr, nullptr);
    const std::string options =
        "-DTile=" + std::to_string(Tile) + " -DThreads=" + std::to_string(Threads) + " -DBins=" + std::to_string(Bins);
    check(clBuildProgram(program, 1, &id, options.c_str(), nullptr, nullptr), "build");
  }

  template <typename T> cl_mem buffer(const std::vector<T> &values) {
    return clCreateBuffer(context, CL_MEM_READ_WRITE | CL_MEM_COPY_HOST_PTR, values.size() * sizeof(T),
                          const_cast<T *>(values.data()), nullptr);
  }
  cl_kernel kernel(const char *name, std::initializer_list<cl_mem> buffers, int number) {
    cl_kernel made = clCreateKernel(program, name, nullptr);
    cl_uint index = 0;
    for (cl_mem buffer : buffers)
      check(clSetKernelArg(made, index++, sizeof buffer, &buffer), name);
    check(clSetKernelArg(made, index, sizeof number, &number), name);
    return made;
  }
  void run(cl_kernel kernel, unsigned dimensions, const size_t *global, const size_t *local) {
    check(clEnqueueNDRangeKernel(queue, kernel, dimensions, nullptr, global, local, 0, nullptr, nullptr), "launch");
    check(clFinish(queue), "finish");
  }
  void zero(cl_mem buffer, size_t bytes) {
    const int none = 0;
    check(clEnqueueFillBuffer(queue, buffer, &none, sizeof none, 0, bytes, 0, nullptr, nullptr), "fill");
  }
  void fetch(cl_mem buffer, void *place, size_t bytes) {
    check(clEnqueueReadBuffer(queue, buffer, CL_TRUE, 0, bytes, place, 0, nullptr, nullptr), "read");
  }
};

int main(int, char **arguments) {
  Cases cases;
  Device device(arguments[1]);
  cl_mem a = device.buffer(cases.a), b = device.buffer(cases.b), c = device.buffer(cases.c);
  cl_mem numbers = device.buffer(cases.numbers), bytes = device.buffer(cases.bytes), bins = device.buffer(cases.bins);
  cl_kernel vectorAdd = device.kernel("vectorAdd", {a, b, c}, Count);
  cl_kernel matrixProduct = device.kernel("matrixProduct", {a, b, c}, Side);
  cl_kernel reduction = device.kernel("reduction", {numbers, bins}, Count);
  cl_kernel histogram = device.kernel("histogram", {bytes, bins}, Count);
  const size_t all = Count, group = Threads, few = Blocks * Threads;
  const size_t square[] = {Side, Side}, tile[] = {Tile, Tile};
  auto fetchC = [&] { device.fetch(c, cases.c.data(), Count * sizeof(float)); };

  measure("vector add", [&] { device.run(vectorAdd, 1, &all, &group); }, fetchC, &Cases::vectorAddIsRight, cases);
  measure("matrix product", [&] { device.run(matrixProduct, 2, square, tile); }, fetchC, &Cases::matrixProductIsRight, cases);
  measure(
      "reduction",
      [&] {
        device.zero(bins, sizeof(int));
        device.run(reduction, 1, &few, &group);
      },
      [&] { device.fetch(bins, &cases.sum, sizeof(int)); }, &Cases::reductionIsRight, cases);
  measure(
      "histogram",
      [&] {
        device.zero(bins, Bins * sizeof(int));
        device.run(histogram, 1, &few, &group);
      },
      [&] { device.fetch(bins, cases.bins.data(), Bins * sizeof(int)); }, &Cases::histogramIsRight, cases);
}
