// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Which values of device code are numbers of threads, lanes or warps, or sets of lanes. A literal 32 means a warp only beside
// one of these; `tid % 32` is a lane, `column % 32` is not.
//
//   threadIdx.x -> tid = blockIdx.x * blockDim.x + threadIdx.x -> tid & 31 -> lane -> 1 << lane -> a set of lanes
//
// Values flow through variables, fields, parameters and results of all functions of the unit, in no order: what a variable
// may be given somewhere counts everywhere. Templates are read as they are written.

#ifndef CUPORT_FRONTEND_LANEFLOW_H
#define CUPORT_FRONTEND_LANEFLOW_H

#include "clang/Basic/SourceLocation.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/StringRef.h"

#include <cstdint>
#include <optional>

namespace clang {
class CallExpr;
class Decl;
class Expr;
class FunctionDecl;
class NamedDecl;
class ValueDecl;
} // namespace clang

namespace cuport {

/// What a value may come from; a set of bits.
enum LaneSource : uint8_t {
  FromThread = 1,     ///< the number of a thread in its block or grid
  FromLane = 2,       ///< the number of a lane in its warp
  FromWarp = 4,       ///< the number of a warp in its block
  FromBlockSize = 8,  ///< threads of a block
  FromPosition = 16,  ///< whole rows or blocks of threads: blockIdx.x * blockDim.x
  FromMask = 32,      ///< a set of lanes, a bit each
  FromGrid = 64,      ///< beside others: counted over the blocks of the grid
};

/// An integer that is the same for all threads, and where it is written.
struct LaneConstant {
  int64_t Value = 0;
  clang::SourceLocation Literal; ///< the literal it comes from; invalid where it is computed from several
  /// The constant, enumerator or template parameter (by its default) that has the value; null where there is none.
  const clang::NamedDecl *Name = nullptr;
  bool IsQuotient = false; ///< computed by a division or a product, such as Columns / 4
};

class LaneFlow {
public:
  /// Reads the device code of the declarations.
  explicit LaneFlow(llvm::ArrayRef<clang::Decl *> Declarations);

  /// LaneSource bits of an expression; 0 where it has to do with none of them.
  uint8_t sourceOf(const clang::Expr *E) const;

  /// Variables, fields, parameters and functions (for their results) with a source.
  const llvm::DenseMap<const clang::ValueDecl *, uint8_t> &sources() const { return Sources; }

private:
  uint8_t sourceOfMember(const clang::Expr *Base, const clang::ValueDecl *Member) const;
  uint8_t sourceOfBinary(const clang::Expr *E) const;
  uint8_t sourceOfCall(const clang::CallExpr *E) const;

  llvm::DenseMap<const clang::ValueDecl *, uint8_t> Sources;
};

/// The value of an expression of literals, constants and template parameters with a default; nothing for warpSize, which
/// is no constant.
std::optional<LaneConstant> laneConstant(const clang::Expr *E);

/// True where warpSize is part of the expression.
bool mentionsWarpSize(const clang::Expr *E);

/// The name of what is called, in a template too; empty where it has none.
llvm::StringRef calleeName(const clang::CallExpr *E);

/// The declaration that stands in the source for a function: of an instance its template's.
const clang::FunctionDecl *patternOf(const clang::FunctionDecl *F);

/// True for a kernel, a device function, and for a function of both sides in the device pass: what that does on the host
/// stands under #ifndef __CUDA_ARCH__, or nvcc lets it pass as never called in a kernel.
bool isDeviceCode(const clang::FunctionDecl *F);

} // namespace cuport

#endif
