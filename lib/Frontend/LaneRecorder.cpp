// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// Finds the places where device code takes 32 lanes a warp for granted, by the values that LaneFlow follows.

#include "Frontend/FactSink.h"
#include "Frontend/LaneFlow.h"
#include "Frontend/LaunchShape.h"
#include "Frontend/Recorders.h"
#include "Frontend/SharedVariables.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/RecursiveASTVisitor.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace cuport;
using namespace clang;

static const Expr *bare(const Expr *E) { return E->IgnoreParenImpCasts(); }

static bool isBarrier(llvm::StringRef Name) {
  return Name == "__syncwarp" || Name.starts_with("__syncthreads") || Name == "sync" || Name == "__barrier_sync";
}

static bool isShuffle(llvm::StringRef Name) {
  return Name.starts_with("__shfl") || Name == "shfl_down" || Name == "shfl_up" || Name == "shfl_xor";
}

static bool isCollective(llvm::StringRef Name) {
  return isShuffle(Name) || llvm::StringSwitch<bool>(Name)
                                .Cases({"__ballot_sync", "__any_sync", "__all_sync", "__ballot", "__any", "__all"}, true)
                                .Default(false);
}

/// The distance a shuffle goes, and nothing for a shuffle from a lane.
static const Expr *distanceOf(const CallExpr *E) {
  llvm::StringRef Name = calleeName(E);
  if (!isShuffle(Name) || Name == "__shfl" || Name == "__shfl_sync")
    return nullptr;
  unsigned Index = Name.ends_with("_sync") ? 2 : 1;
  return Index < E->getNumArgs() ? E->getArg(Index) : nullptr;
}

/// True where a shuffle is told that its lanes form groups, and so does not depend on the width of a warp.
static bool hasWidth(const CallExpr *E) {
  llvm::StringRef Name = calleeName(E);
  unsigned Index = Name.ends_with("_sync") ? 3 : 2;
  return !Name.starts_with("__shfl") || (Index < E->getNumArgs() && !isa<CXXDefaultArgExpr>(E->getArg(Index)));
}

static bool mentions(const Expr *E, const VarDecl *V) {
  if (variableOf(E) == V)
    return true;
  for (const Stmt *Child : E->children())
    if (const auto *Part = dyn_cast_or_null<Expr>(Child); Part && mentions(Part, V))
      return true;
  return false;
}

static bool isVolatile(const VarDecl *V) {
  QualType T = V->getType();
  return T.isVolatileQualified() || ((T->isPointerType() || T->isArrayType()) && T->getPointeeOrArrayElementType()->getCanonicalTypeInternal().isVolatileQualified()) ||
         (T->isPointerType() && T->getPointeeType().isVolatileQualified());
}

static bool namesWarp(llvm::StringRef Name) {
  return Name.contains_insensitive("warp") || Name.contains_insensitive("lane") || Name.contains_insensitive("wavefront");
}

namespace {

/// What a statement holds that depends on which threads run in step.
class BodyReader : public RecursiveASTVisitor<BodyReader> {
public:
  bool HasBarrier = false;
  bool HasBlockBarrier = false;
  bool HasCollective = false;
  unsigned SharedUpdates = 0;  ///< s[i] += s[i + k], and s[i] = s[i] + s[i + k]
  SourceLocation FirstUpdate;  ///< the [ of the first
  const Expr *FirstArray = nullptr;
  const CallExpr *OfAllLanes = nullptr; ///< the first shuffle or vote whose mask names all lanes
  bool PassesVolatile = false; ///< calls a function of the user's with a pointer to volatile

  bool VisitCallExpr(CallExpr *E) {
    HasBarrier |= isBarrier(calleeName(E));
    HasBlockBarrier |= calleeName(E).starts_with("__syncthreads");
    HasCollective |= isCollective(calleeName(E));
    if (!OfAllLanes && isCollective(calleeName(E)) && calleeName(E).ends_with("_sync") && isFull(E->getArg(0)))
      OfAllLanes = E;
    if (const FunctionDecl *F = E->getDirectCallee())
      for (const ParmVarDecl *P : patternOf(F)->parameters())
        PassesVolatile |= P->getType()->isPointerType() && P->getType()->getPointeeType().isVolatileQualified();
    return true;
  }
  bool VisitBinaryOperator(BinaryOperator *E) {
    if (!E->isAssignmentOp())
      return true;
    const auto *To = dyn_cast<ArraySubscriptExpr>(bare(E->getLHS()));
    const VarDecl *Array = To ? variableOf(To->getBase()) : nullptr;
    // Only what the compiler has to store and load each time is read by other lanes.
    if (!Array || (!isVolatile(Array) && !isShared(*Array)) || !readsElsewhere(E->getRHS(), Array, To))
      return true;
    if (++SharedUpdates == 1) {
      FirstUpdate = To->getBeginLoc();
      FirstArray = E;
    }
    return true;
  }

private:
  static bool isFull(const Expr *Mask) {
    auto Value = laneConstant(Mask);
    return Value && (Value->Value == 0xffffffff || Value->Value == -1);
  }
  /// True where E has an element of Array with an index that is a sum: of another thread.
  static bool readsElsewhere(const Expr *E, const VarDecl *Array, const ArraySubscriptExpr *Not) {
    if (const auto *From = dyn_cast<ArraySubscriptExpr>(E); From && From != Not && variableOf(From->getBase()) == Array) {
      const auto *Index = dyn_cast<BinaryOperator>(bare(From->getIdx()));
      return Index && Index->isAdditiveOp();
    }
    for (const Stmt *Child : E->children())
      if (const auto *Part = dyn_cast_or_null<Expr>(Child); Part && readsElsewhere(Part, Array, Not))
        return true;
    return false;
  }
};

/// The shuffles in a statement whose distance is Variable, or any where Variable is null.
class ShuffleFinder : public RecursiveASTVisitor<ShuffleFinder> {
public:
  explicit ShuffleFinder(const VarDecl *Variable) : Variable(Variable) {}
  const CallExpr *Found = nullptr;
  bool VisitCallExpr(CallExpr *E) {
    const Expr *Distance = distanceOf(E);
    if (Distance && !hasWidth(E) && mentions(Distance, Variable))
      Found = E;
    return !Found;
  }

private:
  const VarDecl *Variable;
};

/// Whether a unit has to do with warps at all: it calls functions of a warp, or names something after warps or lanes.
class WarpCodeFinder : public RecursiveASTVisitor<WarpCodeFinder> {
public:
  explicit WarpCodeFinder(FactSink &Sink) : Sink(Sink) {}
  bool Found = false;

  bool VisitCallExpr(CallExpr *E) {
    llvm::StringRef Name = calleeName(E);
    Found |= isCollective(Name) || Name == "__syncwarp" || Name == "__activemask" || namesWarp(Name);
    return !Found;
  }
  bool VisitVarDecl(VarDecl *D) {
    Found |= Sink.isUser(D->getLocation()) && ((D->getIdentifier() && namesWarp(D->getName())) ||
                                               (isShared(*D) && isVolatile(D)) || namesWarp(D->getType().getAsString()));
    return !Found;
  }
  bool VisitFunctionDecl(FunctionDecl *D) {
    Found |= D->getIdentifier() && Sink.isUser(D->getLocation()) && namesWarp(D->getName());
    return !Found;
  }

private:
  FactSink &Sink;
};

class LaneRecorder : public RecursiveASTVisitor<LaneRecorder> {
public:
  LaneRecorder(llvm::ArrayRef<Decl *> Declarations, const LaneFlow &Flow, FactSink &Sink)
      : Declarations(Declarations), Flow(Flow), Sink(Sink) {}

  bool TraverseDecl(Decl *D) {
    auto *Function = D ? D->getAsFunction() : nullptr;
    if (!Function)
      return RecursiveASTVisitor::TraverseDecl(D);
    const auto *Method = dyn_cast<CXXMethodDecl>(Function);
    bool IsLambda = Method && Method->getParent()->isLambda();
    llvm::SaveAndRestore Here(InDevice, (IsLambda && InDevice) || isDeviceCode(Function));
    return RecursiveASTVisitor::TraverseDecl(D);
  }

  bool VisitBinaryOperator(BinaryOperator *E) {
    if (!InDevice)
      return true;
    BinaryOperatorKind Op = E->isCompoundAssignmentOp() ? BinaryOperator::getOpForCompoundAssignment(E->getOpcode()) : E->getOpcode();
    if (Op == BO_Shl) {
      auto One = laneConstant(E->getLHS());
      if (One && isBitOfWord(E->getRHS()))
        BitOfWord = E->getRHS()->IgnoreParenCasts();
      else if (One && Flow.sourceOf(E->getRHS()) & FromLane && bitsOf(E->getLHS()->getType()) == 32)
        place(E, LaneFact::LaneBit);
      return true;
    }
    auto Width = laneConstant(E->getRHS());
    if (!Width || E == BitOfWord)
      return true;
    uint8_t Of = Flow.sourceOf(E->getLHS());
    bool ByLanes = (Op == BO_And && Width->Value == 31) || (Op == BO_Rem && Width->Value == 32);
    bool ByWarps = (Op == BO_Div && Width->Value == 32) || (Op == BO_Shr && Width->Value == 5);
    if ((!ByLanes && !ByWarps) || !meansWarp(*Width))
      return true;
    if (ByLanes && Of & FromThread)
      place(E, LaneFact::LaneNumber);
    else if (ByWarps && Of & FromThread)
      place(E, LaneFact::WarpNumber);
    else if (ByWarps && Of & FromBlockSize)
      place(E, LaneFact::WarpCount);
    else
      return true;
    named(*Width, E->getOperatorLoc());
    return true;
  }

  bool VisitCallExpr(CallExpr *E) {
    if (!InDevice)
      return true;
    llvm::StringRef Name = calleeName(E);
    bool CountsBits = llvm::StringSwitch<bool>(Name).Cases({"__popc", "__ffs", "__clz", "__brev", "__fns"}, true).Default(false);
    if (CountsBits && E->getNumArgs() > 0 && Flow.sourceOf(E->getArg(0)) & FromMask)
      Sink.lane(E->getCallee()->getExprLoc(), LaneFact::MaskIntrinsic, {}, Name);
    const Expr *Distance = distanceOf(E);
    if (auto Steps = Distance ? laneConstant(Distance) : std::nullopt; Steps && Steps->Value == 16 && !hasWidth(E))
      Sink.lane(E->getCallee()->getExprLoc(), LaneFact::ShuffleTree, E->getSourceRange());
    return true;
  }

  bool VisitCUDAKernelCallExpr(CUDAKernelCallExpr *E) {
    const CallExpr *Config = E->getConfig();
    auto Threads = Config && Config->getNumArgs() > 1 ? launchExtent(Config->getArg(1)) : std::nullopt;
    if (Threads && *Threads % 32 == 0 && *Threads % 64 != 0)
      Sink.lane(Config->getBeginLoc(), LaneFact::BlockSize, {}, std::to_string(*Threads));
    return true;
  }

  bool VisitForStmt(ForStmt *S) {
    if (!InDevice || !S->getInc() || !S->getBody())
      return true;
    const VarDecl *Distance = nullptr;
    const Expr *From = nullptr;
    if (const auto *Init = dyn_cast_or_null<DeclStmt>(S->getInit()); Init && Init->isSingleDecl()) {
      Distance = dyn_cast<VarDecl>(Init->getSingleDecl());
      From = Distance ? Distance->getInit() : nullptr;
    } else if (const auto *Assign = dyn_cast_or_null<BinaryOperator>(S->getInit()); Assign && Assign->getOpcode() == BO_Assign) {
      Distance = variableOf(Assign->getLHS());
      From = Assign->getRHS();
    }
    if (!Distance || !From)
      return true;
    ShuffleFinder Shuffles(Distance);
    Shuffles.TraverseStmt(S->getBody());
    if (!Shuffles.Found)
      return true;
    auto Start = laneConstant(From), End = endOf(S->getCond(), Distance);
    bool Down = Start && Start->Value == 16, Up = Start && Start->Value == 1 && End && (End->Value == 32 || End->Value == 16);
    if (Down || Up) {
      Sink.lane(Distance->getLocation().isValid() && isa<DeclStmt>(S->getInit()) ? Distance->getLocation() : From->getExprLoc(),
                LaneFact::ShuffleTree, {S->getForLoc(), S->getRParenLoc()});
      named(Down ? *Start : *End, S->getForLoc());
    }
    return true;
  }

  bool VisitArraySubscriptExpr(ArraySubscriptExpr *E) {
    const VarDecl *Array = InDevice ? variableOf(E->getBase()) : nullptr;
    if (!Array || !isShared(*Array))
      return true;
    if (auto Size = sizeOf(Array); Size && Size->Value == 32 && Flow.sourceOf(E->getIdx()) & (FromLane | FromWarp)) {
      Sink.lane(Array->getLocation(), LaneFact::ArrayOfLanes, {}, Array->getName());
      named(*Size, Array->getLocation());
    }
    return true;
  }

  bool VisitVarDecl(VarDecl *D) {
    if (!InDevice || !isShared(*D))
      return true;
    const Expr *Size = sizeExpression(D);
    const auto *Quotient = Size ? dyn_cast<BinaryOperator>(Size->IgnoreParenCasts()) : nullptr;
    if (!Quotient)
      return true;
    auto By = laneConstant(Quotient->getRHS());
    if (By && ((Quotient->getOpcode() == BO_Div && By->Value == 32) || (Quotient->getOpcode() == BO_Shr && By->Value == 5))) {
      Sink.lane(D->getLocation(), LaneFact::ArrayOfWarps, {}, D->getName());
      named(*By, D->getLocation());
    }
    return true;
  }

  bool VisitDeclRefExpr(DeclRefExpr *E) {
    if (E->hasExplicitTemplateArgs() && E->getDecl()->getIdentifier() && E->getDecl()->getName() == "tiled_partition")
      tile(E->getLocation(), E->template_arguments());
    return true;
  }
  bool VisitOverloadExpr(OverloadExpr *E) {
    const IdentifierInfo *Id = E->getName().getAsIdentifierInfo();
    if (Id && Id->getName() == "tiled_partition" && E->hasExplicitTemplateArgs())
      tile(E->getNameLoc(), E->template_arguments());
    return true;
  }

  bool VisitIfStmt(IfStmt *S) {
    if (!InDevice || !S->getThen() || !S->getCond())
      return true;
    auto Limit = firstWarp(S->getCond());
    BodyReader Body;
    Body.TraverseStmt(S->getThen());
    if (!Limit) {
      if (Body.OfAllLanes && differsInWarp(S->getCond()))
        Sink.lane(Body.OfAllLanes->getCallee()->getExprLoc(), LaneFact::Divergent, S->getCond()->getSourceRange());
      return true;
    }
    if (Body.HasCollective || (!Body.HasBarrier && (Body.PassesVolatile || Body.SharedUpdates > 1))) {
      Sink.lane(S->getIfLoc(), LaneFact::FirstWarp, S->getCond()->getSourceRange());
      named(*Limit, S->getIfLoc());
    }
    return true;
  }

  bool VisitFunctionDecl(FunctionDecl *D) {
    if (!InDevice || !D->isThisDeclarationADefinition() || !D->getBody())
      return true;
    BodyReader Body;
    Body.TraverseStmt(D->getBody());
    if (Body.SharedUpdates > 1 && !Body.HasBarrier)
      Sink.lane(Body.FirstUpdate, LaneFact::Synchronous, Body.FirstArray->getSourceRange());
    if (Body.HasBarrier)
      earlyReturns(D->getBody());
    return true;
  }

  /// Sets of lanes kept in 32 bits.
  void masks() {
    for (auto [D, Source] : Flow.sources()) {
      if (!(Source & FromMask) || D->isImplicit())
        continue;
      const auto *Function = dyn_cast<FunctionDecl>(D);
      QualType Type = Function ? Function->getReturnType() : D->getType().getNonReferenceType();
      const auto *Variable = dyn_cast<VarDecl>(D);
      // A constant is no set of lanes that the card tells: warp-mask answers for it.
      bool IsConstant = Variable && !isa<ParmVarDecl>(Variable) && Variable->getInit() && laneConstant(Variable->getInit());
      if (bitsOf(Type) != 32 || IsConstant || !Sink.isUser(D->getLocation()))
        continue;
      if (Variable && !D->getIdentifier()) // a parameter that nothing reads is its type
        Sink.lane(Variable->getBeginLoc(), LaneFact::MaskInWord, {}, Type.getAsString());
      else
        Sink.lane(D->getLocation(), LaneFact::MaskInWord, {}, D->getIdentifier() ? D->getName() : "operator");
    }
  }

private:
  /// idx & 31 of a number that goes on from block to block, as what a 1 is shifted by: the bit of a word, whose other words are idx >> 5.
  bool isBitOfWord(const Expr *Count) const {
    const auto *Low = dyn_cast<BinaryOperator>(Count->IgnoreParenCasts());
    return Low && (Low->getOpcode() == BO_And || Low->getOpcode() == BO_Rem) && laneConstant(Low->getRHS()) &&
           Flow.sourceOf(Low->getLHS()) & FromGrid;
  }

  /// Whether a constant may be the width of a warp: it is called so, or the unit has to do with warps and it is not a quotient of
  /// other things. Rows of 32 columns are no warps.
  bool meansWarp(const LaneConstant &Width) {
    if (Width.Name && Width.Name->getIdentifier() && namesWarp(Width.Name->getName()))
      return true;
    if (Width.IsQuotient)
      return false;
    if (!HasWarpCode) {
      WarpCodeFinder Finder(Sink);
      for (Decl *D : Declarations)
        if (!Finder.Found)
          Finder.TraverseDecl(D);
      HasWarpCode = Finder.Found;
    }
    return *HasWarpCode;
  }

  /// True where lanes of one warp may see the condition differently: it compares their own numbers.
  bool differsInWarp(const Expr *E) const {
    if (Flow.sourceOf(E) & (FromThread | FromLane))
      return true;
    for (const Stmt *Child : E->children())
      if (const auto *Part = dyn_cast_or_null<Expr>(Child); Part && differsInWarp(Part))
        return true;
    return false;
  }

  /// Returns of some threads at the top of a body that has a barrier of the block behind them.
  void earlyReturns(const Stmt *Body) {
    const auto *Block = dyn_cast<CompoundStmt>(Body);
    if (!Block)
      return; // a try block, which device code has none of
    std::vector<const IfStmt *> Returns;
    for (const Stmt *S : Block->body()) {
      BodyReader Part;
      Part.TraverseStmt(const_cast<Stmt *>(S));
      // What comes to a barrier before it returns keeps count of them itself.
      if (const auto *If = dyn_cast<IfStmt>(S); If && If->getCond() && !If->getElse() && !Part.HasBlockBarrier && returns(If->getThen()) &&
                                                differsInWarp(If->getCond()))
        Returns.push_back(If);
      if (!Part.HasBlockBarrier)
        continue;
      for (const IfStmt *If : Returns)
        Sink.lane(If->getIfLoc(), LaneFact::EarlyReturn, If->getCond()->getSourceRange());
      return;
    }
  }
  static bool returns(const Stmt *S) {
    const auto *Block = dyn_cast<CompoundStmt>(S);
    return isa<ReturnStmt>(S) || (Block && !Block->body_empty() && isa<ReturnStmt>(Block->body_back()));
  }

  /// Bits of an integer type; 0 for what is none.
  static unsigned bitsOf(QualType T) {
    const auto *Builtin = T.isNull() ? nullptr : T->getAs<BuiltinType>();
    if (!Builtin)
      return 0;
    return Builtin->getKind() == BuiltinType::Int || Builtin->getKind() == BuiltinType::UInt ? 32 : 0;
  }

  static const Expr *sizeExpression(const VarDecl *D) {
    const TypeSourceInfo *Info = D->getTypeSourceInfo();
    auto Array = Info ? Info->getTypeLoc().getUnqualifiedLoc().getAs<ArrayTypeLoc>() : ArrayTypeLoc();
    return Array ? Array.getSizeExpr() : nullptr;
  }
  static std::optional<LaneConstant> sizeOf(const VarDecl *D) {
    const Expr *Size = sizeExpression(D);
    return Size ? laneConstant(Size) : std::nullopt;
  }

  /// The bound of a loop's condition on V: V < 32, V <= 16.
  static std::optional<LaneConstant> endOf(const Expr *Cond, const VarDecl *V) {
    const auto *Compare = Cond ? dyn_cast<BinaryOperator>(bare(Cond)) : nullptr;
    if (!Compare || !Compare->isRelationalOp() || variableOf(Compare->getLHS()) != V)
      return std::nullopt;
    return laneConstant(Compare->getRHS());
  }

  /// The 32 where the condition, or one that is joined to it by &&, is true for the threads of the first warp only.
  std::optional<LaneConstant> firstWarp(const Expr *Cond) const {
    const auto *Binary = dyn_cast<BinaryOperator>(bare(Cond));
    if (!Binary)
      return std::nullopt;
    if (Binary->getOpcode() == BO_LAnd) {
      auto Left = firstWarp(Binary->getLHS());
      return Left ? Left : firstWarp(Binary->getRHS());
    }
    auto Limit = laneConstant(Binary->getRHS());
    bool Below = Limit && ((Binary->getOpcode() == BO_LT && Limit->Value == 32) || (Binary->getOpcode() == BO_LE && Limit->Value == 31));
    return Below && Flow.sourceOf(Binary->getLHS()) & FromThread ? Limit : std::nullopt;
  }

  void tile(SourceLocation Loc, llvm::ArrayRef<TemplateArgumentLoc> Arguments) {
    if (!InDevice || Arguments.empty() || Arguments.front().getArgument().getKind() != TemplateArgument::Expression)
      return;
    auto Size = laneConstant(Arguments.front().getSourceExpression());
    if (!Size || Size->Value != 32)
      return;
    Sink.lane(Loc, LaneFact::Tile, {}, "tiled_partition<32>");
    named(*Size, Loc);
  }

  void place(const BinaryOperator *E, LaneFact::Kind What) { Sink.lane(E->getOperatorLoc(), What, E->getSourceRange()); }

  void named(const LaneConstant &C, SourceLocation Use) {
    Sink.laneConstant(C.Literal, C.Name && C.Name->getIdentifier() ? C.Name->getName() : "", Use);
  }

  llvm::ArrayRef<Decl *> Declarations;
  const LaneFlow &Flow;
  FactSink &Sink;
  std::optional<bool> HasWarpCode;      ///< found out when it is asked for
  const Expr *BitOfWord = nullptr;      ///< the shift count that was seen last and is no lane
  bool InDevice = false;
};

} // namespace

void cuport::recordLanes(llvm::ArrayRef<Decl *> Declarations, FactSink &Sink) {
  LaneFlow Flow(Declarations);
  LaneRecorder Recorder(Declarations, Flow, Sink);
  for (Decl *D : Declarations)
    Recorder.TraverseDecl(D);
  Recorder.masks();
}
