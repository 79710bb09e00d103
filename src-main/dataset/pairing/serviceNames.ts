/**
 * Folders and files that systems, network storage and synchronisation leave beside people's data, in lower case: thumbnails,
 * wastebaskets, indexes. Their images are copies of others and never samples.
 */
const SERVICE_NAMES = new Set([
  // Synology, QNAP
  ...['@eadir', '@tmp', '#recycle', '#snapshot', '@recycle', '@recently-snapshot', '@__thumb', '@sharebin'],
  // macOS, beside what begins with a dot
  ...['__macosx', 'network trash folder', 'temporary items', 'icon\r'],
  // Windows
  ...['$recycle.bin', 'recycler', 'recycled', 'system volume information', 'thumbs.db', 'ehthumbs.db'],
  ...['desktop.ini', '$avg', '$sysreset', '~snapshot', '_vti_cnf'],
  // Linux, Python, synchronisation
  ...['lost+found', '__pycache__', 'node_modules', '_gsdata_', 'lightroom previews.lrdata'],
]);

/** What a disk check recovers, Synology's and QNAP's own folders, what an open document locks. */
const SERVICE_PATTERNS =
  /^(found\.\d{3}|@(syno|share|recently|__|appstore|database|docker|download|cloudsync).*|~\$.*)$/;

/** Whether a path segment is hidden (a leading dot) or belongs to a system's own housekeeping. */
export function isServiceName(segment: string): boolean {
  const name = segment.toLowerCase();
  return name.startsWith('.') || SERVICE_NAMES.has(name) || SERVICE_PATTERNS.test(name);
}
