# One folder of src/ is one static library: palabre_library(name SOURCES … LINKS …).
function(palabre_library name)
    cmake_parse_arguments(room "" "" "SOURCES;LINKS;PRIVATE_LINKS" ${ARGN})
    add_library(palabre_${name} STATIC ${room_SOURCES})
    target_include_directories(palabre_${name} PUBLIC ${PROJECT_SOURCE_DIR}/src)
    target_link_libraries(palabre_${name}
        PUBLIC ${room_LINKS}
        PRIVATE ${room_PRIVATE_LINKS} palabre_warnings)
    palabre_share_headers(palabre_${name} palabre_std_headers)
    palabre_allow_unity(palabre_${name})
endfunction()

# One test program per room: palabre_test(name SOURCES … LINKS …), run by ctest as `name`.
function(palabre_test name)
    cmake_parse_arguments(test "" "" "SOURCES;LINKS" ${ARGN})
    add_executable(test_${name} ${test_SOURCES})
    target_include_directories(test_${name} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
    target_link_libraries(test_${name}
        PRIVATE ${test_LINKS} palabre_warnings GTest::gmock GTest::gtest_main)
    target_compile_definitions(test_${name} PRIVATE PALABRE_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    # The tests themselves are not what has to be fast: this halves the time to compile them.
    target_compile_options(test_${name} PRIVATE -O0)
    if(PALABRE_SANITIZE STREQUAL "address")
        # A third off the time to compile them; what they call is watched all the same.
        target_compile_options(test_${name} PRIVATE -fno-sanitize=undefined)
    endif()
    palabre_share_headers(test_${name} palabre_test_headers)
    palabre_allow_unity(test_${name})
    add_test(NAME ${name} COMMAND test_${name})
    # Against tests that hang, not slow machines: sanitizers on a busy one take minutes.
    set_tests_properties(${name} PROPERTIES TIMEOUT 1200)
endfunction()

# One libFuzzer program per parser: palabre_fuzzer(name LINKS …) builds fuzz/name.cpp.
function(palabre_fuzzer name)
    cmake_parse_arguments(fuzzer "" "" "LINKS" ${ARGN})
    add_executable(fuzz_${name} ${name}.cpp)
    target_link_libraries(fuzz_${name} PRIVATE ${fuzzer_LINKS} palabre_warnings)
    target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
    if(NOT TARGET fuzzers)
        add_custom_target(fuzzers)
    endif()
    add_dependencies(fuzzers fuzz_${name})
endfunction()

# Where CMAKE_UNITY_BUILD compiles several sources as one, clang-tidy is told that this is meant.
function(palabre_allow_unity target)
    set_target_properties(${target} PROPERTIES
        UNITY_BUILD_CODE_BEFORE_INCLUDE "// NOLINTNEXTLINE(bugprone-suspicious-include)")
endfunction()
