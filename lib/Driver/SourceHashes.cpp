// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Driver/SourceHashes.h"

llvm::StringRef cuport::rulesHash() {
  return
#include "Driver/RulesHash.inc"
      ;
}

llvm::StringRef cuport::reportsHash() {
  return
#include "Driver/ReportsHash.inc"
      ;
}
