// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Frontend/UnitRecord.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/JSON.h"
#include "llvm/Support/raw_ostream.h"

#include <algorithm>

using namespace cuport;
namespace json = llvm::json;

// Facts are written as flat arrays: a record holds thousands of them and nobody reads it but us.

/// JSON is UTF-8, a path need not be: then it travels as this mark and its bytes in hex.
static constexpr char HexMark = '\x01';

static std::string pathText(llvm::StringRef Path) {
  if (json::isUTF8(Path) && !Path.starts_with(HexMark))
    return Path.str();
  return HexMark + llvm::toHex(Path);
}

static std::string pathFromText(llvm::StringRef Text) {
  return Text.consume_front(llvm::StringRef(&HexMark, 1)) ? llvm::fromHex(Text) : Text.str();
}

static void writeFile(json::OStream &J, const FileFacts &F) {
  J.attributeArray("names", [&] {
    for (auto [Offset, Owner] : F.Names) {
      J.value(Offset);
      J.value(Owner);
    }
  });
  J.attributeArray("includes", [&] {
    for (const auto &[Offset, I] : F.Includes) {
      J.value(Offset);
      J.value(static_cast<int>(I.Where));
      J.value(pathText(I.Path));
    }
  });
  J.attributeArray("launches", [&] {
    for (auto [Offset, InDevice] : F.Launches) {
      J.value(Offset);
      J.value(InDevice ? 1 : 0);
    }
  });
  J.attributeArray("pastes", [&] {
    for (const auto &[Offset, Set] : F.Pastes)
      for (const PasteFact &P : Set) {
        J.value(Offset);
        J.value(P.Name);
        J.value(P.Macro);
      }
  });
  J.attributeArray("hip-overloads", [&] {
    for (uint32_t Offset : F.HipOverloads)
      J.value(Offset);
  });
  J.attributeArray("braced-halves", [&] {
    for (const auto &[Offset, Type] : F.BracedHalves) {
      J.value(Offset);
      J.value(Type);
    }
  });
  J.attributeArray("lanes", [&] {
    for (const LaneFact &L : F.Lanes) {
      J.value(L.Offset);
      J.value(static_cast<int>(L.What));
      J.value(L.Length);
      J.value(json::fixUTF8(L.Text));
    }
  });
  J.attributeArray("arguments", [&] {
    for (const ArgumentFact &A : F.Arguments) {
      J.value(A.Offset);
      J.value(A.Index);
      J.value(static_cast<int>(A.What));
      J.value(json::fixUTF8(A.Value));
    }
  });
  J.attributeArray("code", [&] {
    for (const CodeFact &C : F.Code) {
      J.value(C.Offset);
      J.value(static_cast<int>(C.What));
      J.value(C.Length);
      J.value(C.Amount);
      J.value(json::fixUTF8(C.Text));
    }
  });
  J.attributeArray("skipped", [&] {
    for (OffsetRange R : F.Skipped) {
      J.value(R.Begin);
      J.value(R.End);
    }
  });
  J.attributeArray("errors", [&] {
    for (const ParseError &E : F.Errors) {
      J.value(E.Offset);
      J.value(E.Line);
      J.value(json::fixUTF8(E.Text));
    }
  });
}

std::string cuport::toJson(const UnitRecord &R) {
  std::string Text;
  llvm::raw_string_ostream Stream(Text);
  json::OStream J(Stream);
  J.object([&] {
    J.attribute("main", pathText(R.MainFile));
    J.attribute("failure", json::fixUTF8(R.Failure));
    J.attribute("device", R.Device);
    J.attributeArray("user-names", [&] {
      for (const auto &[Name, Everywhere] : R.UserNames) {
        J.value(Name);
        J.value(Everywhere ? 1 : 0);
      }
    });
    J.attributeArray("values", [&] {
      for (const auto &[Name, Number] : R.Values) {
        J.value(Name);
        J.value(std::to_string(Number));
      }
    });
    J.attributeArray("files", [&] {
      for (const auto &[Path, F] : R.Files)
        J.object([&] {
          J.attribute("path", pathText(Path));
          writeFile(J, F);
        });
    });
  });
  return Text;
}

namespace {

/// Reads a flat array of records; any value of the wrong type makes the whole record bad.
class FlatArray {
public:
  FlatArray(const json::Object &O, llvm::StringRef Key) : Values(O.getArray(Key)) {}
  bool more() const { return Values && Next < Values->size(); }
  uint32_t number() {
    if (more())
      if (auto N = (*Values)[Next++].getAsInteger(); N && *N >= 0 && *N <= UINT32_MAX)
        return *N;
    Bad = true;
    return 0;
  }
  std::string string() {
    if (more())
      if (auto S = (*Values)[Next++].getAsString())
        return S->str();
    Bad = true;
    return "";
  }
  bool bad() const { return Bad || !Values; }

private:
  const json::Array *Values;
  size_t Next = 0;
  bool Bad = false;
};

} // namespace

static bool readFile(const json::Object &O, FileFacts &F) {
  FlatArray Names(O, "names"), Includes(O, "includes"), Launches(O, "launches"), Pastes(O, "pastes"),
      Overloads(O, "hip-overloads"), Braced(O, "braced-halves"), Lanes(O, "lanes"), Arguments(O, "arguments"),
      Code(O, "code"), Skipped(O, "skipped"), Errors(O, "errors");
  while (Names.more() && !Names.bad()) {
    uint32_t Offset = Names.number();
    F.Names[Offset] = Names.number();
  }
  while (Includes.more() && !Includes.bad()) {
    uint32_t Offset = Includes.number();
    uint32_t Where = Includes.number();
    if (Where > IncludeFact::Missing)
      return false;
    F.Includes[Offset] = {static_cast<IncludeFact::Target>(Where), pathFromText(Includes.string())};
  }
  while (Launches.more() && !Launches.bad()) {
    uint32_t Offset = Launches.number();
    F.Launches[Offset] = Launches.number() != 0;
  }
  while (Pastes.more() && !Pastes.bad()) {
    uint32_t Offset = Pastes.number();
    std::string Name = Pastes.string();
    F.Pastes[Offset].insert({Name, Pastes.string()});
  }
  while (Overloads.more() && !Overloads.bad())
    F.HipOverloads.insert(Overloads.number());
  while (Braced.more() && !Braced.bad()) {
    uint32_t Offset = Braced.number();
    F.BracedHalves[Offset] = Braced.string();
  }
  while (Lanes.more() && !Lanes.bad()) {
    uint32_t Offset = Lanes.number(), What = Lanes.number(), Length = Lanes.number();
    if (What > LaneFact::LastKind)
      return false;
    F.Lanes.insert({Offset, static_cast<LaneFact::Kind>(What), Length, Lanes.string()});
  }
  while (Arguments.more() && !Arguments.bad()) {
    uint32_t Offset = Arguments.number(), Index = Arguments.number(), What = Arguments.number();
    if (What > ArgumentFact::LastKind)
      return false;
    F.Arguments.insert({Offset, Index, static_cast<ArgumentFact::Kind>(What), Arguments.string()});
  }
  while (Code.more() && !Code.bad()) {
    uint32_t Offset = Code.number(), What = Code.number(), Length = Code.number(), Amount = Code.number();
    if (What > CodeFact::LastKind)
      return false;
    F.Code.insert({Offset, static_cast<CodeFact::Kind>(What), Length, Amount, Code.string()});
  }
  while (Skipped.more() && !Skipped.bad()) {
    uint32_t Begin = Skipped.number();
    F.Skipped.push_back({Begin, Skipped.number()});
  }
  while (Errors.more() && !Errors.bad()) {
    uint32_t Offset = Errors.number();
    uint32_t Line = Errors.number();
    F.Errors.push_back({Offset, Line, Errors.string()});
  }
  return !Names.bad() && !Includes.bad() && !Launches.bad() && !Pastes.bad() && !Overloads.bad() &&
         !Braced.bad() && !Lanes.bad() && !Arguments.bad() && !Code.bad() && !Skipped.bad() && !Errors.bad();
}

llvm::Expected<UnitRecord> cuport::unitRecordFromJson(llvm::StringRef Text) {
  auto Bad = [] {
    return llvm::createStringError("not a record of a translation unit");
  };
  auto Value = json::parse(Text);
  if (!Value)
    return Value.takeError();
  const json::Object *O = Value->getAsObject();
  if (!O)
    return Bad();
  UnitRecord R;
  auto Main = O->getString("main");
  auto Failure = O->getString("failure");
  auto Device = O->getBoolean("device");
  const json::Array *Files = O->getArray("files");
  if (!Main || !Failure || !Device || !Files)
    return Bad();
  R.MainFile = pathFromText(*Main);
  R.Failure = Failure->str();
  R.Device = *Device;
  FlatArray UserNames(*O, "user-names");
  while (UserNames.more() && !UserNames.bad()) {
    std::string Name = UserNames.string();
    R.UserNames[Name] = UserNames.number() != 0;
  }
  FlatArray Values(*O, "values");
  while (Values.more() && !Values.bad()) {
    std::string Name = Values.string();
    if (llvm::StringRef(Values.string()).getAsInteger(10, R.Values[Name]))
      return Bad();
  }
  if (UserNames.bad() || Values.bad())
    return Bad();
  for (const json::Value &V : *Files) {
    const json::Object *F = V.getAsObject();
    auto Path = F ? F->getString("path") : std::nullopt;
    if (!Path || !readFile(*F, R.Files[pathFromText(*Path)]))
      return Bad();
  }
  return R;
}

std::vector<OffsetRange> cuport::intersect(const std::vector<OffsetRange> &A,
                                           const std::vector<OffsetRange> &B) {
  std::vector<OffsetRange> Result;
  for (size_t I = 0, J = 0; I < A.size() && J < B.size();) {
    uint32_t Begin = std::max(A[I].Begin, B[J].Begin), End = std::min(A[I].End, B[J].End);
    if (Begin < End)
      Result.push_back({Begin, End});
    A[I].End < B[J].End ? ++I : ++J;
  }
  return Result;
}

ProjectFacts cuport::mergeRecords(std::vector<UnitRecord> Records) {
  llvm::sort(Records, [](const UnitRecord &A, const UnitRecord &B) {
    return std::tie(A.MainFile, A.Device, A.Failure) < std::tie(B.MainFile, B.Device, B.Failure);
  });
  ProjectFacts P;
  std::set<std::string> Parsed;
  for (UnitRecord &R : Records) {
    if (R.Failure.empty())
      Parsed.insert(R.MainFile);
    else
      P.Failures.try_emplace(R.MainFile, R.Failure);
    for (const auto &[Name, Everywhere] : R.UserNames)
      P.UserNames[Name] |= Everywhere;
    P.Values.merge(R.Values);
    for (auto &[Path, F] : R.Files) {
      ProjectFacts::File &Into = P.Files[Path];
      Into.Skipped = Into.Units++ == 0 ? std::move(F.Skipped) : intersect(Into.Skipped, F.Skipped);
      for (auto [Offset, Owner] : F.Names)
        Into.Names[Offset] |= Owner;
      for (auto &[Offset, I] : F.Includes) {
        // One unit that finds the header is enough to know where it is.
        auto [It, New] = Into.Includes.try_emplace(Offset, I);
        if (!New && It->second.Where == IncludeFact::Missing)
          It->second = I;
      }
      for (auto [Offset, InDevice] : F.Launches)
        Into.Launches[Offset] |= InDevice;
      for (auto &[Offset, Set] : F.Pastes)
        Into.Pastes[Offset].merge(Set);
      Into.HipOverloads.merge(F.HipOverloads);
      Into.BracedHalves.merge(F.BracedHalves);
      Into.Lanes.merge(F.Lanes);
      Into.Arguments.merge(F.Arguments);
      Into.Code.merge(F.Code);
      for (ParseError &E : F.Errors)
        if (!llvm::any_of(Into.Errors, [&](const ParseError &Old) {
              return Old.Offset == E.Offset && Old.Text == E.Text;
            }))
          Into.Errors.push_back(std::move(E));
    }
  }
  for (auto &[Path, F] : P.Files)
    llvm::sort(F.Errors, [](const ParseError &A, const ParseError &B) {
      return std::tie(A.Offset, A.Text) < std::tie(B.Offset, B.Text);
    });
  // A file of which one configuration could be parsed is not a failure.
  for (const std::string &Main : Parsed)
    P.Failures.erase(Main);
  return P;
}
