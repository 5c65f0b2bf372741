// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Ranges and marks of NVTX as C++ classes: what code outside NVTX names of them.

#ifndef CUPORT_SURFACE_NVTX3_NVTX3_HPP
#define CUPORT_SURFACE_NVTX3_NVTX3_HPP

#include <nvtx3/nvToolsExt.h>

namespace nvtx3 {

struct domain {
  struct global {};
  template <class D = global> static const domain &get();
  operator nvtxDomainHandle_t() const;
};

struct rgb {
  rgb(unsigned char red, unsigned char green, unsigned char blue);
};
struct argb {
  argb(unsigned char alpha, unsigned char red, unsigned char green, unsigned char blue);
};
struct color {
  color(unsigned int hexadecimal);
  color(rgb value);
  color(argb value);
};

struct category {
  explicit category(unsigned int id);
  unsigned int get_id() const;
};
template <class D = domain::global> struct named_category_in : category {
  named_category_in(unsigned int id, const char *name);
  template <class C> static const named_category_in &get();
};
using named_category = named_category_in<>;

struct payload {
  template <class T> explicit payload(T value);
};

template <class D = domain::global> struct registered_string_in {
  explicit registered_string_in(const char *text);
  template <class M> static const registered_string_in &get();
};
using registered_string = registered_string_in<>;

struct message {
  template <class Text> message(const Text &text);
};

struct event_attributes {
  template <class... Attributes> explicit event_attributes(const Attributes &...attributes);
};

template <class D = domain::global> struct scoped_range_in {
  template <class... Attributes> explicit scoped_range_in(const Attributes &...attributes);
  ~scoped_range_in();
};
using scoped_range = scoped_range_in<>;
template <class D = domain::global> struct unique_range_in {
  template <class... Attributes> explicit unique_range_in(const Attributes &...attributes);
  ~unique_range_in();
};
using unique_range = unique_range_in<>;

struct range_handle {
  explicit operator bool() const;
};
template <class D = domain::global, class... Attributes>
range_handle start_range_in(const Attributes &...attributes);
template <class... Attributes> range_handle start_range(const Attributes &...attributes);
template <class D = domain::global> void end_range_in(range_handle range);
void end_range(range_handle range);
template <class D = domain::global, class... Attributes>
void mark_in(const Attributes &...attributes);
template <class... Attributes> void mark(const Attributes &...attributes);

} // namespace nvtx3

#define NVTX3_FUNC_RANGE() ::nvtx3::scoped_range cuport_function_range(__func__)
#define NVTX3_FUNC_RANGE_IN(D) ::nvtx3::scoped_range_in<D> cuport_function_range(__func__)

#endif
