// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Markdown.h"
#include "Output.h"
#include "Verbs.h"

#include "Knowledge/TargetText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace cuport;
using namespace cuport::gen;
using llvm::StringRef;

static constexpr StringRef HowToRead =
    "Everything here comes from public material: vendors' pages and repositories, and code of "
    "others that runs on the "
    "cards. Each fact says where it was seen, the date of that state, and how sure it is: *high* "
    "where it stands in the "
    "vendor's material or in code that runs on the card, *medium* where a mapping table, converted "
    "code or somebody else "
    "says so, *low* where it is concluded. What has no evidence is *unknown* and no \"no\". None "
    "of it was tried on a "
    "card here. Who knows better can say so in a file: `cuport targets --template` writes one to "
    "fill, `--check` "
    "checks it, `--target=FILE` uses it ([format](../TargetFormat.md)).\n";

static std::string origin(StringRef File) {
  return ("<!-- Written by cuport-gen target-docs. Edit lib/Knowledge/data/targets" + File +
          " instead. -->\n\n")
      .str();
}

/// "torch_musa: path; flagtree: path", short ids of the sources listed at the end of the page.
static std::string citations(const Evidence &From) {
  std::string Text;
  for (const Citation &C : From.Citations) {
    Text += (Text.empty() ? "" : "; ") + code(C.Source->Id);
    if (!C.Where.empty())
      Text += " " + cell(C.Where);
  }
  return Text;
}

static std::string generations(llvm::ArrayRef<StringRef> For) {
  return For.empty() ? "" : " (" + llvm::join(For, ", ") + ")";
}

static std::string withNote(std::string Text, StringRef Note) {
  return Note.empty() ? Text : Text.empty() ? cell(Note) : Text + "; " + cell(Note);
}

static std::string sure(const Evidence &From) { return factConfidenceName(From.Confidence).str(); }

static void addFacts(std::string &Page, const Target &Card) {
  StringRef Group;
  for (const TargetFact &Fact : Card.Facts) {
    const FactInfo &Info = factInfo(Fact.Key);
    if (Info.Group != Group) {
      Group = Info.Group;
      Page += ("\n## " + Group + "\n\n").str() + tableHead({"", "", "sure", "seen in"});
    }
    Page += tableLine({cell(Info.Title),
                       withNote(cell(valueText(Fact) + generations(Fact.For)), Fact.Note),
                       sure(Fact.From), citations(Fact.From)});
  }
  std::vector<std::string> Unknown;
  for (const FactInfo *Info : unknownFacts(Card))
    Unknown.push_back(Info->Title.str());
  if (!Unknown.empty())
    Page += "\nUnknown: " + llvm::join(Unknown, ", ") + ".\n";
}

static void addLibraries(std::string &Page, const Target &Card) {
  Page += "\n## Libraries\n\n";
  std::vector<std::string> Unknown;
  std::string Lines;
  for (const TargetLibraryInfo &Info : allTargetLibraries()) {
    const TargetLibrary *L = Card.library(Info.Key);
    if (!L) {
      Unknown.push_back(Info.Title.str());
      continue;
    }
    std::string Interface = L->Interface == TargetLibrary::AsCuda ? "as CUDA's"
                            : L->Interface == TargetLibrary::Own  ? "its own"
                                                                  : "";
    Lines += tableLine({Info.Title.str(), L->Name.empty() ? "none" : cell(L->Name), code(L->Header),
                        cell(L->Link), code(L->Prefix), Interface, cell(L->Note), sure(L->From),
                        citations(L->From)});
  }
  if (!Lines.empty())
    Page += tableHead({"CUDA", "here", "header", "link", "names begin", "calls", "remarks", "sure",
                       "seen in"}) +
            Lines;
  if (!Unknown.empty())
    Page +=
        (Lines.empty() ? "" : "\n") + std::string("Unknown: ") + llvm::join(Unknown, ", ") + ".\n";
}

static void addNames(std::string &Page, const Target &Card) {
  const NamingRule &Rule = Card.Naming;
  Page += "\n## Names\n\nRule: " + cell(namingText(Rule));
  if (Rule.Style != NamingRule::Unknown) {
    Page += " (" + sure(Rule.From) + "; " + citations(Rule.From) + ")";
    if (!Rule.Except.empty())
      Page += ", except `" + llvm::join(Rule.Except, "`, `") + "`";
    if (!Rule.Note.empty())
      Page += ". " + cell(Rule.Note);
  }
  Page += Rule.Note.ends_with(".") ? "\n" : ".\n";
  if (Card.Names.empty())
    return;
  Page += "\nThese were seen; what follows from the rule alone is marked so by `cuport explain "
          "NAME --target=" +
          Card.Id.str() + "`.\n\n" + tableHead({"CUDA", "here", "remarks", "sure", "seen in"});
  for (const TargetName &Name : Card.Names)
    Page += tableLine({code(Name.Cuda), Name.Name.empty() ? "none" : code(Name.Name),
                       cell(Name.Note), sure(*Name.From), citations(*Name.From)});
}

static void addRemarks(std::string &Page, StringRef Title, llvm::ArrayRef<TargetRemark> Remarks) {
  if (Remarks.empty())
    return;
  Page += ("\n## " + Title + "\n\n").str() + tableHead({"", "sure", "seen in"});
  for (const TargetRemark &Remark : Remarks)
    Page += tableLine({cell((Remark.Text + generations(Remark.For)).str()), sure(Remark.From),
                       citations(Remark.From)});
}

static std::string cardPage(const Target &Card) {
  std::string Page = ("# " + Card.Title + "\n\n").str() + origin(("/" + Card.Id + ".yaml").str());
  Page += "`" + Card.Id.str() + "`" + (Card.Vendor.empty() ? "" : " of " + Card.Vendor.str());
  if (!Card.Aliases.empty())
    Page += ", also `" + llvm::join(Card.Aliases, "`, `") + "`";
  Page += ". How to read it: [all cards](README.md). On the command line: `cuport targets " +
          Card.Id.str() + "`.\n\n";
  for (const std::string &Way : waysOnto(Card))
    Page += "- " + cell(Way) + "\n";
  if (!Card.Generations.empty()) {
    Page += "\n" + tableHead({"generation", "cards"});
    for (const Generation &G : Card.Generations)
      Page += tableLine({code(G.Id), cell(G.Title)});
  }
  addFacts(Page, Card);
  addLibraries(Page, Card);
  addRemarks(Page, "Traps", Card.Traps);
  addRemarks(Page, "Remarks", Card.Remarks);
  addNames(Page, Card);
  Page += "\n## Sources\n\n" + tableHead({"", "what", "state of"});
  for (const FactSource *Source : Card.Sources)
    Page += tableLine({code(Source->Id), cell(Source->At), Source->Seen.str()});
  return Page;
}

static std::string cardLink(const Target &Card) {
  return "[" + cell(Card.Title) + "](" + Card.Id.str() + ".md)";
}

static std::string libraryCell(const Target &Card, TargetLibraryKey Key) {
  const TargetLibrary *L = Card.library(Key);
  if (!L)
    return "?";
  std::string Text = L->Name.empty() ? "none" : cell(L->Name);
  if (L->From.Confidence != FactConfidence::High)
    Text += " (" + sure(L->From) + ")";
  return Text;
}

static std::string indexPage(llvm::ArrayRef<Target> Targets) {
  std::string Page =
      "# Cards\n\n" + origin("") + HowToRead.str() + "\n## Overview\n\n" +
      tableHead({"card", "`--target=`", "kernels of threads and warps", "lanes of a warp", "FP64",
                 "CUDA source as it is", "names", "names seen"});
  for (const Target &Card : Targets)
    Page +=
        tableLine({cardLink(Card), code(Card.Id), cell(shortText(Card, FactKey::SimtKernels)),
                   cell(shortText(Card, FactKey::WarpWidth)), cell(shortText(Card, FactKey::Fp64)),
                   cell(shortText(Card, FactKey::CudaSource)), cell(namingText(Card.Naming)),
                   std::to_string(Card.Names.size())});
  Page += "\n## Libraries\n\nWhat stands for CUDA's libraries; `?` is unknown. A name in brackets "
          "says how sure it is "
          "where that is not *high*. Whether the library has every call is another matter: `cuport "
          "explain NAME "
          "--target=CARD`.\n\n";
  std::vector<StringRef> Titles = {"card"};
  for (const TargetLibraryInfo &Info : allTargetLibraries())
    Titles.push_back(Info.Title);
  Page += tableHead(Titles);
  for (const Target &Card : Targets) {
    std::vector<std::string> Cells = {cardLink(Card)};
    for (const TargetLibraryInfo &Info : allTargetLibraries())
      Cells.push_back(libraryCell(Card, Info.Key));
    Page += tableLine(Cells);
  }
  return Page;
}

llvm::Error gen::writeTargetDocs(llvm::ArrayRef<Target> Targets, StringRef Folder) {
  for (const Target &Card : Targets)
    if (llvm::Error E = writeIfChanged((Folder + "/" + Card.Id + ".md").str(), cardPage(Card)))
      return E;
  return writeIfChanged((Folder + "/README.md").str(), indexPage(Targets));
}
