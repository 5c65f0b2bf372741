// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Look-up of CUDA names: the built-in rows, overlaid by the user's (--knowledge=FILE, the later
// file wins).

#ifndef CUPORT_KNOWLEDGE_APITABLE_H
#define CUPORT_KNOWLEDGE_APITABLE_H

#include "Knowledge/ApiRow.h"

#include "llvm/Support/Error.h"

#include <memory>
#include <vector>

namespace cuport {

class ApiTable {
public:
  /// The built-in rows.
  ApiTable();
  ~ApiTable();
  ApiTable(ApiTable &&) noexcept;
  ApiTable &operator=(ApiTable &&) noexcept;

  /// Adds the rows of a YAML file in the format of data/api; a row replaces an earlier one of the
  /// same name and namespace of names (headers and identifiers do not collide). The error is
  /// "file:line:column: error: text".
  llvm::Error addFile(llvm::StringRef Path);

  /// A table with the libraries of this one and no rows.
  ApiTable withoutRows() const;

  /// Adds a row, in place of an earlier one of its name; its text has to outlive the table.
  const ApiRow &add(const ApiRow &Row);

  /// The row of an identifier (function, type, enumerator, macro, variable, keyword, namespace), or
  /// null. Namespaces are found by their spelling, "cub" or "nvcuda::wmma".
  const ApiRow *find(llvm::StringRef Name) const;

  /// The row of a header as an include directive spells it, "cub/block/block_scan.cuh", or null.
  const ApiRow *findInclude(llvm::StringRef Header) const;

  /// All rows, sorted by name; includes last.
  std::vector<const ApiRow *> rows() const;
  /// The rows of headers, sorted by name.
  std::vector<const ApiRow *> includes() const;

  llvm::ArrayRef<ApiLibrary> libraries() const;
  const ApiLibrary &libraryOf(const ApiRow &Row) const { return libraries()[Row.LibraryIndex]; }

  /// Up to Count names nearest in spelling to Name, nearest first, ties by name.
  std::vector<llvm::StringRef> nearest(llvm::StringRef Name, unsigned Count) const;

  /// A hash over all rows, hexadecimal: equal tables, equal hash. Printed in reports.
  std::string fingerprint() const;

private:
  struct State;
  std::unique_ptr<State> S;
};

/// One row as YAML to start a --knowledge file from.
std::string toYaml(const ApiRow &Row, const ApiTable &Table);

} // namespace cuport

#endif
