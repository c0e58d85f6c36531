import { join } from 'node:path';
import { Application, type Reflection, ReflectionKind, TSConfigReader } from 'typedoc';
import { expect, it } from 'vitest';
import { root } from './pages.js';

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

// The types are checked elsewhere.
const options = {
  tsconfig: join(root, 'tsconfig.json'),
  logLevel: 'Error',
  skipErrorChecking: true,
} as const;
const application = await Application.bootstrap(options, [new TSConfigReader()]);
const project = await application.convert();

it('every exported name and each of its members has a docstring', () => {
  const all = project?.getReflectionsByKind(KINDS) ?? [];
  expect(all.length).toBeGreaterThan(30);
  const bare = all.filter((reflection) => !isDocumented(reflection));
  expect(bare.map((reflection) => reflection.getFriendlyFullName())).toEqual([]);
});
