import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { generate } from 'selfsigned';
import ts from 'typescript';
import { pageAt } from '../docs/pages.js';
import type { Host } from './host.js';

/** The example under a heading of docs/hosts.md, word for word. */
export function exampleUnder(heading: string, language = 'ts'): string {
  const block = pageAt('docs/hosts.md').blocks.find(
    (candidate) => candidate.heading === heading && candidate.language === language,
  );
  if (!block) throw new Error(`docs/hosts.md has no ${language} example under ${heading}`);
  return block.code;
}

const HANDLER = 'copernicaFailures({ onFailure: save, verify })';
const wrapHandler = (example: string) => example.replace(HANDLER, `ended(${HANDLER})`);

/** Writes the app of a host into a folder. The example gets another port, and a wrapper. */
export async function writeApp(folder: string, host: Host, reports: string, port: number) {
  const {
    file = 'app.ts',
    heading,
    files,
    protocol,
    typescript = false,
    wrap = wrapHandler,
  } = host;
  const source = file.includes('src/') ? 'src/reports.ts' : 'reports.ts';
  const all: Record<string, string> = {
    'package.json': '{ "private": true, "type": "module", "main": "app.js" }',
    [source]: reports,
    [file]: wrap(exampleUnder(heading)).replaceAll('3000', String(port)),
    ...files,
    ...(protocol && protocol !== 'http' && (await certificate())),
  };
  for (const [name, text] of Object.entries(all)) {
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
    if (typescript || !name.endsWith('.ts')) continue;
    await writeFile(path.replace(/ts$/, 'js'), toJavaScript(text));
  }
}

/** What `tsc` makes of it, with the options that NestJS asks for. */
function toJavaScript(code: string): string {
  return ts.transpileModule(code, {
    compilerOptions: {
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
    },
  }).outputText;
}

async function certificate(): Promise<Record<string, string>> {
  const made = await generate([{ name: 'commonName', value: 'localhost' }]);
  return { 'key.pem': made.private, 'cert.pem': made.cert };
}
