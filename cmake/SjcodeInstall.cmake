# The installed package: an export set for each component, the CMake and pkg-config files that find it.
include(CMakePackageConfigHelpers)
set(package_folder "${CMAKE_INSTALL_LIBDIR}/cmake/sjcode")
set(SJCODE_COMPONENTS verify)
install(TARGETS sjcode sjcode-verify EXPORT sjcode-verify
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT development
  INCLUDES DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
if(SJCODE_ISSUE)
  list(APPEND SJCODE_COMPONENTS issue)
  install(TARGETS sjcode-issue EXPORT sjcode-issue)
  set(issue_headers "")
else()
  set(issue_headers REGEX "/(issue|preserve|stamp_fonts)\\.h$" EXCLUDE)
endif()
if(SJCODE_WORKER)
  list(APPEND SJCODE_COMPONENTS worker)
  set_target_properties(sjcode-worker PROPERTIES EXPORT_NAME worker)
  install(TARGETS sjcode-worker EXPORT sjcode-worker RUNTIME DESTINATION ${CMAKE_INSTALL_LIBEXECDIR}/sjcode COMPONENT worker)
endif()

foreach(component ${SJCODE_COMPONENTS})
  install(EXPORT sjcode-${component} NAMESPACE sjcode:: DESTINATION ${package_folder} COMPONENT development)
endforeach()
install(DIRECTORY libsjcode/include/sjcode DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development
        FILES_MATCHING PATTERN "*.h" ${issue_headers})

# What the static library wants its consumer to link.
set(SJCODE_REQUIRES "libcrypto >= 3.0, zlib, libutf8proc, zxing")
if(SJCODE_ISSUE)
  string(APPEND SJCODE_REQUIRES ", libqrencode, libpodofo")
endif()
configure_package_config_file(cmake/sjcodeConfig.cmake.in "${CMAKE_CURRENT_BINARY_DIR}/sjcodeConfig.cmake"
                              INSTALL_DESTINATION ${package_folder} PATH_VARS CMAKE_INSTALL_LIBEXECDIR)
write_basic_package_version_file("${CMAKE_CURRENT_BINARY_DIR}/sjcodeConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
configure_file(cmake/sjcode.pc.in "${CMAKE_CURRENT_BINARY_DIR}/sjcode.pc" @ONLY)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/sjcodeConfig.cmake" "${CMAKE_CURRENT_BINARY_DIR}/sjcodeConfigVersion.cmake"
        DESTINATION ${package_folder} COMPONENT development)
install(FILES "${CMAKE_CURRENT_BINARY_DIR}/sjcode.pc" DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT development)
