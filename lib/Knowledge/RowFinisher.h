// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// A row as it stands in the file, and its way into RawRows: checked, reasons looked up, family
// unfolded.
//
//   ApiLoader reads RowText  ->  RowFinisher  ->  RawLibrary::Rows

#ifndef CUPORT_KNOWLEDGE_ROWFINISHER_H
#define CUPORT_KNOWLEDGE_ROWFINISHER_H

#include "Knowledge/ApiLoader.h"
#include "Knowledge/YamlReader.h"

#include "llvm/ADT/StringMap.h"

namespace cuport {

struct ArgumentText {
  llvm::SMLoc At;
  std::optional<unsigned> Index;
  std::optional<ArgumentChange::Kind> What;
  std::string Value;
};

struct FormText {
  llvm::SMLoc At;
  std::optional<unsigned> Arguments;
  std::optional<TextValue> Hip, Verdict, Note;
};

struct ConditionText {
  llvm::SMLoc At;
  std::optional<ArgumentCondition::Kind> What;
  std::vector<TextValue> Values;
  std::optional<TextValue> Argument, Verdict, Note, Source;
  Version Since[2];
};

/// A row as it stands in the file, before it is checked and unfolded.
struct RowText {
  llvm::SMLoc At;
  std::optional<TextValue> Cuda, Kind, Hip, HipLater, Roc, Definition, Of, Value, Expansion, Verdict, Reason,
      Note, Group;
  std::vector<TextValue> Signatures, Fields;
  Version Since[2], Deprecated[2], Removed[2]; ///< of CUDA and of HIP
  std::vector<ArgumentText> Arguments;
  std::vector<FormText> Forms;
  std::vector<ConditionText> Conditions;
};

/// Checks rows and adds them to a library. Problems go to the reader.
class RowFinisher {
public:
  /// More rows than this are an error.
  static constexpr size_t MaxRows = 200000;
  /// Conditions reach this many arguments: a parse marks them in one word.
  static constexpr unsigned MaxConditionIndex = 64;

  RowFinisher(YamlReader &Yaml, RawLibrary &Library, const llvm::StringMap<std::string> &Reasons)
      : Yaml(Yaml), Library(Library), Reasons(Reasons) {}

  void finish(const RowText &Text);

private:
  bool checkKeysOfKind(const RowText &Text, ApiKind Kind);
  bool checkVersions(const RowText &Text);
  bool checkName(llvm::SMLoc At, llvm::StringRef Name, ApiKind Kind, llvm::StringRef What);
  std::optional<Verdict> checkedVerdict(llvm::SMLoc At, const std::optional<TextValue> &Given,
                                        llvm::StringRef Cuda, const std::optional<TextValue> &Hip);
  bool resolveReason(const RowText &Text, RawRow &Row);
  bool finishArguments(const RowText &Text, RawRow &Row);
  bool finishForms(const RowText &Text, RawRow &Row);
  bool finishConditions(const RowText &Text, RawRow &Row);
  std::optional<unsigned> parameterIndex(const RowText &Text, const TextValue &Name, ArgumentCondition::Kind What);
  void unfold(const RowText &Text, const RawRow &Family);

  bool fail(llvm::SMLoc At, const llvm::Twine &Message) {
    Yaml.error(At, Message);
    return false;
  }

  YamlReader &Yaml;
  RawLibrary &Library;
  const llvm::StringMap<std::string> &Reasons;
  llvm::StringMap<unsigned> Lines[2]; ///< identifiers and headers seen, and where
};

} // namespace cuport

#endif
