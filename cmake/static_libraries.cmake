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

# Debian has no libfmt.a: sources compile what they use of it.
find_path(FMT_INCLUDE_DIR fmt/format.h REQUIRED)
add_library(fmt::fmt INTERFACE IMPORTED GLOBAL)
target_include_directories(fmt::fmt INTERFACE ${FMT_INCLUDE_DIR})
target_compile_definitions(fmt::fmt INTERFACE FMT_HEADER_ONLY)
