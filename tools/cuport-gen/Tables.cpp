// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Output.h"
#include "Verbs.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/Support/MathExtras.h"
#include "llvm/Support/xxhash.h"

using namespace cuport;
using namespace cuport::gen;

static std::string number(unsigned N) { return std::to_string(N); }

static std::string version(Version V) {
  return V.isKnown() ? "{" + number(V.Major) + "," + number(V.Minor) + "}" : "{}";
}

/// The part of a shared array that a row uses, and its elements appended to that array.
static std::string slice(llvm::StringRef Array, size_t First, size_t Count) {
  return Count ? ("{" + Array + "+" + llvm::Twine(First) + "," + llvm::Twine(Count) + "}").str()
               : "{}";
}

/// The hash table over the rows that BuiltinRows.cpp looks names up in: a slot holds a row's number plus one, 0 where none
/// is; a name begins at its hash and goes on to the next slot while others are there.
static std::vector<uint16_t> slotsOf(llvm::ArrayRef<std::pair<const RawRow *, unsigned>> Rows) {
  std::vector<uint16_t> Slots(llvm::PowerOf2Ceil(2 * Rows.size() + 1));
  for (size_t I = 0; I < Rows.size(); ++I) {
    size_t At = llvm::xxh3_64bits(Rows[I].first->Cuda) & (Slots.size() - 1);
    while (Slots[At])
      At = (At + 1) & (Slots.size() - 1);
    Slots[At] = I + 1;
  }
  return Slots;
}

llvm::Error gen::writeTables(llvm::ArrayRef<RawLibrary> Libraries, llvm::StringRef OutputFile) {
  if (Libraries.size() > 256)
    return llvm::createStringError("more than 256 libraries");
  std::vector<std::pair<const RawRow *, unsigned>> Rows;
  std::string LibraryText;
  for (unsigned I = 0; I < Libraries.size(); ++I) {
    const RawLibrary &L = Libraries[I];
    LibraryText += "{" + stringRef(L.Id) + "," + stringRef(L.Title) + "," + stringRef(L.Header) +
                   "," + stringRef(L.HipHeader) + "},\n";
    for (const RawRow &Row : L.Rows)
      Rows.emplace_back(&Row, I);
  }
  if (Rows.size() >= UINT16_MAX)
    return llvm::createStringError("more rows than BuiltinSlots can number");
  llvm::sort(Rows, [](const auto &A, const auto &B) {
    bool AInclude = A.first->Kind == ApiKind::Include, BInclude = B.first->Kind == ApiKind::Include;
    return std::tie(AInclude, A.first->Cuda) < std::tie(BInclude, B.first->Cuda);
  });

  std::string RowText, ArgumentText, FormText, ConditionText, ValueText;
  size_t Arguments = 0, Forms = 0, Conditions = 0, Values = 0;
  for (auto [Row, Library] : Rows) {
    RowText += "{" + stringRef(Row->Cuda) + ",ApiKind(" + number(unsigned(Row->Kind)) + ")," +
               number(Library) + ",Verdict(" + number(unsigned(Row->Verdict)) + ")," +
               stringRef(Row->Hip) + "," + stringRef(Row->HipLater) + "," + stringRef(Row->Roc) + "," + stringRef(Row->Group) + "," +
               stringRef(joinSignatures(*Row)) + "," + stringRef(Row->Reason) + "," +
               stringRef(Row->Note);
    for (Version V : {Row->CudaSince, Row->CudaDeprecated, Row->CudaRemoved, Row->HipSince,
                      Row->HipDeprecated, Row->HipRemoved})
      RowText += "," + version(V);
    RowText += "," + slice("BuiltinArguments", Arguments, Row->Arguments.size()) + "," +
               slice("BuiltinForms", Forms, Row->Forms.size()) + "," +
               slice("BuiltinConditions", Conditions, Row->Conditions.size()) + "},\n";
    for (const RawArgument &A : Row->Arguments)
      ArgumentText += "{" + number(A.Index) + ",ArgumentChange::Kind(" + number(A.What) + ")," +
                      stringRef(A.Text) + "},\n";
    for (const RawForm &F : Row->Forms)
      FormText += "{" + number(F.Arguments) + "," + stringRef(F.Hip) + "," + stringRef(F.Note) +
                  ",Verdict(" + number(unsigned(F.Verdict)) + ")},\n";
    for (const RawCondition &C : Row->Conditions) {
      ConditionText += "{" + stringRef(C.Argument) + "," + number(C.Index) + ",ArgumentCondition::Kind(" + number(C.What) +
                       "),Verdict(" + number(unsigned(C.Verdict)) + ")," + version(C.HipSince) + "," +
                       slice("BuiltinConditionValues", Values, C.Values.size()) + "," + stringRef(C.Note) + "," +
                       stringRef(C.Source) + "},\n";
      for (const std::string &Value : C.Values)
        ValueText += "llvm::StringRef" + stringRef(Value) + ",\n";
      Values += C.Values.size();
    }
    Conditions += Row->Conditions.size();
    Arguments += Row->Arguments.size();
    Forms += Row->Forms.size();
  }

  std::vector<uint16_t> Slots = slotsOf(Rows);
  std::string SlotText;
  for (size_t I = 0; I < Slots.size(); ++I)
    SlotText += number(Slots[I]) + (I % 32 == 31 ? ",\n" : ",");

  // std::array, because a library without such elements makes it empty.
  auto Array = [](llvm::StringRef Type, llvm::StringRef Name, size_t Count,
                  llvm::StringRef Elements) {
    if (Count == 0)
      return ("static constexpr llvm::ArrayRef<" + Type + "> " + Name + ";\n").str();
    return ("static constexpr " + Type + " " + Name + "[] = {\n" + Elements + "};\n").str();
  };
  return writeIfChanged(OutputFile,
                        "// Written by cuport-gen from lib/Knowledge/data/api.\n" +
                            Array("ApiLibrary", "BuiltinLibraries", Libraries.size(), LibraryText) +
                            Array("ArgumentChange", "BuiltinArguments", Arguments, ArgumentText) +
                            Array("CallForm", "BuiltinForms", Forms, FormText) +
                            Array("llvm::StringRef", "BuiltinConditionValues", Values, ValueText) +
                            Array("ArgumentCondition", "BuiltinConditions", Conditions, ConditionText) +
                            Array("ApiRow", "BuiltinRows", Rows.size(), RowText) +
                            Array("uint16_t", "BuiltinSlots", Slots.size(), SlotText));
}
