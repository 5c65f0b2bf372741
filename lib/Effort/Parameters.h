// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The numbers of the effort model, each with low, expected and high and where it comes from. docs/EffortModel.md explains them.
//
//   lib/Knowledge/data/effort.yaml  (built in)  +  --effort=FILE  ->  Parameters

#ifndef CUPORT_EFFORT_PARAMETERS_H
#define CUPORT_EFFORT_PARAMETERS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBufferRef.h"

#include <optional>
#include <string>
#include <vector>

namespace cuport {

enum class ParameterId : uint8_t {
#define PARAMETER(ENUMERATOR, SPELLING) ENUMERATOR,
#include "Effort/Parameters.def"
};

/// Low is the cheap end and High the dear one, so a rate falls from Low to High: one case of ten lies beyond each.
struct ModelParameter {
  std::string Id, Title, Unit;
  double Low = 0, Expected = 0, High = 0;
  std::string Basis;    ///< "measured", "assumption", ... and from how many cases
  std::string Source;   ///< what was measured and when; may be empty for an assumption
  bool FromUser = false; ///< a file of the user's says so
};

/// Where a recommendation changes.
struct Threshold {
  std::string Id, Title;
  double Value = 0;
};

/// One line of the back-test, as test/Bench/effort_backtest.py measured it. What was not measured is empty.
struct BacktestRow {
  std::string Data;      ///< "hecbench", "ports"
  std::string Predictor; ///< what predicted the hand-edited lines
  std::string Source;    ///< what was measured and when
  unsigned Cases = 0;
  std::optional<double> Spearman, Auc, Top20;          ///< of the first
  std::optional<double> MeanFactor, WithinThree, Covered; ///< of the second; Covered: by the interval P10 to P90
};

class Parameters {
public:
  /// The built-in ones.
  static Parameters builtin();

  /// Puts the parameters and thresholds of a file over these. The error has lines "file:line:column: error: text".
  llvm::Error overlay(llvm::MemoryBufferRef File);

  const ModelParameter &operator[](ParameterId Id) const { return All[size_t(Id)]; }
  llvm::ArrayRef<ModelParameter> all() const { return All; }
  double threshold(llvm::StringRef Id) const;
  llvm::ArrayRef<Threshold> thresholds() const { return Limits; }
  llvm::ArrayRef<BacktestRow> backtest() const { return Tests; }

  /// Of the model: numbers move only when it does.
  llvm::StringRef model() const { return Model; }
  /// Of all values, as hexadecimal digits.
  std::string fingerprint() const;

private:
  friend class ParameterReader;
  std::string Model;
  std::vector<ModelParameter> All; ///< by ParameterId
  std::vector<Threshold> Limits;
  std::vector<BacktestRow> Tests;
};

} // namespace cuport

#endif
