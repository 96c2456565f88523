# Debian packages, by cpack (`./dev package`): libsjcode0, libsjcode-dev, sjcode, python3-sjcode. The preset "package" sets
# what they want: the prefix /usr, Debian's own Python. The programs and the Python module hold the library themselves.
if(NOT (SJCODE_SHARED AND SJCODE_BUILD_CLI AND SJCODE_INSTALL))
  message(FATAL_ERROR "SJCODE_DEBIAN needs SJCODE_SHARED, SJCODE_BUILD_CLI and SJCODE_INSTALL: use the preset package")
endif()
set(release 1)
set(same "(= ${PROJECT_VERSION}-${release})")

# The verification site, where it was built, and the demo with its report.
install(DIRECTORY "${PROJECT_SOURCE_DIR}/build/web/" DESTINATION ${CMAKE_INSTALL_DATADIR}/sjcode/web COMPONENT program OPTIONAL)
install(PROGRAMS examples/demo.sh DESTINATION ${CMAKE_INSTALL_DATADIR}/sjcode/examples COMPONENT program)
install(FILES examples/check_batch.py examples/edit_copies.py examples/nginx.conf examples/page_address.py
              examples/sign_with_device.py examples/verify_report.py examples/watch_folder.py
        DESTINATION ${CMAKE_INSTALL_DATADIR}/sjcode/examples COMPONENT program)
install(FILES examples/sample-report/facts.json "${PROJECT_BINARY_DIR}/sample-report/report.pdf"
        DESTINATION ${CMAKE_INSTALL_DATADIR}/sjcode/examples/sample-report COMPONENT program)
set(places "libsjcode0 runtime" "libsjcode-dev development" "sjcode program")
set(parts runtime development shared static program worker)
if(SJCODE_BUILD_PYTHON)
  list(APPEND places "python3-sjcode python")
  list(APPEND parts python)
endif()
foreach(place IN LISTS places)
  separate_arguments(place)
  list(GET place 0 package)
  list(GET place 1 component)
  install(FILES LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/${package} RENAME copyright COMPONENT ${component})
endforeach()

# cpack strips programs and shared libraries, but no archives.
install(CODE "execute_process(COMMAND \"${CMAKE_STRIP}\" --strip-debug \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_LIBDIR}/libsjcode.a\" COMMAND_ERROR_IS_FATAL ANY)"
        COMPONENT static)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME sjcode)
set(CPACK_PACKAGE_VENDOR "sjcode")
set(CPACK_PACKAGE_CONTACT "The sjcode developers <sjcode@localhost>")
set(CPACK_PACKAGE_DIRECTORY "${PROJECT_SOURCE_DIR}/build/packages")
set(CPACK_PACKAGING_INSTALL_PREFIX ${CMAKE_INSTALL_PREFIX})
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_GROUPING ONE_PER_GROUP)
set(CPACK_COMPONENTS_ALL ${parts})
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE ${release})
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_GENERATE_SHLIBS ON)

set(about "sjcode gives every report of a judicial appraiser a signed code, and tells whether the report at hand is the one that was issued")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME libsjcode0)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libs)
set(CPACK_DEBIAN_LIBRARY_DESCRIPTION "signed codes for judicial appraisal reports (library)\n ${about}.\n This is the shared library with the C interface, for C, Java, C#, Go.")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_RECOMMENDS "sjcode ${same}, fonts-droid-fallback, fonts-dejavu-core")

# The static library's dependencies: pkg-config wants their files even of who links the shared one.
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libsjcode-dev)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION "signed codes for judicial appraisal reports (development)\n ${about}.\n Here are the headers, the static library, and what CMake and pkg-config find it by.")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS "libsjcode0 ${same}, libssl-dev, zlib1g-dev, libutf8proc-dev, libzxing-dev, libqrencode-dev, libpodofo-dev")
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SHLIBDEPS OFF)

set(CPACK_DEBIAN_PROGRAMS_PACKAGE_NAME sjcode)
set(CPACK_DEBIAN_PROGRAMS_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PROGRAMS_DESCRIPTION "signed codes for judicial appraisal reports (programs)\n ${about}.\n Here are the command line program, the worker that reads untrusted files, manual\n pages, the verification site and the examples.")
# libvips is loaded by name, so shlibdeps does not see it.
set(CPACK_DEBIAN_PROGRAMS_PACKAGE_DEPENDS "libvips42 | libvips42t64, fonts-droid-fallback, fonts-dejavu-core, poppler-data")
set(CPACK_DEBIAN_PROGRAMS_PACKAGE_RECOMMENDS "ca-certificates")
set(CPACK_DEBIAN_PROGRAMS_PACKAGE_SUGGESTS "libengine-pkcs11-openssl, qpdf, poppler-utils, python3")

if(SJCODE_BUILD_PYTHON)
  set(CPACK_DEBIAN_PYTHON_PACKAGE_NAME python3-sjcode)
  set(CPACK_DEBIAN_PYTHON_PACKAGE_SECTION python)
  set(CPACK_DEBIAN_PYTHON_DESCRIPTION "signed codes for judicial appraisal reports (Python)\n ${about}.\n Here is the package for Python.")
  set(Python_EXECUTABLE "${SJCODE_PYTHON}")
  find_package(Python 3.9 REQUIRED COMPONENTS Interpreter)
  math(EXPR next_minor "${Python_VERSION_MINOR} + 1")
  set(CPACK_DEBIAN_PYTHON_PACKAGE_DEPENDS "sjcode ${same}, python3 (>= ${Python_VERSION_MAJOR}.${Python_VERSION_MINOR}), python3 (<< ${Python_VERSION_MAJOR}.${next_minor})")
endif()

include(CPack)
cpack_add_component_group(library)
cpack_add_component_group(development)
cpack_add_component_group(programs)
cpack_add_component(runtime GROUP library)
cpack_add_component(development GROUP development)
cpack_add_component(shared GROUP development)
cpack_add_component(static GROUP development)
cpack_add_component(program GROUP programs)
cpack_add_component(worker GROUP programs)
if(SJCODE_BUILD_PYTHON)
  cpack_add_component_group(python)
  cpack_add_component(python GROUP python)
endif()
