// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Signature.h"

#include <cxxabi.h>

#include <cstdlib>
#include <string_view>

namespace cuport::record {

namespace {

struct Type {
  std::string_view name, layout;
};

constexpr Type Types[] = {
    {"bool", "1@0u1"},          {"char", "1@0i1"},           {"signed char", "1@0i1"},        {"unsigned char", "1@0u1"},
    {"short", "2@0i2"},         {"unsigned short", "2@0u2"}, {"int", "4@0i4"},                {"unsigned int", "4@0u4"},
    {"long", "8@0i8"},          {"unsigned long", "8@0u8"},  {"long long", "8@0i8"},          {"unsigned long long", "8@0u8"},
    {"float", "4@0f4"},         {"double", "8@0f8"},         {"__half", "2@0f2"},             {"__nv_bfloat16", "2@0b2"},
    {"float2", "8@0f4@4f4"},    {"float3", "12@0f4@4f4@8f4"}, {"float4", "16@0f4@4f4@8f4@12f4"}, {"double2", "16@0f8@8f8"},
    {"int2", "8@0i4@4i4"},      {"int4", "16@0i4@4i4@8i4@12i4"}, {"uint2", "8@0u4@4u4"},       {"uint4", "16@0u4@4u4@8u4@12u4"},
};

bool takeBack(std::string_view &text, std::string_view end) {
  if (!text.ends_with(end))
    return false;
  text.remove_suffix(end.size());
  return true;
}

/// "float const*" is "float" and one star.
std::string_view bare(std::string_view type, unsigned &stars) {
  for (bool changed = true; changed;) {
    changed = takeBack(type, " const") || takeBack(type, " volatile") || takeBack(type, " restrict") || takeBack(type, "__restrict") ||
              takeBack(type, " ");
    if (takeBack(type, "*")) {
      ++stars;
      changed = true;
    }
  }
  return type;
}

std::string layoutOf(std::string_view type) {
  unsigned stars = 0;
  type = bare(type, stars);
  if (stars > 1)
    return "*8@0p8";
  for (const Type &each : Types)
    if (each.name == type)
      return std::string(stars, '*') + std::string(each.layout);
  return "?";
}

/// Where the brackets of the parameters, which the text ends with, begin; npos: it has none.
size_t openingOf(std::string_view text) {
  int depth = 0;
  for (size_t at = text.size(); at-- > 0;) {
    depth += (text[at] == ')') - (text[at] == '(');
    if (depth == 0)
      return text[at] == '(' ? at : std::string_view::npos;
  }
  return std::string_view::npos;
}

} // namespace

void nameTypes(const char *mangled, std::vector<Parameter> &parameters) {
  char *demangled = abi::__cxa_demangle(mangled, nullptr, nullptr, nullptr);
  if (!demangled)
    return;
  const std::string name = demangled;
  free(demangled);
  const size_t opening = openingOf(name);
  if (opening == std::string::npos)
    return;
  std::vector<std::string> types(1);
  int depth = 0;
  for (char c : std::string_view(name).substr(opening + 1, name.size() - opening - 2)) {
    depth += (c == '(' || c == '<' || c == '[') - (c == ')' || c == '>' || c == ']');
    if (c == ',' && depth == 0)
      types.emplace_back();
    else if (c != ' ' || !types.back().empty())
      types.back() += c;
  }
  if (types.size() != parameters.size())
    return;
  for (size_t i = 0; i < types.size(); ++i)
    parameters[i].type = layoutOf(types[i]);
}

} // namespace cuport::record
