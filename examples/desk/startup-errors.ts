import { resolve } from 'node:path';

interface Cause {
  code?: string;
  message: string;
  cause?: unknown;
}

const ALWAYS = '127.0.0.1 and 0.0.0.0 always work';

/** By error code. */
const LISTEN_ERRORS: Record<string, string> = {
  EADDRINUSE:
    'PORT {port} is in use, perhaps by another desk: end that program, or give this one another PORT and DATA_DIRECTORY, as in PORT={nextPort} DATA_DIRECTORY=data-{nextPort}.',
  EACCES:
    'PORT {port} is reserved for the system: choose one above 1023, and let a proxy use {port}.',
  EADDRNOTAVAIL: `HOST {host} is not an address of this machine: ${ALWAYS}.`,
  ENOTFOUND: `HOST {host} is not a known name: ${ALWAYS}.`,
};

const NOT_ALLOWED = 'is not writable for this user: choose another directory, or change its owner.';
const NOT_A_DIRECTORY = 'is a file, or is inside one: choose another directory.';
/** By error code. Each sentence begins with the directory. */
const DIRECTORY_ERRORS: Record<string, string> = {
  ELOCKED:
    'is in use by another desk: end that desk, or give this one another PORT and DATA_DIRECTORY.',
  EACCES: NOT_ALLOWED,
  EPERM: NOT_ALLOWED,
  EROFS: 'is on a read-only disk: choose another directory.',
  ENOENT: 'cannot be created: choose another directory.',
  EEXIST: NOT_A_DIRECTORY,
  ENOTDIR: NOT_A_DIRECTORY,
  ENAMETOOLONG: 'is a path of more than 100 bytes: choose a shorter one.',
  ENOSPC: 'is on a full disk: free some space, or choose another directory.',
};

/** By error code, or by message for errors without one. The first match counts. */
const POSTGRES_ERRORS: [pattern: RegExp, sentence: string][] = [
  [/^ECONNREFUSED$/, 'Nothing listens on {server}: start PostgreSQL there.'],
  [/^ENOTFOUND$/, 'There is no host named {host}: correct the name.'],
  [/^EAI_AGAIN$/, 'The name {host} cannot be looked up at the moment.'],
  [/^3D000$/, '{server} has no database {database}: create it with `{createdb}`.'],
  [/^28P01$|password must be a string/, '{server} refuses the password of {user}: correct it.'],
  [/^28000$/, '{server} does not let the user {user} in: check its pg_hba.conf.'],
  [
    /^permission denied to create extension/,
    'The user {user} may not create the extension pg_trgm: grant it CREATE on the database {database}, or let the owner run `create extension pg_trgm` there once.',
  ],
  [
    /extension "pg_trgm" is not available/,
    '{server} lacks the extension pg_trgm: install the contrib package of PostgreSQL there.',
  ],
  [/^42501$/, 'The user {user} may not create tables: grant it CREATE on the schema public.'],
  [
    /^42(P07|703)$/,
    'The database {database} has tables of another app with the same names: give the desk a database of its own.',
  ],
  [/^25006$/, '{server} is read-only, perhaps a standby: use the primary.'],
  [/^57P03$/, '{server} is starting up or shutting down.'],
  [/^53300$/, '{server} has too many connections: end some, or raise its max_connections.'],
  [
    /^E(TIMEDOUT|HOSTUNREACH|NETUNREACH)$|time-?out/i,
    '{server} does not answer: check the address and the firewall.',
  ],
  [/^/, '{server} gives no usable answer: check that PostgreSQL listens there, and read its log.'],
];

/** Why the desk cannot listen, and what to do. */
export function cannotListen(cause: Cause, { HOST, PORT }: { HOST: string; PORT: number }): Error {
  const sentence = LISTEN_ERRORS[cause.code ?? ''] ?? `Cannot listen on {host}: ${cause.message}`;
  const values = { host: HOST, port: String(PORT), nextPort: String(PORT + 1) };
  return new Error(fill(sentence, values));
}

/** Why the embedded database cannot be opened, and what to do. */
export function cannotKeepData({ code = '', message }: Cause, directory: string): Error {
  const sentence = DIRECTORY_ERRORS[code] ?? `holds no usable database: ${message}`;
  return new Error(`DATA_DIRECTORY ${resolve(directory)} ${sentence}`);
}

/** Why PostgreSQL does not answer, and what to do. Never includes the password. */
export function cannotReach(error: Cause, url: string): string {
  const { code = '', message } = (error.cause ?? error) as Cause;
  const [, sentence = ''] =
    POSTGRES_ERRORS.find(([pattern]) => pattern.test(code) || pattern.test(message)) ?? [];
  const reason = [code, message].filter(Boolean).join(': ');
  return `DATABASE_URL: ${fill(sentence, placeOf(url))} The desk answers 503 and keeps trying. (${reason})`;
}

function placeOf(url: string) {
  const { hostname, port, pathname, username } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '');
  const user = decodeURIComponent(username);
  const database = decodeURIComponent(pathname.slice(1)) || user;
  const options = [host && `-h ${host}`, port && `-p ${port}`, user && `-U ${user}`];
  return {
    server: `${hostname || 'localhost'}:${port || 5432}`,
    host,
    user,
    database,
    createdb: ['createdb', ...options, database].filter(Boolean).join(' '),
  };
}

/** Replaces each `{name}` of a sentence. */
function fill(sentence: string, values: Record<string, string>): string {
  return sentence.replaceAll(/\{(\w+)\}/g, (_, name) => values[name] ?? '');
}
