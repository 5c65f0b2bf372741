// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Verify/SiteNames.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/DebugInfo/Symbolize/Symbolize.h"
#include "llvm/Support/Chrono.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace llvm;

namespace cuport {

static symbolize::LLVMSymbolizer::Options options() {
  symbolize::LLVMSymbolizer::Options O;
  O.PrintFunctions = DILineInfoSpecifier::FunctionNameKind::ShortName;
  return O;
}

SiteNames::SiteNames() : Symbolizer(std::make_unique<symbolize::LLVMSymbolizer>(options())) {}
SiteNames::~SiteNames() = default;

static bool isAsItWas(const RecordedModule &Module) {
  sys::fs::file_status State;
  return !sys::fs::status(Module.Path, State) && State.type() == sys::fs::file_type::regular_file &&
         State.getSize() == Module.Size &&
         sys::toTimeT(State.getLastModificationTime()) == Module.Changed;
}

/// What stands between the source's call and the API: the stub of a launch, the C++ forms of the
/// shim's headers.
static bool isInBetween(const DILineInfo &Line) {
  return StringRef(Line.FunctionName).contains("__device_stub__") ||
         StringRef(Line.FileName).contains("/include/cuport/");
}

std::string SiteNames::of(const Recording &R, const RecordedSite &Site) {
  std::string Function;
  for (auto [Number, Offset] : Site.Frames) {
    const RecordedModule &Module = R.Modules[Number];
    if (!isAsItWas(Module))
      continue;
    auto Found = Symbolizer->symbolizeInlinedCode(Module.Path,
                                                  {Offset, object::SectionedAddress::UndefSection});
    if (!Found) {
      consumeError(Found.takeError());
      continue;
    }
    for (uint32_t I = 0; I < Found->getNumberOfFrames(); ++I) {
      const DILineInfo &Line = Found->getFrame(I);
      if (isInBetween(Line))
        continue;
      if (Line.FileName != DILineInfo::BadString && Line.Line)
        return (sys::path::filename(Line.FileName) + ":" + Twine(Line.Line)).str();
      if (Function.empty() && Line.FunctionName != DILineInfo::BadString)
        Function = Line.FunctionName;
    }
  }
  return Function;
}

} // namespace cuport
