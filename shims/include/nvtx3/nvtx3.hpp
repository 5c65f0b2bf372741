// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// NVTX's C++ interface, whose ranges, marks and names do what they do where no tool listens, which is nothing. What describes an event is
// kept, so that it can be asked and handed on.

#ifndef CUPORT_NVTX3_NVTX3_HPP
#define CUPORT_NVTX3_NVTX3_HPP

#include <nvtx3/nvToolsExt.h>

#include <string>
#include <utility>

#define NVTX3_CPP_DEFINITIONS_V1_0

namespace nvtx3 {
inline namespace v1 {

class domain {
public:
  struct global {
    static constexpr const char *name{""};
  };
  domain(const domain &) = delete;
  /// The one of a type with a member `name`, or the global one.
  template <class D = global> static const domain &get() {
    static const domain made;
    return made;
  }
  operator nvtxDomainHandle_t() const noexcept { return nullptr; }

private:
  domain() = default;
};

struct rgb {
  using component_type = uint8_t;
  constexpr rgb(component_type red, component_type green, component_type blue) noexcept : red(red), green(green), blue(blue) {}
  component_type red, green, blue;
};
struct argb : rgb {
  constexpr argb(component_type alpha, component_type red, component_type green, component_type blue) noexcept
      : rgb(red, green, blue), alpha(alpha) {}
  component_type alpha;
};

class color {
public:
  using value_type = uint32_t;
  constexpr explicit color(value_type hex) noexcept : value(hex) {}
  constexpr color(argb c) noexcept : value(value_type(c.alpha) << 24 | value_type(c.red) << 16 | value_type(c.green) << 8 | c.blue) {}
  constexpr color(rgb c) noexcept : color(argb(0xff, c.red, c.green, c.blue)) {}
  constexpr value_type get_value() const noexcept { return value; }
  constexpr nvtxColorType_t get_type() const noexcept { return NVTX_COLOR_ARGB; }

private:
  value_type value;
};

class category {
public:
  using id_type = uint32_t;
  constexpr explicit category(id_type id) noexcept : id(id) {}
  constexpr category() noexcept = default;
  constexpr id_type get_id() const noexcept { return id; }

private:
  id_type id = 0;
};
template <class D = domain::global> class named_category_in : public category {
public:
  template <class C> static const named_category_in &get() {
    static const named_category_in made(C::id, C::name);
    return made;
  }
  template <class Name> named_category_in(id_type id, const Name &) noexcept : category(id) {}
};
using named_category = named_category_in<>;

template <class D = domain::global> class registered_string_in {
public:
  template <class M> static const registered_string_in &get() {
    static const registered_string_in made(M::message);
    return made;
  }
  template <class Text> explicit registered_string_in(const Text &) noexcept {}
  nvtxStringHandle_t get_handle() const noexcept { return nullptr; }
};
using registered_string = registered_string_in<>;

class message {
public:
  using value_type = nvtxMessageValue_t;
  constexpr message(const char *text) noexcept : type(NVTX_MESSAGE_TYPE_ASCII), value{text} {}
  message(const std::string &text) noexcept : message(text.c_str()) {}
  message(std::string &&) = delete;
  message(const wchar_t *text) noexcept : type(NVTX_MESSAGE_TYPE_UNICODE) { value.unicode = text; }
  message(const std::wstring &text) noexcept : message(text.c_str()) {}
  message(std::wstring &&) = delete;
  template <class D> message(const registered_string_in<D> &text) noexcept : type(NVTX_MESSAGE_TYPE_REGISTERED) {
    value.registered = text.get_handle();
  }
  constexpr message(nvtxMessageType_t type, const value_type &value) noexcept : type(type), value(value) {}
  constexpr value_type get_value() const noexcept { return value; }
  constexpr nvtxMessageType_t get_type() const noexcept { return type; }

private:
  nvtxMessageType_t type;
  value_type value{};
};

class payload {
public:
  using value_type = nvtxEventAttributes_t::payload_t;
  explicit payload(int64_t number) noexcept : type(NVTX_PAYLOAD_TYPE_INT64) { value.llValue = number; }
  explicit payload(int32_t number) noexcept : type(NVTX_PAYLOAD_TYPE_INT32) { value.iValue = number; }
  explicit payload(uint64_t number) noexcept : type(NVTX_PAYLOAD_TYPE_UNSIGNED_INT64) { value.ullValue = number; }
  explicit payload(uint32_t number) noexcept : type(NVTX_PAYLOAD_TYPE_UNSIGNED_INT32) { value.uiValue = number; }
  explicit payload(float number) noexcept : type(NVTX_PAYLOAD_TYPE_FLOAT) { value.fValue = number; }
  explicit payload(double number) noexcept : type(NVTX_PAYLOAD_TYPE_DOUBLE) { value.dValue = number; }
  value_type get_value() const noexcept { return value; }
  nvtxPayloadType_t get_type() const noexcept { return type; }

private:
  nvtxPayloadType_t type;
  value_type value;
};

/// Of each kind of description the first one given counts, in whatever order they are.
class event_attributes {
public:
  using value_type = nvtxEventAttributes_t;
  event_attributes() noexcept {
    attributes.version = NVTX_VERSION;
    attributes.size = sizeof attributes;
  }
  template <class... Rest> explicit event_attributes(const category &c, const Rest &...rest) noexcept : event_attributes(rest...) {
    attributes.category = c.get_id();
  }
  template <class... Rest> explicit event_attributes(const color &c, const Rest &...rest) noexcept : event_attributes(rest...) {
    attributes.colorType = c.get_type();
    attributes.color = c.get_value();
  }
  template <class... Rest> explicit event_attributes(const payload &p, const Rest &...rest) noexcept : event_attributes(rest...) {
    attributes.payloadType = p.get_type();
    attributes.payload = p.get_value();
  }
  template <class... Rest> explicit event_attributes(const message &m, const Rest &...rest) noexcept : event_attributes(rest...) {
    attributes.messageType = m.get_type();
    attributes.message = m.get_value();
  }
  constexpr const value_type *get() const noexcept { return &attributes; }

private:
  value_type attributes{};
};

template <class D = domain::global> class scoped_range_in {
public:
  explicit scoped_range_in(const event_attributes &) noexcept {}
  template <class... Arguments> explicit scoped_range_in(const Arguments &...arguments) noexcept : scoped_range_in(event_attributes{arguments...}) {}
  scoped_range_in() noexcept {}
  scoped_range_in(const scoped_range_in &) = delete;
  scoped_range_in &operator=(const scoped_range_in &) = delete;
  ~scoped_range_in() noexcept {} // so that a range is not an unused variable
};
using scoped_range = scoped_range_in<>;
template <class D = domain::global> using thread_range_in = scoped_range_in<D>;
using thread_range = scoped_range;

struct range_handle {
  using value_type = nvtxRangeId_t;
  constexpr explicit range_handle(value_type id) noexcept : id(id) {}
  constexpr range_handle() noexcept = default;
  constexpr explicit operator bool() const noexcept { return id != null_range_id; }
  constexpr value_type get_value() const noexcept { return id; }
  static constexpr value_type null_range_id = 0;

private:
  value_type id = null_range_id;
};
inline bool operator==(range_handle one, range_handle other) noexcept { return one.get_value() == other.get_value(); }
inline bool operator!=(range_handle one, range_handle other) noexcept { return !(one == other); }

template <class D = domain::global, class... Arguments> range_handle start_range_in(const Arguments &...arguments) noexcept {
  return range_handle(event_attributes{arguments...}.get()->version);
}
template <class... Arguments> range_handle start_range(const Arguments &...arguments) noexcept { return start_range_in<>(arguments...); }
template <class D = domain::global> void end_range_in(range_handle) noexcept {}
inline void end_range(range_handle) noexcept {}
template <class D = domain::global, class... Arguments> void mark_in(const Arguments &...arguments) noexcept { event_attributes{arguments...}; }
template <class... Arguments> void mark(const Arguments &...arguments) noexcept { mark_in<>(arguments...); }

/// A range that may be moved.
template <class D = domain::global> class unique_range_in {
public:
  template <class... Arguments> explicit unique_range_in(const Arguments &...arguments) noexcept : handle(start_range_in<D>(arguments...)) {}
  unique_range_in(unique_range_in &&other) noexcept { std::swap(handle, other.handle); }
  unique_range_in &operator=(unique_range_in &&other) noexcept {
    std::swap(handle, other.handle);
    return *this;
  }
  unique_range_in(const unique_range_in &) = delete;
  ~unique_range_in() noexcept {}

private:
  range_handle handle;
};
using unique_range = unique_range_in<>;

} // namespace v1
} // namespace nvtx3

#define NVTX3_V1_FUNC_RANGE_IN(D)                                                                                        \
  const ::nvtx3::v1::scoped_range_in<D> nvtx3_range__ { __func__ }
#define NVTX3_V1_FUNC_RANGE_IF_IN(D, condition)                                                                          \
  const ::nvtx3::v1::scoped_range_in<D> nvtx3_range__ { ((void)(condition), __func__) }
#define NVTX3_V1_FUNC_RANGE() NVTX3_V1_FUNC_RANGE_IN(::nvtx3::v1::domain::global)
#define NVTX3_V1_FUNC_RANGE_IF(condition) NVTX3_V1_FUNC_RANGE_IF_IN(::nvtx3::v1::domain::global, condition)
#define NVTX3_FUNC_RANGE_IN NVTX3_V1_FUNC_RANGE_IN
#define NVTX3_FUNC_RANGE_IF_IN NVTX3_V1_FUNC_RANGE_IF_IN
#define NVTX3_FUNC_RANGE NVTX3_V1_FUNC_RANGE
#define NVTX3_FUNC_RANGE_IF NVTX3_V1_FUNC_RANGE_IF

#endif
