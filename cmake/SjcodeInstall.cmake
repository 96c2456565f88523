# The installed package: an export set for each component, the CMake and pkg-config files that find it.
#
# Parts that `cmake --install --component` and packagers choose from: runtime (the shared library, which has the C
# interface), development (headers, what finds the package), shared and static (what links either), worker, program, python.
include(CMakePackageConfigHelpers)
set(package_folder "${CMAKE_INSTALL_LIBDIR}/cmake/sjcode")

function(install_export component part)
  install(EXPORT sjcode-${component} NAMESPACE sjcode:: DESTINATION ${package_folder} COMPONENT ${part})
endfunction()

install(TARGETS sjcode EXPORT sjcode-static
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT static
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install_export(static static)
if(SJCODE_SHARED)
  install(TARGETS sjcode-shared EXPORT sjcode-shared
    LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT runtime NAMELINK_COMPONENT shared
    INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
  install_export(shared shared)
endif()
install(TARGETS sjcode-verify EXPORT sjcode-verify)
install_export(verify static)
if(SJCODE_ISSUE)
  install(TARGETS sjcode-issue EXPORT sjcode-issue)
  install_export(issue static)
  set(issue_headers "")
else()
  set(issue_headers REGEX "/(issue|licence|preserve|stamp_fonts|sjcode_issue)\\.h$" EXCLUDE)
endif()
if(SJCODE_WORKER)
  set_target_properties(sjcode-worker PROPERTIES EXPORT_NAME worker)
  install(TARGETS sjcode-worker EXPORT sjcode-worker RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/sjcode COMPONENT worker)
  install_export(worker worker)
endif()
install(DIRECTORY libsjcode/include/sjcode bindings/c/include/sjcode DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}
        COMPONENT development FILES_MATCHING PATTERN "*.h" ${issue_headers})

# What the static library wants its consumer to link.
set(SJCODE_REQUIRES "libcrypto >= 3.0, zlib, libutf8proc, zxing")
if(SJCODE_ISSUE)
  string(APPEND SJCODE_REQUIRES ", libqrencode, libpodofo")
endif()
configure_package_config_file(cmake/sjcodeConfig.cmake.in "${CMAKE_CURRENT_BINARY_DIR}/sjcodeConfig.cmake"
                              INSTALL_DESTINATION ${package_folder} PATH_VARS CMAKE_INSTALL_LIBEXECDIR)
write_basic_package_version_file("${CMAKE_CURRENT_BINARY_DIR}/sjcodeConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
foreach(name sjcode sjcode-c)
  configure_file(cmake/${name}.pc.in "${CMAKE_CURRENT_BINARY_DIR}/${name}.pc" @ONLY)
endforeach()
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/sjcodeConfig.cmake" "${CMAKE_CURRENT_BINARY_DIR}/sjcodeConfigVersion.cmake"
        DESTINATION ${package_folder} COMPONENT development)
# Beside the static library lies a shared one of the same name, which has less: each has a file of its own.
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/sjcode.pc" DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT static)
if(SJCODE_SHARED)
  install(FILES "${CMAKE_CURRENT_BINARY_DIR}/sjcode-c.pc" DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT shared)
endif()
