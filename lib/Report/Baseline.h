// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The places that were known on some day, so that only new ones fail a build. A place is known by its fingerprint: its rule, file,
// name and line of code, not the line's number. Three equal places in a baseline cover three, not a fourth.

#ifndef CUPORT_REPORT_BASELINE_H
#define CUPORT_REPORT_BASELINE_H

#include "Report/ReportModel.h"

#include "llvm/ADT/StringMap.h"
#include "llvm/Support/Error.h"

namespace cuport {

class Baseline {
public:
  /// JSON as write() gives it. Errors say what is wrong, not in which file.
  static llvm::Expected<Baseline> read(llvm::StringRef Json);

  /// The places of the model that are left for a person.
  static Baseline of(const ReportModel &Model);

  /// One place a line, sorted, so that a merge of two baselines conflicts where it should.
  std::string write() const;

  /// The places left for a person that the baseline does not cover, in the model's order, and how many of its own are gone.
  struct Difference {
    std::vector<const Finding *> New;
    size_t Known = 0;
    size_t Fixed = 0;
  };
  Difference compare(const ReportModel &Model) const;

private:
  struct Entry {
    unsigned Count = 0;
    std::string Rule, File, Name; ///< for people who read the file
  };
  llvm::StringMap<Entry> Places; ///< by fingerprint
};

} // namespace cuport

#endif
