// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Reads one YAML document strictly: unknown keys, doubled keys and values of the wrong shape are
// errors with their place. Files come from users, so size, nesting and the characters in texts are
// bounded.
//
//   YamlReader Yaml(Buffer);
//   if (llvm::yaml::Node *Root = Yaml.root())
//     Yaml.mapping(*Root, {"library", "rows"}, [&](llvm::StringRef Key, llvm::yaml::Node &Value) {
//     ... });
//   return Yaml.takeError();
//
// A wrong value is noted and reading goes on; a wrong shape (a list where text belongs) ends the
// reading, because the parser under it would recurse over whatever stands there.

#ifndef CUPORT_KNOWLEDGE_YAMLREADER_H
#define CUPORT_KNOWLEDGE_YAMLREADER_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/Twine.h"
#include "llvm/Support/Error.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/SourceMgr.h"
#include "llvm/Support/YAMLParser.h"

#include <optional>
#include <string>
#include <vector>

namespace cuport {

/// The bytes of a YAML file, or an error where it cannot be read, is not a regular file or is
/// larger than 16 MiB.
llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> readYamlFile(llvm::StringRef Path);

/// A text and where it stands.
struct TextValue {
  std::string Value;
  llvm::SMLoc At;
};

class YamlReader {
public:
  /// The buffer's identifier is the file name of messages.
  explicit YamlReader(llvm::MemoryBufferRef Buffer);

  /// The node of the document, or null after an error.
  llvm::yaml::Node *root();

  /// Calls Each for the entries of a mapping in their order. Keys not in Allowed and keys that
  /// stand twice are errors; an empty Allowed takes any key. Each has to read the value.
  void mapping(llvm::yaml::Node &Map, llvm::ArrayRef<llvm::StringRef> Allowed,
               llvm::function_ref<void(llvm::StringRef Key, llvm::yaml::Node &Value)> Each);

  /// Calls Each for the elements of a list. What names it in messages.
  void sequence(llvm::yaml::Node &List, llvm::StringRef What,
                llvm::function_ref<void(llvm::yaml::Node &)> Each);

  /// The text of a scalar, line breaks folded to blanks. Empty text is allowed, an absent value is
  /// not.
  std::optional<std::string> text(llvm::yaml::Node &Scalar, llvm::StringRef What);

  /// The same with its place; empty text is an error unless it may be.
  std::optional<TextValue> placedText(llvm::yaml::Node &Scalar, llvm::StringRef What,
                                      bool MayBeEmpty = false);

  /// Where a node starts.
  llvm::SMLoc place(const llvm::yaml::Node &Node) const;

  /// Where the key of the entry being read starts; for the Each of mapping().
  llvm::SMLoc keyPlace() const { return KeyPlace; }

  void error(llvm::SMLoc At, const llvm::Twine &Message);

  /// True after an error that ends the reading: what follows it in the file is not known.
  bool stopped() { return Stopped || (Stopped = Stream.failed()); }

  /// Line and column of a place, from 1.
  std::pair<unsigned, unsigned> lineAndColumn(llvm::SMLoc At) const;

  size_t errorCount() const { return Problems.size(); }

  /// Checks that nothing follows the document, and gives all errors as one: lines
  /// "file:line:column: error: text".
  llvm::Error takeError();

private:
  struct Problem {
    unsigned Line, Column;
    std::string Text;
  };

  void stop(llvm::SMLoc At, const llvm::Twine &Message);

  llvm::MemoryBufferRef Buffer;
  mutable llvm::SourceMgr Sources;
  llvm::yaml::Stream Stream;
  llvm::yaml::document_iterator Document; ///< a stream can be begun only once
  llvm::SMLoc KeyPlace; ///< of the entry being read: absent values have no place of their own
  std::vector<Problem> Problems;
  bool Stopped = false;
};

/// "'a', 'b' and 'c'".
std::string quotedList(llvm::ArrayRef<llvm::StringRef> Words);

} // namespace cuport

#endif
