import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, release, type } from 'node:os';
import { marked } from 'marked';

/** The commands of the benches, in the order of their sections. */
const COMMANDS = [
  'npm run bench',
  'npm run bench:classify',
  'npm run bench:desk',
  'npm run bench:queue',
] as const;

const FILE = new URL('results.md', import.meta.url);
const INTRODUCTION = `# Results of the benches

Each section holds what the command in its heading has printed; with \`-- --write\`, the command replaces its section. Absolute times depend on the machine: compare ratios only. [What was measured](../../docs/measured.md) explains the figures.
`;

/** The output of a bench. It can be written, so that a diff shows which figures have changed. */
export interface Results {
  /** Prints text, and remembers it. */
  print(text: string): void;
  /** Writes all that was printed to results.md. */
  write(): void;
}

/** A section of results.md. */
export interface Section {
  command: (typeof COMMANDS)[number];
  /** One line about when and where the command ran. */
  circumstances: string;
  text: string;
}

/** Makes the output of a bench, for the section of its command. */
export function createResults(command: Section['command']): Results {
  const printed: string[] = [];
  return {
    print(text) {
      console.log(text);
      printed.push(text);
    },
    write() {
      const old = existsSync(FILE) ? readFileSync(FILE, 'utf8') : '';
      const text = printed.join('\n');
      const section = { command, circumstances: describeCircumstances(), text };
      writeFileSync(FILE, replaceSection(old, section));
    },
  };
}

/** Puts a section in its place in the text of results.md, instead of an older one. Keeps all the others. */
export function replaceSection(old: string, { command, circumstances, text }: Section): string {
  // A fence ends at the first line with as many backticks.
  const backticks = Array.from(text.matchAll(/`+/g), ([{ length }]) => length);
  const fence = '`'.repeat(Math.max(2, ...backticks) + 1);
  const block = `${fence}text\n${text.trim()}\n${fence}`;
  const others = split(old || INTRODUCTION).filter((part) => !isOf(part, command));
  return [...others, `## ${command}\n\n${circumstances}\n\n${block}`]
    .toSorted((one, other) => place(one) - place(other))
    .map((part) => `${part.trimEnd()}\n`)
    .join('\n');
}

/** Splits a page into its introduction and its sections. */
function split(page: string): string[] {
  const parts = [''];
  for (const token of marked.lexer(page)) {
    if (token.type === 'heading' && token.depth === 2) parts.push('');
    parts.push(`${parts.pop()}${token.raw}`);
  }
  return parts;
}

/** The introduction has the place -1. */
function place(part: string): number {
  return COMMANDS.findIndex((command) => isOf(part, command));
}

function isOf(part: string, command: string): boolean {
  return part.startsWith(`## ${command}\n`);
}

function describeCircumstances(): string {
  const date = new Date().toISOString().slice(0, 10);
  const cpu = cpus()[0]?.model.trim().replace(/\s+/g, ' ') ?? 'unknown CPU';
  const [system] = release().split('-');
  const machine = `${cpu}, ${availableParallelism()} cores, ${type()} ${system}`;
  return `${date}, Node.js ${process.versions.node}, ${machine}`;
}
