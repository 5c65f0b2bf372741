// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Markdown.h"
#include "Output.h"
#include "Verbs.h"

#include "llvm/ADT/STLExtras.h"

using namespace cuport;
using namespace cuport::gen;
using llvm::StringRef;

static std::string number(unsigned N) { return std::to_string(N); }

llvm::Error gen::writePtxTables(llvm::ArrayRef<RawPtxGroup> Groups, StringRef OutputFile) {
  if (Groups.size() > 256)
    return llvm::createStringError("more than 256 groups");
  std::vector<std::pair<const RawPtxRow *, unsigned>> Rows;
  std::string GroupText, RowText, RemarkText;
  for (unsigned I = 0; I < Groups.size(); ++I) {
    GroupText += "{" + stringRef(Groups[I].Id) + "," + stringRef(Groups[I].Title) + "," +
                 stringRef(Groups[I].Source) + "},\n";
    for (const RawPtxRow &Row : Groups[I].Rows)
      Rows.emplace_back(&Row, I);
  }
  llvm::sort(Rows, [](const auto &A, const auto &B) { return A.first->Name < B.first->Name; });
  size_t Remarks = 0;
  for (auto [Row, Group] : Rows) {
    const size_t Count = Row->Remarks.size();
    RowText +=
        "{" + stringRef(Row->Name) + "," + number(Group) + ",PtxExactness(" +
        number(unsigned(Row->Exactness)) + ")," + (Row->RunsOnCpu ? "true," : "false,") +
        number(Row->Since) + "," + number(Row->Uses) + "," + number(Row->Repositories) + "," +
        stringRef(Row->Meaning) + "," + stringRef(Row->Hip) + "," + stringRef(Row->Note) + "," +
        stringRef(Row->Sample) + "," +
        (Count ? "{BuiltinPtxRemarks+" + number(Remarks) + "," + number(Count) + "}" : "{}") +
        "},\n";
    for (const auto &[Target, Text] : Row->Remarks)
      RemarkText += "{" + stringRef(Target) + "," + stringRef(Text) + "},\n";
    Remarks += Count;
  }
  auto Array = [](StringRef Type, StringRef Name, StringRef Elements) {
    // A C++ array cannot be empty.
    return Elements.empty()
               ? ("static constexpr llvm::ArrayRef<" + Type + "> " + Name + ";\n").str()
               : ("static constexpr " + Type + " " + Name + "[] = {\n" + Elements + "};\n").str();
  };
  return writeIfChanged(OutputFile, "// Written by cuport-gen from lib/Knowledge/data/ptx.\n" +
                                        Array("PtxGroup", "BuiltinPtxGroups", GroupText) +
                                        Array("PtxRemark", "BuiltinPtxRemarks", RemarkText) +
                                        Array("PtxRow", "BuiltinPtxRows", RowText));
}

static std::string remarks(const RawPtxRow &Row) {
  std::string Text = cell(Row.Note);
  for (const auto &[Target, Remark] : Row.Remarks)
    Text += (Text.empty() ? "" : " ") + cell(Target + ": " + Remark);
  return Text;
}

llvm::Error gen::writePtxDocs(llvm::ArrayRef<RawPtxGroup> Groups, StringRef OutputFile) {
  std::string Page = "# Inline PTX\n\n<!-- Written by cuport-gen ptx-docs. Edit "
                     "lib/Knowledge/data/ptx instead. -->\n\n"
                     "What `cuport` knows about PTX instructions and special registers. `cuport "
                     "explain ptx:lop3.b32` prints a row; the\n"
                     "[format](KnowledgeFormat.md#ptx-rows) says what the words mean. *Uses* were "
                     "counted in public code; *CPU* says\n"
                     "whether `cuport-cc` builds the instruction for a CPU.\n";
  std::vector<const RawPtxGroup *> Sorted;
  for (const RawPtxGroup &Group : Groups)
    Sorted.push_back(&Group);
  llvm::sort(Sorted, [](const RawPtxGroup *A, const RawPtxGroup *B) { return A->Id < B->Id; });
  for (const RawPtxGroup *Group : Sorted) {
    Page += "\n## " + Group->Title + "\n\nSource: " + cell(Group->Source) + ".\n\n" +
            "| PTX | meaning | in HIP | exactness | remarks | from | uses | CPU "
            "|\n|---|---|---|---|---|---|--:|---|\n";
    for (const RawPtxRow &Row : Group->Rows) {
      const std::string Cells[] = {code(Row.Name),
                                   cell(Row.Meaning),
                                   cell(Row.Hip),
                                   ptxExactnessName(Row.Exactness).str(),
                                   remarks(Row),
                                   Row.Since ? "sm_" + number(Row.Since) : "",
                                   Row.Uses ? number(Row.Uses) : "",
                                   Row.RunsOnCpu ? "runs" : "refused"};
      for (const std::string &Cell : Cells)
        Page += Cell.empty() ? "| " : "| " + Cell + " ";
      Page += "|\n";
    }
  }
  return writeIfChanged(OutputFile, Page);
}
