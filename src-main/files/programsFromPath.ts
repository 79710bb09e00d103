/**
 * Has programs that are started by name be those of PATH alone. Windows would look into the working folder first, which is that of the project
 * when one is double-clicked: a stranger's archive could bring a program of that name. Holds for this process and those that it starts.
 */
export function programsFromPath(
  environment: Record<string, string | undefined> = process.env,
  platform: NodeJS.Platform = process.platform,
): void {
  // What Windows' NeedCurrentDirectoryForExePath asks for; libuv asks it.
  if (platform === 'win32') environment['NoDefaultCurrentDirectoryInExePath'] = '1';
}
