// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The pages of the report on one project.

const pages = { overview: overviewPage, cards: cardsPage, card: cardPage, whatif: whatIfPage, files: filesPage, kernels: kernelsPage,
  risks: risksPage, findings: findingsPage, apis: apisPage, libraries: librariesPage, coverage: coveragePage, assumptions: assumptionsPage, basis: basisPage,
  ...(data.trend && { trend: trendPage }), ...(data.trace && { trace: tracePage }) };
const onPaper = ["overview", "cards", "risks", "libraries", "coverage", "assumptions"];
if (data.trend) onPaper.splice(2, 0, "trend");
const title = () => t("title");
const foot = () => t("foot", { version: data.version, hip: data.hip });
