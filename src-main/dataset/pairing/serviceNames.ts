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
  ...['desktop.ini', 'found.000', '$avg', '$sysreset', '~snapshot'],
  // Linux, Python, synchronisation
  ...['lost+found', '__pycache__', '_gsdata_', 'lightroom previews.lrdata'],
]);

/** Whether a path segment is hidden (a leading dot) or belongs to a system's own housekeeping. */
export function isServiceName(segment: string): boolean {
  return segment.startsWith('.') || SERVICE_NAMES.has(segment.toLowerCase()) || segment.startsWith('~$');
}
