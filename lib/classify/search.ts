import type { Automaton } from './compile.js';
import { spellingsOf } from './spelling.js';
import { COLON, END, INSIDE, splitWords, WORD_DISTANCE, type Word } from './split-words.js';
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
  readonly #words: readonly Word[];
  readonly #matches: Matches = [];
  /** Where the wordings begin. */
  #start = 0;

  constructor(automaton: PreparedAutomaton, words: readonly Word[]) {
    this.#automaton = automaton;
    this.#words = words;
  }

  run(): Matches {
    const start = this.#automaton.at(0);
    let next = 0;
    for (const word of this.#words) {
      next++;
      this.#start = word.start;
      const state = this.#automaton.afterFirstWord(word.text);
      if (state) this.#enter(state, word, next);
      this.#followKind(start, word, next);
    }
    return this.#matches;
  }

  /** Enters each state that a word leads to. The index is that of the next word. */
  #follow(state: State, word: Word, next: number): void {
    this.#enterAll(state.words.get(word.text), word, next);
    this.#followKind(state, word, next);
  }

  /** Enters each state that any number, or any word with a certain beginning, leads to. */
  #followKind({ words, beginnings }: State, word: Word, next: number): void {
    const { text } = word;
    if (text <= ':' && NUMBER.test(text)) this.#enterAll(words.get('<number>'), word, next);
    const hasLetters = beginnings.size > 0 && text.length > 1;
    const some = hasLetters ? beginnings.get(lettersOf(text)) : undefined;
    if (!some) return;
    const letter = text.charCodeAt(2);
    for (const { text: beginning, third, next: id } of some) {
      const mayStart = third === letter || Number.isNaN(third);
      if (mayStart && text.startsWith(beginning)) this.#enter(this.#automaton.at(id), word, next);
    }
  }

  #enterAll(ids: readonly number[] | undefined, word: Word, next: number): void {
    if (ids) for (const id of ids) this.#enter(this.#automaton.at(id), word, next);
  }

  /** Enters a state by a word. */
  #enter(state: State, word: Word, next: number): void {
    if (state.tables.length > 0) this.#keep(state.tables, word.end);
    const following = this.#words[next];
    if (!following || following.signs & (INSIDE | END)) return;
    this.#follow(state, following, next + 1);
    if (state.gap) this.#crossGap(state.gap, word.place, next);
  }

  #keep(tables: readonly number[], end: number): void {
    for (const table of tables) this.#matches[table] ??= { start: this.#start, end };
  }

  /** Follows a state from each word that is near enough, in the same part of a sentence. */
  #crossGap(state: State, place: number, from: number): void {
    const tooFar = place + (MAX_GAP + 1) * WORD_DISTANCE;
    for (let at = from; ; at++) {
      const word = this.#words[at];
      if (!word || (at > from && word.signs & END)) return;
      if (!(word.signs & INSIDE)) this.#follow(state, word, at + 1);
      if ((at > from && word.signs & COLON) || word.place >= tooFar) return;
    }
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
