// The headers of HIP's runtime, as many as the release has. HIP 5 takes the two declarations for granted.
#ifdef __HIP__
extern "C" __attribute__((device, const)) _Float16 __llvm_amdgcn_rcp_f16(_Float16);
typedef _Float16 prelude_2f16 __attribute__((ext_vector_type(2)));
extern "C" __attribute__((device, const)) prelude_2f16 __llvm_amdgcn_rcp_2f16(prelude_2f16);
#endif
#include <hip/hip_version.h>
#include <hip/hip_runtime.h>

#include <hip/hip_complex.h>
#include <hip/hip_cooperative_groups.h>
#include <hip/hip_fp16.h>
#include <hip/hiprtc.h>
#if __has_include(<hip/hip_gl_interop.h>)
#include <hip/hip_gl_interop.h>
#endif
#if __has_include(<hip/hip_math_constants.h>)
#include <hip/hip_math_constants.h>
#endif
#if __has_include(<hip/hip_bf16.h>)
#include <hip/hip_bf16.h>
#endif
#if __has_include(<hip/hip_fp8.h>)
#include <hip/hip_fp8.h>
#endif
