/**
 * Reads the options of a bench, which have no values. If they are wrong, says so and ends the process with
 * code 1.
 *
 * @param command the subject of that sentence
 */
export function readOptions<Name extends string>(
  command: string,
  names: readonly Name[],
): Record<Name, boolean> {
  const given = process.argv.slice(2);
  const known = names.map((name) => `--${name}`);
  const unknown = given.find((argument) => !known.includes(argument));
  if (unknown !== undefined) end(`${command} takes ${known.join(', ')}, but not ${unknown}.`);
  if (given.includes('--quick') && given.includes('--write')) {
    end(`${command} takes --quick or --write: the figures of a quick run mean little.`);
  }
  const entries = names.map((name) => [name, given.includes(`--${name}`)]);
  return Object.fromEntries(entries);
}

function end(sentence: string): never {
  console.error(sentence);
  process.exit(1);
}
