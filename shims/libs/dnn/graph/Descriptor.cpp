// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Making descriptors, setting their attributes, and asking for these.

#include "Descriptor.h"

#include <algorithm>
#include <string_view>

using namespace cuport;
using namespace cuport::dnn;
using namespace cuport::dnn::graph;

namespace {

enum class Kind { Needed, Optional, ReadOnly };

struct Attribute {
  cudnnBackendDescriptorType_t of;
  cudnnBackendAttributeName_t name;
  cudnnBackendAttributeType_t types[2];
  Kind kind;
};

// The first of the two types that these of Attributes.inc stand for.
constexpr auto CUDNN_TYPE_REAL = CUDNN_TYPE_FLOAT, CUDNN_TYPE_SIZE = CUDNN_TYPE_INT64, CUDNN_TYPE_SEED = CUDNN_TYPE_INT64;

/// The other type that an attribute may have.
constexpr cudnnBackendAttributeType_t other(std::string_view type, cudnnBackendAttributeType_t first) {
  return type == "REAL" ? CUDNN_TYPE_DOUBLE : type == "SIZE" ? CUDNN_TYPE_FRACTION : type == "SEED" ? CUDNN_TYPE_BACKEND_DESCRIPTOR : first;
}

struct Known {
  cudnnBackendDescriptorType_t type;
  const char *name;
};
constexpr Known known[] = {
#define DESCRIPTOR(TYPE) {CUDNN_BACKEND_##TYPE##_DESCRIPTOR, "CUDNN_BACKEND_" #TYPE "_DESCRIPTOR"},
#define NEEDED(NAME, TYPE)
#define OPTIONAL(NAME, TYPE)
#define READ_ONLY(NAME, TYPE)
#include "Attributes.inc"
};

const std::vector<Attribute> &attributes() {
  static const auto &all = *new std::vector<Attribute>([] {
    std::vector<Attribute> result;
    cudnnBackendDescriptorType_t of{};
#define ADD(NAME, TYPE, KIND) result.push_back({of, CUDNN_ATTR_##NAME, {CUDNN_TYPE_##TYPE, other(#TYPE, CUDNN_TYPE_##TYPE)}, KIND});
#define DESCRIPTOR(TYPE) of = CUDNN_BACKEND_##TYPE##_DESCRIPTOR;
#define NEEDED(NAME, TYPE) ADD(NAME, TYPE, Kind::Needed)
#define OPTIONAL(NAME, TYPE) ADD(NAME, TYPE, Kind::Optional)
#define READ_ONLY(NAME, TYPE) ADD(NAME, TYPE, Kind::ReadOnly)
#include "Attributes.inc"
    return result;
  }());
  return all;
}

const Attribute *find(cudnnBackendDescriptorType_t of, cudnnBackendAttributeName_t name) {
  for (const Attribute &a : attributes())
    if (a.of == of && a.name == name)
      return &a;
  return nullptr;
}

/// Bytes of an element.
size_t bytesOf(cudnnBackendAttributeType_t type) {
  switch (type) {
  case CUDNN_TYPE_BOOLEAN:
  case CUDNN_TYPE_CHAR: return 1;
  case CUDNN_TYPE_HANDLE:
  case CUDNN_TYPE_VOID_PTR:
  case CUDNN_TYPE_BACKEND_DESCRIPTOR:
  case CUDNN_TYPE_INT64:
  case CUDNN_TYPE_DOUBLE: return 8;
  case CUDNN_TYPE_FRACTION: return sizeof(cudnnFraction_t);
  default: return 4;
  }
}

Handle *handleOf(cudnnBackendDescriptor_t descriptor) { return static_cast<Handle *>(descriptor); }

/// Elements of \p value, as far as there is room.
Status giveBack(const Value &value, int64_t room, int64_t *count, void *to) {
  if (count)
    *count = value.count;
  if (!to)
    return CUDNN_STATUS_SUCCESS;
  int64_t given = std::min(room, value.count);
  if (value.type != CUDNN_TYPE_BACKEND_DESCRIPTOR) {
    std::copy_n(value.bytes.data(), size_t(given) * bytesOf(value.type), static_cast<char *>(to));
    return CUDNN_STATUS_SUCCESS;
  }
  // The caller made descriptors to be filled.
  auto *into = static_cast<cudnnBackendDescriptor_t *>(to);
  for (int64_t i = 0; i < given; ++i) {
    if (!into[i] || handleOf(into[i])->content->type != value.descriptors[i]->type)
      return CUDNN_STATUS_BAD_PARAM_DESCRIPTOR_TYPE;
    *handleOf(into[i])->content = *value.descriptors[i];
  }
  return CUDNN_STATUS_SUCCESS;
}

} // namespace

const char *graph::nameOf(cudnnBackendDescriptorType_t type) {
  for (const Known &each : known)
    if (each.type == type)
      return each.name;
  return nullptr;
}

double Descriptor::real(cudnnBackendAttributeName_t name, double otherwise) const {
  const Value *value = find(name);
  return !value ? otherwise : value->type == CUDNN_TYPE_DOUBLE ? get<double>(name) : double(get<float>(name));
}

std::vector<int64_t> Descriptor::integers(cudnnBackendAttributeName_t name) const {
  std::vector<int64_t> result;
  if (const Value *value = find(name))
    for (int64_t i = 0; i < value->count; ++i) {
      const char *from = value->bytes.data() + size_t(i) * bytesOf(value->type);
      cudnnFraction_t each{0, 1};
      std::memcpy(&each, from, bytesOf(value->type));
      result.push_back(each.denominator ? each.numerator / each.denominator : 0);
    }
  return result;
}

cudnnStatus_t cudnnBackendCreateDescriptor(cudnnBackendDescriptorType_t type, cudnnBackendDescriptor_t *descriptor) {
  Call call{nullptr, "cudnnBackendCreateDescriptor"};
  if (!descriptor)
    return call.fail(CUDNN_STATUS_BAD_PARAM_NULL_POINTER);
  if (!nameOf(type)) {
    libs::logUnsupported(("cudnnBackendCreateDescriptor of type " + std::to_string(int(type))).c_str());
    return call.fail(CUDNN_STATUS_NOT_SUPPORTED);
  }
  *descriptor = new Handle{std::make_shared<Descriptor>(Descriptor{type})};
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnBackendDestroyDescriptor(cudnnBackendDescriptor_t descriptor) {
  delete handleOf(descriptor);
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnBackendInitialize(cudnnBackendDescriptor_t descriptor) {
  if (!descriptor)
    return CUDNN_STATUS_BAD_PARAM_NULL_POINTER;
  handleOf(descriptor)->content = std::make_shared<Descriptor>(Descriptor{handleOf(descriptor)->content->type});
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnBackendSetAttribute(cudnnBackendDescriptor_t descriptor, cudnnBackendAttributeName_t name,
                                       cudnnBackendAttributeType_t type, int64_t count, const void *elements) {
  Call call{nullptr, "cudnnBackendSetAttribute"};
  if (!descriptor || (count > 0 && !elements))
    return call.fail(CUDNN_STATUS_BAD_PARAM_NULL_POINTER);
  Descriptor &d = *handleOf(descriptor)->content;
  const Attribute *attribute = find(d.type, name);
  if (d.isFinal || !attribute || attribute->kind == Kind::ReadOnly || count < 0)
    return call.fail(CUDNN_STATUS_BAD_PARAM);
  if (type != attribute->types[0] && type != attribute->types[1])
    return call.fail(CUDNN_STATUS_BAD_PARAM_ATTRIBUTE_TYPE);
  Value value{type, count};
  if (type == CUDNN_TYPE_BACKEND_DESCRIPTOR) {
    for (int64_t i = 0; i < count; ++i) {
      auto *given = handleOf(static_cast<const cudnnBackendDescriptor_t *>(elements)[i]);
      if (!given)
        return call.fail(CUDNN_STATUS_BAD_PARAM_NULL_POINTER);
      if (!given->content->isFinal)
        return call.fail(CUDNN_STATUS_BAD_PARAM_NOT_FINALIZED);
      value.descriptors.push_back(given->content);
    }
  } else if (count) {
    auto *from = static_cast<const char *>(elements);
    value.bytes.assign(from, from + size_t(count) * bytesOf(type));
  }
  d.values.insert_or_assign(name, std::move(value));
  return CUDNN_STATUS_SUCCESS;
}

cudnnStatus_t cudnnBackendGetAttribute(const cudnnBackendDescriptor_t descriptor, cudnnBackendAttributeName_t name,
                                       cudnnBackendAttributeType_t type, int64_t room, int64_t *count, void *elements) {
  Call call{nullptr, "cudnnBackendGetAttribute"};
  if (!descriptor)
    return call.fail(CUDNN_STATUS_BAD_PARAM_NULL_POINTER);
  const Descriptor &d = *handleOf(descriptor)->content;
  const Attribute *attribute = find(d.type, name);
  if (!attribute || room < 0)
    return call.fail(CUDNN_STATUS_BAD_PARAM);
  if (type != attribute->types[0] && type != attribute->types[1])
    return call.fail(CUDNN_STATUS_BAD_PARAM_ATTRIBUTE_TYPE);
  if (!d.isFinal)
    return call.fail(CUDNN_STATUS_BAD_PARAM_NOT_FINALIZED);
  Value value{type, 0};
  if (const Value *set = d.find(name))
    value = *set;
  Status status = ask(d, name, value);
  if (!status)
    status = value.type != type ? CUDNN_STATUS_BAD_PARAM_ATTRIBUTE_TYPE : giveBack(value, room, count, elements);
  return status ? call.fail(status) : status;
}

cudnnStatus_t cudnnBackendFinalize(cudnnBackendDescriptor_t descriptor) {
  Call call{nullptr, "cudnnBackendFinalize"};
  if (!descriptor)
    return call.fail(CUDNN_STATUS_BAD_PARAM_NULL_POINTER);
  Descriptor &d = *handleOf(descriptor)->content;
  for (const Attribute &a : attributes())
    if (a.of == d.type && a.kind == Kind::Needed && !d.find(a.name))
      return call.fail(CUDNN_STATUS_BAD_PARAM);
  if (Status status = finalize(d))
    return call.fail(status);
  d.isFinal = true;
  return CUDNN_STATUS_SUCCESS;
}
