# What the shared libraries would bring along by themselves. Only with PALABRE_LAMBDA.
pkg_check_modules(brotli_common REQUIRED IMPORTED_TARGET libbrotlicommon)
target_link_libraries(PkgConfig::brotli INTERFACE PkgConfig::brotli_common)

# Newer OpenSSLs compress certificates; their pkg-config file says with what.
pkg_check_modules(crypto REQUIRED QUIET libcrypto)
if("zstd" IN_LIST crypto_STATIC_LIBRARIES)
    target_link_libraries(OpenSSL::Crypto INTERFACE PkgConfig::zstd)
endif()
if("z" IN_LIST crypto_STATIC_LIBRARIES)
    target_link_libraries(OpenSSL::Crypto INTERFACE ZLIB::ZLIB)
endif()

# Without the tables by which an exception would pass through these: they are C, what they call of ours
# throws nothing, and the linker could not leave the tables out, which are 0.6 MB.
foreach(target OpenSSL::SSL OpenSSL::Crypto)
    get_target_property(library ${target} IMPORTED_LOCATION)
    cmake_path(GET library FILENAME file)
    set(without_tables ${CMAKE_BINARY_DIR}/libraries/${file})
    file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/libraries)
    execute_process(
        COMMAND ${CMAKE_OBJCOPY} --remove-section .eh_frame --remove-section .rela.eh_frame
                ${library} ${without_tables}
        COMMAND_ERROR_IS_FATAL ANY)
    set_target_properties(${target} PROPERTIES IMPORTED_LOCATION ${without_tables})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${library})
endforeach()

# Debian has no libfmt.a: sources compile what they use of it.
find_path(FMT_INCLUDE_DIR fmt/format.h REQUIRED)
add_library(fmt::fmt INTERFACE IMPORTED GLOBAL)
target_include_directories(fmt::fmt INTERFACE ${FMT_INCLUDE_DIR})
target_compile_definitions(fmt::fmt INTERFACE FMT_HEADER_ONLY)
