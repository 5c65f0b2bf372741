// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/ApiTable.h"

#include "Knowledge/ApiLoader.h"
#include "Knowledge/BuiltinRows.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringMap.h"
#include "llvm/Support/StringSaver.h"
#include "llvm/Support/xxhash.h"

#include <deque>

using namespace cuport;
using llvm::StringRef;

struct ApiTable::State {
  llvm::BumpPtrAllocator Memory;
  llvm::UniqueStringSaver Strings{Memory};
  std::vector<ApiLibrary> Libraries;
  std::deque<ApiRow> UserRows;
  llvm::StringMap<const ApiRow *> UserIdentifiers, UserIncludes;
  llvm::ArrayRef<ApiRow> Builtin = builtinRows();

  const ApiRow *find(StringRef Name, bool Include) const {
    if (!UserRows.empty())
      if (const ApiRow *Row = (Include ? UserIncludes : UserIdentifiers).lookup(Name))
        return Row;
    return Builtin.empty() ? nullptr : findBuiltinRow(Name, Include);
  }
  bool isReplaced(const ApiRow &Row) const { return find(Row.Cuda, Row.Kind == ApiKind::Include) != &Row; }

  llvm::Expected<uint8_t> libraryIndex(const RawLibrary &Library);
  ApiRow keep(const RawRow &Raw, uint8_t LibraryIndex);
};

ApiTable::ApiTable() : S(std::make_unique<State>()) {
  S->Libraries = builtinLibraries().vec();
}

ApiTable::~ApiTable() = default;
ApiTable::ApiTable(ApiTable &&) noexcept = default;
ApiTable &ApiTable::operator=(ApiTable &&) noexcept = default;

/// The library of a user's file: an existing one, whose description stays, or a new one.
llvm::Expected<uint8_t> ApiTable::State::libraryIndex(const RawLibrary &Library) {
  for (size_t I = 0; I < Libraries.size(); ++I)
    if (Libraries[I].Id == Library.Id)
      return uint8_t(I);
  if (Libraries.size() > UINT8_MAX)
    return llvm::createStringError(Library.File + ":1:1: error: more than 256 libraries");
  Libraries.push_back({Strings.save(Library.Id), Strings.save(Library.Title),
                       Strings.save(Library.Header), Strings.save(Library.HipHeader)});
  return uint8_t(Libraries.size() - 1);
}

ApiRow ApiTable::State::keep(const RawRow &Raw, uint8_t LibraryIndex) {
  auto *Arguments = Memory.Allocate<ArgumentChange>(Raw.Arguments.size());
  for (size_t I = 0; I < Raw.Arguments.size(); ++I) {
    const RawArgument &A = Raw.Arguments[I];
    new (&Arguments[I]) ArgumentChange{A.Index, A.What, Strings.save(A.Text)};
  }
  auto *Forms = Memory.Allocate<CallForm>(Raw.Forms.size());
  for (size_t I = 0; I < Raw.Forms.size(); ++I) {
    const RawForm &F = Raw.Forms[I];
    new (&Forms[I]) CallForm{F.Arguments, Strings.save(F.Hip), Strings.save(F.Note), F.Verdict};
  }
  auto *Conditions = Memory.Allocate<ArgumentCondition>(Raw.Conditions.size());
  for (size_t I = 0; I < Raw.Conditions.size(); ++I) {
    const RawCondition &C = Raw.Conditions[I];
    auto *Values = Memory.Allocate<StringRef>(C.Values.size());
    for (size_t V = 0; V < C.Values.size(); ++V)
      new (&Values[V]) StringRef(Strings.save(C.Values[V]));
    new (&Conditions[I]) ArgumentCondition{Strings.save(C.Argument), C.Index, C.What, C.Verdict, C.HipSince,
                                           {Values, C.Values.size()}, Strings.save(C.Note), Strings.save(C.Source)};
  }
  return {Strings.save(Raw.Cuda),
          Raw.Kind,
          LibraryIndex,
          Raw.Verdict,
          Strings.save(Raw.Hip),
          Strings.save(Raw.HipLater),
          Strings.save(Raw.Roc),
          Strings.save(Raw.Group),
          Strings.save(joinSignatures(Raw)),
          Strings.save(Raw.Reason),
          Strings.save(Raw.Note),
          Raw.CudaSince,
          Raw.CudaDeprecated,
          Raw.CudaRemoved,
          Raw.HipSince,
          Raw.HipDeprecated,
          Raw.HipRemoved,
          {Arguments, Raw.Arguments.size()},
          {Forms, Raw.Forms.size()},
          {Conditions, Raw.Conditions.size()}};
}

llvm::Error ApiTable::addFile(StringRef Path) {
  auto Library = loadApiFile(Path);
  if (!Library)
    return Library.takeError();
  auto Index = S->libraryIndex(*Library);
  if (!Index)
    return Index.takeError();
  for (const RawRow &Raw : Library->Rows)
    add(S->keep(Raw, *Index));
  return llvm::Error::success();
}

ApiTable ApiTable::withoutRows() const {
  ApiTable Table;
  Table.S->Libraries = S->Libraries;
  Table.S->Builtin = {};
  return Table;
}

const ApiRow &ApiTable::add(const ApiRow &Row) {
  const ApiRow &Kept = S->UserRows.emplace_back(Row);
  (Kept.Kind == ApiKind::Include ? S->UserIncludes : S->UserIdentifiers)[Kept.Cuda] = &Kept;
  return Kept;
}

const ApiRow *ApiTable::find(StringRef Name) const { return S->find(Name, /*Include=*/false); }

const ApiRow *ApiTable::findInclude(StringRef Header) const { return S->find(Header, /*Include=*/true); }

std::vector<const ApiRow *> ApiTable::rows() const {
  std::vector<const ApiRow *> Rows;
  Rows.reserve(S->Builtin.size() + S->UserRows.size());
  for (const ApiRow &Row : S->Builtin)
    if (S->UserRows.empty() || !S->isReplaced(Row))
      Rows.push_back(&Row);
  if (S->UserRows.empty())
    return Rows; // sorted as they come
  for (const ApiRow &Row : S->UserRows)
    if (!S->isReplaced(Row))
      Rows.push_back(&Row);
  llvm::sort(Rows, [](const ApiRow *A, const ApiRow *B) {
    bool AInclude = A->Kind == ApiKind::Include, BInclude = B->Kind == ApiKind::Include;
    return std::tie(AInclude, A->Cuda) < std::tie(BInclude, B->Cuda);
  });
  return Rows;
}

std::vector<const ApiRow *> ApiTable::includes() const {
  std::vector<const ApiRow *> Rows = rows();
  llvm::erase_if(Rows, [](const ApiRow *Row) { return Row->Kind != ApiKind::Include; });
  return Rows;
}

llvm::ArrayRef<ApiLibrary> ApiTable::libraries() const { return S->Libraries; }

std::vector<StringRef> ApiTable::nearest(StringRef Name, unsigned Count) const {
  using Candidate = std::pair<unsigned, StringRef>;
  std::vector<Candidate> Best; // sorted, at most Count
  // More than a third of the letters wrong is another word.
  const unsigned Limit = std::max<size_t>(2, Name.size() / 3);
  for (const ApiRow *Row : rows()) {
    StringRef Other = Row->Cuda;
    unsigned Worst = Best.size() < Count || Best.empty() ? Limit : Best.back().first;
    size_t Difference = Other.size() > Name.size() ? Other.size() - Name.size() : Name.size() - Other.size();
    if (Difference > Worst || Other == Name)
      continue;
    unsigned Distance = Name.edit_distance_insensitive(Other, /*AllowReplacements=*/true, Worst + 1);
    if (Distance > Worst)
      continue;
    Candidate New(Distance, Other);
    Best.insert(llvm::upper_bound(Best, New), New);
    if (Best.size() > Count)
      Best.pop_back();
  }
  std::vector<StringRef> Names;
  for (const Candidate &C : Best)
    Names.push_back(C.second);
  return Names;
}

std::string ApiTable::fingerprint() const {
  // The rows' own hashes are added: one buffer for all rows would be large.
  uint64_t Low = 0, High = 0;
  std::string Bytes;
  auto Number = [&](uint32_t N) { Bytes.append(reinterpret_cast<const char *>(&N), sizeof N); };
  auto Text = [&](StringRef T) {
    Number(T.size());
    Bytes += T;
  };
  auto Add = [&](const ApiRow &Row) {
    Bytes.clear();
    const ApiLibrary &Library = libraryOf(Row);
    for (StringRef T : {Library.Id, Library.Title, Library.Header, Library.HipHeader, Row.Cuda, Row.Hip, Row.HipLater, Row.Roc, Row.Group,
                        Row.Signature, Row.Reason, Row.Note})
      Text(T);
    Number(unsigned(Row.Kind));
    Number(unsigned(Row.Verdict));
    for (Version V : {Row.CudaSince, Row.CudaDeprecated, Row.CudaRemoved, Row.HipSince, Row.HipDeprecated, Row.HipRemoved})
      Number(V.Major << 16 | V.Minor);
    Number(Row.Arguments.size());
    for (const ArgumentChange &A : Row.Arguments) {
      Number(A.Index);
      Number(A.What);
      Text(A.Text);
    }
    Number(Row.Forms.size());
    for (const CallForm &F : Row.Forms) {
      Number(F.Arguments);
      Number(unsigned(F.Verdict));
      Text(F.Hip);
      Text(F.Note);
    }
    Number(Row.Conditions.size());
    for (const ArgumentCondition &C : Row.Conditions) {
      Number(C.Index);
      Number(C.What);
      Number(unsigned(C.Verdict));
      Number(C.HipSince.Major << 16 | C.HipSince.Minor);
      for (StringRef Value : C.Values)
        Text(Value);
      Text(C.Note);
      Text(C.Source);
    }
    llvm::XXH128_hash_t Hash = llvm::xxh3_128bits(llvm::arrayRefFromStringRef(Bytes));
    Low += Hash.low64;
    High += Hash.high64;
  };
  for (const ApiRow *Row : rows())
    Add(*Row);
  return llvm::utohexstr(High, /*LowerCase=*/true, 16) +
         llvm::utohexstr(Low, true, 16);
}
