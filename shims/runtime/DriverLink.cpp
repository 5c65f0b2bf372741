// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// cuLink*: modules of several parts. What is given must be made by cuport-cc or NVRTC; there is nothing that compiles PTX.

#include "Driver.h"
#include "ModuleLink.h"

#include <chrono>
#include <cstring>

using namespace cuport;

struct CUlinkState_st {
  ModuleLink link;
  char *infoLog = nullptr, *errorLog = nullptr;
  void **infoSize = nullptr, **errorSize = nullptr; ///< the options' values: how long the buffers are, later how much of them is written
  size_t infoRoom = 0, errorRoom = 0;
  void **wallTime = nullptr;
};

namespace {

size_t numberIn(void *value) { return uint32_t(reinterpret_cast<uintptr_t>(value)); }
void setNumber(void **value, uint32_t number) {
  if (value)
    std::memcpy(value, &number, sizeof(number));
}

void write(char *buffer, size_t room, void **written, const std::string &text) {
  if (!buffer || !room)
    return;
  size_t size = std::min(text.size(), room - 1);
  std::memcpy(buffer, text.data(), size);
  buffer[size] = '\0';
  setNumber(written, uint32_t(size));
}

CUresult codeOf(CUlinkState state, ModuleLink::Result result) {
  if (result != ModuleLink::Result::Done)
    write(state->errorLog, state->errorRoom, state->errorSize, state->link.log());
  switch (result) {
  case ModuleLink::Result::Done: return CUDA_SUCCESS;
  case ModuleLink::Result::NotFound: return CUDA_ERROR_FILE_NOT_FOUND;
  case ModuleLink::Result::Ptx: return CUDA_ERROR_INVALID_PTX;
  case ModuleLink::Result::HostObject: return CUDA_ERROR_NOT_SUPPORTED;
  case ModuleLink::Result::NoModule: return CUDA_ERROR_INVALID_IMAGE;
  case ModuleLink::Result::Incomplete: return CUDA_ERROR_UNKNOWN;
  case ModuleLink::Result::NoCompiler: return CUDA_ERROR_JIT_COMPILER_NOT_FOUND;
  }
  return CUDA_ERROR_UNKNOWN;
}

bool isOfHost(CUjitInputType type) { return type == CU_JIT_INPUT_OBJECT || type == CU_JIT_INPUT_LIBRARY; }

} // namespace

CUresult cuLinkCreate_v2(unsigned int count, CUjit_option *options, void **values, CUlinkState *state) {
  if (CUresult error = driverReady())
    return error;
  if (!state || (count && (!options || !values)))
    return CUDA_ERROR_INVALID_VALUE;
  auto *made = new CUlinkState_st;
  // Others are for a compiler of PTX.
  for (unsigned i = 0; i < count; ++i)
    switch (options[i]) {
    case CU_JIT_INFO_LOG_BUFFER: made->infoLog = static_cast<char *>(values[i]); break;
    case CU_JIT_ERROR_LOG_BUFFER: made->errorLog = static_cast<char *>(values[i]); break;
    case CU_JIT_INFO_LOG_BUFFER_SIZE_BYTES: made->infoRoom = numberIn(values[i]), made->infoSize = &values[i]; break;
    case CU_JIT_ERROR_LOG_BUFFER_SIZE_BYTES: made->errorRoom = numberIn(values[i]), made->errorSize = &values[i]; break;
    case CU_JIT_WALL_TIME: made->wallTime = &values[i]; break;
    default: break;
    }
  write(made->infoLog, made->infoRoom, made->infoSize, "");
  write(made->errorLog, made->errorRoom, made->errorSize, "");
  *state = made;
  return CUDA_SUCCESS;
}

CUresult cuLinkAddData_v2(CUlinkState state, CUjitInputType type, void *data, size_t size, const char *name, unsigned int,
                          CUjit_option *, void **) {
  if (!state || !data || !size)
    return CUDA_ERROR_INVALID_VALUE;
  std::string shown = name ? name : "the module in memory";
  return codeOf(state, isOfHost(type) ? state->link.refuseHost(shown) : state->link.add(data, size, shown));
}

CUresult cuLinkAddFile_v2(CUlinkState state, CUjitInputType type, const char *path, unsigned int, CUjit_option *, void **) {
  if (!state || !path)
    return CUDA_ERROR_INVALID_VALUE;
  return codeOf(state, state->link.addFile(path, isOfHost(type)));
}

CUresult cuLinkComplete(CUlinkState state, void **module, size_t *size) {
  if (!state || !module)
    return CUDA_ERROR_INVALID_VALUE;
  auto begin = std::chrono::steady_clock::now();
  CUresult result = codeOf(state, state->link.complete());
  float milliseconds = std::chrono::duration<float, std::milli>(std::chrono::steady_clock::now() - begin).count();
  if (state->wallTime)
    std::memcpy(state->wallTime, &milliseconds, sizeof(milliseconds));
  if (result)
    return result;
  *module = const_cast<char *>(state->link.module().data());
  if (size)
    *size = state->link.module().size();
  return CUDA_SUCCESS;
}

CUresult cuLinkDestroy(CUlinkState state) {
  if (!state)
    return CUDA_ERROR_INVALID_HANDLE;
  delete state;
  return CUDA_SUCCESS;
}
