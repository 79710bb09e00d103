/**
 * The server that a path of Windows names, in lower case ("\\\\nas\\share\\a.png": "nas"), or null. Merely asking whether such a file
 * exists has Windows call the server and identify the user to it.
 */
export function serverOf(path: string, platform: NodeJS.Platform = process.platform): string | null {
  if (platform !== 'win32') return null;
  const [, host = '', share = ''] = /^[\\/]{2}([^\\/]+)[\\/]*([^\\/]*)/.exec(path) ?? [];
  if (host === '') return null;
  // \\?\UNC\nas\share is another way to write it; \\?\C:\ and \\.\C:\ are local.
  if (host !== '?' && host !== '.') return host.toLowerCase();
  if (share.toLowerCase() !== 'unc') return null;
  return /^[\\/]{2}[?.][\\/]+unc[\\/]+([^\\/]+)/i.exec(path)?.[1]?.toLowerCase() ?? null;
}
