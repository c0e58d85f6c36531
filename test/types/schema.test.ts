import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Where the schema, the type of a report, and what makes one of the other are. */
const SOURCES = new Map(
  ['schema', 'validate', 'failure-report', 'report'].map((name) => {
    const path = fileURLToPath(new URL(`../../lib/${name}.ts`, import.meta.url));
    return [path, readFileSync(path, 'utf8')] as const;
  }),
);

const config = ts.readConfigFile(`${ROOT}/tsconfig.json`, ts.sys.readFile).config;
const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
// Nothing in these files needs the types of Node, which take long to read.
options.types = [];
let program: ts.Program | undefined;

/** What does not compile of these files with these texts in their places. */
function errorsIn(sources: ReadonlyMap<string, string>): string[] {
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  const previous = program;
  host.getSourceFile = (name, ...rest) => {
    const text = sources.get(name);
    return text !== undefined
      ? ts.createSourceFile(name, text, {
          languageVersion: ts.ScriptTarget.ES2023,
          impliedNodeFormat: ts.ModuleKind.ESNext,
        })
      : (previous?.getSourceFile(name) ?? getSourceFile.call(host, name, ...rest));
  };
  const compiled = ts.createProgram([...sources.keys()], options, host, previous);
  program = compiled;
  return [...sources.keys()]
    .flatMap((path) => compiled.getSemanticDiagnostics(compiled.getSourceFile(path)))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('the schema and FailureReport', { timeout: 60_000 }, () => {
  it('agree as they are', () => {
    expect(errorsIn(SOURCES)).toEqual([]);
  });

  it.each([
    ['the schema misses an optional variable', "    action: { type: 'string' },\n", ''],
    ['the schema misses a required variable', "    state: { type: 'string', minLength: 1 },\n", ''],
    [
      'the schema has one more variable',
      '    action: {',
      "    extra: { type: 'string' },\n    action: {",
    ],
    ['the schema has another type', "code: { type: 'integer'", "code: { type: 'string'"],
    [
      'the schema has a number that is no integer',
      "time: { type: 'integer'",
      "time: { type: 'number'",
    ],
    ['the schema has a list of numbers', "items: { type: 'string' }", "items: { type: 'integer' }"],
    [
      'the schema has a text for a list',
      "tags: { type: 'array', items: { type: 'string' } }",
      "tags: { type: 'string' }",
    ],
    ['the schema requires less', "'recipient', 'state', 'tags'", "'recipient', 'tags'"],
    [
      'the schema requires more',
      "'recipient', 'state', 'tags'",
      "'recipient', 'state', 'tags', 'code'",
    ],
    ['the report has one more variable', '  type?: string;', '  type?: string;\n  extra?: string;'],
    ['the report misses a variable', '  type?: string;', ''],
    ['the report has another type', '  time?: number;', '  time?: string;'],
    ['the report requires more', '  description?: string;', '  description: string;'],
    ['the report requires less', '  state: string;', '  state?: string;'],
  ])('do not compile when %s', (_, text, replacement) => {
    const [[path, source] = ['', ''], ...others] = [...SOURCES].filter(([, it]) =>
      it.includes(text),
    );
    expect(others).toEqual([]);
    expect(source.split(text)).toHaveLength(2);
    const changed = new Map(SOURCES).set(path, source.replace(text, replacement));
    expect(errorsIn(changed)).not.toEqual([]);
  });
});
