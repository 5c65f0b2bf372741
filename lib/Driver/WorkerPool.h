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
  /// Of processor time, so that a job that ends on one machine does not fail on it when it is busy.
  unsigned SecondsPerJob = 120;
  /// By the clock, without any use of the processor: for jobs that wait for something that does not come.
  unsigned idleSecondsPerJob() const { return 10 * SecondsPerJob; }
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
