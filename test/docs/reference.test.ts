import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  Application,
  type Reflection,
  ReflectionKind,
  TSConfigReader,
  TypeDocReader,
} from 'typedoc';
import { describe, expect, it } from 'vitest';
import { pages, root } from './pages.js';

const KINDS =
  ReflectionKind.CallSignature |
  ReflectionKind.Class |
  ReflectionKind.Interface |
  ReflectionKind.Property |
  ReflectionKind.TypeAlias |
  ReflectionKind.Variable;

/** Whether it, or what it is a part of, says what it is. */
function isDocumented(reflection: Reflection): boolean {
  if (reflection.hasComment()) return true;
  const { parent } = reflection;
  // A member of a class or interface speaks for itself, one of a type within is told by the whole.
  if (!parent || parent.kindOf(ReflectionKind.ClassOrInterface | ReflectionKind.Module))
    return false;
  return isDocumented(parent);
}

const options = { options: join(root, 'typedoc.json'), logLevel: 'Error' } as const;
const application = await Application.bootstrap(options, [
  new TypeDocReader(),
  new TSConfigReader(),
]);
const project = await application.convert();

describe('the reference', () => {
  it('has a docstring for every exported name and each of its members', async () => {
    const all = project?.getReflectionsByKind(KINDS) ?? [];
    expect(all.length).toBeGreaterThan(30);
    const bare = all.filter((reflection) => !isDocumented(reflection));
    expect(bare.map((reflection) => reflection.getFriendlyFullName())).toEqual([]);
  });

  it('has no exported name that no page tells of', () => {
    const modules = project?.getChildrenByKind(ReflectionKind.Module) ?? [];
    const names = modules.flatMap(({ children = [] }) => children.map(({ name }) => name));
    expect(names).toContain('copernicaFailures');
    const told = pages
      .map(({ prose, blocks }) => prose + blocks.map(({ code }) => code).join())
      .join();
    expect(names.filter((name) => !new RegExp(`\\b${name}\\b`).test(told))).toEqual([]);
  });

  it('is made of every entry of the package', () => {
    const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));
    const entries = Object.keys(read('package.json').exports).filter(
      (name) => !name.endsWith('.json'),
    );
    const files = entries.map((name) =>
      name === '.' ? 'lib/index.ts' : `lib/${name.slice(2)}.ts`,
    );
    expect(read('typedoc.json').entryPoints).toEqual(files);
  });
});
