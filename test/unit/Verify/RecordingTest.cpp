// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Verify/Recording.h"
#include "Verify/Comparison.h"

#include "gtest/gtest.h"

#include <cmath>
#include <limits>

using namespace cuport;
using record::Entry;

namespace {

struct Fields {
  std::string Bytes;
  template <class Number> Fields &add(Number Value) {
    for (unsigned I = 0; I < sizeof(Number); ++I)
      Bytes += char(uint64_t(Value) >> (8 * I));
    return *this;
  }
  Fields &u32(uint32_t Value) { return add(Value); }
  Fields &u64(uint64_t Value) { return add(Value); }
  Fields &text(llvm::StringRef Value) {
    u32(Value.size());
    Bytes += Value;
    return *this;
  }
  Fields &site() { return text("cudaMalloc").u32(1).u32(0).u64(16); }
};

std::string entry(Entry Kind, const Fields &F) {
  return Fields().u32(uint32_t(Kind)).u64(F.Bytes.size()).Bytes + F.Bytes;
}

std::string bytesOf(llvm::ArrayRef<float> Values) {
  return std::string(reinterpret_cast<const char *>(Values.data()), Values.size() * sizeof(float));
}

std::string program(uint32_t Layer = 0) {
  return record::Magic +
         entry(Entry::Program, Fields().u32(0x5a).u32(32).u32(Layer).text("cpu").text("./prog"));
}
std::string module() {
  return entry(Entry::Module, Fields().u32(0).text("/no/such/program").u64(1).u64(2));
}
std::string allocation(uint64_t Size = 32) {
  return entry(Entry::Allocation,
               Fields().u32(0).u32(0).u32(0).u64(Size).text("").text("?").site());
}
std::string kernel() {
  return entry(Entry::Kernel,
               Fields().u32(0).text("_Z1kPf").text("k.cu").u32(7).u32(1).u32(8).text("*4@0f4"));
}
std::string launch() {
  Fields F = Fields().u32(0).u32(0).u32(0).site().u32(0);
  for (unsigned N : {1, 1, 1, 8, 1, 1, 0, 0})
    F.u32(N);
  return entry(Entry::Call, F.u64(0).u32(1).u64(0).u32(0).u64(0));
}
std::string change(llvm::StringRef Bytes, uint64_t Offset = 0, bool Whole = true, uint64_t Hash = 0,
                   uint64_t Changed = 32) {
  Fields F =
      Fields().u32(0).u32(1).u32(Whole).u64(Hash).u64(Changed).u32(1).u64(Offset).u64(Bytes.size());
  F.Bytes += Bytes;
  return entry(Entry::Change, F.u32(0));
}
std::string end() { return entry(Entry::End, {}); }

std::string recording(llvm::ArrayRef<float> Values) {
  return program() + module() + allocation() + kernel() + launch() + change(bytesOf(Values)) +
         end();
}

std::string errorOf(llvm::StringRef Text) {
  auto Read = parseRecording(Text);
  return Read ? "" : llvm::toString(Read.takeError());
}

Comparison compared(const std::string &A, const std::string &B,
                    const CompareOptions &Options = {}) {
  auto X = parseRecording(A), Y = parseRecording(B);
  if (!X || !Y) {
    ADD_FAILURE() << errorOf(A) << errorOf(B);
    llvm::consumeError(X.takeError());
    llvm::consumeError(Y.takeError());
    return {};
  }
  return compare(*X, *Y, Options);
}

const std::vector<float> Values{1, 2, 3, 4, 5, 6, 7, 8};

std::vector<float> with(size_t Index, float Value) {
  std::vector<float> Others = Values;
  Others[Index] = Value;
  return Others;
}

} // namespace

TEST(Recording, IsReadWhole) {
  const std::string Text = recording(Values);
  auto R = parseRecording(Text);
  ASSERT_TRUE(bool(R)) << llvm::toString(R.takeError());
  EXPECT_TRUE(R->Complete);
  EXPECT_EQ(R->Warp, 32u);
  ASSERT_EQ(R->Calls.size(), 1u);
  EXPECT_EQ(R->Calls[0].Block[0], 8u);
  ASSERT_EQ(R->Calls[0].After.size(), 1u);
  EXPECT_EQ(R->Calls[0].After[0].Runs[0].Bytes.size(), 32u);
}

TEST(Recording, SaysWhatIsWrong) {
  EXPECT_EQ(errorOf(""), "it is no recording of this version of cuport");
  EXPECT_EQ(errorOf("CUPORTR1"), "it is no recording of this version of cuport");
  EXPECT_EQ(errorOf(record::Magic), "it stops before it says what was recorded");
  EXPECT_EQ(errorOf(program(2)),
            "the entry at byte 8 is damaged: where the recorder stood");
  const std::string Before = program() + module(),
                    At = "the entry at byte " + std::to_string(Before.size()) + " is damaged: ";
  EXPECT_EQ(errorOf(Before + allocation(uint64_t(1) << 60)), At + "an allocation's size");
  EXPECT_EQ(errorOf(Before + launch()), At + "a kernel's number");
  EXPECT_EQ(errorOf(Before + entry(Entry(99), {})), At + "its kind is not known");
  EXPECT_EQ(errorOf(Before + entry(Entry::End, Fields().u32(1))), At + "its length");
  EXPECT_EQ(errorOf(Before + entry(Entry::Free, Fields().u32(0))), At + "an allocation's number");
  EXPECT_EQ(
      errorOf(Before + entry(Entry::Kernel, Fields().u32(0).text("k").text("").u32(1).u32(~0u))),
      At + "its length");
  const std::string Called = Before + allocation() + kernel() + launch();
  const std::string There = "the entry at byte " + std::to_string(Called.size()) + " is damaged: ";
  EXPECT_EQ(errorOf(Called + change(bytesOf(Values), 1)),
            There + "a run outside of its allocation, or out of order");
  EXPECT_EQ(errorOf(Called + change("x", ~uint64_t(0))),
            There + "a run outside of its allocation, or out of order");
  EXPECT_EQ(errorOf(recording(Values) + "x"), "there is something behind its end, at byte " +
                                                  std::to_string(recording(Values).size()));
}

TEST(Recording, CutAnywhereIsAnErrorOrNotWhole) {
  const std::string Whole = recording(Values);
  for (size_t Size = 0; Size < Whole.size(); ++Size) {
    const std::string Cut = Whole.substr(0, Size);
    if (!errorOf(Cut).empty())
      continue;
    Comparison C = compared(Whole, Cut);
    EXPECT_FALSE(C.B.Complete) << Size;
    EXPECT_TRUE(C.isDifferent() || C.isOpen()) << Size;
  }
}

TEST(Recording, AnyByteMayBeWrong) {
  const std::string Whole = recording(Values);
  for (size_t Index = record::MagicBytes; Index < Whole.size(); ++Index)
    for (char Other : {'\0', '\1', '\x7f', '\xff'}) {
      std::string Damaged = Whole;
      Damaged[Index] = Other;
      if (errorOf(Damaged).empty()) {
        compared(Whole, Damaged);
        compared(Damaged, Whole);
      }
    }
}

TEST(Comparison, NamesTheFirstValue) {
  Comparison C = compared(recording(Values), recording(with(5, 6.5f)));
  ASSERT_EQ(C.Differences.size(), 1u);
  const CallDifference &D = C.Differences[0];
  EXPECT_EQ(D.Name, "k(float*)");
  EXPECT_EQ(D.Defined, "k.cu:7");
  EXPECT_EQ(D.Launch, 1u);
  ASSERT_EQ(D.Memory.size(), 1u);
  EXPECT_EQ(D.Memory[0].Argument, "argument 1");
  EXPECT_EQ(D.Memory[0].Different, 1u);
  EXPECT_EQ(D.Memory[0].First.Element, 5u);
  EXPECT_EQ(D.Memory[0].First.A, "6");
  EXPECT_EQ(D.Memory[0].First.B, "6.5");
  EXPECT_EQ(D.Memory[0].First.Ulps, uint64_t(1) << 20);
}

TEST(Comparison, ToleranceDecides) {
  const std::string A = recording(Values), B = recording(with(3, std::nextafter(4.f, 5.f)));
  EXPECT_FALSE(compared(A, B).isDifferent());
  EXPECT_EQ(compared(A, B).Ulps[RealType::F32].Counts[1], 1u);
  CompareOptions Exact;
  ASSERT_FALSE(bool(Exact.Near.set("f32:ulp=0,relative=0,of-largest=0")));
  EXPECT_TRUE(compared(A, B, Exact).isDifferent());
  // 1e-7 of the largest is nothing, as large as it is beside the value.
  EXPECT_FALSE(compared(recording(with(0, 1e-9f)), recording(with(0, 5e-8f))).isDifferent());
  const float None = std::numeric_limits<float>::quiet_NaN();
  EXPECT_FALSE(compared(recording(with(0, None)), recording(with(0, -None))).isDifferent());
  EXPECT_TRUE(compared(A, recording(with(0, None))).isDifferent());
}

TEST(Comparison, UnorderedIsSorted) {
  std::vector<float> Reversed(Values.rbegin(), Values.rend());
  EXPECT_TRUE(compared(recording(Values), recording(Reversed)).isDifferent());
  CompareOptions Options;
  Options.Unordered = {"k"};
  EXPECT_FALSE(compared(recording(Values), recording(Reversed), Options).isDifferent());
  EXPECT_TRUE(compared(recording(Values), recording(with(0, 9)), Options).isDifferent());
}

TEST(Comparison, SampleThatAgreesLeavesItOpen) {
  auto Sampled = [](uint64_t Hash, llvm::ArrayRef<float> Some) {
    return program() + module() + allocation(4096) + kernel() + launch() +
           change(bytesOf(Some), 64, false, Hash, 4096) + end();
  };
  const float Some[] = {1, 2, 3, 4}, Others[] = {1, 2, 3, 5};
  EXPECT_FALSE(compared(Sampled(1, Some), Sampled(1, Some)).isOpen());
  Comparison C = compared(Sampled(1, Some), Sampled(2, Some));
  EXPECT_FALSE(C.isDifferent());
  EXPECT_TRUE(C.isOpen());
  EXPECT_TRUE(compared(Sampled(1, Some), Sampled(2, Others)).isDifferent());
}

TEST(Comparison, MissingCallsAndWhatFollows) {
  const std::string Head = program() + module() + allocation() + kernel();
  const std::string First = launch() + change(bytesOf(Values)),
                    Second = launch() + change(bytesOf(with(0, 9)));
  Comparison C = compared(Head + First + Second + end(), Head + First + end());
  ASSERT_EQ(C.Differences.size(), 1u);
  EXPECT_EQ(C.Differences[0].Kind, CallDifference::Kind::OnlyA);
  EXPECT_EQ(C.Differences[0].Launch, 2u);
  C = compared(Head + First + end(), Head + First + Second + end());
  ASSERT_EQ(C.Differences.size(), 1u);
  EXPECT_EQ(C.Differences[0].Kind, CallDifference::Kind::OnlyB);
}

TEST(Comparison, WaitsOnlyTheReferenceHas) {
  const std::string Head = program() + module() + allocation() + kernel() + launch() + change(bytesOf(Values));
  const std::string Wait = entry(Entry::Call, Fields().u32(uint32_t(record::Operation::Synchronize)).u32(0).u32(0).site());
  EXPECT_TRUE(compared(Head + Wait + end(), Head + end()).isDifferent());
  CompareOptions Options;
  Options.IgnoreWaits = true;
  for (const Comparison &C : {compared(Head + Wait + end(), Head + end(), Options), compared(Head + end(), Head + Wait + end())}) {
    EXPECT_FALSE(C.isDifferent());
    ASSERT_EQ(C.Notes.size(), 1u);
    EXPECT_EQ(C.Notes[0], "1 waits and records of events are in the one recording only");
  }
}

TEST(Tolerances, SaysWhatIsWrong) {
  auto Error = [](llvm::StringRef Text) { return llvm::toString(Tolerances().set(Text)); };
  EXPECT_EQ(Error("f31:ulp=1"), "'f31' is no type; there are f16, bf16, f32 and f64");
  EXPECT_EQ(Error("far=1"),
            "'far' is no tolerance; there are ulp, relative, of-largest and absolute");
  EXPECT_EQ(Error("ulp"),
            "'ulp' is not of the form ulp=4, relative=1e-5, of-largest=1e-6 or absolute=1e-9");
  EXPECT_EQ(Error("ulp=-1"),
            "'ulp=-1' is not of the form ulp=4, relative=1e-5, of-largest=1e-6 or absolute=1e-9");
}

TEST(Values, UlpsAndTexts) {
  EXPECT_EQ(ulpsBetween(0x3f800000, 0x3f800001, RealType::F32), 1u);
  EXPECT_EQ(ulpsBetween(0x80000000, 0x00000001, RealType::F32), 1u); // -0 and the least positive
  EXPECT_EQ(ulpsBetween(0x3c00, 0x3c02, RealType::F16), 2u);
  EXPECT_EQ(realOf(0x3c00, RealType::F16), 1.0);
  EXPECT_EQ(realOf(0x3f80, RealType::BF16), 1.0);
  EXPECT_EQ(textOf(0xff, {0, ScalarKind::Signed, 1}), "-1");
  EXPECT_EQ(textOf(0xff, {0, ScalarKind::Unsigned, 1}), "255");
  UlpHistogram H;
  for (uint64_t Ulps : {0, 1, 2, 3, 4, 5})
    H.add(Ulps);
  EXPECT_EQ(H.Counts[0], 1u);
  EXPECT_EQ(H.Counts[1], 1u);
  EXPECT_EQ(H.Counts[2], 1u);
  EXPECT_EQ(H.Counts[3], 2u); // up to 4
  EXPECT_EQ(H.Counts[4], 1u);
  EXPECT_EQ(UlpHistogram::limitOf(3), 4u);
}

TEST(Layout, TakesOnlyWhatFits) {
  auto L = parseLayout("12@0f4@4f4@8i4");
  ASSERT_TRUE(L);
  EXPECT_EQ(L->Scalars.size(), 3u);
  for (llvm::StringRef Wrong : {"", "?", "4", "0@0f4", "4@1f4", "4@0f3", "4@0q4",
                                "4@18446744073709551615f4", "99999999@0f4", "4@0f"})
    EXPECT_FALSE(parseLayout(Wrong)) << Wrong.str();
  EXPECT_TRUE(parsePointee("*4@0f4"));
  EXPECT_FALSE(parsePointee("4@0f4"));
}
