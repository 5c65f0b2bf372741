// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Look-up of cards: the built-in ones, overlaid by the user's files (--target=FILE.yaml, the later
// file wins).

#ifndef CUPORT_KNOWLEDGE_TARGETTABLE_H
#define CUPORT_KNOWLEDGE_TARGETTABLE_H

#include "Knowledge/Target.h"

#include "llvm/Support/Error.h"

#include <memory>

namespace cuport {

class TargetTable {
public:
  /// The built-in targets.
  TargetTable();
  ~TargetTable();
  TargetTable(TargetTable &&) noexcept;
  TargetTable &operator=(TargetTable &&) noexcept;

  /// Adds the card of a YAML file in the format of data/targets, or puts what the file says over
  /// the card of the same id. Gives its id; the error is "file:line:column: error: text".
  llvm::Expected<llvm::StringRef> addFile(llvm::StringRef Path);

  /// The card of this id, or of this other word for it; null where there is none. Case does not
  /// matter.
  const Target *find(llvm::StringRef Name) const;

  /// All cards, sorted by id. Valid until the next addFile.
  llvm::ArrayRef<Target> targets() const;

  /// Up to Count ids of cards that are spelt like Name, nearest first.
  std::vector<llvm::StringRef> nearest(llvm::StringRef Name, unsigned Count) const;

private:
  struct State;
  std::unique_ptr<State> S;
};

/// One card as a YAML file that says the same, to start a --target file from.
std::string toYaml(const Target &T);

} // namespace cuport

#endif
