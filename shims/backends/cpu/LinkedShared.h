// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Shared variables of functions that kernels of other files call (-rdc): memory for those of one block after another.

#ifndef CUPORT_CPU_LINKEDSHARED_H
#define CUPORT_CPU_LINKEDSHARED_H

#include "Block.h"

#include <vector>

namespace cuport::cpu {

class LinkedShared {
public:
  LinkedShared() = default;
  LinkedShared(const LinkedShared &) = delete;
  LinkedShared &operator=(const LinkedShared &) = delete;
  ~LinkedShared();
  /// Stays where it is as long as this lives. Null when there is no memory.
  void *get(cuport_shared_variable &variable);
  bool contains(const void *pointer) const;

private:
  struct Piece {
    unsigned char *memory = nullptr;
    size_t size = 0;
  };
  std::vector<Piece> pieces; ///< by the variable's number
};

} // namespace cuport::cpu
#endif
