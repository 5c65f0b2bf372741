// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Module.h"
#include "ModuleLink.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <dlfcn.h>
#include <set>
#include <shared_mutex>
#include <sys/mman.h>
#include <unistd.h>

using namespace cuport;

namespace {

std::shared_mutex &liveMutex() {
  static auto &mutex = *new std::shared_mutex;
  return mutex;
}
std::set<const void *> &liveFunctions() {
  static auto &set = *new std::set<const void *>;
  return set;
}

cudaError_t load(const char *path, const char *shownName, Module *&module) {
  auto loaded = std::make_unique<Module>();
  {
    ImageScope scope;
    loaded->object = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    loaded->images = scope.images;
  }
  if (!loaded->object) {
    std::fprintf(stderr, "cuport: cannot load the module %s: %s\n", shownName, dlerror());
    return cudaErrorInvalidKernelImage;
  }
  if (loaded->images.empty()) {
    // Loaded before, so its constructor did not run again; or no kernels in it.
    std::fprintf(stderr, "cuport: the module %s brings no kernels: is it made by cuport-cc, and loaded for the first time?\n",
                 shownName);
    dlclose(loaded->object);
    return cudaErrorInvalidKernelImage;
  }
  module = loaded.release();
  return cudaSuccess;
}

// A copy that no other module shares: the same file may be loaded twice, and each has variables of its own.
cudaError_t loadBytes(const void *bytes, size_t size, const char *shownName, Module *&module) {
  int file = memfd_create("cuport-module", MFD_CLOEXEC);
  if (file < 0)
    return cudaErrorOperatingSystem;
  const char *next = static_cast<const char *>(bytes);
  for (size_t left = size; left;) {
    ssize_t done = write(file, next, left);
    if (done <= 0) {
      close(file);
      return cudaErrorOperatingSystem;
    }
    next += done;
    left -= size_t(done);
  }
  std::string path = "/proc/self/fd/" + std::to_string(file);
  cudaError_t error = load(path.c_str(), shownName, module);
  // The loader knows objects by their names, so the number must not come again while the module lives.
  if (error)
    close(file);
  else
    module->file = file;
  return error;
}

// What -rdc=true made is linked by itself, unless it was linked with others before.
cudaError_t loadImage(const void *image, size_t size, const char *shownName, Module *&module) {
  ModuleKind kind = kindOfModule(image, size);
  if (kind == ModuleKind::None) {
    std::fprintf(stderr, "cuport: %s is no module of cuport-cc -cubin, -fatbin or -ptx\n", shownName);
    return cudaErrorInvalidKernelImage;
  }
  if (kind == ModuleKind::Loadable)
    return loadBytes(image, size, shownName, module);
  ModuleLink link;
  if (link.add(image, size, shownName) == ModuleLink::Result::Done && link.complete() == ModuleLink::Result::Done)
    return loadBytes(link.module().data(), link.module().size(), shownName, module);
  std::fputs(link.log().c_str(), stderr);
  return cudaErrorInvalidKernelImage;
}

} // namespace

bool cuport::isModuleFunction(const void *handle) {
  std::shared_lock lock(liveMutex());
  return liveFunctions().count(handle) != 0;
}

cudaError_t cuport::loadModuleFile(const char *path, Module *&module) {
  if (!path)
    return cudaErrorInvalidValue;
  FILE *file = std::fopen(path, "rb");
  if (!file)
    return cudaErrorFileNotFound;
  std::string bytes;
  char buffer[1 << 16];
  while (size_t size = std::fread(buffer, 1, sizeof(buffer), file))
    bytes.append(buffer, size);
  std::fclose(file);
  return loadImage(bytes.data(), bytes.size(), path, module);
}

cudaError_t cuport::loadModuleData(const void *image, Module *&module) {
  if (!image)
    return cudaErrorInvalidValue;
  return loadImage(image, SIZE_MAX, "the module in memory", module);
}

cudaError_t cuport::unloadModule(Module *module) {
  if (!module || module->magic != Module::Magic)
    return cudaErrorInvalidResourceHandle;
  {
    std::lock_guard lock(liveMutex());
    for (auto &[name, function] : module->functions)
      liveFunctions().erase(function.get());
  }
  dlclose(module->object);
  close(module->file);
  module->magic = 0;
  delete module;
  return cudaSuccess;
}

cudaError_t cuport::functionOf(Module &module, const char *name, Function *&function) {
  if (!name)
    return cudaErrorInvalidValue;
  std::lock_guard lock(liveMutex());
  auto &slot = module.functions[name];
  for (const cuport_image *image : module.images)
    for (uint32_t i = 0; !slot && i < image->kernel_count; ++i)
      if (std::strcmp(image->kernels[i].name, name) == 0) {
        slot = std::make_unique<Function>();
        slot->name = name;
        slot->module = &module;
        slot->kernel = &image->kernels[i];
        liveFunctions().insert(slot.get());
      }
  function = slot.get();
  if (!function)
    module.functions.erase(name);
  return function ? cudaSuccess : cudaErrorSymbolNotFound;
}

cudaError_t cuport::variableOf(Module &module, const char *name, const cuport_variable *&variable) {
  if (!name)
    return cudaErrorInvalidValue;
  // nvcc leaves the name of a static variable as it is, clang does not.
  std::string ofStatic = "_ZL" + std::to_string(std::strlen(name)) + name;
  for (const char *each : {name, ofStatic.c_str()})
    for (const cuport_image *image : module.images)
      for (uint32_t i = 0; i < image->variable_count; ++i)
        if (std::strcmp(image->variables[i].name, each) == 0) {
          variable = &image->variables[i];
          return cudaSuccess;
        }
  return cudaErrorSymbolNotFound;
}
