# PALABRE_LAMBDA: only the rooms that the functions of AWS Lambda need, as a program that needs no
# shared library. docs/decisions/0015-lambda-binary.md says why each flag is here.
option(PALABRE_LAMBDA "Build the program of AWS Lambda alone, static" OFF)

# A room that only one machine needs, and none of the functions.
macro(machine_room folder)
    if(NOT PALABRE_LAMBDA)
        add_subdirectory(${folder})
    endif()
endmacro()

if(PALABRE_LAMBDA)
    set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
    set(OPENSSL_USE_STATIC_LIBS ON)
    set(ZLIB_USE_STATIC_LIBS ON)
    set(Boost_USE_STATIC_LIBS ON)
    add_compile_options(
        -fPIE
        -ffunction-sections -fdata-sections         # so that the linker can leave out what nobody calls
        # The same bytes wherever it is built.
        -ffile-prefix-map=${CMAKE_BINARY_DIR}=build -ffile-prefix-map=${CMAKE_SOURCE_DIR}=.)
    add_link_options(
        -static-pie
        -Wl,--gc-sections
        -Wl,--build-id=none                         # it hashes what is then stripped, paths included
        -Wl,-z,relro,-z,now,-z,noexecstack)
    # A list of relocations a tenth as long: a tenth of a millisecond at each start. Not every linker
    # has it for arm64 yet.
    include(CheckLinkerFlag)
    check_linker_flag(CXX -Wl,-z,pack-relative-relocs,--fatal-warnings PALABRE_PACKS_RELOCATIONS)
    if(PALABRE_PACKS_RELOCATIONS)
        add_link_options(-Wl,-z,pack-relative-relocs)
    endif()
endif()

# The program without its symbols, and beside it, as PROGRAM.symbols, with them: for profilers, for a
# core dump, and for ./bench/run, which asks where the time of a start goes.
function(palabre_strip target)
    add_custom_command(TARGET ${target} POST_BUILD
        COMMAND ${CMAKE_COMMAND} -E copy $<TARGET_FILE:${target}> $<TARGET_FILE:${target}>.symbols
        COMMAND ${CMAKE_STRIP} --strip-all $<TARGET_FILE:${target}>
        VERBATIM)
endfunction()
