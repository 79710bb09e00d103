import { globSync, readFileSync } from 'node:fs';
import { join, matchesGlob } from 'node:path';
import { parse } from 'yaml';
import { root } from '../packaging/packHere.ts';

const INCIDENTAL = /^(package\.json|readme[^/]*|(un)?licen[cs]e[^/]*|copying[^/]*|notice[^/]*)$/i;

/** What electron-builder.yml says of packages' files; an exclamation mark leaves out. It judges in order, and the last one that fits counts. */
function patterns(): readonly string[] {
  const { files } = parse(readFileSync(join(root, 'electron-builder.yml'), 'utf8')) as { files: string[] };
  return files.map((pattern) =>
    pattern.replace('${platform}', process.platform).replace('${arch}', process.arch),
  );
}

const literalStart = (pattern: string): string => pattern.replace(/^!/, '').replace(/[*?{[].*$/, '');

/**
 * Whether anything of a package goes into the installers beside its description and licence.
 * @param folder of an installed package: "node_modules/sharp"
 */
export function isPacked(folder: string): boolean {
  const touching = patterns().filter((pattern) => {
    const start = literalStart(pattern);
    return start.startsWith(folder) || folder.startsWith(start);
  });
  const stays = (file: string): boolean =>
    touching.reduce((kept, pattern) => {
      if (kept !== pattern.startsWith('!')) return kept;
      return matchesGlob(file, pattern.replace(/^!/, '')) ? !kept : kept;
    }, true);
  return globSync('**/*', { cwd: join(root, folder), exclude: ['node_modules/**'], withFileTypes: true })
    .filter((entry) => entry.isFile() && !INCIDENTAL.test(entry.name))
    .some((entry) =>
      stays(
        join(entry.parentPath, entry.name)
          .slice(root.length + 1)
          .replaceAll('\\', '/'),
      ),
    );
}
