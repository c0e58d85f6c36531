import type { Rule } from './rule.js';
import { type Item, parseWording, type Sequence, type Wording } from './wording-syntax.js';

/**
 * Wordings as one automaton over words. States are numbers: 0 is the start, and 1 to `tables` are the
 * ends of the wordings of each table.
 *
 * A state is a line of edges, such as `user users:12,#3:15,...:16`: the words that lead to a state.
 * `#3` is a list of words in `lists`. The state behind `...` waits for up to four words.
 */
export interface Automaton {
  tables: number;
  lists: string[];
  states: string[];
}

/** Returns the lists of wordings in rules, each once: the tables. */
export function tablesOf(rules: readonly Rule[]): (readonly Wording[])[] {
  return [
    ...new Set(rules.flatMap(({ wordings, beside }) => (beside ? [wordings, beside] : [wordings]))),
  ];
}

/** Compiles the wordings of rules. */
export function compileRules(rules: readonly Rule[]): Automaton {
  return compile(tablesOf(rules).map((wordings) => wordings.map(([words]) => words)));
}

/** The words that lead from a state to each next state, while the automaton is built. */
type State = Map<number, Set<string>>;

/** Compiles the wordings of each table. @throws SyntaxError if a wording is not in the notation */
export function compile(wordings: readonly (readonly string[])[]): Automaton {
  const states: State[] = [];
  const shared = new Map<string, number>();
  const start = addState();
  const tables = wordings.map((some) => ({ some, end: addState() }));
  for (const { some, end } of tables) {
    for (const wording of some) connect([start], parseWording(wording), end);
  }
  return toAutomaton(states, wordings.length);

  function addState(): number {
    return states.push(new Map()) - 1;
  }

  /** Wordings that begin alike share their first states. */
  function shareState(from: readonly number[], item: Item, add: (to: number) => void): number {
    const key = `${from} ${JSON.stringify(item)}`;
    const known = shared.get(key);
    if (known !== undefined) return known;
    const to = addState();
    shared.set(key, to);
    add(to);
    return to;
  }

  function connect(start: readonly number[], sequence: Sequence, end: number): void {
    const last = sequence.length - 1;
    let from = start;
    for (const item of sequence.slice(0, last)) {
      const ids = from;
      const to = shareState(ids, item, (state) => addItem(ids, item, state));
      from = typeof item === 'object' && item.optional ? [...ids, to] : [to];
    }
    for (const item of sequence.slice(last)) addItem(from, item, end);
  }

  function addItem(from: readonly number[], item: Item, to: number): void {
    for (const sequence of typeof item === 'string' ? [[item]] : item.any) {
      const [word] = sequence;
      if (sequence.length > 1 || typeof word !== 'string') connect(from, sequence, to);
      else for (const id of from) addWords(states[id], to, [word]);
    }
  }
}

function addWords(state: State | undefined, to: number, words: Iterable<string>): void {
  state?.set(to, new Set([...(state.get(to) ?? []), ...words]));
}

function toAutomaton(states: readonly State[], tables: number): Automaton {
  const all = states.map((state) =>
    Array.from(state, ([to, words]) => ({ to, words: [...words].sort().join(' ') })),
  );
  const texts = all.flat().map(({ words }) => words);
  const repeated = texts.filter((list, place) => list.length > 6 && texts.indexOf(list) !== place);
  const lists = [...new Set(repeated)];
  const numbers = new Map(lists.map((list, number) => [list, number]));
  const edge = ({ to, words }: { to: number; words: string }) =>
    `${numbers.has(words) ? `#${numbers.get(words)}` : words}:${to}`;
  return { tables, lists, states: all.map((edges) => edges.map(edge).join()) };
}
