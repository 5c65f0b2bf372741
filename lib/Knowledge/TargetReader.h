// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// One target file on its way into a Target: first all of it is read, then it is checked, so that
// the order of the file's sections does not matter.
//
//   read... (TargetReader.cpp)  ->  ...Text  ->  finish... (TargetFinisher.cpp)  ->  Target

#ifndef CUPORT_KNOWLEDGE_TARGETREADER_H
#define CUPORT_KNOWLEDGE_TARGETREADER_H

#include "Knowledge/TargetLoader.h"
#include "Knowledge/YamlReader.h"

#include "llvm/ADT/StringMap.h"

#include <map>

namespace cuport {

class TargetReader {
public:
  TargetReader(llvm::MemoryBufferRef Buffer, TargetMemory &Memory) : Yaml(Buffer), Memory(Memory) {}

  llvm::Expected<Target> read();

private:
  /// Values of one entry as they stand in the file.
  struct Text {
    llvm::StringRef Value; ///< empty: absent
    llvm::SMLoc At;
    explicit operator bool() const { return !Value.empty(); }
  };
  /// Where an entry says it was seen. Citations are looked up when all sources are known.
  struct EvidenceText {
    std::vector<Text> Sources;
    Text Confidence;
  };
  struct FactText {
    llvm::SMLoc At;
    Text Fact, Value, Note;
    std::vector<Text> For;
    EvidenceText From;
  };
  struct LibraryText {
    llvm::SMLoc At;
    std::map<llvm::StringRef, Text> Values;
    EvidenceText From;
  };
  struct NameText {
    Text Cuda, Name, Lacks, Note;
  };
  struct GroupText {
    llvm::SMLoc At;
    Text Note;
    std::vector<NameText> Names;
    EvidenceText From;
  };
  struct RemarkText {
    llvm::SMLoc At;
    Text What;
    std::vector<Text> For;
    EvidenceText From;
  };

  Text text(llvm::yaml::Node &Node, llvm::StringRef What);
  void texts(llvm::yaml::Node &Node, llvm::StringRef What, std::vector<Text> &Into);
  bool readEvidence(llvm::StringRef Key, llvm::yaml::Node &Value, EvidenceText &Into);
  void readSection(llvm::StringRef Key, llvm::yaml::Node &Value);
  void readGenerations(llvm::yaml::Node &Node);
  void readSources(llvm::yaml::Node &Node);
  void readNaming(llvm::yaml::Node &Node);
  void readFact(llvm::yaml::Node &Node);
  void readLibrary(llvm::yaml::Node &Node);
  void readGroup(llvm::yaml::Node &Node);
  void readRemark(llvm::yaml::Node &Node, std::vector<RemarkText> &Into);

  void finishNaming();
  void finishFacts();
  void finishLibraries();
  void finishNames();
  llvm::ArrayRef<TargetRemark> finishRemarks(llvm::ArrayRef<RemarkText> Remarks);
  std::optional<Evidence> evidence(llvm::SMLoc At, const EvidenceText &From);
  std::optional<llvm::ArrayRef<llvm::StringRef>> generations(llvm::ArrayRef<Text> For);
  bool checkName(const Text &Name, llvm::StringRef What);
  bool checkValue(const FactText &Text, const FactInfo &Info, TargetFact &Fact);

  /// Always false, to be returned.
  bool fail(llvm::SMLoc At, const llvm::Twine &Message) {
    Yaml.error(At, Message);
    return false;
  }

  YamlReader Yaml;
  TargetMemory &Memory;
  Target Result{};
  std::vector<Generation> Generations;
  std::vector<FactSource> Sources;
  llvm::ArrayRef<FactSource> KnownSources; ///< Sources when all are read: what citations point to
  struct SourceUse {
    size_t Index = 0; ///< into Sources
    llvm::SMLoc At;
    bool Cited = false;
  };
  llvm::StringMap<SourceUse> SourceUses; ///< by id
  std::optional<EvidenceText> NamingFrom;
  llvm::SMLoc NamingAt;
  std::vector<FactText> Facts;
  std::vector<LibraryText> Libraries;
  std::vector<GroupText> Groups;
  std::vector<RemarkText> Traps, Remarks;
  size_t NameCount = 0;
};

} // namespace cuport

#endif
