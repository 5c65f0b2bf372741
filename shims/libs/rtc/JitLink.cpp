// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// nvJitLink: modules compiled with -rdc=true or -dlto become one that cuModuleLoadData takes.

#include "libs/Operation.h"
#include "runtime/ModuleLink.h"

#include <nvJitLink.h>

#include <cstring>
#include <string_view>

using namespace cuport;

struct nvJitLink {
  ModuleLink link;
  std::string optionLog; ///< what was wrong with the options
  bool takesLtoIr = false, isComplete = false;
};

namespace {

nvJitLinkResult codeOf(ModuleLink::Result result) {
  switch (result) {
  case ModuleLink::Result::Done: return NVJITLINK_SUCCESS;
  case ModuleLink::Result::NotFound: return NVJITLINK_ERROR_INVALID_INPUT;
  case ModuleLink::Result::Ptx: return NVJITLINK_ERROR_PTX_COMPILE;
  case ModuleLink::Result::HostObject: return NVJITLINK_ERROR_INCORRECT_INPUT_TYPE;
  case ModuleLink::Result::NoModule: return NVJITLINK_ERROR_UNRECOGNIZED_INPUT;
  case ModuleLink::Result::Incomplete: return NVJITLINK_ERROR_FINALIZE;
  case ModuleLink::Result::NoCompiler: return NVJITLINK_ERROR_INTERNAL;
  }
  return NVJITLINK_ERROR_INTERNAL;
}

bool isOfHost(nvJitLinkInputType type) { return type == NVJITLINK_INPUT_OBJECT || type == NVJITLINK_INPUT_LIBRARY; }

nvJitLinkResult checkedType(const nvJitLink &state, nvJitLinkInputType type) {
  if (type == NVJITLINK_INPUT_NONE)
    return NVJITLINK_ERROR_INCORRECT_INPUT_TYPE;
  return type == NVJITLINK_INPUT_LTOIR && !state.takesLtoIr ? NVJITLINK_ERROR_LTO_NOT_ENABLED : NVJITLINK_SUCCESS;
}

/// How device code is compiled or linked for a card: taken, without a meaning here.
bool isOfCards(std::string_view option) {
  for (std::string_view whole : {"-time", "-verbose", "-ptx", "-g", "-lineinfo", "-optimize-unused-variables", "-no-cache", "-device-stack-protector"})
    if (option == whole)
      return true;
  for (std::string_view begin : {"-maxrregcount=", "-O", "-ftz=", "-prec-div=", "-prec-sqrt=", "-fma=", "-kernels-used=", "-variables-used=",
                                 "-Xptxas=", "-Xnvvm=", "-split-compile=", "-split-compile-extended=", "-jump-table-density=",
                                 "-device-stack-protector="})
    if (option.starts_with(begin))
      return true;
  return false;
}

std::string logOf(const nvJitLink &state) { return state.optionLog + state.link.log(); }

nvJitLinkResult giveSize(nvJitLinkHandle state, size_t *size, size_t value) {
  if (!state || !size)
    return NVJITLINK_ERROR_NULL_INPUT;
  *size = value;
  return NVJITLINK_SUCCESS;
}

} // namespace

// Also where it fails there is a handle, whose log says why.
nvJitLinkResult nvJitLinkCreate(nvJitLinkHandle *handle, uint32_t count, const char **options) {
  if (!handle || (count && !options))
    return NVJITLINK_ERROR_NULL_INPUT;
  auto *made = *handle = new nvJitLink;
  bool hasArchitecture = false;
  for (uint32_t i = 0; i < count; ++i) {
    std::string_view option = options[i] ? options[i] : "";
    if (option.starts_with("-arch=sm_") || option.starts_with("-arch=compute_") || option.starts_with("-arch=lto_")) {
      hasArchitecture = true;
    } else if (option == "-lto") {
      made->takesLtoIr = true;
    } else if (option.starts_with("-arch=")) {
      made->optionLog = "cuport: '" + std::string(option) + "' is no architecture; -arch=sm_80, for instance, is one\n";
      return NVJITLINK_ERROR_UNRECOGNIZED_ARCH;
    } else if (!isOfCards(option)) {
      made->optionLog = "cuport: unknown option '" + std::string(option) + "'\n";
      return NVJITLINK_ERROR_UNRECOGNIZED_OPTION;
    }
  }
  if (hasArchitecture)
    return NVJITLINK_SUCCESS;
  made->optionLog = "cuport: -arch=sm_80 or its like is missing\n";
  return NVJITLINK_ERROR_MISSING_ARCH;
}

nvJitLinkResult nvJitLinkDestroy(nvJitLinkHandle *handle) {
  if (!handle || !*handle)
    return NVJITLINK_ERROR_NULL_INPUT;
  delete *handle;
  *handle = nullptr;
  return NVJITLINK_SUCCESS;
}

nvJitLinkResult nvJitLinkAddData(nvJitLinkHandle state, nvJitLinkInputType type, const void *data, size_t size, const char *name) {
  if (!state || !data)
    return NVJITLINK_ERROR_NULL_INPUT;
  if (nvJitLinkResult error = checkedType(*state, type))
    return error;
  std::string shown = name ? name : "the module in memory";
  return codeOf(isOfHost(type) ? state->link.refuseHost(shown) : state->link.add(data, size, shown));
}

nvJitLinkResult nvJitLinkAddFile(nvJitLinkHandle state, nvJitLinkInputType type, const char *path) {
  if (!state || !path)
    return NVJITLINK_ERROR_NULL_INPUT;
  if (nvJitLinkResult error = checkedType(*state, type))
    return error;
  return codeOf(state->link.addFile(path, isOfHost(type)));
}

nvJitLinkResult nvJitLinkComplete(nvJitLinkHandle state) {
  if (!state)
    return NVJITLINK_ERROR_NULL_INPUT;
  nvJitLinkResult result = codeOf(state->link.complete());
  state->isComplete = result == NVJITLINK_SUCCESS;
  return result;
}

nvJitLinkResult nvJitLinkGetLinkedCubinSize(nvJitLinkHandle state, size_t *size) {
  return state && !state->isComplete ? NVJITLINK_ERROR_INVALID_INPUT : giveSize(state, size, state ? state->link.module().size() : 0);
}

nvJitLinkResult nvJitLinkGetLinkedCubin(nvJitLinkHandle state, void *cubin) {
  if (!state || !cubin)
    return NVJITLINK_ERROR_NULL_INPUT;
  if (!state->isComplete)
    return NVJITLINK_ERROR_INVALID_INPUT;
  std::memcpy(cubin, state->link.module().data(), state->link.module().size());
  return NVJITLINK_SUCCESS;
}

// A module is what NVRTC's PTX is, too.
nvJitLinkResult nvJitLinkGetLinkedPtxSize(nvJitLinkHandle state, size_t *size) { return nvJitLinkGetLinkedCubinSize(state, size); }
nvJitLinkResult nvJitLinkGetLinkedPtx(nvJitLinkHandle state, char *ptx) { return nvJitLinkGetLinkedCubin(state, ptx); }

// An empty log has the size 0, as programs ask by it whether there is one.
nvJitLinkResult nvJitLinkGetErrorLogSize(nvJitLinkHandle state, size_t *size) {
  std::string log = state ? logOf(*state) : "";
  return giveSize(state, size, log.empty() ? 0 : log.size() + 1);
}

nvJitLinkResult nvJitLinkGetErrorLog(nvJitLinkHandle state, char *log) {
  if (!state || !log)
    return NVJITLINK_ERROR_NULL_INPUT;
  if (std::string text = logOf(*state); !text.empty())
    std::memcpy(log, text.c_str(), text.size() + 1);
  return NVJITLINK_SUCCESS;
}

nvJitLinkResult nvJitLinkGetInfoLogSize(nvJitLinkHandle state, size_t *size) { return giveSize(state, size, 0); }
nvJitLinkResult nvJitLinkGetInfoLog(nvJitLinkHandle state, char *log) { return state && log ? NVJITLINK_SUCCESS : NVJITLINK_ERROR_NULL_INPUT; }

nvJitLinkResult nvJitLinkVersion(unsigned *major, unsigned *minor) {
  if (!major || !minor)
    return NVJITLINK_ERROR_NULL_INPUT;
  *major = CUDART_VERSION / 1000;
  *minor = CUDART_VERSION % 1000 / 10;
  return NVJITLINK_SUCCESS;
}

// The names behind those of NVIDIA's header.
#define VERSIONED(name) extern "C" decltype(nvJitLink##name) __nvJitLink##name##_13_0 __attribute__((alias("nvJitLink" #name)))
VERSIONED(Destroy);
VERSIONED(AddData);
VERSIONED(AddFile);
VERSIONED(Complete);
VERSIONED(GetLinkedCubinSize);
VERSIONED(GetLinkedCubin);
VERSIONED(GetLinkedPtxSize);
VERSIONED(GetLinkedPtx);
VERSIONED(GetErrorLogSize);
VERSIONED(GetErrorLog);
VERSIONED(GetInfoLogSize);
VERSIONED(GetInfoLog);
#undef VERSIONED
nvJitLinkResult __nvJitLinkCreate_13_0(nvJitLinkHandle *handle, uint32_t count, const char *const *options) {
  return nvJitLinkCreate(handle, count, const_cast<const char **>(options));
}
