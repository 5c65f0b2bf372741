// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// What is missing and has a package of its own: a note says which.
// RUN: not %cuport-cc -c -DHEADER='<cub/no_such_header.cuh>' %s -o %t.o 2>&1 | FileCheck %s --check-prefix=CUB
// RUN: not %cuport-cc -c -DHEADER='<thrust/no_such_header.h>' %s -o %t.o 2>&1 | FileCheck %s --check-prefix=CUB
// CUB: advice.cu:[[#]]:[[#]]: fatal error: {{.*}} file not found
// CUB: cuport-cc: note: CUB and Thrust are libraries of their own: apt-get install libcub-dev libthrust-dev
// RUN: not %cuport-cc -c -DHEADER='<other/no_such_header.h>' %s -o %t.o 2>&1 | FileCheck %s --implicit-check-not='cuport-cc: note'
#include HEADER
