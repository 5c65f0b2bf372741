// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// CUPORT_TRACE=file.json: the program is started again with libcuport-trace.so in front of this library, before its main, so that
// one that is not traced pays for nothing but a look at the environment.

#include "Api.h"

#include <dlfcn.h>
#include <link.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <set>
#include <string>
#include <utility>

namespace {

std::string baseName(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

/// True where the program itself needs the library called so, through others or at once: then it is being started, and nothing of it
/// has run. A library that dlopen brings is not there before main.
bool isNeededByProgram(const std::string &name) {
  std::set<std::string> needed{""};
  for (bool grown = true; grown;) {
    grown = false;
    bool first = true;
    for (const link_map *map = _r_debug.r_map; map; map = map->l_next) {
      if (!std::exchange(first, false) && !needed.count(baseName(map->l_name)))
        continue;
      const char *strings = nullptr;
      for (const ElfW(Dyn) *entry = map->l_ld; entry->d_tag != DT_NULL; ++entry)
        if (entry->d_tag == DT_STRTAB)
          strings = reinterpret_cast<const char *>(entry->d_un.d_ptr);
      for (const ElfW(Dyn) *entry = map->l_ld; strings && entry->d_tag != DT_NULL; ++entry)
        if (entry->d_tag == DT_NEEDED)
          grown |= needed.insert(strings + entry->d_un.d_val).second;
    }
  }
  return needed.count(name);
}

__attribute__((constructor)) void startTraced(int, char **arguments, char **) {
  const char *file = getenv("CUPORT_TRACE");
  if (!file || !*file || dlsym(RTLD_DEFAULT, "cuport_trace_is_here"))
    return;
  Dl_info here;
  if (!dladdr(reinterpret_cast<void *>(&startTraced), &here))
    return;
  std::string own = here.dli_fname;
  std::string library = own.substr(0, own.rfind('/') + 1) + "cuport/libcuport-trace.so";
  const char *why = nullptr;
  if (access(library.c_str(), R_OK) != 0)
    why = "is missing";
  else if (getenv("CUPORT_TRACE_PRELOAD"))
    why = "could not be loaded";
  else if (!isNeededByProgram(baseName(own.c_str())))
    why = "has to be named in LD_PRELOAD, as the program loads libcuport-rt by itself";
  if (!why) {
    const char *before = getenv("LD_PRELOAD");
    setenv("CUPORT_TRACE_PRELOAD", before ? before : "", 1);
    setenv("LD_PRELOAD", (library + (before ? std::string(":") + before : "")).c_str(), 1);
    execv("/proc/self/exe", arguments);
    why = strerror(errno);
  }
  fprintf(stderr, "cuport: CUPORT_TRACE: nothing is traced: %s %s\n", library.c_str(), why);
}

} // namespace
