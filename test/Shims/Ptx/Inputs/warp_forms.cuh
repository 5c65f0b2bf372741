// SPDX-FileCopyrightText: the cuport authors
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception

// The functions of cuport/warp.h against CUDA's own, in groups of W lanes; ptx_proof.py writes it once for each W.

// The arguments: a and d differ from lane to lane, few is one of four values.
#define WARP_FORM(name, type, theirs, ours)                                                                                       \
  __device__ void cuda_##name(const unsigned long long *in, unsigned long long *out, unsigned long long *) {      \
    WARP_ARGUMENTS                                                                                                                \
    out[0] = bits((type)(theirs));                                                                                                \
  }                                                                                                                               \
  __device__ void cuport_##name(const unsigned long long *in, unsigned long long *out, unsigned long long *) {    \
    WARP_ARGUMENTS                                                                                                                \
    out[0] = bits((type)(ours));                                                                                                  \
  }
#define WARP_ARGUMENTS                                                                                                            \
  const unsigned a = (unsigned)in[0], by = (unsigned)in[1] % 32, few = (unsigned)in[0] % 4;                                       \
  const double d = __longlong_as_double((long long)in[2]);                                                                        \
  const unsigned all = 0xffffffffu, first = threadIdx.x % 32 / W * W, group = all >> (32 - W) << first;                           \
  (void)a, (void)by, (void)few, (void)d, (void)group;

WARP_FORM(shfl, unsigned, __shfl_sync(all, a, by, W), cuport::shfl<W>(a, by))
WARP_FORM(shfl_up, unsigned, __shfl_up_sync(all, a, by, W), cuport::shfl_up<W>(a, by))
WARP_FORM(shfl_down, unsigned, __shfl_down_sync(all, a, by, W), cuport::shfl_down<W>(a, by))
WARP_FORM(shfl_xor, unsigned, __shfl_xor_sync(all, a, by % W, W), cuport::shfl_xor<W>(a, by % W))
WARP_FORM(shfl_double, double, __shfl_sync(all, d, by, W), cuport::shfl<W>(d, by))
WARP_FORM(shfl_xor_double, double, __shfl_xor_sync(all, d, by % W, W), cuport::shfl_xor<W>(d, by % W))
WARP_FORM(ballot, unsigned, (__ballot_sync(all, few) & group) >> first, cuport::ballot<W>(few))
WARP_FORM(any, unsigned, (__ballot_sync(all, few == 1) & group) != 0, cuport::any<W>(few == 1) != 0)
WARP_FORM(all, unsigned, (__ballot_sync(all, few > 0) & group) == group, cuport::all<W>(few > 0) != 0)
WARP_FORM(match_any, unsigned, (__match_any_sync(all, few) & group) >> first, cuport::match_any<W>(few))
WARP_FORM(active, unsigned, (__activemask() & group) >> first, cuport::active<W>())
WARP_FORM(lane, unsigned, threadIdx.x % W, cuport::lane<W>())
WARP_FORM(group, unsigned, threadIdx.x / W, cuport::group<W>())
// What only some lanes call.
WARP_FORM(some, unsigned, few ? (__ballot_sync(__activemask(), few > 1) & group) >> first : 0, few ? cuport::ballot<W>(few > 1) : 0)

#undef WARP_FORM
#undef WARP_ARGUMENTS

inline void run(Proof &proof) {
#define RUN(name) proof.run("cuport::" #name, evaluate<cuda_##name>, evaluate<cuport_##name>, 0);
  RUN(shfl) RUN(shfl_up) RUN(shfl_down) RUN(shfl_xor) RUN(shfl_double) RUN(shfl_xor_double) RUN(ballot) RUN(any) RUN(all) RUN(match_any)
  RUN(active) RUN(lane) RUN(group) RUN(some)
#undef RUN
}
