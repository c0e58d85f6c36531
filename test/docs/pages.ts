import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import GithubSlugger from 'github-slugger';
import { marked, type Token, type Tokens } from 'marked';

export const root = join(import.meta.dirname, '../..');

/** A block of code on a page. */
export interface Block {
  page: string;
  /** The heading it stands under. */
  heading: string;
  language: string;
  code: string;
  /** What it prints: the text block that follows, with at most a line in between. */
  prints?: string;
}

/** A page of the documentation. */
export interface Page {
  /** Where it is, from the root of the project. */
  path: string;
  /** The words outside blocks of code. */
  prose: string;
  /** What a link to one of its headings may end with. */
  anchors: string[];
  /** The targets of its links and pictures. */
  links: string[];
  blocks: Block[];
  /** The rows of each table, without their code marks, by the heading it stands under. */
  tables: Map<string, string[][]>;
}

function list(folder: string): string[] {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  const own = files.filter((file) => !file.includes('node_modules'));
  return own.map((file) => join(folder, file)).filter((file) => file.endsWith('.md'));
}

const documents = readdirSync(root).filter((file) => file.endsWith('.md'));

/** Every page there is, found by listing: one that is added is tested like the others. */
export const pages: Page[] = [...documents, ...list('docs'), ...list('examples')].map(readPage);

/** The page at a path. */
export function pageAt(path: string): Page {
  const found = pages.find((page) => page.path === path);
  if (!found) throw new Error(`There is no page ${path}`);
  return found;
}

function readPage(path: string): Page {
  const text = readFileSync(join(root, path), 'utf8');
  const prose = text.replaceAll(/^ *```.*?^ *```/gms, '');
  const page: Page = { path, prose, anchors: [], links: [], blocks: [], tables: new Map() };
  const slugger = new GithubSlugger();
  let heading = '';
  let sinceBlock = 0;
  marked.walkTokens(marked.lexer(text), (token: Token) => {
    if (token.type === 'heading') {
      heading = plain(token.text);
      page.anchors.push(slugger.slug(heading));
    } else if (token.type === 'code') {
      const { lang: language = '', text } = token as Tokens.Code;
      const code = `${text}\n`;
      const last = page.blocks.at(-1);
      if (language === 'text' && last?.heading === heading && sinceBlock <= 1) last.prints = code;
      page.blocks.push({ page: path, heading, language, code });
      sinceBlock = 0;
    } else if (token.type === 'table') {
      const rows = (token as Tokens.Table).rows.map((row) => row.map(({ text }) => plain(text)));
      page.tables.set(heading, rows);
    } else if (token.type === 'link' || token.type === 'image') {
      page.links.push(token.href);
    } else if (token.type === 'paragraph') {
      sinceBlock += 1;
    }
  });
  return page;
}

/** A text without the marks of code, links and emphasis around all of it. */
function plain(text: string): string {
  return text
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/^\**`([^`]*)`\**$/, '$1')
    .trim();
}
