// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Each function of NCCL's has a second name, with a p in front, for tools that take its place and call it.

#ifndef CUPORT_LIBS_NCCL_NAMES_H
#define CUPORT_LIBS_NCCL_NAMES_H

#define CUPORT_NCCL(returns, name, parameters)                                                                                                       \
  extern "C" __attribute__((alias(#name))) returns p##name parameters;                                                                               \
  extern "C" returns name parameters

#endif
