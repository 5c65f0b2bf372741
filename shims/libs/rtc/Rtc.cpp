// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// NVRTC: a program's text, headers and options go to cuport-cc -cubin, and what that writes is the program's PTX, cubin and LTO IR alike,
// which cuModuleLoadData takes and, with -rdc=true, cuLink* and nvJitLink.
//
//   nvrtcAddNameExpression("scale<float>") --> a kernel behind the text that has it as an argument, lowered<0, scale<float>>
//   nvrtcGetLoweredName                    --> the mangled name in the module that says the same as that argument

#include "libs/Operation.h"
#include "runtime/Compiler.h"

#include <hip/hiprtc.h>
#include <nvrtc.h>

#include <cstring>
#include <cxxabi.h>
#include <filesystem>
#include <map>
#include <string_view>

using namespace cuport;

struct _nvrtcProgram {
  std::string name, text;
  std::vector<std::pair<std::string, std::string>> headers;
  bool isHip;
  std::vector<std::string> expressions;
  std::map<std::string, std::string> lowered;
  std::string log, code;
  bool tried = false;
  bool isForLink = false; ///< compiled with -dlto
};

namespace {

std::string demangled(const char *name) {
  int status = 0;
  char *text = abi::__cxa_demangle(name, nullptr, nullptr, &status);
  std::string result = text ? text : "";
  free(text);
  return result;
}

/// A program's name may be a file's; headers in quotes are found beside it.
std::string beside(const std::string &name) {
  std::string folder = std::filesystem::path(name).parent_path();
  return folder.empty() ? "." : folder;
}

/// The program as it is compiled. Messages tell its name and lines.
std::string source(const _nvrtcProgram &program, bool everythingOnDevice) {
  std::string escaped;
  for (char c : program.name)
    escaped += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
  std::string text = everythingOnDevice ? "#pragma clang force_cuda_host_device begin\n" : "";
  text += "#line 1 \"" + escaped + "\"\n" + program.text + "\n";
  if (everythingOnDevice)
    text += "#pragma clang force_cuda_host_device end\n";
  if (!program.expressions.empty())
    text += "template <class T> struct cuport_name { template <int, T> static __global__ void lowered() {} };\n";
  for (size_t i = 0; i < program.expressions.size(); ++i) {
    std::string expression = "(" + program.expressions[i] + ")";
    text += "#line 1 \"name expression\"\ntemplate __global__ void cuport_name<decltype(" + expression + ")>::lowered<" + std::to_string(i) +
            ", " + expression + ">();\n";
  }
  return text;
}

/// The mangled names in the module, by what they say.
std::map<std::string, std::string> namesIn(const std::string &code) {
  std::map<std::string, std::string> names;
  for (size_t begin = 0; begin < code.size(); begin += std::strlen(code.data() + begin) + 1)
    if (const char *name = code.data() + begin; std::strncmp(name, "_Z", 2) == 0)
      if (std::string text = demangled(name); !text.empty())
        names[text] = name;
  return names;
}

/// Finds the mangled names of the expressions. What one names stands, as it is demangled, in the name of the kernel that has it as an
/// argument, "... ::lowered<0, &(void scale<float>(float*))>()", with a cast before it or not. A function of C's has a name only.
void findNames(_nvrtcProgram &program) {
  std::map<std::string, std::string> names = namesIn(program.code);
  for (const auto &[text, kernel] : names) {
    const std::string begin = "void cuport_name<", middle = ">::lowered<", end = ">()";
    size_t place = text.find(middle), comma = text.find(", ", place);
    if (!text.starts_with(begin) || place == std::string::npos || comma == std::string::npos || !text.ends_with(end))
      continue;
    size_t number = std::strtoul(text.c_str() + place + middle.size(), nullptr, 10);
    std::string type = "(" + text.substr(begin.size(), place - begin.size()) + ")", said = text.substr(comma + 2);
    said.resize(said.size() - end.size());
    if (said.starts_with(type))
      said.erase(0, type.size());
    // &scale, &(scale), (&scale)
    for (bool more = true; more && !names.contains(said);) {
      more = said.starts_with('&') || (said.starts_with('(') && said.ends_with(')'));
      if (more && said.front() == '(')
        said.pop_back();
      if (more)
        said.erase(0, 1);
    }
    auto found = names.find(said);
    program.lowered[program.expressions[number]] = found == names.end() ? said : found->second;
  }
}

nvrtcResult compile(_nvrtcProgram &program, int count, const char *const *options) {
  rtc::Folder folder;
  if (folder.path.empty())
    return NVRTC_ERROR_PROGRAM_CREATION_FAILURE;
  std::vector<std::string> words = {"-cubin", "-x", program.isHip ? "hip" : "cu", "-D__CUDACC_RTC__", "-I", folder.path,
                                    "-iquote", beside(program.name)};
  if (program.isHip)
    words.insert(words.end(), {"-D__HIPCC_RTC__", "-include", "hip/hip_runtime.h"});
  bool everythingOnDevice = program.isHip;
  program.isForLink = false;
  for (int i = 0; i < count; ++i) {
    std::string_view option = options[i];
    if (option == "-default-device" || option == "--device-as-default-execution-space") {
      everythingOnDevice = true;
      continue;
    }
    if (option == "-dlto" || option == "--dlink-time-opt")
      program.isForLink = true;
    words.emplace_back(option);
  }
  if (program.isForLink) // LTO IR is linked, whatever it was compiled with
    words.emplace_back("-rdc=true");
  for (auto &[name, text] : program.headers)
    if (name.find("..") != std::string::npos || !folder.write(name, text)) {
      program.log = "cuport: the header \"" + name + "\" cannot be written for the compiler";
      return NVRTC_ERROR_INVALID_INPUT;
    }
  std::string file = folder.path + "/program", made = folder.path + "/module";
  if (!folder.write("program", source(program, everythingOnDevice)))
    return NVRTC_ERROR_PROGRAM_CREATION_FAILURE;
  words.insert(words.end(), {"-o", made, file});
  auto output = rtc::runCompiler(words);
  if (!output) {
    program.log = "cuport: bin/cuport-cc of the toolkit cannot be run";
    return NVRTC_ERROR_INTERNAL_ERROR;
  }
  // Headers of the program's have no place of their own.
  std::string own = folder.path + "/";
  for (size_t place; (place = output->text.find(own)) != std::string::npos;)
    output->text.erase(place, own.size());
  program.log = output->text;
  if (output->code)
    return program.log.starts_with("cuport-cc:") ? NVRTC_ERROR_INVALID_OPTION : NVRTC_ERROR_COMPILATION;
  program.code = rtc::contents(made);
  findNames(program);
  return program.code.empty() ? NVRTC_ERROR_INTERNAL_ERROR : NVRTC_SUCCESS;
}

nvrtcResult giveSize(nvrtcProgram program, size_t *size) {
  if (!program)
    return NVRTC_ERROR_INVALID_PROGRAM;
  if (!size)
    return NVRTC_ERROR_INVALID_INPUT;
  *size = program->code.size();
  return program->code.empty() ? NVRTC_ERROR_INVALID_PROGRAM : NVRTC_SUCCESS;
}

nvrtcResult give(nvrtcProgram program, char *place) {
  if (!program || program->code.empty())
    return NVRTC_ERROR_INVALID_PROGRAM;
  if (!place)
    return NVRTC_ERROR_INVALID_INPUT;
  std::memcpy(place, program->code.data(), program->code.size());
  return NVRTC_SUCCESS;
}

/// The numbers of cuport-cc -arch-ls, which prints compute_75 and so on.
const std::vector<int> &architectures() {
  static const std::vector<int> numbers = [] {
    std::vector<int> found;
    auto output = rtc::runCompiler({"-arch-ls"});
    const std::string before = "compute_";
    for (size_t place = 0; output && (place = output->text.find(before, place)) != std::string::npos;)
      found.push_back(std::atoi(output->text.c_str() + (place += before.size())));
    return found;
  }();
  return numbers;
}

} // namespace

nvrtcResult cuport_rtc_create(nvrtcProgram *program, const char *text, const char *name, int count, const char *const *headers,
                              const char *const *includeNames, int isHip) {
  if (!program || !text || count < 0 || (count && (!headers || !includeNames)))
    return NVRTC_ERROR_INVALID_INPUT;
  auto *made = new _nvrtcProgram{name ? name : "default_program", text, {}, isHip != 0, {}, {}, {}, {}};
  for (int i = 0; i < count; ++i)
    made->headers.emplace_back(includeNames[i], headers[i]);
  *program = made;
  return NVRTC_SUCCESS;
}

nvrtcResult nvrtcCreateProgram(nvrtcProgram *program, const char *text, const char *name, int count, const char *const *headers,
                               const char *const *includeNames) {
  return cuport_rtc_create(program, text, name, count, headers, includeNames, 0);
}

nvrtcResult nvrtcDestroyProgram(nvrtcProgram *program) {
  if (!program || !*program)
    return NVRTC_ERROR_INVALID_PROGRAM;
  delete *program;
  *program = nullptr;
  return NVRTC_SUCCESS;
}

nvrtcResult nvrtcCompileProgram(nvrtcProgram program, int count, const char *const *options) {
  if (!program)
    return NVRTC_ERROR_INVALID_PROGRAM;
  if (count < 0 || (count && !options))
    return NVRTC_ERROR_INVALID_INPUT;
  program->tried = true;
  program->code.clear();
  program->lowered.clear();
  return compile(*program, count, options);
}

nvrtcResult nvrtcGetPTXSize(nvrtcProgram program, size_t *size) { return giveSize(program, size); }
nvrtcResult nvrtcGetPTX(nvrtcProgram program, char *place) { return give(program, place); }
nvrtcResult nvrtcGetCUBINSize(nvrtcProgram program, size_t *size) { return giveSize(program, size); }
nvrtcResult nvrtcGetCUBIN(nvrtcProgram program, char *place) { return give(program, place); }

nvrtcResult nvrtcGetLTOIRSize(nvrtcProgram program, size_t *size) {
  nvrtcResult result = giveSize(program, size);
  if (result == NVRTC_SUCCESS && !program->isForLink)
    *size = 0;
  return result;
}

nvrtcResult nvrtcGetLTOIR(nvrtcProgram program, char *place) {
  return program && !program->isForLink ? NVRTC_ERROR_INVALID_PROGRAM : give(program, place);
}

nvrtcResult nvrtcGetProgramLogSize(nvrtcProgram program, size_t *size) {
  if (!program)
    return NVRTC_ERROR_INVALID_PROGRAM;
  if (!size)
    return NVRTC_ERROR_INVALID_INPUT;
  *size = program->log.size() + 1;
  return NVRTC_SUCCESS;
}

nvrtcResult nvrtcGetProgramLog(nvrtcProgram program, char *place) {
  if (!program)
    return NVRTC_ERROR_INVALID_PROGRAM;
  if (!place)
    return NVRTC_ERROR_INVALID_INPUT;
  std::memcpy(place, program->log.c_str(), program->log.size() + 1);
  return NVRTC_SUCCESS;
}

nvrtcResult nvrtcAddNameExpression(nvrtcProgram program, const char *expression) {
  if (!program)
    return NVRTC_ERROR_INVALID_PROGRAM;
  if (!expression)
    return NVRTC_ERROR_INVALID_INPUT;
  if (program->tried)
    return NVRTC_ERROR_NO_NAME_EXPRESSIONS_AFTER_COMPILATION;
  program->expressions.emplace_back(expression);
  return NVRTC_SUCCESS;
}

nvrtcResult nvrtcGetLoweredName(nvrtcProgram program, const char *expression, const char **name) {
  if (!program)
    return NVRTC_ERROR_INVALID_PROGRAM;
  if (!expression || !name)
    return NVRTC_ERROR_INVALID_INPUT;
  if (!program->tried)
    return NVRTC_ERROR_NO_LOWERED_NAMES_BEFORE_COMPILATION;
  auto found = program->lowered.find(expression);
  if (found == program->lowered.end())
    return NVRTC_ERROR_NAME_EXPRESSION_NOT_VALID;
  *name = found->second.c_str();
  return NVRTC_SUCCESS;
}

nvrtcResult nvrtcVersion(int *major, int *minor) {
  if (!major || !minor)
    return NVRTC_ERROR_INVALID_INPUT;
  int version;
  cudaRuntimeGetVersion(&version);
  *major = version / 1000;
  *minor = version % 1000 / 10;
  return NVRTC_SUCCESS;
}

nvrtcResult nvrtcGetNumSupportedArchs(int *count) {
  if (!count)
    return NVRTC_ERROR_INVALID_INPUT;
  *count = int(architectures().size());
  return NVRTC_SUCCESS;
}

nvrtcResult nvrtcGetSupportedArchs(int *numbers) {
  if (!numbers)
    return NVRTC_ERROR_INVALID_INPUT;
  std::copy(architectures().begin(), architectures().end(), numbers);
  return NVRTC_SUCCESS;
}

#define EACH_RESULT(X)                                                                                                                \
  X(SUCCESS) X(ERROR_OUT_OF_MEMORY) X(ERROR_PROGRAM_CREATION_FAILURE) X(ERROR_INVALID_INPUT) X(ERROR_INVALID_PROGRAM)                  \
  X(ERROR_INVALID_OPTION) X(ERROR_COMPILATION) X(ERROR_BUILTIN_OPERATION_FAILURE) X(ERROR_NO_NAME_EXPRESSIONS_AFTER_COMPILATION)      \
  X(ERROR_NO_LOWERED_NAMES_BEFORE_COMPILATION) X(ERROR_NAME_EXPRESSION_NOT_VALID) X(ERROR_INTERNAL_ERROR)

const char *nvrtcGetErrorString(nvrtcResult result) {
  switch (result) {
#define NAME(name)                                                                                                                     \
  case NVRTC_##name:                                                                                                                   \
    return "NVRTC_" #name;
    EACH_RESULT(NAME)
    NAME(ERROR_TIME_FILE_WRITE_FAILED)
    NAME(ERROR_NO_PCH_CREATE_ATTEMPTED)
    NAME(ERROR_PCH_CREATE_HEAP_EXHAUSTED)
    NAME(ERROR_PCH_CREATE)
    NAME(ERROR_CANCELLED)
    NAME(ERROR_TIME_TRACE_FILE_WRITE_FAILED)
#undef NAME
  default:
    return "NVRTC_ERROR unknown";
  }
}

const char *hiprtcGetErrorString(hiprtcResult result) {
  switch (result) {
#define NAME(name)                                                                                                                     \
  case HIPRTC_##name:                                                                                                                  \
    return "HIPRTC_" #name;
    EACH_RESULT(NAME)
#undef NAME
  default:
    return "Invalid HIPRTC error code";
  }
}
