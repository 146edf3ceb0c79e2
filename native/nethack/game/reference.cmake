# The upstream library as upstream builds it, from the same sources and generated headers: what our library is compared
# with and measured against. Built on demand only (target nethack_reference).

enable_language(ASM)
add_subdirectory("${upstream}/third_party/deboost.context" "${generated}/fcontext" EXCLUDE_FROM_ALL)

file(GLOB reference_sources "${upstream}/src/*.c" "${upstream}/win/tty/*.c")
foreach(file blocksort bzlib compress crctable decompress huffman randtable)
  list(APPEND reference_sources "${upstream}/third_party/bzip2/${file}.c")
endforeach()
list(APPEND reference_sources
  "${upstream}/sys/share/ioctl.c"
  "${upstream}/sys/share/posixregex.c"
  "${upstream}/sys/unix/unixmain.c"
  "${upstream}/sys/unix/unixres.c"
  "${upstream}/sys/unix/unixunix.c"
  "${upstream}/third_party/libtmt/tmt.c"
  "${upstream}/win/rl/winrl.cc")

add_library(nethack_reference SHARED EXCLUDE_FROM_ALL ${reference_sources})
add_dependencies(nethack_reference util dat)
target_include_directories(nethack_reference PRIVATE
  "${upstream}/include" "${NLE_INC_GEN}" "${upstream}/third_party/libtmt" "${upstream}/third_party/bzip2")
set_target_properties(nethack_reference PROPERTIES
  CXX_STANDARD 14 CXX_EXTENSIONS ON C_VISIBILITY_PRESET default CXX_VISIBILITY_PRESET default)
target_compile_options(nethack_reference PRIVATE -O3 -DNDEBUG $<$<COMPILE_LANGUAGE:CXX>:-w;-include;cstdint>)
target_link_libraries(nethack_reference PRIVATE m fcontext)
