import { parseEnv } from 'node:util';
import { pageAt } from '../../../test/docs/pages.js';

/** A file that the README shows. Its first line is a comment with its path. */
export function fileInReadme(path: string): string {
  const { blocks } = pageAt('examples/desk/README.md');
  const block = blocks.find(({ code }) => code.startsWith(`# ${path}\n`));
  if (!block) throw new Error(`The README shows no file ${path}`);
  return block.code;
}

/** The settings of a service, as the README shows them, with a secret in place of each `…`. */
export function settingsInReadme(secret: string): Record<string, string> {
  const text = fileInReadme('/etc/desk.env').replaceAll('…', secret);
  return parseEnv(text) as Record<string, string>;
}
