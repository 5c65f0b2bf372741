// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Basic/Version.h"

#include <gtest/gtest.h>

using namespace cuport;

TEST(Version, ReadsMajorMinorAndDropsThePatchLevel) {
  EXPECT_EQ(parseVersion("6"), (Version{6, 0}));
  EXPECT_EQ(parseVersion("6.3"), (Version{6, 3}));
  EXPECT_EQ(parseVersion("6.3.1"), (Version{6, 3}));
}

TEST(Version, RefusesEverythingElse) {
  for (const char *Text : {"", "x", "6.", "6.x", "6.3.1.4", "-1", "6 3"})
    EXPECT_EQ(parseVersion(Text), std::nullopt) << Text;
}

TEST(Version, IsOrderedByNumberAndNotByText) {
  EXPECT_LT((Version{6, 9}), (Version{6, 10}));
  EXPECT_LT((Version{5, 7}), (Version{6, 0}));
  EXPECT_FALSE(Version{}.isKnown());
  EXPECT_EQ(toString(Version{11, 2}), "11.2");
}
