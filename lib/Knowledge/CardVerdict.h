// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// One scan, all cards: what a place costs on one card.
//
//   what the place asks (its name, its needs, kernel code)  +  the facts of a card  ->  verdict, reason, evidence
//
// A finding is made once, for HIP; the card's own facts say what becomes of it there. What no fact tells is unknown, and a place
// that rests on it is unknown on that card, never fine.

#ifndef CUPORT_KNOWLEDGE_CARDVERDICT_H
#define CUPORT_KNOWLEDGE_CARDVERDICT_H

#include "Basic/Finding.h"
#include "Knowledge/CardName.h"

namespace cuport {

/// A card, and which generation of it. With an empty generation a fact that differs between generations counts with its worst.
struct Card {
  const cuport::Target *Target = nullptr;
  llvm::StringRef Generation; ///< id, or empty

  std::string id() const; ///< as --target takes it: "musa", "musa:mp_31"
};

/// What a place asks of any card.
struct CardQuestion {
  const Finding *About = nullptr;
  const ApiRow *Row = nullptr; ///< of the name that it is about; null where no row has it
  bool InKernel = false;       ///< in the text of a kernel or a device function
};

struct CardVerdict {
  /// What decided; the spelling is that of the report.
  enum ReasonKind : uint8_t {
#define REASON(ENUMERATOR, SPELLING, TEXT) ENUMERATOR,
#include "Knowledge/CardReasons.def"
  };
  cuport::Verdict Verdict = Verdict::Unknown;
  ReasonKind Reason = AsHip;
  std::optional<FactKey> Fact; ///< of the reasons that are about a fact
  uint64_t Need = 0;           ///< what the place asks of it; 0 where it says yes or no
  std::string Have;            ///< what the card has, as people read it; empty where it is not known
  CardName Name;               ///< on the card, where the place is about a name
  const Evidence *From = nullptr; ///< of what decided; null where nothing about the card did

  /// True where the place is fine only if the card's naming rule holds for a name that was not seen.
  bool isDerived() const { return !needsPerson(Verdict) && Name.State == CardName::Derived; }
};

/// "name-seen", "fact-unknown", ...: the spelling in the report.
llvm::StringRef cardReasonName(CardVerdict::ReasonKind Reason);
/// The sentence of a reason, with {name}, {fact}, {need}, {have} and {library} for what it is about.
llvm::StringRef cardReasonText(CardVerdict::ReasonKind Reason);

/// Pure. Hip is the HIP that cards with HIP's names have.
CardVerdict verdictOnCard(const CardQuestion &Question, const Card &On, Version Hip);

} // namespace cuport

#endif
