// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Diagnostics.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/FormatVariadic.h"
#include "llvm/Support/Regex.h"

#include <vector>

using namespace cuport;
using llvm::StringRef;

namespace {
/// One warning or error with the lines that lead to it and its notes.
struct Message {
  std::string Text;
  enum { Other, Warning, Error } Kind = Other;
};
} // namespace

/// The line without the escapes of colours.
static std::string plain(StringRef Line) {
  std::string Text;
  for (size_t I = 0; I < Line.size(); ++I) {
    if (Line[I] == '\x1b')
      I = std::min(Line.find('m', I), Line.size());
    else
      Text += Line[I];
  }
  return Text;
}

static std::vector<Message> messages(StringRef Text) {
  static const llvm::Regex Count("^[0-9]+ (warning|error)s?( and [0-9]+ errors?)? generated");
  std::vector<Message> Out;
  std::string Leading; // "In file included from": belongs to what comes next
  while (!Text.empty()) {
    StringRef Line;
    std::tie(Line, Text) = Text.split('\n');
    std::string Plain = plain(Line), Whole = Line.str() + "\n";
    StringRef Seen = Plain;
    if (Count.match(Seen))
      continue;
    if (Seen.starts_with("In file included from") || Seen.starts_with("                 from")) {
      Leading += Whole;
      continue;
    }
    bool IsError = Seen.contains("error: "), IsWarning = Seen.contains("warning: ") || Seen.contains("remark: ");
    // A line of the source that is shown has a number and a bar.
    if ((IsError || IsWarning) && !Seen.ltrim(" 0123456789").starts_with("|"))
      Out.push_back({"", IsError ? Message::Error : Message::Warning});
    else if (Out.empty())
      Out.push_back({});
    Out.back().Text += Leading + Whole;
    Leading.clear();
  }
  return Out;
}

std::string cuport::noteOn(StringRef Messages) {
  static constexpr StringRef Headers = "CUB and Thrust are libraries of their own: apt-get install libcub-dev libthrust-dev, or "
                                       "give the folder of their version 1.17 by -isystem";
  static constexpr struct {
    StringRef Seen, Advice;
  } Notes[] = {
      {"'cub/", Headers},
      {"'thrust/", Headers},
      {"library -lomp", "clang's OpenMP is a package of its own: apt-get install libomp-22-dev"},
      // Names of device code end so (shims/passes).
      {"(.cuport)", "device code of another file is found only where both are compiled with -rdc=true"},
  };
  for (const auto &Note : Notes)
    if (Messages.contains(Note.Seen) && (Messages.contains("not found") || Messages.contains("unable to find") ||
                                         Messages.contains("undefined symbol")))
      return ("cuport-cc: note: " + Note.Advice + "\n").str();
  return "";
}

std::string cuport::mergeDiagnostics(StringRef Host, StringRef Device) {
  std::string Text;
  llvm::StringSet<> Seen;
  unsigned Warnings = 0, Errors = 0;
  for (StringRef Half : {Host, Device})
    for (const Message &Next : messages(Half)) {
      if (!Seen.insert(Next.Text).second)
        continue;
      Text += Next.Text;
      Warnings += Next.Kind == Message::Warning;
      Errors += Next.Kind == Message::Error;
    }
  auto Counted = [](unsigned Number, const char *What) {
    return llvm::formatv("{0} {1}{2}", Number, What, Number == 1 ? "" : "s").str();
  };
  if (Warnings && Errors)
    Text += Counted(Warnings, "warning") + " and " + Counted(Errors, "error") + " generated.\n";
  else if (Warnings || Errors)
    Text += Counted(Warnings ? Warnings : Errors, Warnings ? "warning" : "error") + " generated.\n";
  return Text;
}
