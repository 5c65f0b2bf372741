// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Library.h"

#include <dlfcn.h>

using namespace cuport::host;

std::string Library::open(const char *name) {
  handle = dlopen(name, RTLD_NOW | RTLD_GLOBAL | RTLD_NODELETE);
  return handle ? "" : dlerror();
}

void *Library::symbol(const char *name) { return dlsym(handle, name); }
