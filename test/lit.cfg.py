# SPDX-FileCopyrightText: the cuport authors
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""How cuport's tests run: lit starts what stands after RUN: in each test file."""

import glob
import os

import lit.formats
import lit.util

config.name = "cuport"
config.test_format = lit.formats.ShTest(True)
config.suffixes = [".cu", ".cuh", ".cpp", ".c", ".hip", ".yaml", ".test"]
config.excludes = ["Inputs", "Bench", "CMakeLists.txt", "lit.cfg.py", "lit.site.cfg.py"]
config.test_source_root = os.path.dirname(__file__)
config.test_exec_root = os.path.join(config.cuport_obj_root, "test")

# A test that hangs fails; lit can only tell where Python has psutil.
if lit.util.killProcessAndChildrenIsSupported()[0] and not lit_config.maxIndividualTestTime:
    lit_config.maxIndividualTestTime = 300

# A test sees the options on its RUN lines and nothing of the caller's settings.
for name in [name for name in config.environment if name.startswith("CUPORT_")]:
    del config.environment[name]
if "ASAN_OPTIONS" in os.environ: # the preset's
    config.environment["ASAN_OPTIONS"] = os.environ["ASAN_OPTIONS"]
config.environment["LC_ALL"] = "C.UTF-8"
# Nothing is written to the caller's home; what one test leaves here must make no difference to the next.
config.environment["XDG_CACHE_HOME"] = os.path.join(config.test_exec_root, "cache")
config.environment["PATH"] = os.pathsep.join(
    [config.cuport_tools_dir, config.llvm_tools_dir, config.environment["PATH"]]
)

# The longer name first: lit replaces in this order.
config.substitutions += [
    ("%cuport-cc", os.path.join(config.cuport_tools_dir, "cuport-cc")),
    ("%cuport-gen", os.path.join(config.cuport_tools_dir, "cuport-gen")),
    ("%cuport", os.path.join(config.cuport_tools_dir, "cuport")),
    # With -fsanitize where the runtime that a program links has it.
    ("%clangxx", os.path.join(config.llvm_tools_dir, "clang++")
     + (" -fsanitize=" + config.cuport_shim_sanitize if config.cuport_shim_sanitize else "")),
    ("%clang", os.path.join(config.llvm_tools_dir, "clang")),
    # Translated source without the check lines in it, which would match themselves.
    ("%strip", r"sed -e '/^ *\/\/ [A-Z][A-Z-]*:/d'"),
    ("%python", config.python),
    ("%source-root", config.cuport_src_root),
    ("%build-root", config.cuport_obj_root),
    # The shim as it is laid out (docs/Shim.md): bin, lib, include/cuport.
    ("%toolkit", config.cuport_obj_root),
    # Options for host programs that call the runtime's API.
    (
        "%runtime-program",
        "-std=c++20 -O1 -Wno-unused-result -pthread -I%s/test/Shims/Runtime/Inputs -I%s/include/cuport -L%s/lib -lcuport-rt "
        "-Wl,-rpath,%s/lib"
        % (config.cuport_src_root, config.cuport_obj_root, config.cuport_obj_root, config.cuport_obj_root),
    ),
    # Options for host programs that drive the CPU backend by hand.
    (
        "%shim-by-hand",
        "-rdynamic -I%s/shims -I%s/test/Shims/Cpu/Inputs -DBACKEND=%s/lib/cuport/libcuport-backend-cpu.so"
        % (config.cuport_src_root, config.cuport_src_root, config.cuport_obj_root),
    ),
]

# cuda-toolkit: NVIDIA's toolkit is here, and %cuda-path is its folder.
cuda_path = os.environ.get("CUDA_PATH") or "/usr/local/cuda"
if os.path.isfile(os.path.join(cuda_path, "include", "cuda_runtime.h")):
    config.available_features.add("cuda-toolkit")
    config.substitutions.append(("%cuda-path", cuda_path))

# nvcc: besides, its compiler. CUPORT_CUDA_INCLUDE names folders with headers of more libraries, apart by colons, and
# CUPORT_HIP_INCLUDE those of HIP that are not the system's; a feature each says whose headers are there.
names_check = os.path.join(config.test_source_root, "Knowledge", "Names", "Inputs")
nvcc = os.path.join(cuda_path, "bin", "nvcc")
if "cuda-toolkit" in config.available_features and os.access(nvcc, os.X_OK):
    config.available_features.add("nvcc")
cuda_includes = [folder for folder in os.environ.get("CUPORT_CUDA_INCLUDE", "").split(":") if folder] + [names_check]
hip_includes = [folder for folder in os.environ.get("CUPORT_HIP_INCLUDE", "").split(":") if folder]
for folders, headers in (
    (cuda_includes + [os.path.join(cuda_path, "include")], {
        "cudnn": "cudnn.h", "cudss": "cudss.h", "cufile": "cufile.h", "cupti": "cupti.h", "cusparselt": "cusparseLt.h",
        "cutensor": "cutensorMg.h", "nccl": "nccl_device.h", "npp": "npp.h", "nvjpeg": "nvjpeg.h", "nvml": "nvml.h",
        "nvshmem": "nvshmem.h", "nvvm": "nvvm.h"}),
    # hip_fp8.h is of HIP 6: of the releases before it the rows do not say all that they lack.
    (hip_includes or ["/usr/include"], {
        "hip-runtime": "hip/hip_fp8.h", "hipblas": "hipblas/hipblas.h", "hipfft": "hipfft/hipfftXt.h",
        "hiprand": "hiprand/hiprand.h", "hipsolver": "hipsolver/hipsolver.h", "hipsparse": "hipsparse/hipsparse.h",
        "hipblaslt": "hipblaslt/hipblaslt.h", "hipcub": "hipcub/hipcub.hpp", "rccl": "rccl/rccl.h",
        "rocblas": "rocblas/rocblas.h", "rocrand": "rocrand/rocrand.h", "rocsparse": "rocsparse/rocsparse.h",
        "comgr": "amd_comgr.h", "hipsparselt": "hipsparselt/hipsparselt.h", "hiptensor": "hiptensor/hiptensor.hpp",
        "miopen": "miopen/miopen.h", "rocjpeg": "rocjpeg/rocjpeg.h", "rocm-smi": "rocm_smi/rocm_smi.h",
        "rocsolver": "rocsolver/rocsolver.h", "rocthrust": "thrust/rocthrust_version.hpp", "roctracer": "roctracer/roctracer.h",
        "rocwmma": "rocwmma/rocwmma.hpp"}),
):
    for library, header in headers.items():
        if any(os.path.isfile(os.path.join(folder, header)) for folder in folders):
            config.available_features.add(library + "-headers")
config.substitutions += [
    ("%cuda-includes", " ".join("-I" + folder for folder in cuda_includes)),
    ("%hip-includes", " ".join("-isystem " + folder for folder in hip_includes)),
    ("%check-cuda-names", "%s %s/check_names.py --compiler=%s" % (config.python, names_check, nvcc)),
    # Clang's own wrapper, as without a whole ROCm the driver does not include it.
    (
        "%hip-flags",
        "-x hip --cuda-host-only --offload-arch=gfx90a -nogpuinc -nogpulib -include __clang_hip_runtime_wrapper.h "
        "-D__HIP_PLATFORM_AMD__ -D__AMDGCN_WAVEFRONT_SIZE=64 -DHIP_ENABLE_WARP_SYNC_BUILTINS",
    ),
    (
        "%check-hip-names",
        "%s %s/check_names.py --compiler=%s/clang++ --version='HIP_VERSION_MAJOR*1000+HIP_VERSION_MINOR*10'"
        % (config.python, names_check, config.llvm_tools_dir),
    ),
]

# clang-apply-replacements: what --export-fixes writes can be applied.
if lit.util.which("clang-apply-replacements", config.environment["PATH"]):
    config.available_features.add("clang-apply-replacements")

# hip-headers: the output can be type-checked with the system's HIP headers.
if os.path.isfile("/usr/include/hip/hip_runtime.h"):
    config.available_features.add("hip-headers")

# hip-toolchain: besides, HIP can be compiled to code of a card and linked.
if "hip-headers" in config.available_features and lit.util.which(
    "clang-offload-bundler", config.environment["PATH"]
) and os.path.isfile("/usr/lib/x86_64-linux-gnu/amdgcn/bitcode/ockl.bc"):
    config.available_features.add("hip-toolchain")

# shim-sanitizer: the shim's runtime has one (CUPORT_SHIM_SANITIZE), and so have programs that use it.
if config.cuport_shim_sanitize:
    config.available_features.add("shim-sanitizer")
    # Tests do not free all that they make.
    config.environment["ASAN_OPTIONS"] = "detect_leaks=0"
# sanitizers: programs can be linked with clang's, and are not already.
elif glob.glob(os.path.join(config.llvm_tools_dir, "../lib/clang/*/lib/*/libclang_rt.tsan*")):
    config.available_features.add("sanitizers")

for tool in ("pkg-config", "gdb", "objdump", "chromium"):
    if lit.util.which(tool, config.environment["PATH"]):
        config.available_features.add(tool)

# xlsx: cuport was built with libxlsxwriter; CMake says NOTFOUND of what it did not find.
if not config.cuport_xlsx.endswith("NOTFOUND"):
    config.available_features.add("xlsx")

# cub: CUB and Thrust (Debian's libcub-dev and libthrust-dev) are in the system's folder, or in that of lit --param cub=DIR.
cub = lit_config.params.get("cub")
if os.path.isfile(os.path.join(cub or "/usr/include", "cub", "version.cuh")):
    config.available_features.add("cub")
    config.substitutions.append(("%cub", "-isystem " + cub if cub else ""))

# gpu: a card is never guessed from what is installed; lit --param gpu=1 says that there is one.
if lit_config.params.get("gpu"):
    config.available_features.add("gpu")
