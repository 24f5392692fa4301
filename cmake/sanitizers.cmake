# One build folder per sanitizer (see CMakePresets.json).
set(PALABRE_SANITIZE "" CACHE STRING "address or thread")
if(PALABRE_SANITIZE STREQUAL "address")
    # The same objects serve tests and fuzzers, which need to know where a run has been.
    set(flags -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all
              -fno-omit-frame-pointer)
elseif(PALABRE_SANITIZE STREQUAL "thread")
    set(flags -fsanitize=thread)
endif()
if(flags)
    add_compile_options(${flags})
    add_link_options(${flags})
else()
    # Hardening that costs next to nothing in a server that reads foreign bytes.
    add_compile_options(-fstack-protector-strong $<$<CONFIG:Release>:-D_FORTIFY_SOURCE=2>)
    add_link_options(-Wl,-z,relro,-z,now)
endif()
