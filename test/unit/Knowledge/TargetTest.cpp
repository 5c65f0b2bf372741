// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

#include "Knowledge/CardName.h"
#include "Knowledge/TargetLoader.h"
#include "Knowledge/TargetTable.h"
#include "Knowledge/TargetText.h"

#include "gtest/gtest.h"

using namespace cuport;

static Target parse(llvm::StringRef Yaml, TargetMemory &Memory) {
  auto Card = parseTarget(llvm::MemoryBufferRef(Yaml, "test.yaml"), Memory);
  if (!Card) {
    ADD_FAILURE() << llvm::toString(Card.takeError());
    return {};
  }
  return *Card;
}

static constexpr char Generations[] = R"(
target: x
generations: [{id: a}, {id: b}, {id: c}]
sources: {s: {at: here, seen: 2026-01-31}}
facts:
  - {fact: warp-width, value: 128, for: [a, b], source: s, confidence: high}
  - {fact: warp-width, value: 32, for: c, source: s, confidence: high}
  - {fact: shared-memory, value: 65536, source: s, confidence: high}
  - {fact: shared-memory, value: 163840, for: c, source: s, confidence: low}
  - {fact: block-threads, value: 1024, for: b, source: s, confidence: high}
  - {fact: grid-blocks, value: 65535, source: s, confidence: high}
  - {fact: fp64, value: emulated, source: s, confidence: high}
)";

TEST(Target, FactsOfGenerations) {
  TargetMemory Memory;
  Target T = parse(Generations, Memory);
  EXPECT_EQ(T.number(FactKey::WarpWidth, "a"), 128u);
  EXPECT_EQ(T.number(FactKey::WarpWidth, "c"), 32u);
  // They differ, and none was asked for.
  EXPECT_EQ(T.number(FactKey::WarpWidth), std::nullopt);
  EXPECT_EQ(T.numbers(FactKey::WarpWidth), (std::vector<uint64_t>{32, 128}));
  // A generation's own fact counts before that of all.
  EXPECT_EQ(T.number(FactKey::SharedMemory, "a"), 65536u);
  EXPECT_EQ(T.number(FactKey::SharedMemory, "c"), 163840u);
  EXPECT_EQ(T.fact(FactKey::SharedMemory, "c")->From.Confidence, FactConfidence::Low);
  EXPECT_EQ(T.number(FactKey::SharedMemory), std::nullopt);
  // Known of one generation only.
  EXPECT_EQ(T.number(FactKey::BlockThreads, "b"), 1024u);
  EXPECT_EQ(T.number(FactKey::BlockThreads, "a"), std::nullopt);
  EXPECT_EQ(T.number(FactKey::BlockThreads), std::nullopt);
  EXPECT_EQ(T.number(FactKey::GridBlocks), 65535u);
  EXPECT_EQ(T.number(FactKey::GridBlocks, "a"), 65535u);
  EXPECT_EQ(T.support(FactKey::Fp64), Support::Emulated);
}

TEST(Target, UnknownIsNothing) {
  TargetMemory Memory;
  Target T = parse("target: x\n", Memory);
  EXPECT_EQ(T.number(FactKey::WarpWidth), std::nullopt);
  EXPECT_TRUE(T.numbers(FactKey::WarpWidth).empty());
  EXPECT_EQ(T.support(FactKey::Fp64), std::nullopt);
  EXPECT_EQ(T.fact(FactKey::Compiler), nullptr);
  EXPECT_EQ(T.library(TargetLibraryKey::CuBlas), nullptr);
  EXPECT_EQ(T.name("cudaMalloc"), nullptr);
  EXPECT_EQ(T.Naming.Style, NamingRule::Unknown);
  EXPECT_EQ(unknownFacts(T).size(), allFacts().size());
  EXPECT_EQ(nameOnCard(T, "cudaMalloc", nullptr, {}).State, CardName::Unknown);
}

TEST(Target, ListsAreInOrder) {
  for (size_t I = 0; I < allFacts().size(); ++I)
    EXPECT_EQ(size_t(allFacts()[I].Key), I);
  for (size_t I = 0; I < allTargetLibraries().size(); ++I)
    EXPECT_EQ(size_t(allTargetLibraries()[I].Key), I);
  EXPECT_EQ(factInfo(FactKey::Compiler).Group, "Building");
  EXPECT_EQ(factInfo(FactKey::WarpWidth).Kind, FactKind::Number);
}

TEST(Target, LibrariesByPrefix) {
  auto Of = [](llvm::StringRef Name) -> llvm::StringRef {
    const TargetLibraryInfo *Library = libraryOfName(Name);
    return Library ? Library->Spelling : "";
  };
  EXPECT_EQ(Of("cublasSgemm"), "cublas");
  EXPECT_EQ(Of("CUBLAS_OP_N"), "cublas");
  EXPECT_EQ(Of("cublasLtMatmul"), "cublaslt");
  EXPECT_EQ(Of("cusparseLtInit"), "cusparselt");
  EXPECT_EQ(Of("cub::BlockReduce"), "cub");
  EXPECT_EQ(Of("cub/cub.cuh"), "cub");
  EXPECT_EQ(Of("thrust/sort.h"), "thrust");
  EXPECT_EQ(Of("cubic"), "");
  EXPECT_EQ(Of("cudaMalloc"), "");
  EXPECT_EQ(Of("cuInit"), "");
}

TEST(CardName, Rules) {
  TargetMemory Memory;
  Target T = parse(R"(
target: x
sources: {s: {at: here, seen: 2026-01-31}}
naming: {style: prefix, prefixes: {cu: mu, cuda: musa, CU: MU}, except: [cuCtx*, cuInit], source: s, confidence: high}
libraries:
  - {library: cublas, name: muBLAS, prefix: mublas, interface: as-cuda, source: s, confidence: medium}
  - {library: cudnn, name: muDNN, prefix: mudnn, interface: own, source: s, confidence: high}
  - {library: curand, name: muRAND, prefix: murand, source: s, confidence: high}
  - {library: cufft, lacks: There is none., source: s, confidence: high}
names:
  - {source: s, confidence: medium, names: {cudaFree: musaRelease, cudaMemset: {lacks: It cannot.}}}
)",
                   Memory);
  auto Name = [&](llvm::StringRef Cuda) { return nameOnCard(T, Cuda, nullptr, {}); };
  EXPECT_EQ(Name("cudaFree").State, CardName::Seen);
  EXPECT_EQ(Name("cudaFree").Name, "musaRelease");
  EXPECT_EQ(Name("cudaFree").Confidence, FactConfidence::Medium);
  EXPECT_EQ(Name("cudaMemset").State, CardName::Lacks);
  EXPECT_EQ(Name("cudaMemset").Note, "It cannot.");
  EXPECT_EQ(Name("cudaMalloc").Name, "musaMalloc");
  EXPECT_EQ(Name("cudaMalloc").State, CardName::Derived);
  EXPECT_EQ(Name("cudaMalloc").Confidence, FactConfidence::Low);
  EXPECT_EQ(Name("cuMemAlloc").Name, "muMemAlloc");
  EXPECT_EQ(Name("CUdevice").Name, "MUdevice");
  EXPECT_EQ(Name("CU_STREAM_DEFAULT").Name, "MU_STREAM_DEFAULT");
  for (llvm::StringRef Cuda : {"CUDA_SUCCESS", "cuInit", "cuCtxCreate", "cuda", "cubic", "threadIdx", "mycudaMalloc"})
    EXPECT_EQ(Name(Cuda).State, CardName::Unknown) << Cuda.str();
  EXPECT_EQ(Name("cuInitFast").Name, "muInitFast");
  // Libraries have their own beginning, and nothing else leads to their names.
  EXPECT_EQ(Name("cublasSgemm").Name, "mublasSgemm");
  EXPECT_EQ(Name("cublasSgemm").From->Confidence, FactConfidence::Medium);
  EXPECT_EQ(Name("CUBLAS_OP_N").State, CardName::Unknown);
  EXPECT_EQ(Name("cublasLtMatmul").State, CardName::Unknown);
  EXPECT_EQ(Name("cudnnCreate").State, CardName::Unknown);
  EXPECT_EQ(Name("cudnnCreate").Library->Interface, TargetLibrary::Own);
  EXPECT_EQ(Name("curandCreateGenerator").State, CardName::Unknown);
  EXPECT_EQ(Name("cufftPlan1d").State, CardName::Lacks);
}

TEST(Target, Overlay) {
  TargetMemory Memory;
  Target Base = parse(Generations, Memory);
  Target Over = parse(R"(
target: x
generations: [{id: b}, {id: d}]
sources: {s: {at: there, seen: 2026-02-28}}
facts:
  - {fact: warp-width, value: 64, for: [b, d], source: s, confidence: low}
  - {fact: shared-memory, value: 1024, source: s, confidence: low}
)",
                      Memory);
  Target T = overlay(Base, Over, Memory);
  EXPECT_EQ(T.Title, "x");
  EXPECT_EQ(T.Generations.size(), 4u);
  EXPECT_EQ(T.number(FactKey::WarpWidth, "a"), 128u);
  EXPECT_EQ(T.number(FactKey::WarpWidth, "b"), 64u);
  EXPECT_EQ(T.number(FactKey::WarpWidth, "c"), 32u);
  EXPECT_EQ(T.number(FactKey::WarpWidth, "d"), 64u);
  EXPECT_EQ(T.number(FactKey::SharedMemory), 1024u);
  EXPECT_EQ(T.number(FactKey::GridBlocks), 65535u);
  EXPECT_EQ(T.Sources.size(), 2u);
}

TEST(TargetTable, Look) {
  TargetTable Targets;
  ASSERT_NE(Targets.find("musa"), nullptr);
  EXPECT_EQ(Targets.find("MUSA"), Targets.find("musa"));
  EXPECT_EQ(Targets.find("mthreads"), Targets.find("musa"));
  EXPECT_EQ(Targets.find("muse"), nullptr);
  EXPECT_EQ(Targets.nearest("muse", 3), std::vector<llvm::StringRef>{"musa"});
  EXPECT_EQ(Targets.nearest("ascend910b", 1), std::vector<llvm::StringRef>{"ascend"});
  EXPECT_EQ(Targets.find("musa")->number(FactKey::WarpWidth, "mp_22"), 128u);
  EXPECT_EQ(Targets.find("ppu")->number(FactKey::WarpWidth), std::nullopt);
}
