# One build folder per sanitizer (see CMakePresets.json).
set(PALABRE_SANITIZE "" CACHE STRING "address, thread or fuzzer")
if(PALABRE_SANITIZE STREQUAL "address")
    set(flags -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
elseif(PALABRE_SANITIZE STREQUAL "thread")
    set(flags -fsanitize=thread)
    # g++ says that fences are not understood. Asio's order nothing that its mutexes do not too.
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
        list(APPEND flags -Wno-tsan)
    endif()
elseif(PALABRE_SANITIZE STREQUAL "fuzzer")
    set(flags -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
              -fno-omit-frame-pointer)
endif()
if(flags)
    add_compile_options(${flags})
    add_link_options(${flags})
else()
    # Hardening that costs next to nothing in a server that reads foreign bytes.
    add_compile_options(-fstack-protector-strong $<$<CONFIG:Release>:-D_FORTIFY_SOURCE=2>)
    add_link_options(-Wl,-z,relro,-z,now)
endif()
