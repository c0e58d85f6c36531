import type { Automaton } from './compile.js';
import { spellingsOf } from './spelling.js';
import { COLON, END, INSIDE, splitWords, WORD_DISTANCE, type Words } from './split-words.js';
import { GAP } from './wording-syntax.js';

/** Where a text has a wording. */
export interface Match {
  start: number;
  end: number;
}

/** The first match of each table, by the table's number. */
export type Matches = (Match | undefined)[];

/** One state of the automaton, or several merged. The states that they lead to are numbers. */
interface State {
  /** The tables, one of whose wordings ends here. */
  tables: number[];
  words: Map<string, number[]>;
  /** Beginnings of words, by their first two letters. */
  beginnings: Map<number, Beginning[]>;
  /** Waits for a word behind a gap. */
  gap?: State;
}

interface Beginning {
  text: string;
  /** The third letter: most words are told apart by it. */
  third: number;
  next: number;
}

/** A gap spans at most so many words. */
const MAX_GAP = 4;
const NUMBER = /^\d{1,10}$/;

/** Returns a function that finds the first wording of each table in a normalised text. */
export function createSearch(automaton: Automaton): (text: string) => Matches {
  const prepared = new PreparedAutomaton(automaton);
  return (text) => new Search(prepared, splitWords(text)).run();
}

/** The states of an automaton, each prepared at its first visit. */
class PreparedAutomaton {
  readonly #automaton: Automaton;
  readonly #states: State[] = [];
  readonly #starts = new Map<string, State>();

  constructor(automaton: Automaton) {
    this.#automaton = automaton;
  }

  at(id: number): State {
    this.#states[id] ??= this.#merge([id]);
    return this.#states[id];
  }

  /**
   * Returns the states that the first word of a wording leads to, as one: many wordings begin with
   * "mailbox", and a text can repeat it a thousand times.
   */
  afterFirstWord(first: string): State | undefined {
    const ids = this.at(0).words.get(first);
    if (!ids) return undefined;
    const known = this.#starts.get(first);
    if (known) return known;
    const state = this.#merge(ids);
    this.#starts.set(first, state);
    return state;
  }

  #merge(ids: readonly number[]): State {
    const { tables, states } = this.#automaton;
    const state: State = { tables: [], words: new Map(), beginnings: new Map() };
    const gaps: number[] = [];
    for (const id of ids) {
      if (id > 0 && id <= tables) state.tables.push(id - 1);
      for (const edge of states[id]?.split(',') ?? []) {
        const [words = '', next] = edge.split(':');
        if (words === GAP) gaps.push(Number(next));
        else this.#addWords(state, words, Number(next));
      }
    }
    if (gaps.length > 0) state.gap = this.#merge(gaps);
    return state;
  }

  #addWords(state: State, words: string, next: number): void {
    const { lists } = this.#automaton;
    const list = words.startsWith('#') ? (lists[Number(words.slice(1))] ?? '') : words;
    for (const word of list.split(' ')) addWord(state, word, next);
  }
}

function addWord({ words, beginnings }: State, word: string, next: number): void {
  for (const spelling of spellingsOf(word)) {
    if (spelling.endsWith('*')) {
      add(beginnings, lettersOf(spelling), toBeginning(spelling.slice(0, -1), next));
    } else {
      add(words, spelling, next);
    }
  }
}

/** The search of one text. */
class Search {
  readonly #automaton: PreparedAutomaton;
  readonly #words: Words;
  readonly #matches: Matches = [];
  /** The index of the word at which the wordings begin. */
  #first = 0;

  constructor(states: PreparedAutomaton, words: Words) {
    this.#automaton = states;
    this.#words = words;
  }

  run(): Matches {
    const { texts } = this.#words;
    const start = this.#automaton.at(0);
    for (; this.#first < texts.length; this.#first++) {
      const word = texts[this.#first] ?? '';
      const state = this.#automaton.afterFirstWord(word);
      if (state) this.#enter(state, this.#first + 1);
      this.#followKind(start, this.#first);
    }
    return this.#matches;
  }

  /** Enters each state that the word at an index leads to. */
  #follow(state: State, at: number): void {
    this.#enterAll(state.words.get(this.#words.texts[at] ?? ''), at + 1);
    this.#followKind(state, at);
  }

  /** Enters each state that any number, or any word with a certain beginning, leads to. */
  #followKind({ words, beginnings }: State, at: number): void {
    const word = this.#words.texts[at] ?? '';
    if (word <= ':' && NUMBER.test(word)) this.#enterAll(words.get('<number>'), at + 1);
    const some = beginnings.size > 0 ? beginnings.get(lettersOf(word)) : undefined;
    if (!some) return;
    const letter = word.charCodeAt(2);
    for (const { text, third, next } of some) {
      const mayStart = third === letter || Number.isNaN(third);
      if (mayStart && word.startsWith(text)) this.#enter(this.#automaton.at(next), at + 1);
    }
  }

  #enterAll(ids: readonly number[] | undefined, at: number): void {
    if (ids) for (const id of ids) this.#enter(this.#automaton.at(id), at);
  }

  /** Enters a state; the word at the index is the next one. */
  #enter(state: State, at: number): void {
    if (state.tables.length > 0) this.#keep(state.tables, at - 1);
    if (!this.#follows(at)) return;
    this.#follow(state, at);
    if (state.gap) this.#crossGap(state.gap, at);
  }

  #keep(tables: readonly number[], last: number): void {
    const { starts, ends } = this.#words;
    for (const table of tables) {
      this.#matches[table] ??= { start: starts[this.#first] ?? 0, end: ends[last] ?? 0 };
    }
  }

  /** Follows a state from each word that is near enough, in the same part of a sentence. */
  #crossGap(state: State, from: number): void {
    const { signs, places } = this.#words;
    const tooFar = (places[from - 1] ?? 0) + (MAX_GAP + 1) * WORD_DISTANCE;
    this.#follow(state, from);
    for (let at = from + 1; (places[at - 1] ?? Infinity) < tooFar; at++) {
      const sign = signs[at] ?? END;
      if ((sign & (INSIDE | END)) === 0) this.#follow(state, at);
      if (sign & (END | COLON)) return;
    }
  }

  /** Tells whether the word at an index stands right behind another. */
  #follows(at: number): boolean {
    return ((this.#words.signs[at] ?? END) & (INSIDE | END)) === 0;
  }
}

function toBeginning(text: string, next: number): Beginning {
  return { text, third: text.charCodeAt(2), next };
}

/** The first two letters of a word, as a number. */
function lettersOf(word: string): number {
  return word.charCodeAt(0) * 0x10000 + word.charCodeAt(1);
}

function add<K, T>(lists: Map<K, T[]>, key: K, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
