// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/YamlReader.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/JSON.h"

using namespace cuport;
using llvm::StringRef;

static constexpr uint64_t MaxFileSize = 16 << 20;
static constexpr size_t MaxTextSize = 64 << 10;
static constexpr size_t MaxProblems = 50;

llvm::Expected<std::unique_ptr<llvm::MemoryBuffer>> cuport::readYamlFile(StringRef Path) {
  llvm::sys::fs::file_status Status;
  if (std::error_code EC = llvm::sys::fs::status(Path, Status))
    return llvm::createFileError(Path, EC);
  if (!llvm::sys::fs::is_regular_file(Status))
    return llvm::createFileError(Path, llvm::createStringError("not a regular file"));
  if (Status.getSize() > MaxFileSize)
    return llvm::createFileError(Path, llvm::createStringError("larger than 16 MiB"));
  auto Buffer = llvm::MemoryBuffer::getFile(Path);
  if (!Buffer)
    return llvm::createFileError(Path, Buffer.getError());
  return std::move(*Buffer);
}

std::string cuport::quotedList(llvm::ArrayRef<StringRef> Words) {
  std::string Text;
  for (size_t I = 0; I < Words.size(); ++I) {
    if (I)
      Text += I + 1 == Words.size() ? " and " : ", ";
    Text += ("'" + Words[I] + "'").str();
  }
  return Text;
}

YamlReader::YamlReader(llvm::MemoryBufferRef Buffer)
    : Buffer(Buffer), Stream(Buffer, Sources, /*ShowColors=*/false) {
  Sources.setDiagHandler(
      [](const llvm::SMDiagnostic &D, void *Self) {
        static_cast<YamlReader *>(Self)->Problems.push_back(
            {unsigned(std::max(D.getLineNo(), 1)), unsigned(D.getColumnNo() + 1),
             "not valid YAML: " + D.getMessage().str()});
      },
      this);
}

llvm::yaml::Node *YamlReader::root() {
  size_t BadByte = 0;
  if (!llvm::json::isUTF8(Buffer.getBuffer(), &BadByte)) {
    StringRef Before = Buffer.getBuffer().take_front(BadByte);
    Problems.push_back({unsigned(Before.count('\n') + 1),
                        unsigned(Before.size() - (Before.rfind('\n') + 1) + 1), "not UTF-8"});
    Stopped = true;
    return nullptr;
  }
  Document = Stream.begin();
  if (stopped() || Document == Stream.end())
    return nullptr;
  llvm::yaml::Node *Root = Document->getRoot();
  return stopped() ? nullptr : Root;
}

std::pair<unsigned, unsigned> YamlReader::lineAndColumn(llvm::SMLoc At) const {
  return At.isValid() ? Sources.getLineAndColumn(At) : std::pair<unsigned, unsigned>(1, 1);
}

llvm::SMLoc YamlReader::place(const llvm::yaml::Node &Node) const {
  llvm::SMLoc Start = Node.getSourceRange().Start;
  // The parser gives neither of these the place where it stands.
  bool Placeless = llvm::isa<llvm::yaml::NullNode, llvm::yaml::AliasNode>(Node);
  return Start.isValid() && !Placeless ? Start : KeyPlace;
}

void YamlReader::error(llvm::SMLoc At, const llvm::Twine &Message) {
  auto [Line, Column] = lineAndColumn(At);
  Problems.push_back({Line, Column, Message.str()});
  Stopped |= Problems.size() >= MaxProblems;
}

void YamlReader::stop(llvm::SMLoc At, const llvm::Twine &Message) {
  error(At, Message);
  Stopped = true;
}

void YamlReader::mapping(llvm::yaml::Node &Map, llvm::ArrayRef<StringRef> Allowed,
                         llvm::function_ref<void(StringRef, llvm::yaml::Node &)> Each) {
  if (stopped())
    return;
  auto *Entries = llvm::dyn_cast<llvm::yaml::MappingNode>(&Map);
  if (!Entries)
    return stop(place(Map), "'key: value' entries expected here");
  llvm::StringSet<> Seen;
  // Leaving the loop without ++ keeps the parser from walking over what was not read.
  for (auto It = Entries->begin(); !stopped() && It != Entries->end(); ++It) {
    auto *KeyNode = llvm::dyn_cast_or_null<llvm::yaml::ScalarNode>(It->getKey());
    if (stopped())
      return;
    if (!KeyNode)
      return stop(place(Map), "a key of this mapping is not plain text");
    llvm::SMLoc At = KeyPlace = KeyNode->getSourceRange().Start;
    llvm::SmallString<32> Storage;
    std::string Key = KeyNode->getValue(Storage).str();
    llvm::yaml::Node *Value = It->getValue();
    if (stopped() || !Value)
      return;
    if (!Seen.insert(Key).second)
      return stop(At, "key '" + Key + "' stands twice");
    if (!Allowed.empty() && !llvm::is_contained(Allowed, Key)) {
      error(At, "unknown key '" + Key + "'; known are " + quotedList(Allowed));
      if (!llvm::isa<llvm::yaml::ScalarNode, llvm::yaml::BlockScalarNode, llvm::yaml::NullNode>(
              Value))
        Stopped = true;
    } else {
      Each(Key, *Value);
    }
    if (stopped())
      return;
  }
}

void YamlReader::sequence(llvm::yaml::Node &List, StringRef What,
                          llvm::function_ref<void(llvm::yaml::Node &)> Each) {
  if (stopped())
    return;
  auto *Elements = llvm::dyn_cast<llvm::yaml::SequenceNode>(&List);
  if (!Elements)
    return stop(place(List), "'" + What + "' has to be a list");
  for (auto It = Elements->begin(); !stopped() && It != Elements->end(); ++It) {
    Each(*It);
    if (stopped())
      return;
  }
}

/// Line breaks and the blanks around them become one blank.
static std::string fold(StringRef Text) {
  std::string Result;
  Text = Text.trim("\r\n");
  while (!Text.empty()) {
    auto [Line, Rest] = Text.split('\n');
    if (!Result.empty())
      Result += ' ';
    Result += Rest.empty() && Result.empty() ? Line : Line.trim();
    Text = Rest.ltrim();
  }
  return Result;
}

std::optional<std::string> YamlReader::text(llvm::yaml::Node &Node, StringRef What) {
  if (stopped())
    return std::nullopt;
  std::string Text;
  if (auto *Scalar = llvm::dyn_cast<llvm::yaml::ScalarNode>(&Node)) {
    llvm::SmallString<256> Storage;
    Text = fold(Scalar->getValue(Storage));
  } else if (auto *Block = llvm::dyn_cast<llvm::yaml::BlockScalarNode>(&Node)) {
    Text = fold(Block->getValue());
  } else if (llvm::isa<llvm::yaml::NullNode>(&Node)) {
    error(place(Node), "'" + What + "' has no value");
    return std::nullopt;
  } else {
    stop(place(Node), "'" + What + "' has to be text");
    return std::nullopt;
  }
  if (Text.size() > MaxTextSize) {
    error(place(Node), "'" + What + "' is longer than 64 KiB");
    return std::nullopt;
  }
  if (llvm::any_of(Text, [](unsigned char C) { return C < 0x20 || C == 0x7f; })) {
    error(place(Node), "'" + What + "' has a control character in it");
    return std::nullopt;
  }
  return Text;
}

std::optional<TextValue> YamlReader::placedText(llvm::yaml::Node &Node, StringRef What, bool MayBeEmpty) {
  llvm::SMLoc At = place(Node);
  auto Value = text(Node, What);
  if (!Value)
    return std::nullopt;
  if (Value->empty() && !MayBeEmpty) {
    error(At, "'" + What + "' is empty");
    return std::nullopt;
  }
  return TextValue{std::move(*Value), At};
}

llvm::Error YamlReader::takeError() {
  if (!stopped() && Document != Stream.end() && ++Document != Stream.end() && !Stream.failed())
    error(llvm::SMLoc(), "more than one YAML document in the file");
  if (Problems.empty())
    return llvm::Error::success();
  llvm::sort(Problems, [](const Problem &A, const Problem &B) {
    return std::tie(A.Line, A.Column, A.Text) < std::tie(B.Line, B.Column, B.Text);
  });
  std::string Lines;
  for (const Problem &P : Problems) {
    if (!Lines.empty())
      Lines += '\n';
    Lines += (Buffer.getBufferIdentifier() + ":" + llvm::Twine(P.Line) + ":" +
              llvm::Twine(P.Column) + ": error: " + P.Text)
                 .str();
  }
  return llvm::createStringError(Lines);
}
