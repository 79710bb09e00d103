// On Windows the Node-API functions are imported from "node.exe", but the process may be Electron's
// executable, which exports them too. CMakeLists.txt delays that import; this hook then answers it with the
// process itself.
#ifdef _MSC_VER
#include <windows.h>
// windows.h first
#include <delayimp.h>
#include <string.h>

namespace {

FARPROC WINAPI TakeHostForNode(unsigned event, DelayLoadInfo* info) {
  if (event != dliNotePreLoadLibrary || _stricmp(info->szDll, "node.exe") != 0) return nullptr;
  return reinterpret_cast<FARPROC>(GetModuleHandleW(nullptr));
}

}  // namespace

extern "C" const PfnDliHook __pfnDliNotifyHook2 = TakeHostForNode;
#endif
