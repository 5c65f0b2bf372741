// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Reads and checks the YAML of PTX rows in the format of docs/KnowledgeFormat.md.
//
//   data/ptx/*.yaml  ->  RawPtxGroup { RawPtxRow[] }  ->  cuport-gen
//
// Rows come out complete, families unfolded.

#ifndef CUPORT_KNOWLEDGE_PTXLOADER_H
#define CUPORT_KNOWLEDGE_PTXLOADER_H

#include "Knowledge/PtxRow.h"

#include "llvm/Support/Error.h"

#include <string>
#include <vector>

namespace cuport {

/// A row as in YAML; PtxRow describes the members.
struct RawPtxRow {
  std::string Name;
  PtxExactness Exactness = PtxExactness::None;
  bool RunsOnCpu = false;
  unsigned Since = 0, Uses = 0, Repositories = 0;
  std::string Meaning, Hip, Note, Sample;
  std::vector<std::pair<std::string, std::string>> Remarks; ///< target, text
  unsigned Line = 0, Column = 0;                            ///< of the name, from 1
};

struct RawPtxGroup {
  std::string File; ///< as it was given
  std::string Id, Title, Source;
  std::vector<RawPtxRow> Rows; ///< in the file's order
};

/// Reads the files of one table: names and group ids stand only once in all of them. The error's
/// text is one or more lines "file:line:column: error: text".
llvm::Expected<std::vector<RawPtxGroup>> loadPtxFiles(llvm::ArrayRef<std::string> Paths);

} // namespace cuport

#endif
