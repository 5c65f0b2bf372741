// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "ApiHeader.h"
#include "SurfaceTypes.h"

using namespace cuport;
using namespace cuport::gen;
using llvm::StringRef;

bool ApiHeader::uses(StringRef Word) const {
  return StringRef(C).contains(Word) || StringRef(Types).contains(Word);
}

std::string ApiHeader::text(const RawLibrary &Library, StringRef Part) const {
  std::string Guard = "CUPORT_" + StringRef(Library.Id).upper() + "_" + Part.upper() + (Part.empty() ? "" : "_") + "API_H";
  std::replace(Guard.begin(), Guard.end(), '-', '_');
  std::string Text = "// Written by cuport-gen from lib/Knowledge/data/api/" + Library.Id +
                     ".yaml.\n#ifndef " + Guard + "\n#define " + Guard + "\n";
  if (Macros.empty() && Types.empty() && C.empty() && Cxx.empty())
    return Text + "#endif\n";
  Text += "#include <stddef.h>\n";
  if (uses("int8_t") || uses("int16_t") || uses("int32_t") || uses("int64_t") || uses("intptr_t"))
    Text += "#include <stdint.h>\n";
  if (uses("bool"))
    Text += "#include <stdbool.h>\n";
  if (uses("CUPORT_DEFAULT"))
    Text += "#ifdef __cplusplus\n#define CUPORT_DEFAULT(...) = __VA_ARGS__\n"
            "#else\n#define CUPORT_DEFAULT(...)\n#endif\n";
  if (uses("CUPORT_OF_VARIABLE"))
    Text += "#ifdef CUPORT_NO_VARIABLES\n#define CUPORT_OF_VARIABLE __attribute__((unavailable(CUPORT_NO_VARIABLES)))\n"
            "#else\n#define CUPORT_OF_VARIABLE\n#endif\n";
  // Behind the name of a function without a call, as in auto f = cuGraphAddNode, stands what has C linkage alone.
  if (StringRef(Cxx).contains("CUPORT_FORM_FOR_CALLS"))
    Text += "#ifdef __clang__\n#define CUPORT_FORM_FOR_CALLS __attribute__((enable_if(__builtin_is_constant_evaluated(), \"a call\")))\n"
            "#else\n#define CUPORT_FORM_FOR_CALLS\n#endif\n";
  Text += Macros + Types;
  if (!C.empty()) {
    if (Exported)
      Text += "#pragma GCC visibility push(default)\n";
    Text += "#ifdef __cplusplus\nextern \"C\" {\n#endif\n" + C + "#ifdef __cplusplus\n}\n#endif\n";
    if (Exported)
      Text += "#pragma GCC visibility pop\n";
  }
  Text += Inline;
  if (StringRef(Cxx).contains("CUPORT_DEVICE_FUNCTION"))
    Text += "#ifndef CUPORT_DEVICE_FUNCTION\n#define CUPORT_DEVICE_FUNCTION\n#endif\n";
  if (!Cxx.empty())
    Text += "#ifdef __cplusplus\n" + Cxx + "#endif\n";
  return Text + "#endif\n";
}

llvm::Expected<ApiHeader> gen::beginHeader(const RawLibrary &Library) {
  ApiHeader Header;
  auto Types = declareTypes(Library);
  if (!Types)
    return Types.takeError();
  Header.Types = std::move(*Types);
  for (const RawRow &Row : Library.Rows)
    if (Row.Expansion)
      Header.Macros +=
          "#define " + Row.Cuda + (Row.Expansion->empty() ? "" : " ") + *Row.Expansion + "\n";
  return Header;
}
