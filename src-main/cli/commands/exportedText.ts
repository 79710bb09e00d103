import { shown } from '#common/shownText.ts';
import { formatBytes } from '#common/format.ts';
import type { ExportedFile } from '#contract/jobs/exportKind.ts';

/** Exported files with their sizes and how far they are from the trained network, and where it stands how to use them. */
export function exportedLines(files: readonly ExportedFile[]): string[] {
  const guides = new Set(files.flatMap(({ guide }) => (guide === undefined ? [] : [guide])));
  return [...files.map(exportedText), ...[...guides].map((guide) => shown(`How to use them: ${guide}`))];
}

function exportedText({ file, bytes, differs, largestDifference }: ExportedFile): string {
  return `${shown(file)} (${formatBytes(bytes)}), ${differs ?? 'at most'} ${largestDifference.toExponential(1)} apart from the trained network`;
}
