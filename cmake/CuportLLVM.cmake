# Finds LLVM and Clang 22 and the compile flags they ask for.
#
# Debian's LLVM version file wants an exact major.minor, so the version is compared here instead of in
# find_package().

set(CUPORT_LLVM_MAJOR 22)
foreach(package LLVM Clang)
  string(TOLOWER ${package} folder)
  if(NOT ${package}_DIR AND EXISTS /usr/lib/llvm-${CUPORT_LLVM_MAJOR}/lib/cmake/${folder})
    set(${package}_DIR /usr/lib/llvm-${CUPORT_LLVM_MAJOR}/lib/cmake/${folder} CACHE PATH "")
  endif()
endforeach()
find_package(Clang REQUIRED CONFIG)
if(NOT LLVM_VERSION_MAJOR EQUAL CUPORT_LLVM_MAJOR)
  message(FATAL_ERROR "cuport needs LLVM ${CUPORT_LLVM_MAJOR}; found ${LLVM_VERSION} in ${LLVM_DIR}")
endif()
find_package(fmt REQUIRED)

set(CUPORT_CLANG_RESOURCE_DIR ${LLVM_LIBRARY_DIR}/clang/${LLVM_VERSION_MAJOR}
    CACHE PATH "Where clang's own headers (stddef.h ...) are")
