// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Effort/Parameters.h"

#include "gtest/gtest.h"

using namespace cuport;

static std::string errorOf(llvm::StringRef Yaml) {
  Parameters P = Parameters::builtin();
  return llvm::toString(P.overlay(llvm::MemoryBufferRef(Yaml, "my.yaml")));
}

TEST(Parameters, EveryOneIsThere) {
  Parameters P = Parameters::builtin();
  EXPECT_FALSE(P.model().empty());
  for (const ModelParameter &Of : P.all()) {
    EXPECT_FALSE(Of.Id.empty());
    EXPECT_FALSE(Of.Title.empty()) << Of.Id;
    EXPECT_FALSE(Of.Unit.empty()) << Of.Id;
    EXPECT_FALSE(Of.Basis.empty()) << Of.Id;
    // What was measured says where and when.
    EXPECT_TRUE(llvm::StringRef(Of.Basis).starts_with("assumption") || llvm::StringRef(Of.Source).contains("2026")) << Of.Id;
    EXPECT_GT(Of.High, 0) << Of.Id;
  }
  for (llvm::StringRef Id : {"grade-a", "grade-b", "grade-c", "unknown-share", "analysed-share", "rewrite-lines", "apart"})
    EXPECT_GT(P.threshold(Id), 0) << Id.str();
}

TEST(Parameters, AUsersFileGoesOver) {
  Parameters P = Parameters::builtin();
  const std::string Before = P.fingerprint();
  llvm::StringRef Yaml = "parameters:\n  - {id: bring-up, low: 1, expected: 1.5, high: 3, basis: our last card}\n"
                         "thresholds:\n  - {id: grade-a, value: 0.02}\n";
  ASSERT_EQ(llvm::toString(P.overlay(llvm::MemoryBufferRef(Yaml, "my.yaml"))), "");
  const ModelParameter &B = P[ParameterId::BringUp];
  EXPECT_EQ(B.Expected, 1.5);
  EXPECT_TRUE(B.FromUser);
  EXPECT_EQ(B.Unit, "person-days a target");
  EXPECT_EQ(P.threshold("grade-a"), 0.02);
  EXPECT_FALSE(P[ParameterId::HandRate].FromUser);
  EXPECT_NE(P.fingerprint(), Before);
}

TEST(Parameters, Errors) {
  EXPECT_EQ(errorOf("parameters:\n  - {id: bring-down, low: 1, expected: 2, high: 3, basis: x}\n"),
            "my.yaml:2:10: error: the model has no parameter 'bring-down'; 'cuport report --format=json' lists them");
  EXPECT_EQ(errorOf("parameters:\n  - {id: bring-up, low: 3, expected: 2, high: 1, basis: x}\n"),
            "my.yaml:2:6: error: parameter 'bring-up' goes from its cheap end 'low' over 'expected' to its dear end 'high': here upwards");
  EXPECT_EQ(errorOf("parameters:\n  - {id: hand-rate, low: 10, expected: 20, high: 30, basis: x}\n"),
            "my.yaml:2:6: error: parameter 'hand-rate' goes from its cheap end 'low' over 'expected' to its dear end 'high': here downwards");
  EXPECT_EQ(errorOf("parameters:\n  - {id: hand-rate, low: 10, expected: 5, high: 0, basis: x}\n"),
            "my.yaml:2:6: error: parameter 'hand-rate' is a rate: 0 would take for ever");
  EXPECT_EQ(errorOf("parameters:\n  - {id: bring-up, low: -1, expected: soon, high: nan, basis: x}\n"),
            "my.yaml:2:25: error: 'low' has to be a number from 0 to 1000000, not '-1'\n"
            "my.yaml:2:39: error: 'expected' has to be a number from 0 to 1000000, not 'soon'\n"
            "my.yaml:2:51: error: 'high' has to be a number from 0 to 1000000, not 'nan'");
  EXPECT_EQ(errorOf("parameters:\n  - {id: bring-up, low: 1, high: 3, basis: x}\n"),
            "my.yaml:2:6: error: parameter 'bring-up' wants 'low', 'expected', 'high' and 'basis'");
  EXPECT_EQ(errorOf("parameters:\n  - {id: bring-up, low: 1, expected: 2, high: 3, basis: x, unit: weeks}\n"),
            "my.yaml:2:6: error: parameter 'bring-up' is in 'person-days a target'");
  EXPECT_EQ(errorOf("parameters:\n  - {id: bring-up, low: 1, expected: 2, high: 3, basis: x}\n"
                    "  - {id: bring-up, low: 1, expected: 2, high: 3, basis: x}\n"),
            "my.yaml:3:10: error: parameter 'bring-up' stands twice");
  EXPECT_EQ(errorOf("model: 7\n"), "my.yaml:1:1: error: unknown key 'model'; known are 'parameters' and 'thresholds'");
  EXPECT_EQ(errorOf("thresholds:\n  - {id: grade-z, value: 1}\n"), "my.yaml:2:6: error: there is no threshold 'grade-z'");
  EXPECT_EQ(errorOf("thresholds:\n  - {id: grade-a}\n"), "my.yaml:2:6: error: a threshold wants 'id' and 'value'");
}
