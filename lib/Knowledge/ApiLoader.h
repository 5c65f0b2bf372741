// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Reads and checks YAML in the format of docs/KnowledgeFormat.md.
//
//   data/api/*.yaml, --knowledge=FILE  ->  RawLibrary { RawRow[] }  ->  cuport-gen, ApiTable
//
// Rows come out complete: families unfolded, ids of reasons replaced by their sentence, the verdict
// derived.

#ifndef CUPORT_KNOWLEDGE_APILOADER_H
#define CUPORT_KNOWLEDGE_APILOADER_H

#include "Knowledge/ApiRow.h"

#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"

#include <optional>
#include <string>
#include <vector>

namespace cuport {

struct RawArgument {
  unsigned Index;
  ArgumentChange::Kind What;
  std::string Text;
};

struct RawForm {
  unsigned Arguments;
  std::string Hip, Note;
  cuport::Verdict Verdict;
};

struct RawCondition {
  std::string Argument;
  unsigned Index;
  ArgumentCondition::Kind What;
  cuport::Verdict Verdict;
  Version HipSince;
  std::vector<std::string> Values;
  std::string Note, Source;
};

/// A row as in YAML; the key of the same name describes each member.
struct RawRow {
  std::string Cuda;
  ApiKind Kind = ApiKind::Function;
  cuport::Verdict Verdict = Verdict::Unknown;
  std::string Hip, HipLater, Roc, Group, Reason, Note;
  std::vector<std::string> Signatures;
  std::string Definition; ///< empty: none
  std::vector<std::string> Fields;
  std::string Of;                       ///< of enumerators: the enum's name, empty where not given
  std::string Value;                    ///< of enumerators: empty for one more than the one before
  std::optional<std::string> Expansion; ///< of macros
  Version CudaSince, CudaDeprecated, CudaRemoved;
  Version HipSince, HipDeprecated, HipRemoved;
  std::vector<RawArgument> Arguments;
  std::vector<RawForm> Forms;
  std::vector<RawCondition> Conditions;
  unsigned Line = 0, Column = 0; ///< of the name, from 1
};

struct RawLibrary {
  std::string File; ///< as it was given
  std::string Id, Title, Header, HipHeader;
  std::string LegacyHeader; ///< declares an older interface's functions, of the same names; mostly empty
  std::vector<RawRow> Rows; ///< in the file's order
};

/// Reads one file. The error's text is one or more lines "file:line:column: error: text".
llvm::Expected<RawLibrary> loadApiFile(llvm::StringRef Path);

/// The same for text already in memory; its identifier is the file name of messages.
llvm::Expected<RawLibrary> parseApi(llvm::MemoryBufferRef Buffer);

/// Reads the files of one table: names and library ids stand only once in all of them.
llvm::Expected<std::vector<RawLibrary>> loadApiFiles(llvm::ArrayRef<std::string> Paths);

/// The verdict that a row without the key `verdict` has.
Verdict defaultVerdict(llvm::StringRef Cuda, llvm::StringRef Hip);

/// The overloads of a function in one text, as ApiRow::Signature holds them: one a line.
std::string joinSignatures(const RawRow &Row);

} // namespace cuport

#endif
