// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Frontend/LaunchShape.h"

#include "Frontend/LaneFlow.h"

#include "clang/AST/Expr.h"
#include "clang/AST/ExprCXX.h"

#include <algorithm>

using namespace cuport;
using namespace clang;

const VarDecl *cuport::variableOf(const Expr *E) {
  const auto *Ref = dyn_cast<DeclRefExpr>(E->IgnoreParenCasts());
  return Ref ? dyn_cast<VarDecl>(Ref->getDecl()) : nullptr;
}

std::optional<uint32_t> cuport::launchExtent(const Expr *E) {
  E = E->IgnoreUnlessSpelledInSource();
  if (const VarDecl *V = variableOf(E); V && V->getInit() && !V->getType()->isIntegerType())
    E = V->getInit()->IgnoreUnlessSpelledInSource();
  if (auto Number = laneConstant(E))
    return Number->Value > 0 ? std::optional<uint32_t>(std::min<int64_t>(Number->Value, UINT32_MAX)) : std::nullopt;
  llvm::ArrayRef<const Expr *> Parts;
  if (const auto *Made = dyn_cast<CXXConstructExpr>(E))
    Parts = llvm::ArrayRef(Made->getArgs(), Made->getNumArgs());
  uint64_t Extent = 1;
  for (const Expr *Part : Parts) {
    if (isa<CXXDefaultArgExpr>(Part))
      continue;
    auto Number = laneConstant(Part);
    if (!Number || Number->Value < 1)
      return std::nullopt;
    Extent = std::min<uint64_t>(Extent * std::min<int64_t>(Number->Value, UINT32_MAX), UINT32_MAX);
  }
  return Parts.empty() ? std::nullopt : std::optional<uint32_t>(Extent);
}
