import { hideAccents } from './spelling.js';

/** Signs between two words, added up. Words follow each other if there is neither INSIDE nor END. */
export const COLON = 1;
/** A sign within a name, as in "mx.example.com". */
export const INSIDE = 2;
/** The end of a sentence. */
export const END = 4;

/** A word of a text. */
export interface Word {
  /** The word as wordings have it: `<ip>` for an IP address, `?` for accented letters. */
  text: string;
  start: number;
  end: number;
  /** The signs before the word. */
  signs: number;
  /** How far the word is from the first one. */
  place: number;
}

/** The distance of a word from the next. */
export const WORD_DISTANCE = 5;
/** The distance of the parts of a name, as in "mx.example.com". */
const PART_DISTANCE = 1;
/** In scripts without blanks, each character is a word, and counts less. */
const CHARACTER_DISTANCE = 2;

// Kinds of characters besides the signs.
const NOTHING = 0;
const LETTER = 16;
const CHARACTER = 32;

const ASCII = Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  if (/[a-z0-9@~]/.test(character)) return LETTER;
  if (/[:;]/.test(character)) return COLON;
  if (/[.!?\0]/.test(character)) return END;
  return /[ ,"'()[\]<>=/*|#%-]/.test(character) ? NOTHING : INSIDE;
});

const NOT_ASCII = /[^\0-\x7f]/;
const IP = /(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9a-f]{1,4}(?::[0-9a-f]{0,4}){2,7})(?![a-z0-9])/y;

/** Splits a normalised text into words. */
export function splitWords(text: string): Word[] {
  const isAscii = !NOT_ASCII.test(text);
  const words: Word[] = [];
  let signs = NOTHING;
  let place = 0;
  for (let start = 0, end = 0; start < text.length; start = end) {
    const kind = kindAt(text, start);
    end = start + 1;
    if (kind < LETTER) {
      signs |= kind;
      continue;
    }
    let word = text.charAt(start);
    if (kind === CHARACTER) {
      place += CHARACTER_DISTANCE;
    } else {
      end = endOfWord(text, start);
      word = toWord(text.slice(start, end), isAscii);
      place += signs & INSIDE ? PART_DISTANCE : WORD_DISTANCE;
      if (isIp(text, start, end)) {
        end = IP.lastIndex;
        word = '<ip>';
      }
    }
    words.push({ text: word, start, end, signs, place });
    signs = NOTHING;
  }
  return words;
}

function endOfWord(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && kindAt(text, at) === LETTER) at++;
  return at;
}

function toWord(text: string, isAscii: boolean): string {
  if (text === '@') return '<address>';
  return isAscii ? text : hideAccents(text);
}

/** Tells whether an IP address starts here, which then ends at `IP.lastIndex`. */
function isIp(text: string, start: number, endOfFirst: number): boolean {
  const after = text[endOfFirst];
  if (endOfFirst - start > 4 || (after !== '.' && after !== ':')) return false;
  IP.lastIndex = start;
  return IP.test(text);
}

function kindAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code > 0x7f) return kindOfOther(text, at, code);
  const kind = ASCII[code] ?? NOTHING;
  // A colon or a dot counts at the end of a word only.
  if (kind !== COLON && kind !== END) return kind;
  const next = text.charCodeAt(at + 1);
  if (next === 0x20 || code === 0 || Number.isNaN(next)) return kind;
  return kind === COLON ? NOTHING : INSIDE;
}

function kindOfOther(text: string, at: number, code: number): number {
  if ((code >= 0x3040 && code <= 0x30ff) || (code >= 0x3400 && code <= 0x9fff)) return CHARACTER;
  if (code === 0x3002 || code === 0xff01 || code === 0xff1f) return END;
  const isSign = code === 0xab || code === 0xbb || (code >= 0x3000 && code <= 0x303f);
  if (isSign || (code >= 0xff00 && code <= 0xff1a)) return NOTHING;
  // A wrong charset makes a quotation mark or a dash of the second byte of a letter.
  const isPunctuation = code >= 0x2010 && code <= 0x203a;
  return isPunctuation && !/[âãäå]/.test(text[at - 1] ?? '') ? NOTHING : LETTER;
}
