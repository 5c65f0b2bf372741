// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/CardVerdict.h"

#include "Knowledge/TargetText.h"

#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/StringExtras.h"

using namespace cuport;
using llvm::StringRef;

std::string Card::id() const {
  return Target->Id.str() + (Generation.empty() ? "" : ":" + Generation.str());
}

StringRef cuport::cardReasonName(CardVerdict::ReasonKind Reason) {
  static constexpr llvm::StringLiteral Names[] = {
#define REASON(ENUMERATOR, SPELLING, TEXT) SPELLING,
#include "Knowledge/CardReasons.def"
  };
  return Names[Reason];
}

StringRef cuport::cardReasonText(CardVerdict::ReasonKind Reason) {
  static constexpr llvm::StringLiteral Texts[] = {
#define REASON(ENUMERATOR, SPELLING, TEXT) TEXT,
#include "Knowledge/CardReasons.def"
  };
  return Texts[Reason];
}

/// The facts of a kind that count for the card: one where a generation is chosen, else those of all generations.
static llvm::SmallVector<const TargetFact *, 4> factsOf(const Card &On, FactKey Key) {
  llvm::SmallVector<const TargetFact *, 4> Facts;
  if (!On.Generation.empty()) {
    if (const TargetFact *F = On.Target->fact(Key, On.Generation))
      Facts.push_back(F);
    return Facts;
  }
  for (const TargetFact &F : On.Target->facts(Key))
    Facts.push_back(&F);
  return Facts;
}

/// False where the facts leave a generation out, and none was chosen.
static bool coverAll(const Card &On, FactKey Key) {
  if (!On.Generation.empty())
    return true;
  llvm::ArrayRef<TargetFact> Facts = On.Target->facts(Key);
  return llvm::any_of(Facts, [](const TargetFact &F) { return F.For.empty(); }) ||
         llvm::all_of(On.Target->Generations, [&](const Generation &G) {
           return llvm::any_of(Facts, [&](const TargetFact &F) { return llvm::is_contained(F.For, G.Id); });
         });
}

/// The fact with the least support.
static const TargetFact *weakest(const Card &On, FactKey Key) {
  const TargetFact *Worst = nullptr;
  for (const TargetFact *F : factsOf(On, Key))
    if (!Worst || F->Support > Worst->Support)
      Worst = F;
  return Worst;
}

static std::string haveText(const Card &On, FactKey Key) {
  std::vector<std::string> Values;
  for (const TargetFact *F : factsOf(On, Key))
    if (std::string V = valueText(*F); !llvm::is_contained(Values, V))
      Values.push_back(V);
  return llvm::join(Values, " or ");
}

/// True where code that counts on the exact value goes wrong with any other: more is no better than less.
static bool isExact(FactKey Key) { return Key == FactKey::WarpWidth || Key == FactKey::LaneMaskBits; }

namespace {
/// What a card answers to one need.
struct Answer {
  CardVerdict::ReasonKind Reason;
  cuport::Verdict Verdict; ///< AsIs where the need is met
  FactKey Fact;
  uint64_t Need;
  std::string Have;
  const Evidence *From;
};
} // namespace

/// By the facts that there are.
static Answer answerOfFacts(const Need &N, FactKey Key, const Card &On) {
  Answer A{CardVerdict::FactUnknown, Verdict::Unknown, Key, N.Amount, haveText(On, Key), nullptr};
  const auto Facts = factsOf(On, Key);
  if (Facts.empty())
    return A;
  switch (factInfo(Key).Kind) {
  case FactKind::Text:
    return A; // a text answers no need
  case FactKind::Support: {
    const TargetFact *Worst = weakest(On, Key);
    A.From = &Worst->From;
    A.Reason = Worst->Support == Support::Yes  ? CardVerdict::FactMet
               : Worst->Support == Support::No ? CardVerdict::FactLacks
                                               : CardVerdict::FactPartial;
    A.Verdict = Worst->Support == Support::Yes  ? Verdict::AsIs
                : Worst->Support == Support::No ? Verdict::Unsupported
                                                : Verdict::Review;
    return A;
  }
  case FactKind::Number:
  case FactKind::Bytes:
    A.Reason = CardVerdict::FactMet;
    A.Verdict = Verdict::AsIs;
    for (const TargetFact *F : Facts) {
      const bool Met = isExact(Key) ? F->Number == N.Amount : F->Number >= N.Amount;
      if (A.Verdict == Verdict::AsIs)
        A.From = &F->From;
      if (!Met) {
        A.Reason = isExact(Key) ? CardVerdict::FactDiffers : CardVerdict::FactShort;
        A.Verdict = isExact(Key) ? Verdict::Review : Verdict::Redesign;
      }
    }
    return A;
  }
  llvm_unreachable("not a FactKind");
}

static Answer answer(const Need &N, FactKey Key, const Card &On) {
  Answer A = answerOfFacts(N, Key, On);
  if (A.Verdict == Verdict::AsIs && !coverAll(On, Key)) {
    A.Reason = CardVerdict::FactUnknown;
    A.Verdict = Verdict::Unknown;
  }
  return A;
}

static std::optional<FactKey> factOf(StringRef Spelling) {
  for (const FactInfo &I : allFacts())
    if (I.Spelling == Spelling)
      return I.Key;
  return std::nullopt;
}

/// The answer that costs most.
static std::optional<Answer> worstAnswer(const Finding &F, const Card &On) {
  std::optional<Answer> Worst;
  for (const Need &N : F.Needs)
    if (auto Key = factOf(N.Fact))
      if (Answer A = answer(N, *Key, On); !Worst || A.Verdict > Worst->Verdict)
        Worst = std::move(A);
  return Worst;
}

static void set(CardVerdict &Result, Verdict V, CardVerdict::ReasonKind Reason, const Evidence *From) {
  Result.Verdict = V;
  Result.Reason = Reason;
  Result.From = From;
}

/// What is left of the verdict for HIP when what it rests on is met.
static Verdict withoutDoubt(const Finding &F) {
  if (!needsPerson(F.Verdict))
    return F.Verdict;
  if (!F.Edits.empty())
    return Verdict::Edit;
  return F.Replacement.empty() || F.Replacement == F.Name ? Verdict::AsIs : Verdict::Rename;
}

/// The verdict by the name alone.
static void judgeName(CardVerdict &Result, const CardQuestion &Q, const Card &On) {
  const CardName &Name = Result.Name;
  const NamingRule &Rule = On.Target->Naming;
  switch (Name.State) {
  case CardName::Lacks:
    // What HIP has no name for may be written without one.
    if (Rule.Style == NamingRule::Hip && Q.About->Verdict == Verdict::Edit)
      return set(Result, Verdict::Edit, CardVerdict::AsHip, nullptr);
    return set(Result, Verdict::Unsupported, CardVerdict::NameLacks, Name.From);
  case CardName::Unknown:
    if (Name.Library && Name.Library->Interface == TargetLibrary::Own)
      return set(Result, Verdict::Redesign, CardVerdict::LibraryOwn, &Name.Library->From);
    return set(Result, Verdict::Unknown, CardVerdict::NameUnknown, nullptr);
  case CardName::Origin:
  case CardName::Seen:
  case CardName::Derived:
    break;
  }
  const auto Reason = Name.State == CardName::Origin ? CardVerdict::NameOrigin
                      : Name.State == CardName::Seen ? CardVerdict::NameSeen
                                                     : CardVerdict::NameDerived;
  // HIP's rules have judged the call itself, which other cards' facts do not tell of.
  if (Rule.Style == NamingRule::Hip)
    return set(Result, Q.About->Needs.empty() ? Q.About->Verdict : withoutDoubt(*Q.About), Reason, Name.From);
  Verdict V = Name.Name == Q.About->Name ? Verdict::AsIs : Verdict::Rename;
  if (Name.State == CardName::Seen && !Name.Note.empty())
    V = Verdict::Review; // what differs in the call
  set(Result, V, Reason, Name.From);
}

/// True where the place is part of a kernel or starts one, so that it goes with the kernels.
static bool isOfKernels(const CardQuestion &Q) {
  if (Q.InKernel || Q.About->Rule == "kernel-launch")
    return true;
  if (!Q.Row)
    return false;
  return Q.Row->Kind == ApiKind::DeviceFunction || Q.Row->Kind == ApiKind::Variable || Q.Row->Kind == ApiKind::Keyword;
}

CardVerdict cuport::verdictOnCard(const CardQuestion &Q, const Card &On, Version Hip) {
  const Finding &F = *Q.About;
  CardVerdict Result;
  if (!F.Ignored.empty()) {
    set(Result, Verdict::AsIs, CardVerdict::Ignored, nullptr);
    return Result;
  }
  const NamingRule &Rule = On.Target->Naming;
  if (isOfKernels(Q)) {
    const TargetFact *Simt = weakest(On, FactKey::SimtKernels);
    if (!Simt || Simt->Support != Support::Yes) {
      set(Result, Simt ? Verdict::Redesign : Verdict::Unknown, Simt ? CardVerdict::NotSimt : CardVerdict::SimtUnknown,
          Simt ? &Simt->From : nullptr);
      Result.Fact = FactKey::SimtKernels;
      return Result;
    }
  }
  if (Q.Row) {
    Result.Name = nameOnCard(*On.Target, F.Name, Q.Row, Hip);
    judgeName(Result, Q, On);
  } else if (Rule.Origin && Rule.Style == NamingRule::Cuda) {
    set(Result, Verdict::AsIs, CardVerdict::NameOrigin, &Rule.From);
  } else if (F.isOfBuildFile() && Rule.Style != NamingRule::Hip) {
    const TargetFact *Compiler = On.Target->fact(FactKey::Compiler, On.Generation);
    set(Result, std::max(F.Verdict, Verdict::Review), CardVerdict::BuildOfHip, Compiler ? &Compiler->From : nullptr);
    Result.Fact = FactKey::Compiler;
    Result.Have = haveText(On, FactKey::Compiler);
  } else {
    set(Result, F.Needs.empty() ? F.Verdict : withoutDoubt(F), CardVerdict::AsHip, nullptr);
  }
  std::optional<Answer> Worst = worstAnswer(F, On);
  if (!Worst || (Worst->Verdict <= Result.Verdict && needsPerson(Result.Verdict)))
    return Result;
  Result.Fact = Worst->Fact;
  Result.Need = Worst->Need;
  Result.Have = std::move(Worst->Have);
  if (Worst->Verdict == Verdict::AsIs) {
    if (Result.Reason == CardVerdict::AsHip) {
      Result.Reason = CardVerdict::FactMet;
      Result.From = Worst->From;
    }
    return Result;
  }
  // What the rule says of HIP is at least as hard where the card fails it as HIP's cards do.
  set(Result, std::max(Worst->Verdict, needsPerson(F.Verdict) ? F.Verdict : Worst->Verdict), Worst->Reason, Worst->From);
  return Result;
}
