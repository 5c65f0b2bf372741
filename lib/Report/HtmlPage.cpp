// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Report/HtmlPage.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/Base64.h"
#include "llvm/Support/SHA256.h"

#include <functional>

using namespace llvm;

namespace cuport {
namespace {

struct PageFile {
  StringRef Name;
  StringRef Text;
};

constexpr PageFile PageFiles[] = {
#include "Report/PageFiles.inc"
};

StringRef pageFile(StringRef Name) {
  for (const PageFile &File : PageFiles)
    if (File.Name == Name)
      return File.Text;
  llvm_unreachable("not embedded");
}

/// JSON text with each '<' and the line separators of Unicode written as escapes: in JSON these stand in strings only, and inside a
/// script element the one could end it and the others end a line.
std::string inertJson(StringRef Json) {
  std::string Result;
  Result.reserve(Json.size());
  while (!Json.empty()) {
    if (Json.consume_front("<"))
      Result += "\\u003c";
    else if (Json.consume_front("\u2028"))
      Result += "\\u2028";
    else if (Json.consume_front("\u2029"))
      Result += "\\u2029";
    else {
      Result += Json.front();
      Json = Json.drop_front();
    }
  }
  return Result;
}

/// What a content security policy calls the text of a script or style element.
std::string hashOf(StringRef Text) {
  return "sha256-" + encodeBase64(SHA256::hash(arrayRefFromStringRef(Text)));
}

/// The text with what Value says for each {{name}} in it.
void expand(StringRef Template, const std::function<std::string(StringRef)> &Value, raw_ostream &Out) {
  while (!Template.empty()) {
    auto [Text, Rest] = Template.split("{{");
    auto [Name, After] = Rest.split("}}");
    Out << Text;
    if (!Name.empty())
      Out << Value(Name);
    Template = After;
  }
}

} // namespace

void writeHtmlPage(ArrayRef<StringRef> Scripts, StringRef Json, raw_ostream &Out) {
  std::string Script = "\"use strict\";\n";
  for (StringRef Name : Scripts)
    Script += pageFile(Name);
  const StringRef Style = pageFile("page.css");
  expand(
      pageFile("page.html"),
      [&](StringRef Name) -> std::string {
        if (Name == "style")
          return Style.str();
        if (Name == "style-hash")
          return hashOf(Style);
        if (Name == "script")
          return Script;
        if (Name == "script-hash")
          return hashOf(Script);
        if (Name == "catalogue")
          return inertJson(pageFile("messages.json"));
        if (Name == "data")
          return inertJson(Json);
        llvm_unreachable("page.html names nothing else");
      },
      Out);
}

} // namespace cuport
