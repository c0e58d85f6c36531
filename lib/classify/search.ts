import type { Automaton } from './compile.js';
import { spellingsOf } from './spelling.js';
import { COLON, END, INSIDE, splitWords, WORD_DISTANCE, type Words } from './split-words.js';
import { GAP } from './wording-syntax.js';
/** A wording of a table, found in a text. */
export interface Match {
  table: number;
  start: number;
  end: number;
}

/** A state of the automaton, prepared at its first visit. The other states are numbers. */
interface State {
  words: Map<string, number[]>;
  /** Beginnings of words, by their first two letters. */
  beginnings: Map<string, [beginning: string, next: number][]>;
  /** States that wait for a word behind a gap. */
  gaps: number[];
}

/** A gap spans at most so many words. */
const MAX_GAP = 4;
const NUMBER = /^\d{1,10}$/;

/** Returns a function that finds the first wording of each table in a normalised text. */
export function createSearch(automaton: Automaton): (text: string) => Match[] {
  const states: State[] = [];
  const stateAt = (id: number) => {
    states[id] ??= toState(automaton, id);
    return states[id];
  };
  return (text) => new Search(stateAt, automaton.tables, splitWords(text)).run();
}

/** The search of one text. */
class Search {
  readonly #stateAt: (id: number) => State;
  readonly #tables: number;
  readonly #words: Words;
  readonly #matches: Match[] = [];
  /** The index of the word at which the wordings begin. */
  #first = 0;

  constructor(stateAt: (id: number) => State, tables: number, words: Words) {
    this.#stateAt = stateAt;
    this.#tables = tables;
    this.#words = words;
  }

  run(): Match[] {
    for (; this.#first < this.#words.texts.length; this.#first++) this.#follow(0, this.#first);
    return this.#matches;
  }

  /** Enters each state that the word at an index leads to. */
  #follow(id: number, at: number): void {
    const { words, beginnings } = this.#stateAt(id);
    const word = this.#words.texts[at] ?? '';
    this.#enterAll(words.get(word), at + 1);
    if (word <= ':' && NUMBER.test(word)) this.#enterAll(words.get('<number>'), at + 1);
    if (beginnings.size === 0) return;
    for (const [beginning, next] of beginnings.get(word.slice(0, 2)) ?? []) {
      if (word.startsWith(beginning)) this.#enter(next, at + 1);
    }
  }

  #enterAll(ids: readonly number[] | undefined, at: number): void {
    if (ids) for (const id of ids) this.#enter(id, at);
  }

  /** Enters a state; the word at the index is the next one. */
  #enter(id: number, at: number): void {
    if (id <= this.#tables) this.#keep(id - 1, at - 1);
    else if (this.#follows(at)) this.#goOn(id, at);
  }

  #goOn(id: number, at: number): void {
    this.#follow(id, at);
    for (const gap of this.#stateAt(id).gaps) this.#crossGap(gap, at);
  }

  #keep(table: number, last: number): void {
    if (this.#matches.some((match) => match.table === table)) return;
    const { starts, ends } = this.#words;
    this.#matches.push({ table, start: starts[this.#first] ?? 0, end: ends[last] ?? 0 });
  }

  /** Follows a state from each word that is near enough, in the same part of a sentence. */
  #crossGap(id: number, from: number): void {
    const { signs, places } = this.#words;
    const furthest = (places[from - 1] ?? 0) + MAX_GAP * WORD_DISTANCE;
    this.#follow(id, from);
    for (let at = from + 1; (places[at - 1] ?? Infinity) <= furthest; at++) {
      if (this.#follows(at)) this.#follow(id, at);
      if ((signs[at] ?? END) & (END | COLON)) return;
    }
  }

  /** Tells whether the word at an index stands right behind another. */
  #follows(at: number): boolean {
    return ((this.#words.signs[at] ?? END) & (INSIDE | END)) === 0;
  }
}

function toState({ lists, states }: Automaton, id: number): State {
  const state: State = { words: new Map(), beginnings: new Map(), gaps: [] };
  for (const edge of states[id]?.split(',') ?? []) {
    const [words = '', to] = edge.split(':');
    const next = Number(to);
    const list = words.startsWith('#') ? lists[Number(words.slice(1))] : words;
    for (const word of list?.split(' ').flatMap(spellingsOf) ?? []) {
      if (word === GAP) state.gaps.push(next);
      else if (word.endsWith('*'))
        add(state.beginnings, word.slice(0, 2), [word.slice(0, -1), next]);
      else add(state.words, word, next);
    }
  }
  return state;
}

function add<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
