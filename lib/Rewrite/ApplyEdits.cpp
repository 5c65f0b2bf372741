// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Rewrite/ApplyEdits.h"

#include "llvm/ADT/STLExtras.h"

#include <cassert>
#include <cstdint>
#include <map>
#include <set>

using namespace llvm;

namespace cuport {
namespace {

uint64_t endOf(const Edit &E) { return uint64_t(E.Offset) + E.Length; }

auto keyOf(const Edit &E) { return std::tuple(E.Offset, E.Length, StringRef(E.Text)); }
using EditKeys = std::vector<std::tuple<unsigned, unsigned, StringRef>>;

EditKeys keysOf(const Finding &F) {
  EditKeys Keys;
  for (const Edit &E : F.Edits)
    Keys.push_back(keyOf(E));
  sort(Keys);
  return Keys;
}

/// Where an edit stands among those at its offset.
enum class Role { Closes, Balanced, Opens, Replaces };

Role roleOf(const Edit &E) {
  if (E.Length != 0)
    return Role::Replaces;
  int Depth = 0;
  for (char C : E.Text)
    Depth += (C == '(' || C == '[' || C == '{') - (C == ')' || C == ']' || C == '}');
  return Depth > 0 ? Role::Opens : Depth < 0 ? Role::Closes : Role::Balanced;
}

bool isWholeLines(const Edit &E) {
  StringRef Text = E.Text;
  return E.Length == 0 &&
         (Text.starts_with("\n") || Text.starts_with("\r\n") || Text.ends_with("\n"));
}

/// An edit that is made, with what orders it at its offset.
struct Placed {
  const Edit *E;
  Role As;
  uint64_t Partner; ///< of an insertion that opens or closes: where its other half stands
  size_t Rank;      ///< of its finding
};

bool comesBefore(const Placed &A, const Placed &B) {
  if (A.E->Offset != B.E->Offset)
    return A.E->Offset < B.E->Offset;
  if (A.As != B.As)
    return A.As < B.As;
  bool Brackets = A.As == Role::Opens || A.As == Role::Closes;
  if (Brackets && A.Partner != B.Partner)
    return A.Partner > B.Partner;
  if (A.Rank != B.Rank)
    return A.As == Role::Closes ? A.Rank > B.Rank : A.Rank < B.Rank;
  return A.E < B.E; // the finding's own order
}

/// A finding's edits in order of place, with the insertions that open and close paired.
std::vector<Placed> placeEdits(const Finding &F, size_t Rank) {
  std::vector<Placed> Result;
  uint64_t Begin = UINT64_MAX, End = 0;
  for (const Edit &E : F.Edits) {
    Result.push_back({&E, roleOf(E), 0, Rank});
    Begin = std::min<uint64_t>(Begin, E.Offset);
    End = std::max(End, endOf(E));
  }
  sort(Result, [](const Placed &A, const Placed &B) {
    return std::tie(A.E->Offset, A.As, A.E) < std::tie(B.E->Offset, B.As, B.E);
  });
  std::vector<Placed *> Open;
  for (Placed &P : Result) {
    P.Partner = P.As == Role::Opens ? End : Begin;
    if (P.As == Role::Opens) {
      Open.push_back(&P);
    } else if (P.As == Role::Closes && !Open.empty()) {
      P.Partner = Open.back()->E->Offset;
      Open.back()->Partner = P.E->Offset;
      Open.pop_back();
    }
  }
  return Result;
}

/// True if the finding can be taken for itself: inside the text, no edit over another.
bool isSound(ArrayRef<Placed> Edits, size_t TextSize) {
  uint64_t Reached = 0;
  for (const Placed &P : Edits) {
    if (P.E->Offset < Reached || endOf(*P.E) > TextSize)
      return false;
    Reached = std::max(Reached, endOf(*P.E));
  }
  return true;
}

/// The edits of the findings taken so far.
class Taken {
public:
  /// The finding that already changes what `E` would change; null if none does.
  const Finding *overlapping(const Edit &E) const {
    auto After = Replaced.upper_bound(E.Offset);
    if (After != Replaced.begin()) {
      const auto &[By, Other] = std::prev(After)->second;
      bool Same = E.Length != 0 && keyOf(*Other) == keyOf(E);
      bool Inside = E.Length != 0 || Other->Offset < E.Offset;
      if (!Same && Inside && endOf(*Other) > E.Offset)
        return By;
    }
    if (After != Replaced.end() && After->first < endOf(E))
      return After->second.first;
    auto Insert = Inserted.upper_bound(E.Offset);
    return Insert != Inserted.end() && Insert->first < endOf(E) ? Insert->second : nullptr;
  }

  void take(const Finding &F, ArrayRef<Placed> Edits) {
    bool Inserts = any_of(Edits, [](const Placed &P) { return P.E->Length == 0; });
    if (Inserts && !Seen.insert(keysOf(F)).second)
      return;
    for (const Placed &P : Edits) {
      bool New = true;
      if (P.E->Length != 0)
        New = Replaced.try_emplace(P.E->Offset, &F, P.E).second;
      else if (Inserted.try_emplace(P.E->Offset, &F); isWholeLines(*P.E))
        New = Lines.insert({P.E->Offset, P.E->Text}).second;
      if (New)
        Made.push_back(P);
    }
  }

  std::vector<Placed> Made;

private:
  std::map<unsigned, std::pair<const Finding *, const Edit *>> Replaced;
  std::map<unsigned, const Finding *> Inserted;
  std::set<std::pair<unsigned, StringRef>> Lines;
  std::set<EditKeys> Seen;
};

void lose(Finding &F, const std::string &Why) {
  F.Edits.clear();
  if (!needsPerson(F.Verdict))
    F.Verdict = Verdict::Review;
  F.Message += (F.Message.empty() ? "its change was not made because "
                                  : "; its change was not made because ") +
               Why;
}

/// Findings by (offset, rule); the rest of the key makes the order independent of the array's.
std::vector<Finding *> inOrder(MutableArrayRef<Finding> Findings) {
  std::vector<Finding *> Result;
  for (Finding &F : Findings)
    if (!F.Edits.empty())
      Result.push_back(&F);
  sort(Result, [](const Finding *A, const Finding *B) {
    if (*A < *B || *B < *A)
      return *A < *B;
    if (EditKeys KeysA = keysOf(*A), KeysB = keysOf(*B); KeysA != KeysB)
      return KeysA < KeysB;
    return A < B; // the same in all that is decided here
  });
  return Result;
}

/// One edit for each run of edits that touch.
std::vector<Edit> join(StringRef Text, ArrayRef<Placed> Sorted) {
  std::vector<Edit> Result;
  for (const Placed &P : Sorted) {
    if (Result.empty() || endOf(Result.back()) < P.E->Offset) {
      Result.push_back(*P.E);
      continue;
    }
    Result.back().Length += P.E->Length;
    Result.back().Text += P.E->Text;
  }
  erase_if(Result, [&](const Edit &E) { return Text.substr(E.Offset, E.Length) == E.Text; });
  return Result;
}

} // namespace

std::vector<Edit> resolveEdits(StringRef Text, MutableArrayRef<Finding> FindingsOfOneFile) {
  Taken All;
  std::vector<std::pair<Finding *, std::string>>
      Losers; // emptied at the end: the edits are pointed to until then
  size_t Rank = 0;
  for (Finding *F : inOrder(FindingsOfOneFile)) {
    std::vector<Placed> Edits = placeEdits(*F, Rank++);
    if (!isSound(Edits, Text.size())) {
      assert(false && "a finding's edits overlap each other or pass the end of the text");
      Losers.push_back({F, "its edits do not fit the text (a fault of cuport)"});
      continue;
    }
    const Finding *Winner = nullptr;
    for (const Placed &P : Edits)
      if ((Winner = All.overlapping(*P.E)))
        break;
    if (Winner)
      Losers.push_back({F, "it overlaps with " + Winner->Rule + "'s at line " +
                               std::to_string(Winner->At.Line)});
    else
      All.take(*F, Edits);
  }
  sort(All.Made, comesBefore);
  std::vector<Edit> Result = join(Text, All.Made);
  for (auto &[F, Why] : Losers)
    lose(*F, Why);
  return Result;
}

std::string applyResolved(StringRef Text, ArrayRef<Edit> Resolved) {
  std::string Result;
  size_t Size = Text.size();
  for (const Edit &E : Resolved)
    Size += E.Text.size();
  Result.reserve(Size);
  size_t From = 0;
  for (const Edit &E : Resolved) {
    assert(E.Offset >= From && endOf(E) <= Text.size() &&
           "not what resolveEdits() returned for this text");
    Result += Text.slice(From, E.Offset);
    Result += E.Text;
    From = endOf(E);
  }
  Result += Text.substr(From);
  return Result;
}

std::string applyEdits(StringRef Text, MutableArrayRef<Finding> FindingsOfOneFile) {
  return applyResolved(Text, resolveEdits(Text, FindingsOfOneFile));
}

} // namespace cuport
