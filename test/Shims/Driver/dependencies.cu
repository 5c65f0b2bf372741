// -MD: headers of both halves, for the object that was asked for.

// RUN: rm -rf %t && mkdir %t && touch %t/both.h %t/device.h %t/host.h
// RUN: %cuport-cc -I%t -MD -c %s -o %t/a.o && FileCheck %s --check-prefixes=RULE,ALL < %t/a.d
// RULE: {{^}}{{.*}}a.o:
// RULE-DAG: dependencies.cu
// RULE-DAG: both.h
// RULE-DAG: host.h
// RULE-DAG: device.h
// ALL-DAG: cuda_runtime.h
// RUN: %cuport-cc -I%t -MMD -MT my.o -MF %t/my.dep -c %s -o %t/b.o && FileCheck %s --check-prefix=OWN --implicit-check-not=cuda_runtime < %t/my.dep
// OWN: {{^}}my.o:
// OWN: device.h
// RUN: %cuport-cc -I%t -MM %s | FileCheck %s --check-prefix=ONLY
// ONLY: dependencies.o:{{.*}}dependencies.cu
// Make reads it.
// RUN: printf 'include %t/a.d\n%t/a.o:\n\techo made\n' > %t/Makefile && touch %t/device.h && make -f %t/Makefile %t/a.o | FileCheck %s --check-prefix=MAKE
// MAKE: made

#include "both.h"
#ifdef __CUDA_ARCH__
#include "device.h"
#else
#include "host.h"
#endif
