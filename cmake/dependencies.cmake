# Every library we use, found in one place. Names of Debian's packages: tools/packages.sh.
find_package(Threads REQUIRED)
find_package(OpenSSL 3.0 REQUIRED)
find_package(ZLIB REQUIRED)
find_package(EXPAT REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(PkgConfig REQUIRED)
pkg_check_modules(brotli REQUIRED IMPORTED_TARGET libbrotlienc libbrotlidec)
pkg_check_modules(cares REQUIRED IMPORTED_TARGET libcares)
pkg_check_modules(archive REQUIRED IMPORTED_TARGET libarchive)
pkg_check_modules(zstd REQUIRED IMPORTED_TARGET libzstd)
pkg_check_modules(gumbo REQUIRED IMPORTED_TARGET gumbo)
if(PALABRE_LAMBDA)
    include(static_libraries)
else()
    find_package(fmt 9 REQUIRED)
    find_package(SQLite3 3.40 REQUIRED)
    find_package(CLI11 2.1 REQUIRED)
    find_package(tomlplusplus 3 REQUIRED)
    find_package(GTest)
    pkg_check_modules(prometheus REQUIRED IMPORTED_TARGET prometheus-cpp-core)
endif()

# Asio and Beast, their bodies compiled once. Whoever includes either links this, so that all see the
# same: their error categories are objects, and those of one copy are not equal to those of another.
add_library(palabre_boost_parts STATIC ${CMAKE_CURRENT_LIST_DIR}/boost_parts.cpp)
target_compile_definitions(palabre_boost_parts PUBLIC
    BOOST_ASIO_SEPARATE_COMPILATION BOOST_BEAST_SEPARATE_COMPILATION BOOST_ASIO_NO_DEPRECATED)
if(PALABRE_SANITIZE STREQUAL "thread")
    # ThreadSanitizer does not see fences; queues of handlers are guarded by a mutex all the same.
    target_compile_definitions(palabre_boost_parts PUBLIC BOOST_ASIO_DISABLE_FENCED_BLOCK)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # g++ 12 takes the frames of coroutines for mismatched: Asio allocates and frees them itself.
    target_compile_options(palabre_boost_parts PUBLIC -Wno-mismatched-new-delete)
endif()
target_link_libraries(palabre_boost_parts PUBLIC Boost::headers Threads::Threads)
