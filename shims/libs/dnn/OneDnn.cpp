// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Operations of oneDNN, on arrays of float. It keeps the last primitives that it compiled, so a call that comes again finds its own.

#include "Convolution.h"
#include "Product.h"

#include <dnnl.hpp>

using namespace cuport;
using namespace cuport::dnn;
using dnnl::memory;

/// Of the OpenMP that oneDNN is built with, for this thread; Debian's oneDNN has libgomp. Null where it has threads of another kind.
extern "C" __attribute__((weak)) void omp_set_num_threads(int count);

void dnn::useThreads(int count) {
  if (omp_set_num_threads)
    omp_set_num_threads(count);
}

namespace {

const dnnl::engine &engine() {
  static const dnnl::engine &made = *new dnnl::engine(dnnl::engine::kind::cpu, 0);
  return made;
}

/// As the last \p rank of three dimensions.
memory::dims last(const int *values, int rank, int less = 0) {
  memory::dims result;
  for (int i = 3 - rank; i < 3; ++i)
    result.push_back(values[i] - less);
  return result;
}

memory::desc descriptor(const Tensor &t) {
  return memory::desc(memory::dims(t.size, t.size + t.rank), memory::data_type::f32, memory::dims(t.stride, t.stride + t.rank));
}

/// A filter's, with the groups as a dimension of its own.
memory::desc filterDescriptor(const Tensor &w, int groups) {
  memory::dims size(w.size, w.size + w.rank), stride(w.stride, w.stride + w.rank);
  if (groups > 1) {
    size[0] /= groups;
    size.insert(size.begin(), groups);
    stride.insert(stride.begin(), stride[0] * size[1]);
  }
  return memory::desc(size, memory::data_type::f32, stride);
}

/// Of the same size, in whatever order oneDNN is fastest with.
memory::desc anyOrder(const memory::desc &of) { return memory::desc(of.dims(), memory::data_type::f32, memory::format_tag::any); }

/// An argument of a primitive: the program's memory, or a copy in the order that the primitive wants.
class Argument {
  dnnl::stream &stream;
  memory own, used;

public:
  Argument(dnnl::stream &stream, const memory::desc &given, float *data, const memory::desc &wanted, bool isRead)
      : stream(stream), own(given, engine(), data), used(own) {
    if (given == wanted)
      return;
    used = memory(wanted, engine());
    if (isRead)
      dnnl::reorder(own, used).execute(stream, own, used);
  }
  const memory &get() const { return used; }
  void store() {
    if (used != own)
      dnnl::reorder(used, own).execute(stream, used, own);
  }
};

} // namespace

bool dnn::convolveByOneDnn(Pass pass, const Shape &s, const Tensor &x, float *xs, const Tensor &w, float *ws, const Tensor &y, float *ys,
                           int threads) try {
  useThreads(threads);
  memory::desc xGiven = descriptor(x), wGiven = filterDescriptor(w, s.groups), yGiven = descriptor(y);
  memory::desc xAny = anyOrder(xGiven), wAny = anyOrder(wGiven), yAny = anyOrder(yGiven);
  memory::dims stride = last(s.stride, s.rank), dilation = last(s.dilation, s.rank, 1), pad = last(s.pad, s.rank), post = last(s.post, s.rank);
  // Not Winograd's, which rounds otherwise.
  auto algorithm = dnnl::algorithm::convolution_direct;
  dnnl::primitive_attr none;
  auto kind = pass == Pass::Forward ? dnnl::prop_kind::forward_inference : dnnl::prop_kind::forward_training;
  dnnl::convolution_forward::primitive_desc forward(
      dnnl::convolution_forward::desc(kind, algorithm, xAny, wAny, yAny, stride, dilation, pad, post), none, engine(), true);
  if (!forward)
    return false;
  dnnl::stream stream(engine());
  switch (pass) {
  case Pass::Forward: {
    Argument xUsed(stream, xGiven, xs, forward.src_desc(), true), wUsed(stream, wGiven, ws, forward.weights_desc(), true),
        yUsed(stream, yGiven, ys, forward.dst_desc(), false);
    dnnl::convolution_forward(forward).execute(stream, {{DNNL_ARG_SRC, xUsed.get()}, {DNNL_ARG_WEIGHTS, wUsed.get()}, {DNNL_ARG_DST, yUsed.get()}});
    yUsed.store();
    break;
  }
  case Pass::BackwardData: {
    dnnl::convolution_backward_data::primitive_desc backward(
        dnnl::convolution_backward_data::desc(algorithm, xAny, wAny, yAny, stride, dilation, pad, post), none, engine(), forward, true);
    if (!backward)
      return false;
    Argument yUsed(stream, yGiven, ys, backward.diff_dst_desc(), true), wUsed(stream, wGiven, ws, backward.weights_desc(), true),
        xUsed(stream, xGiven, xs, backward.diff_src_desc(), false);
    dnnl::convolution_backward_data(backward).execute(
        stream, {{DNNL_ARG_DIFF_DST, yUsed.get()}, {DNNL_ARG_WEIGHTS, wUsed.get()}, {DNNL_ARG_DIFF_SRC, xUsed.get()}});
    xUsed.store();
    break;
  }
  case Pass::BackwardFilter: {
    dnnl::convolution_backward_weights::primitive_desc backward(
        dnnl::convolution_backward_weights::desc(algorithm, xAny, wAny, yAny, stride, dilation, pad, post), none, engine(), forward, true);
    if (!backward)
      return false;
    Argument xUsed(stream, xGiven, xs, backward.src_desc(), true), yUsed(stream, yGiven, ys, backward.diff_dst_desc(), true),
        wUsed(stream, wGiven, ws, backward.diff_weights_desc(), false);
    dnnl::convolution_backward_weights(backward).execute(
        stream, {{DNNL_ARG_SRC, xUsed.get()}, {DNNL_ARG_DIFF_DST, yUsed.get()}, {DNNL_ARG_DIFF_WEIGHTS, wUsed.get()}});
    wUsed.store();
    break;
  }
  }
  stream.wait();
  return true;
} catch (const dnnl::error &) {
  return false;
}
