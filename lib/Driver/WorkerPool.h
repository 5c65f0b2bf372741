// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Runs jobs in forked processes, so that a job that crashes, hangs or eats the memory costs that job and nothing else.

#ifndef CUPORT_DRIVER_WORKERPOOL_H
#define CUPORT_DRIVER_WORKERPOOL_H

#include <cstddef>
#include <functional>
#include <string>

namespace cuport {

struct WorkerLimits {
  unsigned Workers = 1;
  unsigned SecondsPerJob = 120;
};

struct JobResult {
  std::string Output;  ///< what the job returned
  std::string Failure; ///< why it returned nothing; empty when it did
};

/// Runs Job(0) ... Job(Count - 1), each in one of Limits.Workers processes forked from this one, and calls Done in this
/// process as each ends, in no order. A job's process is replaced after a failure. Must be called with one thread.
void runInWorkers(size_t Count, const WorkerLimits &Limits, const std::function<std::string(size_t)> &Job,
                  const std::function<void(size_t, JobResult)> &Done);

} // namespace cuport

#endif
