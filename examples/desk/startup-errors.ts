import { resolve } from 'node:path';

interface Trouble {
  code?: string;
  message: string;
  cause?: unknown;
}

/** Why the desk cannot listen, and what to do about it. */
export function cannotListen(error: Trouble, { HOST, PORT }: { HOST: string; PORT: number }) {
  const [name, text] = LISTENING[error.code ?? ''] ?? ['PORT', 'It cannot be listened at.'];
  return new Error(`${name} ${name === 'PORT' ? PORT : HOST}: ${text} (${error.code})`);
}

const LISTENING: Record<string, [name: 'PORT' | 'HOST', text: string]> = {
  EADDRINUSE: [
    'PORT',
    'Another program listens there, maybe another desk. Stop it, or choose another: PORT=3001 npm start',
  ],
  EACCES: [
    'PORT',
    'Ports below 1024 are for the system. Choose a higher one, and let a proxy listen there.',
  ],
  EADDRNOTAVAIL: ['HOST', 'This machine has no such address. 127.0.0.1 and 0.0.0.0 always work.'],
  ENOTFOUND: ['HOST', 'There is no host of that name. 127.0.0.1 and 0.0.0.0 always work.'],
};

/** Why the embedded database cannot be opened, and what to do about it. */
export function cannotKeepData(error: Trouble, directory: string): Error {
  const text = KEEPING[error.code ?? ''] ?? `The database in it cannot be opened: ${error.message}`;
  return new Error(`DATA_DIRECTORY ${resolve(directory)}: ${text} (${error.code ?? 'unknown'})`);
}

const NOT_ALLOWED = 'This user may not write there. Choose another directory, or change its owner.';
const NO_DIRECTORY = 'There is a file of that name, or a part of the path is one. Choose another.';
const KEEPING: Record<string, string> = {
  ELOCKED:
    'Another desk is using it. End that one, or open this one on data of its own: PORT=3001 DATA_DIRECTORY=data-2 npm start',
  EACCES: NOT_ALLOWED,
  EPERM: NOT_ALLOWED,
  EROFS: 'That disk can only be read. Choose another directory.',
  ENOENT: 'It cannot be made there. Choose another directory.',
  EEXIST: NO_DIRECTORY,
  ENOTDIR: NO_DIRECTORY,
  ENOSPC: 'The disk is full. Make room, or choose another directory.',
};

/** Why PostgreSQL does not answer, and what to do about it; never the password. */
export function cannotReach(error: Trouble, url: string): string {
  const { hostname, port, pathname, username } = new URL(url);
  const user = decodeURIComponent(username);
  const { code = '', message } = (error.cause ?? error) as Trouble;
  const [, explain] =
    REACHING.find(([known]) => known.test(code) || known.test(message)) ?? UNKNOWN;
  const text = explain({
    host: hostname,
    place: `${hostname || 'localhost'}:${port || 5432}`,
    database: decodeURIComponent(pathname.slice(1)) || user,
    user,
    port,
  });
  return `DATABASE_URL: ${text} The desk answers 503 until its database is there, and keeps trying. (${[code, message].filter(Boolean).join(': ')})`;
}

interface Place {
  host: string;
  place: string;
  database: string;
  user: string;
  port: string;
}

function createdb({ host, port, user, database }: Place): string {
  const options = [
    host && `-h ${host.replace(/^\[|\]$/g, '')}`,
    port && `-p ${port}`,
    user && `-U ${user}`,
  ];
  return ['createdb', ...options, database].filter(Boolean).join(' ');
}

/** By code of the system or of PostgreSQL, or by what the driver says where it has no code. */
const REACHING: [RegExp, (place: Place) => string][] = [
  [/^ECONNREFUSED$/, ({ place }) => `Nothing listens at ${place}. Start PostgreSQL there.`],
  [/^ENOTFOUND$/, ({ host }) => `There is no host named ${host}. Correct the name.`],
  [/^EAI_AGAIN$/, ({ host }) => `The name ${host} cannot be looked up at the moment.`],
  [
    /^3D000$/,
    (given) =>
      `The server at ${given.place} has no database ${given.database}. Make it: \`${createdb(given)}\`.`,
  ],
  [
    /^28P01$|password must be a string/,
    ({ place, user }) => `The server at ${place} refuses the password of ${user}. Correct it.`,
  ],
  [/^28000$/, ({ place, user }) => `The server at ${place} does not let the user ${user} in.`],
  [
    /^permission denied to create extension/,
    ({ user, database }) =>
      `The user ${user} may not make the extension pg_trgm. Grant it CREATE on the database ${database}, or have its owner run there once: create extension pg_trgm.`,
  ],
  [
    /extension "pg_trgm" is not available/,
    ({ place }) =>
      `The server at ${place} does not have the extension pg_trgm. Install there what your system calls the contrib package of PostgreSQL.`,
  ],
  [
    /^42501$/,
    ({ user }) => `The user ${user} may not make tables. Grant it CREATE on the schema public.`,
  ],
  [/^57P03$/, ({ place }) => `The server at ${place} is starting up.`],
  [/^53300$/, ({ place }) => `The server at ${place} has no connection to spare.`],
  [
    /^ETIMEDOUT$|time-?out/i,
    ({ place }) => `${place} does not answer. Check the address and the firewall.`,
  ],
];
const UNKNOWN: (typeof REACHING)[number] = [
  /^/,
  ({ place }) =>
    `What listens at ${place} does not answer as PostgreSQL does, or not to this. Check the host and the port, and look into its log.`,
];
