/* SPDX-FileCopyrightText: the cuport authors
   SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception */

/* CUPORT_RECORD=file: a backend's table in front of another's, which writes what passes and what
   memory became of it.

     libcuport-rt  ->  libcuport-record.so: this table  ->  libcuport-backend-<name>.so
                         |  each operation runs alone and to its end; then memory is compared with
   what it was
                         v
                       file, see lib/Verify/RecordFormat.h

   A program that is not recorded has nothing of it: libcuport-rt loads the library where the
   variable is set. */

#ifndef CUPORT_RECORD_H
#define CUPORT_RECORD_H

#include "runtime/Backend.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What the recorder asks the runtime for: visits every device variable that is there. */
typedef void (*cuport_each_variable)(void (*visit)(const cuport_variable *variable, void *data),
                                     void *data);

/* The one symbol of libcuport-record.so. `behind` is complete and stays. Null: *reason says why
 * nothing can be recorded. */
const cuport_backend *cuport_record(const cuport_backend *behind, cuport_each_variable variables,
                                    const char **reason);

#ifdef __cplusplus
}
#endif
#endif
