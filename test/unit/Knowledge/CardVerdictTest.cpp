// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/CardVerdict.h"
#include "Knowledge/TargetLoader.h"

#include "gtest/gtest.h"

using namespace cuport;

static constexpr Version Hip{6, 3};

/// A card with CUDA's kernels and the given facts.
static Target card(llvm::StringRef Facts, TargetMemory &Memory, llvm::StringRef Naming = "style: cuda") {
  std::string Yaml = ("target: x\ngenerations: [{id: a}, {id: b}]\nsources: {s: {at: here, seen: 2026-01-31}}\nnaming: {" + Naming +
                      ", source: s, confidence: high}\nfacts:\n  - {fact: simt-kernels, value: yes, source: s, confidence: high}\n" + Facts)
                         .str();
  // The memory copies what it keeps.
  auto Card = parseTarget(llvm::MemoryBufferRef(Yaml, "test.yaml"), Memory);
  if (!Card) {
    ADD_FAILURE() << llvm::toString(Card.takeError());
    return {};
  }
  return *Card;
}

static std::string fact(llvm::StringRef Key, llvm::StringRef Value, llvm::StringRef More = "") {
  return ("  - {fact: " + Key + ", value: " + Value + More + ", source: s, confidence: high}\n").str();
}

/// A place that HIP wants a person for, because of Needs.
static Finding place(std::vector<Need> Needs) {
  Finding F;
  F.Rule = "some-rule";
  F.Verdict = Verdict::Review;
  F.Needs = std::move(Needs);
  return F;
}

static CardVerdict ask(const Finding &F, const Target &On, llvm::StringRef Generation = "") {
  return verdictOnCard({&F, nullptr, true}, {&On, Generation}, Hip);
}

TEST(CardVerdict, AWidthIsMetExactly) {
  TargetMemory Memory;
  Finding F = place({{"warp-width", 32}});
  Target Same = card(fact("warp-width", "32"), Memory), Wider = card(fact("warp-width", "64"), Memory), None = card("", Memory);
  EXPECT_EQ(ask(F, Same).Verdict, Verdict::AsIs);
  EXPECT_EQ(ask(F, Same).Reason, CardVerdict::FactMet);
  EXPECT_EQ(ask(F, Wider).Verdict, Verdict::Review);
  EXPECT_EQ(ask(F, Wider).Reason, CardVerdict::FactDiffers);
  EXPECT_EQ(ask(F, Wider).Have, "64");
  EXPECT_EQ(ask(F, Wider).Need, 32u);
  EXPECT_EQ(toString(*ask(F, Wider).From), "here (2026-01-31)");
  EXPECT_EQ(ask(F, None).Verdict, Verdict::Unknown);
  EXPECT_EQ(ask(F, None).Reason, CardVerdict::FactUnknown);
}

TEST(CardVerdict, ALimitIsMetByAsMuchOrMore) {
  TargetMemory Memory;
  Finding F = place({{"shared-memory", 65536}});
  Target More = card(fact("shared-memory", "65536"), Memory), Less = card(fact("shared-memory", "65535"), Memory);
  EXPECT_EQ(ask(F, More).Verdict, Verdict::AsIs);
  EXPECT_EQ(ask(F, Less).Verdict, Verdict::Redesign);
  EXPECT_EQ(ask(F, Less).Reason, CardVerdict::FactShort);
}

TEST(CardVerdict, Support) {
  TargetMemory Memory;
  Finding F = place({{"fp64", 0}});
  EXPECT_EQ(ask(F, card(fact("fp64", "yes"), Memory)).Verdict, Verdict::AsIs);
  EXPECT_EQ(ask(F, card(fact("fp64", "emulated"), Memory)).Verdict, Verdict::Review);
  EXPECT_EQ(ask(F, card(fact("fp64", "partial"), Memory)).Verdict, Verdict::Review);
  EXPECT_EQ(ask(F, card(fact("fp64", "no"), Memory)).Verdict, Verdict::Unsupported);
  // HIP's cards have it, so HIP's own verdict was fine; a card that lacks it is not.
  F.Verdict = Verdict::AsIs;
  EXPECT_EQ(ask(F, card(fact("fp64", "no"), Memory)).Verdict, Verdict::Unsupported);
  EXPECT_EQ(ask(F, card("", Memory)).Verdict, Verdict::Unknown);
}

TEST(CardVerdict, TheWorstNeedCounts) {
  TargetMemory Memory;
  Target T = card(fact("warp-width", "32") + fact("fp64", "no"), Memory);
  EXPECT_EQ(ask(place({{"warp-width", 32}, {"fp64", 0}}), T).Reason, CardVerdict::FactLacks);
  EXPECT_EQ(ask(place({{"warp-width", 32}, {"textures", 0}}), T).Reason, CardVerdict::FactUnknown);
}

TEST(CardVerdict, Generations) {
  TargetMemory Memory;
  Finding F = place({{"warp-width", 32}});
  Target T = card(fact("warp-width", "32", ", for: a") + fact("warp-width", "128", ", for: b"), Memory);
  EXPECT_EQ(ask(F, T).Verdict, Verdict::Review);
  EXPECT_EQ(ask(F, T, "a").Verdict, Verdict::AsIs);
  EXPECT_EQ(ask(F, T, "b").Verdict, Verdict::Review);
  // Of b nothing is known: that a is fine does not make the card so.
  Target Half = card(fact("warp-width", "32", ", for: a"), Memory);
  EXPECT_EQ(ask(F, Half).Verdict, Verdict::Unknown);
  EXPECT_EQ(ask(F, Half, "a").Verdict, Verdict::AsIs);
  EXPECT_EQ(ask(F, Half, "b").Verdict, Verdict::Unknown);
}

TEST(CardVerdict, WhatIsLeftWhenTheNeedIsMet) {
  TargetMemory Memory;
  Target T = card(fact("warp-width", "32"), Memory);
  Finding F = place({{"warp-width", 32}});
  F.Name = "old";
  F.Replacement = "new";
  EXPECT_EQ(ask(F, T).Verdict, Verdict::Rename);
  F.Edits = {{0, 3, "new"}};
  EXPECT_EQ(ask(F, T).Verdict, Verdict::Edit);
  // Without needs the verdict rests on nothing that a card could meet.
  F.Needs.clear();
  EXPECT_EQ(ask(F, T).Verdict, Verdict::Review);
  EXPECT_EQ(ask(F, T).Reason, CardVerdict::AsHip);
}

TEST(CardVerdict, Kernels) {
  TargetMemory Memory;
  Target Tile = card("", Memory);
  Tile.Facts = {};
  Finding F = place({});
  EXPECT_EQ(ask(F, Tile).Reason, CardVerdict::SimtUnknown);
  EXPECT_EQ(ask(F, Tile).Verdict, Verdict::Unknown);
  // Outside of kernels it does not matter what they are.
  EXPECT_EQ(verdictOnCard({&F, nullptr, false}, {&Tile, ""}, Hip).Reason, CardVerdict::AsHip);
}

TEST(CardVerdict, ACommentOfTheUsersEndsIt) {
  TargetMemory Memory;
  Finding F = place({{"fp64", 0}});
  F.Ignored = "measured";
  EXPECT_EQ(ask(F, card(fact("fp64", "no"), Memory)).Verdict, Verdict::AsIs);
}

TEST(CardVerdict, Names) {
  TargetMemory Memory;
  ApiRow Row{};
  Row.Cuda = "cudaThing";
  Row.Kind = ApiKind::Function;
  Finding F;
  F.Rule = "api-name";
  F.Name = "cudaThing";
  F.Verdict = Verdict::Unsupported; // in HIP
  auto Ask = [&](const Target &T) { return verdictOnCard({&F, &Row, false}, {&T, ""}, Hip); };
  const std::string Seen = "names:\n  - {source: s, confidence: high, names: {cudaThing: myThing}}\n",
                    Differs = "names:\n  - {source: s, confidence: high, names: {cudaThing: {name: myThing, note: Takes bytes.}}}\n",
                    Lacks = "names:\n  - {source: s, confidence: high, names: {cudaThing: {lacks: Nothing.}}}\n";
  CardVerdict V = Ask(card(Seen, Memory));
  EXPECT_EQ(V.Verdict, Verdict::Rename);
  EXPECT_EQ(V.Name.Name, "myThing");
  EXPECT_FALSE(V.isDerived());
  EXPECT_EQ(Ask(card(Differs, Memory)).Verdict, Verdict::Review);
  EXPECT_EQ(Ask(card(Lacks, Memory)).Verdict, Verdict::Unsupported);
  V = Ask(card("", Memory));
  EXPECT_EQ(V.Verdict, Verdict::AsIs);
  EXPECT_TRUE(V.isDerived());
  EXPECT_EQ(Ask(card("", Memory, "style: listed")).Verdict, Verdict::Unknown);
  // A name that is there does not help where the card lacks what it does.
  F.Needs = {{"graphs", 0}};
  EXPECT_EQ(Ask(card(fact("graphs", "no") + Seen, Memory)).Verdict, Verdict::Unsupported);
}

TEST(CardVerdict, KernelWordsFollowFromKernels) {
  TargetMemory Memory;
  ApiRow Row{};
  Row.Cuda = Row.Hip = "__syncthreads";
  Row.Kind = ApiKind::DeviceFunction;
  Target T = card("", Memory, "style: prefix, prefixes: {cuda: my}");
  EXPECT_EQ(nameOnCard(T, Row.Cuda, &Row, Hip).State, CardName::Derived);
  EXPECT_EQ(nameOnCard(T, Row.Cuda, &Row, Hip).Confidence, FactConfidence::Low);
  // What HIP calls otherwise or lacks nobody can conclude for another card.
  Row.Hip = "__hip_syncthreads";
  EXPECT_EQ(nameOnCard(T, Row.Cuda, &Row, Hip).State, CardName::Unknown);
}
