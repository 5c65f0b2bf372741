// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Site.h"

#include <dlfcn.h>
#include <execinfo.h>
#include <sys/stat.h>
#include <unistd.h>

#include <iterator>
#include <vector>

using namespace cuport::record;

namespace {

constexpr size_t KeptFrames = 6;

/// The runtime, a backend, the recorder: libcuport-*.so.
bool isOurs(std::string_view path) {
  size_t slash = path.rfind('/');
  std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  return name.substr(0, 10) == "libcuport-";
}

/// The program itself has the name that it was started by, which says nothing from another folder.
std::string pathOf(const char *name) {
  if (strchr(name, '/')) {
    char *real = realpath(name, nullptr);
    std::string path = real ? real : name;
    free(real);
    return path;
  }
  char path[4096];
  ssize_t size = readlink("/proc/self/exe", path, sizeof path);
  return size > 0 ? std::string(path, size_t(size)) : name;
}

} // namespace

Fields Sites::here(File &file) {
  void *frames[48];
  const int count = backtrace(frames, int(std::size(frames)));
  std::string api;
  std::vector<std::pair<uint32_t, uint64_t>> kept;
  bool seenRuntime = false;
  for (int i = 0; i < count && kept.size() < KeptFrames; ++i) {
    // A return address may be the next function's first.
    char *address = static_cast<char *>(frames[i]) - 1;
    Dl_info info{};
    if (!dladdr(address, &info) || !info.dli_fname)
      continue;
    if (isOurs(info.dli_fname)) {
      if (kept.empty()) {
        seenRuntime = true;
        api = info.dli_sname ? info.dli_sname : "";
      }
      continue;
    }
    if (!seenRuntime)
      continue;
    auto [module, isNew] = modules.try_emplace(pathOf(info.dli_fname), uint32_t(modules.size()));
    if (isNew) {
      struct stat state{};
      stat(module->first.c_str(), &state);
      Fields fields;
      fields.u32(module->second);
      fields.text(module->first);
      fields.u64(uint64_t(state.st_size));
      fields.u64(uint64_t(state.st_mtime));
      file.write(Entry::Module, fields);
    }
    kept.push_back({module->second, uint64_t(address - static_cast<char *>(info.dli_fbase))});
  }
  Fields site;
  site.text(api);
  site.u32(uint32_t(kept.size()));
  for (auto [module, offset] : kept) {
    site.u32(module);
    site.u64(offset);
  }
  return site;
}
