// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#ifndef CUPORT_SURFACE_COOPERATIVE_GROUPS_H
#define CUPORT_SURFACE_COOPERATIVE_GROUPS_H

#include <cuport/cooperative_groups/grid.h>
#include <cuport/cooperative_groups/partition.h>

#endif
