// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The vendor's library, found as any program finds it: LD_LIBRARY_PATH, which the vendor's own
// script sets. A backend's .def file lists what it calls there:
//
//   FUNCTION(result, name, (parameters))   has to be there
//   OPTIONAL(result, name, (parameters))   may be missing: the pointer is null then
//   VALUE(name, number)                    an enumerator of the vendor's
//   DIRECTION(name, number, direction)     one that is a Direction of Card.h
//   ERROR(number, cuda)                    what a status is as cudaError_t
//
// Vendor.inc makes the pointers and what else a backend wants of it.
//
// The vendor's headers are not needed, and not used: the list is what there is evidence for.

#ifndef CUPORT_HOST_LIBRARY_H
#define CUPORT_HOST_LIBRARY_H

#include <string>

namespace cuport::host {

class Library {
public:
  /// Empty, or why it could not be loaded. It is never unloaded.
  std::string open(const char *name);
  /// Null where there is no such function; the first name that was missed is kept.
  template <class Function> void find(const char *name, Function *&function) {
    function = reinterpret_cast<Function *>(symbol(name));
  }
  /// Of those that have to be there; empty if there was none.
  template <class Function> void need(const char *name, Function *&function) {
    find(name, function);
    if (!function && missing.empty())
      missing = name;
  }
  std::string missing;

private:
  void *symbol(const char *name);
  void *handle = nullptr;
};

} // namespace cuport::host
#endif
