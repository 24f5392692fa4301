# Warnings for our own code, as errors. Each flag with its reason.
add_library(palabre_warnings INTERFACE)
target_compile_options(palabre_warnings INTERFACE
    -Wall -Wextra -Wpedantic -Werror
    -Wshadow                # a name that hides another is misread
    -Wnon-virtual-dtor      # deleting through such a base leaks
    -Woverloaded-virtual    # an override that does not override
    -Wcast-align -Wold-style-cast
    -Wnull-dereference -Wdouble-promotion
    -Wformat=2 -Wimplicit-fallthrough
    -Wunused -Wextra-semi)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    target_compile_options(palabre_warnings INTERFACE
        -Wduplicated-cond -Wlogical-op
        # g++ 12 reports these inside std and Boost templates when it optimises; clang-tidy watches ours.
        -Wno-null-dereference -Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-restrict
        -Wno-array-bounds -Wno-dangling-reference -Wno-stringop-overread -Wno-free-nonheap-object)
endif()
if(CMAKE_UNITY_BUILD)
    # Sources compiled as one see each other's constants; a build of each alone looks for shadows.
    # What is in an unnamed namespace then seems to be in a header, too.
    target_compile_options(palabre_warnings INTERFACE -Wno-shadow
        $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>)
endif()
