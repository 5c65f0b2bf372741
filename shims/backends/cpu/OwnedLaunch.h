// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A launch with a copy of its arguments, for whoever runs it later.

#ifndef CUPORT_CPU_OWNEDLAUNCH_H
#define CUPORT_CPU_OWNEDLAUNCH_H

#include "../../runtime/Backend.h"

#include <memory>
#include <new>
#include <vector>

namespace cuport::cpu {

class OwnedLaunch {
public:
  explicit OwnedLaunch(const cuport_launch &from);
  /// Its arguments live as long as this.
  const cuport_launch &get() const { return launch; }

private:
  struct Free {
    void operator()(char *memory) const { ::operator delete[](memory, std::align_val_t(64)); }
  };
  cuport_launch launch;
  std::unique_ptr<char[], Free> storage;
  std::vector<void *> pointers;
};

} // namespace cuport::cpu
#endif
