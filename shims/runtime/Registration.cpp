// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What constructors of compiled objects call, and the tables that they fill.

#include "Kernel.h"
#include "Memory.h"
#include "Module.h"

#include <cstdio>
#include <cstring>
#include <memory>
#include <shared_mutex>
#include <unordered_map>

using namespace cuport;

namespace {

struct HostVariable {
  std::string name, unit;
  const cuport_variable *variable = nullptr;
  void **managed = nullptr; // the host half's pointer to a __managed__ variable
  bool readNormalized = false; // of a texture reference
};

// What __hipRegisterFatBinary returns: the unit whose stubs are registered next.
struct Unit {
  std::string name;
  std::vector<const void *> stubs, variables;
};

template <class Item> using ByName = std::unordered_map<std::string, std::vector<std::pair<const cuport_image *, const Item *>>>;

struct Registry {
  std::shared_mutex mutex;
  ByName<cuport_kernel> kernels;
  ByName<cuport_variable> variables;
  std::vector<const cuport_image *> images; // modules' too
  std::unordered_map<const void *, std::unique_ptr<Function>> functions; // by stub
  std::unordered_map<const void *, HostVariable> hostVariables;          // by shadow
  std::atomic<uint64_t> generation{1}; // changes when something goes
};

Registry &registry() {
  static Registry &made = *new Registry;
  return made;
}

thread_local ImageScope *imageScope = nullptr;

template <class Item> const Item *find(const ByName<Item> &table, const std::string &name, const std::string &unit) {
  auto it = table.find(name);
  if (it == table.end() || it->second.empty())
    return nullptr;
  for (auto &[image, item] : it->second)
    if (!unit.empty() && unit == image->unit)
      return item;
  return it->second.front().second;
}

template <class Item> void remove(ByName<Item> &table, const char *name, const cuport_image *image) {
  auto it = table.find(name);
  if (it == table.end())
    return;
  std::erase_if(it->second, [&](auto &entry) { return entry.first == image; });
  if (it->second.empty())
    table.erase(it);
}

// The fat binary of a host half is "cuport:<unit>"; clang's wrapper is {magic, version, pointer to it, unused}.
std::string unitOf(const void *wrapper) {
  struct Wrapper {
    uint32_t magic, version;
    const char *binary;
    void *unused;
  };
  constexpr char Prefix[] = "cuport:";
  const char *binary = wrapper ? static_cast<const Wrapper *>(wrapper)->binary : nullptr;
  if (!binary || std::strncmp(binary, Prefix, sizeof(Prefix) - 1) != 0)
    return "";
  return binary + sizeof(Prefix) - 1;
}

} // namespace

ImageScope::ImageScope() : outer(imageScope) { imageScope = this; }
ImageScope::~ImageScope() { imageScope = outer; }

CUPORT_EXPORT void cuport_register_image(const cuport_image *image) {
  if (image->version != CUPORT_IMAGE_VERSION) {
    std::fprintf(stderr, "cuport: kernels of version %u, this runtime wants %d: compile the program again\n", image->version,
                 CUPORT_IMAGE_VERSION);
    return;
  }
  for (uint32_t i = 0; i < image->variable_count; ++i) {
    const cuport_variable &variable = image->variables[i];
    Allocation allocation;
    allocation.begin = static_cast<char *>(variable.address);
    allocation.size = variable.size;
    allocation.kind = variable.flags & CUPORT_VARIABLE_MANAGED ? CUPORT_MEMORY_MANAGED : CUPORT_MEMORY_DEVICE;
    allocation.origin = Origin::Variable;
    if (variable.size)
      addAllocation(allocation);
  }
  Registry &all = registry();
  std::lock_guard lock(all.mutex);
  all.images.push_back(image);
  if (imageScope)
    imageScope->images.push_back(image);
  // A module's kernels are found through the module, not by name in the program.
  if (imageScope && !*image->unit)
    return;
  for (uint32_t i = 0; i < image->kernel_count; ++i)
    all.kernels[image->kernels[i].name].push_back({image, &image->kernels[i]});
  for (uint32_t i = 0; i < image->variable_count; ++i)
    all.variables[image->variables[i].name].push_back({image, &image->variables[i]});
  for (auto &[shadow, host] : all.hostVariables)
    if (host.managed && !host.variable && (host.variable = find(all.variables, host.name, host.unit)))
      *host.managed = host.variable->address;
}

bool cuport::isConstant(const void *pointer) {
  Registry &all = registry();
  std::shared_lock lock(all.mutex);
  for (const cuport_image *image : all.images)
    for (uint32_t i = 0; i < image->variable_count; ++i) {
      const cuport_variable &variable = image->variables[i];
      if (variable.flags & CUPORT_VARIABLE_CONSTANT && uintptr_t(pointer) - uintptr_t(variable.address) < variable.size)
        return true;
    }
  return false;
}

CUPORT_EXPORT void cuport_unregister_image(const cuport_image *image) {
  Registry &all = registry();
  std::lock_guard lock(all.mutex);
  std::erase(all.images, image);
  for (uint32_t i = 0; i < image->kernel_count; ++i) {
    remove(all.kernels, image->kernels[i].name, image);
    for (auto &[stub, function] : all.functions)
      if (function->kernel.load() == &image->kernels[i])
        function->kernel.store(nullptr);
  }
  for (uint32_t i = 0; i < image->variable_count; ++i) {
    remove(all.variables, image->variables[i].name, image);
    removeAllocation(image->variables[i].address);
    for (auto &[shadow, variable] : all.hostVariables)
      if (variable.variable == &image->variables[i])
        variable.variable = nullptr;
  }
  ++all.generation;
}

CUPORT_EXPORT void **__hipRegisterFatBinary(const void *wrapper) {
  return reinterpret_cast<void **>(new Unit{unitOf(wrapper), {}, {}});
}

CUPORT_EXPORT void __hipUnregisterFatBinary(void **handle) {
  std::unique_ptr<Unit> unit(reinterpret_cast<Unit *>(handle));
  if (!unit)
    return;
  Registry &all = registry();
  std::lock_guard lock(all.mutex);
  for (const void *stub : unit->stubs)
    all.functions.erase(stub);
  for (const void *shadow : unit->variables)
    all.hostVariables.erase(shadow);
  ++all.generation;
}

CUPORT_EXPORT void __hipRegisterFunction(void **handle, const void *stub, char *, const char *name, unsigned, void *,
                                         void *, void *, void *, int *) {
  Unit &unit = *reinterpret_cast<Unit *>(handle);
  auto function = std::make_unique<Function>();
  function->name = name;
  function->unit = unit.name;
  Registry &all = registry();
  std::lock_guard lock(all.mutex);
  // An inline template's stub is one symbol for all objects that have it: the first stays.
  if (all.functions.try_emplace(stub, std::move(function)).second)
    unit.stubs.push_back(stub);
}

CUPORT_EXPORT void __hipRegisterVar(void **handle, void *shadow, char *, char *name, int, size_t, int, int) {
  Unit &unit = *reinterpret_cast<Unit *>(handle);
  Registry &all = registry();
  std::lock_guard lock(all.mutex);
  if (all.hostVariables.try_emplace(shadow, HostVariable{name, unit.name}).second)
    unit.variables.push_back(shadow);
}

// The host half reaches a __managed__ variable through a pointer, which has to point to the device's copy. Until the image is
// there it points to the host's own.
CUPORT_EXPORT void __hipRegisterManagedVar(void *handle, void **pointer, void *initial, const char *name, size_t, unsigned) {
  Unit &unit = *static_cast<Unit *>(handle);
  Registry &all = registry();
  std::lock_guard lock(all.mutex);
  HostVariable variable{name, unit.name, find(all.variables, name, unit.name), pointer};
  *pointer = variable.variable ? variable.variable->address : initial;
  if (all.hostVariables.try_emplace(pointer, variable).second)
    unit.variables.push_back(pointer);
}

CUPORT_EXPORT void __hipRegisterTexture(void **handle, const void *shadow, const void **,
                                        const char *name, int, int readMode, int) {
  Unit &unit = *reinterpret_cast<Unit *>(handle);
  Registry &all = registry();
  std::lock_guard lock(all.mutex);
  HostVariable variable{name, unit.name};
  variable.readNormalized = readMode == cudaReadModeNormalizedFloat;
  if (all.hostVariables.try_emplace(shadow, variable).second)
    unit.variables.push_back(shadow);
}

CUPORT_EXPORT void __hipRegisterSurface(void **handle, const void *shadow, const void **, const char *name, int, int) {
  __hipRegisterTexture(handle, shadow, nullptr, name, 0, cudaReadModeElementType, 0);
}

cudaError_t cuport::functionOf(const void *handle, Function *&function) {
  // A program launches the same few kernels again and again.
  struct Recent {
    const void *handle = nullptr;
    Function *function = nullptr;
    uint64_t generation = 0;
  };
  static thread_local Recent recent;
  Registry &all = registry();
  uint64_t generation = all.generation.load(std::memory_order_acquire);
  if (recent.handle == handle && recent.generation == generation && handle) [[likely]] {
    function = recent.function;
    return cudaSuccess;
  }
  std::shared_lock lock(all.mutex);
  auto it = all.functions.find(handle);
  if (it != all.functions.end())
    function = it->second.get();
  else if (isModuleFunction(handle))
    function = static_cast<Function *>(const_cast<void *>(handle));
  else {
    // cudaGetFuncBySymbol and cudaGetKernel give the Function itself.
    function = nullptr;
    for (auto &[stub, known] : all.functions)
      if (known.get() == handle)
        function = known.get();
    if (!function)
      return cudaErrorInvalidDeviceFunction;
  }
  if (!function->kernel.load(std::memory_order_acquire)) {
    const cuport_kernel *kernel = find(all.kernels, function->name, function->unit);
    if (!kernel)
      return cudaErrorInvalidDeviceFunction;
    function->kernel.store(kernel, std::memory_order_release);
  }
  recent = {handle, function, generation};
  return cudaSuccess;
}

void cuport::eachVariable(void (*visit)(const cuport_variable *, void *), void *data) {
  Registry &all = registry();
  std::shared_lock lock(all.mutex);
  for (const cuport_image *image : all.images)
    for (uint32_t i = 0; i < image->variable_count; ++i)
      visit(&image->variables[i], data);
}

bool cuport::readsNormalized(const void *symbol) {
  Registry &all = registry();
  std::lock_guard lock(all.mutex);
  auto it = all.hostVariables.find(symbol);
  return it != all.hostVariables.end() && it->second.readNormalized;
}

cudaError_t cuport::variableOf(const void *symbol, const cuport_variable *&variable) {
  Registry &all = registry();
  std::lock_guard lock(all.mutex);
  auto it = all.hostVariables.find(symbol);
  if (it != all.hostVariables.end()) {
    if (!it->second.variable)
      it->second.variable = find(all.variables, it->second.name, it->second.unit);
    variable = it->second.variable;
    return variable ? cudaSuccess : cudaErrorInvalidSymbol;
  }
  // A __managed__ variable's name in host code means the device's copy itself.
  for (auto &[name, list] : all.variables)
    for (auto &[image, candidate] : list)
      if (candidate->address == symbol && (candidate->flags & CUPORT_VARIABLE_MANAGED)) {
        variable = candidate;
        return cudaSuccess;
      }
  return cudaErrorInvalidSymbol;
}
