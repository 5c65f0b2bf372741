// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The part of the JSON report that is about cards: questions, kernels, the effort model, a card each. docs/ReportFormat.md describes it.

#ifndef CUPORT_REPORT_CARDSJSON_H
#define CUPORT_REPORT_CARDSJSON_H

#include "Report/ReportModel.h"

#include "llvm/Support/JSON.h"

namespace cuport {

/// An estimate with three digits that count, as JSON has numbers.
std::string roundedNumber(double Value);

/// Writes the attributes "kernels", "questions", "effort" and "cards" into the open object.
void writeCards(const CardsReport &Cards, llvm::json::OStream &J);

/// The same for the page, where cards times questions and places would be most of the file: what
/// several cards have stands once.
///
/// - a list of indices: the number of a list in "lists", each a text: the first index and the steps
///   to the next ones, in base 36
/// - "kernels": by file, [[name, kernel, line, last_line], ...]
/// - "answers" of a card: the number of one in "answers", or [number, name] for one with a name;
///   its source is in "sources"
/// - "modules" of a card: [number in "modules", p10, p50, p90]
/// - "source": the number of one in "sources", whichever card cites it
void writePackedCards(const CardsReport &Cards, llvm::json::OStream &J);

/// Writes the attributes of one card's days in an earlier report and now.
void writeDaysThen(const CardsReport &Cards, const Trend::CardDays &Then, llvm::json::OStream &J);

} // namespace cuport

#endif
