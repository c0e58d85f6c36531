import { readFileSync } from 'node:fs';
import { major, minVersion } from 'semver';

const { engines, peerDependencies } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
);

/** Of each major of Express the first that is supported, and the latest. */
export const EXPRESS = firsts(peerDependencies.express).flatMap((first) => [
  first,
  `${major(first)}`,
]);
/** The first Node.js of each range that is supported, and the latest of each even major from there. */
export const NODE = [...firsts(engines.node), '22', '24', '26'];

/** `^4.17.0 || ^5.0.0`: 4.17.0 and 5.0.0. */
function firsts(range: string): string[] {
  return range.split('||').map((part) => `${minVersion(part)}`);
}
