/*
 * bcryptprimitives.dll with the one function that Deno imports from it. Wine 8 lacks the library; a
 * real Windows has it.
 */
#include <windows.h>

BOOLEAN NTAPI SystemFunction036(PVOID bytes, ULONG size);

#define MOST_AT_ONCE ((SIZE_T)1 << 28)

__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE bytes, SIZE_T size) {
  while (size > 0) {
    ULONG part = (ULONG)(size < MOST_AT_ONCE ? size : MOST_AT_ONCE);
    if (!SystemFunction036(bytes, part)) return FALSE;
    bytes += part;
    size -= part;
  }
  return TRUE;
}
