# -DCMAKE_TOOLCHAIN_FILE=.../lib/cmake/cuport/toolchain.cmake: projects of the languages CUDA and HIP are built by cuport-cc, and what
# another compiler links finds the runtime.
cmake_path(GET CMAKE_CURRENT_LIST_DIR PARENT_PATH root)
cmake_path(GET root PARENT_PATH root)
cmake_path(GET root PARENT_PATH root)
set(CMAKE_CUDA_COMPILER ${root}/bin/nvcc)
set(CUDAToolkit_ROOT ${root}/lib/cuport/cuda)
set(CMAKE_HIP_COMPILER ${root}/bin/cuport-cc)
set(CMAKE_HIP_COMPILER_ROCM_ROOT ${root})
set(CMAKE_HIP_ARCHITECTURES cpu)
set(hip_DIR ${root}/lib/cmake/hip)
# The packages of libraries, hipblas for one: those that go with this hip.
list(PREPEND CMAKE_PREFIX_PATH ${root})
# Projects that link cudart by its bare name get the toolkit's, not one that the system's folders have.
foreach(kind EXE SHARED MODULE)
  set(CMAKE_${kind}_LINKER_FLAGS_INIT "-L${root}/lib/cuport/cuda/lib64 -Wl,-rpath,${root}/lib")
endforeach()
