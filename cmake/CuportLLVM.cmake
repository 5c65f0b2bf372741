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

# Where clang's libraries hang on the shared LLVM they get the static parts they use instead: loading the whole of LLVM
# takes longer than all else at start. All of them, because two copies of LLVM's state in one program go wrong.
set(CUPORT_LLVM_COMPONENTS BitReader Core FrontendHLSL FrontendOffloading FrontendOpenMP Option ProfileData Support
  TargetParser WindowsDriver)
llvm_map_components_to_libnames(CUPORT_LLVM_LIBRARIES ${CUPORT_LLVM_COMPONENTS})
foreach(library ${CLANG_EXPORTED_TARGETS})
  set(links)
  if(TARGET ${library})
    get_target_property(links ${library} INTERFACE_LINK_LIBRARIES)
  endif()
  if("LLVM" IN_LIST links)
    list(REMOVE_ITEM links LLVM)
    set_target_properties(${library} PROPERTIES INTERFACE_LINK_LIBRARIES "${links};${CUPORT_LLVM_LIBRARIES}")
  endif()
endforeach()

set(CUPORT_CLANG_RESOURCE_DIR ${LLVM_LIBRARY_DIR}/clang/${LLVM_VERSION_MAJOR}
    CACHE PATH "Where clang's own headers (stddef.h ...) are")
