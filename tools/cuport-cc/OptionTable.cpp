// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "OptionTable.h"

#include "llvm/ADT/SmallVector.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/CommandLine.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/StringSaver.h"

using namespace cuport;
using llvm::StringRef;

static constexpr OptionRow Table[] = {
#define OPTION(WHAT, HOW, SPELLINGS, NOTE) {Meaning::WHAT, Form::HOW, SPELLINGS, NOTE},
#include "Options.def"
#undef OPTION
};

llvm::ArrayRef<OptionRow> cuport::optionTable() { return Table; }

namespace {
/// A row by one of its spellings.
struct Match {
  const OptionRow *Row = nullptr;
  StringRef Spelling;
};
} // namespace

static bool takesValue(Form How) { return How != Form::Flag && How != Form::Prefix; }

template <class Accepts> static Match longest(Accepts Accepted) {
  Match Best;
  for (const OptionRow &Row : Table) {
    llvm::SmallVector<StringRef, 8> Spellings;
    Row.Spellings.split(Spellings, '|');
    for (StringRef Spelling : Spellings)
      if (Spelling.size() > Best.Spelling.size() && Accepted(Row, Spelling))
        Best = {&Row, Spelling};
  }
  return Best;
}

/// The row for Given: a whole spelling first, then one before '=', then the longest beginning.
static Match match(StringRef Given) {
  Match Whole = longest([&](const OptionRow &, StringRef Spelling) { return Spelling == Given; });
  if (Whole.Row)
    return Whole;
  StringRef Head = Given.take_until([](char C) { return C == '='; });
  if (Head.size() < Given.size()) {
    Match Split = longest([&](const OptionRow &Row, StringRef Spelling) { return takesValue(Row.How) && Spelling == Head; });
    if (Split.Row)
      return Split;
  }
  return longest([&](const OptionRow &Row, StringRef Spelling) {
    // A word that follows a long name without a space or '=' is a misspelt name.
    bool Open = Row.How == Form::Prefix || (Row.How == Form::Glued && !Spelling.starts_with("--"));
    return Open && Given.starts_with(Spelling);
  });
}

static llvm::Error wordsOfFile(StringRef Path, std::vector<std::string> &Out) {
  auto Buffer = llvm::MemoryBuffer::getFile(Path, /*IsText=*/true);
  if (!Buffer)
    return llvm::createFileError(Path, Buffer.getError());
  llvm::BumpPtrAllocator Allocator;
  llvm::StringSaver Saver(Allocator);
  llvm::SmallVector<const char *, 32> Words;
  llvm::cl::TokenizeGNUCommandLine((*Buffer)->getBuffer(), Saver, Words);
  Out.insert(Out.end(), Words.begin(), Words.end());
  return llvm::Error::success();
}

static llvm::Error read(llvm::ArrayRef<std::string> Given, unsigned Depth, std::vector<Word> &Out) {
  if (Depth > 16)
    return llvm::createStringError("option files name each other");
  for (size_t I = 0; I < Given.size(); ++I) {
    StringRef Text = Given[I];
    std::vector<std::string> Inner;
    if (Text.size() > 1 && Text[0] == '@') {
      if (llvm::Error Failed = wordsOfFile(Text.drop_front(), Inner))
        return Failed;
      if (llvm::Error Failed = read(Inner, Depth + 1, Out))
        return Failed;
      continue;
    }
    Word Next;
    Next.Text = Text.str();
    if (Text.size() > 1 && Text[0] == '-') {
      auto [Row, Spelling] = match(Text);
      Next.Row = Row;
      Next.Spelling = Spelling.str();
      if (Row && Row->How == Form::Prefix) {
        Next.Value = Text.str();
        // nvcc takes -O 3 for -O3.
        if (Text == "-O" && I + 1 < Given.size() && Given[I + 1].size() == 1 && llvm::isDigit(Given[I + 1][0]))
          Next.Value += Given[++I];
      } else if (Row && takesValue(Row->How)) {
        StringRef Rest = Text.drop_front(Spelling.size());
        if (Rest.consume_front("=") || !Rest.empty())
          Next.Value = Rest.str();
        else if (I + 1 < Given.size())
          Next.Value = Given[++I];
        else
          return llvm::createStringError("'%s' wants a value", Next.Text.c_str());
      }
    }
    if (Next.Row && Next.Row->What == Meaning::OptionsFile) {
      for (StringRef Path : llvm::split(Next.Value, ','))
        if (llvm::Error Failed = wordsOfFile(Path, Inner))
          return Failed;
      if (llvm::Error Failed = read(Inner, Depth + 1, Out))
        return Failed;
      continue;
    }
    Out.push_back(std::move(Next));
  }
  return llvm::Error::success();
}

llvm::Expected<std::vector<Word>> cuport::readWords(llvm::ArrayRef<std::string> Words) {
  std::vector<Word> Out;
  if (llvm::Error Failed = read(Words, 0, Out))
    return std::move(Failed);
  return Out;
}

StringRef cuport::nearestSpelling(StringRef Given) {
  StringRef Name = Given.take_until([](char C) { return C == '='; });
  unsigned Near = Name.size() / 3 + 1;
  StringRef Best;
  std::pair<unsigned, size_t> BestCost(Near + 1, 0); // distance, then difference in length
  for (const OptionRow &Row : Table)
    for (StringRef Spelling : llvm::split(Row.Spellings, '|')) {
      if (Spelling.size() <= 2)
        continue;
      if (Name.size() > 3 && Spelling.starts_with(Name))
        return Spelling;
      size_t Longer = std::max(Name.size(), Spelling.size()) - std::min(Name.size(), Spelling.size());
      std::pair Cost(Name.edit_distance(Spelling, /*AllowReplacements=*/true, Near + 1), Longer);
      if (Cost < BestCost) {
        Best = Spelling;
        BestCost = Cost;
      }
    }
  return Best;
}
