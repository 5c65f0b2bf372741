// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Where in the program a call of the API stands: the function of libcuport-rt that it called, and
// return addresses in it.

#ifndef CUPORT_RECORD_SITE_H
#define CUPORT_RECORD_SITE_H

#include "File.h"

#include <map>

namespace cuport::record {

class Sites {
public:
  /// The Site of the call that this thread is in. Modules that were not named before are written to
  /// \p file.
  Fields here(File &file);

private:
  std::map<std::string, uint32_t> modules; ///< by path
};

} // namespace cuport::record

#endif
