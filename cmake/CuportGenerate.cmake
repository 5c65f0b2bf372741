# What cuport-gen writes from lib/Knowledge/data at build time.
#
#   CUPORT_API_YAML         the YAML files
#   CUPORT_API_TABLE        lib/Knowledge/ApiTable.inc in the build folder: the built-in rows
#   CUPORT_PTX_TABLE        lib/Knowledge/PtxTable.inc in the build folder: the PTX rows, from lib/Knowledge/data/ptx/*.yaml
#   CUPORT_SURFACE_DIR      a folder for -I: cuport/<library>_api.h declares what CUDA's header of that library does
#   CUPORT_SURFACE_HEADERS  the headers in it, for DEPENDS; the target cuport-surface makes them
#   CUPORT_TARGET_YAML      the YAML files of lib/Knowledge/data/targets
#   CUPORT_TARGET_TABLE     lib/Knowledge/TargetTable.inc in the build folder: the built-in targets
#   docs-api                the target that writes docs/api and docs/Ptx.md again
#   docs-targets            the target that writes docs/targets again
#   cuport_embed(OUT FILE.inc [STRIP PREFIX ...] FILES ...)
#                           writes FILE.inc with one entry {path, content} a file, for an array of {StringRef, StringRef}
#   cuport_hash(OUT FILE.inc [STRIP PREFIX ...] FILES ...)
#                           writes FILE.inc with the fingerprint of the files as a string literal

file(GLOB CUPORT_API_YAML CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/lib/Knowledge/data/api/*.yaml)
set(CUPORT_API_TABLE ${CMAKE_BINARY_DIR}/lib/Knowledge/ApiTable.inc)
file(GLOB CUPORT_PTX_YAML CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/lib/Knowledge/data/ptx/*.yaml)
set(CUPORT_PTX_TABLE ${CMAKE_BINARY_DIR}/lib/Knowledge/PtxTable.inc)
file(GLOB CUPORT_TARGET_YAML CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/lib/Knowledge/data/targets/*.yaml)
set(CUPORT_TARGET_TABLE ${CMAKE_BINARY_DIR}/lib/Knowledge/TargetTable.inc)
set(CUPORT_SURFACE_DIR ${CMAKE_BINARY_DIR}/surface)
set(CUPORT_SURFACE_HEADERS)
foreach(yaml ${CUPORT_API_YAML})
  cmake_path(GET yaml STEM library)
  list(APPEND CUPORT_SURFACE_HEADERS ${CUPORT_SURFACE_DIR}/cuport/${library}_api.h)
endforeach()

# Called once, by lib/Knowledge: the rules belong to the folder that calls it.
function(cuport_generate_knowledge)
  add_custom_command(OUTPUT ${CUPORT_API_TABLE}
    COMMAND cuport-gen tables -o ${CUPORT_API_TABLE} ${CUPORT_API_YAML}
    DEPENDS cuport-gen ${CUPORT_API_YAML}
    COMMENT "Knowledge: API tables" VERBATIM)
  add_custom_command(OUTPUT ${CUPORT_PTX_TABLE}
    COMMAND cuport-gen ptx-tables -o ${CUPORT_PTX_TABLE} ${CUPORT_PTX_YAML}
    DEPENDS cuport-gen ${CUPORT_PTX_YAML}
    COMMENT "Knowledge: PTX table" VERBATIM)
  add_custom_command(OUTPUT ${CUPORT_TARGET_TABLE}
    COMMAND cuport-gen target-tables -o ${CUPORT_TARGET_TABLE} ${CUPORT_TARGET_YAML}
    DEPENDS cuport-gen ${CUPORT_TARGET_YAML}
    COMMENT "Knowledge: targets" VERBATIM)
  if(CUPORT_API_YAML)
    add_custom_command(OUTPUT ${CUPORT_SURFACE_HEADERS}
      COMMAND cuport-gen surface -o ${CUPORT_SURFACE_DIR} ${CUPORT_API_YAML}
      DEPENDS cuport-gen ${CUPORT_API_YAML}
      COMMENT "Knowledge: CUDA surface headers" VERBATIM)
  endif()
  add_custom_target(cuport-surface DEPENDS ${CUPORT_SURFACE_HEADERS})
  add_custom_target(docs-api
    COMMAND ${CMAKE_COMMAND} -E rm -rf ${CMAKE_SOURCE_DIR}/docs/api
    COMMAND cuport-gen docs -o ${CMAKE_SOURCE_DIR}/docs/api ${CUPORT_API_YAML}
    COMMAND cuport-gen ptx-docs -o ${CMAKE_SOURCE_DIR}/docs/Ptx.md ${CUPORT_PTX_YAML}
    COMMENT "Writing docs/api and docs/Ptx.md" VERBATIM)
  add_custom_target(docs-targets
    COMMAND ${CMAKE_COMMAND} -E rm -rf ${CMAKE_SOURCE_DIR}/docs/targets
    COMMAND cuport-gen target-docs -o ${CMAKE_SOURCE_DIR}/docs/targets ${CUPORT_TARGET_YAML}
    COMMENT "Writing docs/targets" VERBATIM)
endfunction()

function(cuport_generate_from_files verb comment)
  cmake_parse_arguments(ARG "" "OUT" "STRIP;FILES" ${ARGN})
  list(TRANSFORM ARG_STRIP PREPEND --strip=)
  add_custom_command(OUTPUT ${ARG_OUT}
    COMMAND cuport-gen ${verb} -o ${ARG_OUT} ${ARG_STRIP} ${ARG_FILES}
    DEPENDS cuport-gen ${ARG_FILES}
    COMMENT "${comment} ${ARG_OUT}" VERBATIM)
endfunction()

function(cuport_embed)
  cuport_generate_from_files(embed "Embedding files in" ${ARGN})
endfunction()

function(cuport_hash)
  cuport_generate_from_files(hash "Fingerprint of files in" ${ARGN})
endfunction()
