// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The four operations of images and of signals. The second operand is what is subtracted from and divided, as in NPP.

#ifndef CUPORT_LIBS_NPP_OPERATIONS_H
#define CUPORT_LIBS_NPP_OPERATIONS_H

namespace cuport::npp {

struct Plus {
  template <class C> C operator()(C a, C b) const { return a + b; }
};
struct FromSecond {
  template <class C> C operator()(C a, C b) const { return b - a; }
};
struct Times {
  template <class C> C operator()(C a, C b) const { return a * b; }
};
struct IntoSecond {
  template <class C> C operator()(C a, C b) const { return b / a; }
};

} // namespace cuport::npp

#endif
