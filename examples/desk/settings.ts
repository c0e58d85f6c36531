import { copernicaFailures, type VerifyOptions } from 'copernica-failures';
import express from 'express';
import { z } from 'zod';

/** The environment variables that the desk reads, checked and converted. */
export type Settings = z.infer<typeof schema>;

/** Applies if other machines can reach the desk and guess the password. */
const MIN_PASSWORD_LENGTH = 12;

/** Each description is a line of `--help`. */
const schema = z
  .object({
    PORT: z
      .string()
      .default('3000')
      .refine((text) => /^\d{1,5}$/.test(text) && Number(text) < 65536, {
        error: 'expects a port number from 0 to 65535',
      })
      .transform(Number)
      .describe('Port to listen on'),
    HOST: z
      .string()
      .default('127.0.0.1')
      .describe('Address to listen on; beyond loopback, DESK_PASSWORD is required'),
    DESK_PASSWORD: z
      .string()
      .optional()
      .describe('Password of the page; 12 characters or more if others can reach the desk'),
    TRUSTED_PROXIES: z
      .string()
      .refine(areAddresses, {
        error: 'expects addresses or networks, separated by commas: 10.0.0.2, 10.1.0.0/16',
      })
      .optional()
      .describe('Proxies whose X-Forwarded-For is believed: addresses or networks, with commas'),
    DATABASE_URL: z
      .url({
        protocol: /^postgres(ql)?$/,
        error: 'expects postgresql://user:password@host/database',
      })
      .refine(canDecode, {
        error: 'must have no % except in an encoded character: write a % in a password as %25',
      })
      .optional()
      .describe('PostgreSQL: postgresql://user:password@host/database'),
    DATA_DIRECTORY: z
      .string()
      .default('data')
      .describe('Directory of the embedded database that is used without DATABASE_URL'),
    KEEP_DAYS: z
      .string()
      .regex(/^[1-9]\d{0,4}$/, { error: 'expects a number of days from 1 to 99999' })
      .transform(Number)
      .optional()
      .describe('Days after which reports are deleted; counts and suppressions stay'),
    DESK_TOKEN: z
      .string()
      .regex(/^[\w.~+/=-]{32,}$/, {
        error: 'expects 32 or more letters, digits or ._~+/=-, as from `openssl rand -hex 20`',
      })
      .optional()
      .describe(
        'Token that your own app sends to /api, and Prometheus to /metrics; 32 characters or more',
      ),
    COPERNICA_ACCOUNT: z
      .string()
      .transform((text) => text.split(',').map((account) => account.trim()))
      .refine((account) => canVerify({ account }), {
        error:
          'expects whole account identifiers, separated by commas: account-1234 instead of 1234',
      })
      .optional()
      .describe('Accept only calls that Copernica has signed for these accounts, with commas'),
    COPERNICA_URL: z
      .string()
      .refine((url) => canVerify({ account: 'account-1234', url }), {
        error:
          'expects the http or https address registered at Copernica, without user, password and #',
      })
      .optional()
      .describe('Address registered at Copernica, if a proxy is in front'),
    DESK_TEST_KEY: z
      .string()
      .optional()
      .describe('File with a public key; test calls signed with that key are accepted too'),
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
        error: 'expects fatal, error, warn, info, debug, trace or silent',
      })
      .default('info')
      .describe('fatal, error, warn, info, debug, trace or silent'),
    NODE_ENV: z.string().optional(),
  })
  .superRefine((settings, { addIssue }) => {
    const refuse = (name: keyof typeof settings, message: string) =>
      addIssue({ code: 'custom', path: [name], message });
    if (settings.COPERNICA_URL && !settings.COPERNICA_ACCOUNT) {
      refuse('COPERNICA_ACCOUNT', 'must be set if COPERNICA_URL is: it turns authentication on');
    }
    const reachable = reachableBy(settings);
    if (reachable && !settings.DESK_PASSWORD) {
      refuse('DESK_PASSWORD', `must be set because ${reachable}: the page shows personal data`);
    } else if (reachable && Number(settings.DESK_PASSWORD?.length) < MIN_PASSWORD_LENGTH) {
      refuse(
        'DESK_PASSWORD',
        `must have ${MIN_PASSWORD_LENGTH} characters or more because ${reachable}: others can try to guess it`,
      );
    }
    if (settings.DESK_TEST_KEY && settings.NODE_ENV === 'production') {
      refuse(
        'DESK_TEST_KEY',
        'must not be set in production: anyone who can write it can sign reports',
      );
    }
  });

/**
 * Reads the settings. An empty variable counts as not set.
 *
 * @throws Error with one line for each wrong variable: what it expects, never its value
 */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const set = Object.entries(environment).filter(([, value]) => value !== '');
  const { data, error } = schema.safeParse(Object.fromEntries(set));
  if (data) return data;
  throw new Error(error.issues.map(({ path, message }) => `${path.join()} ${message}.`).join('\n'));
}

/** The text of `--help`. */
export function helpText(): string {
  const defaults: Record<string, unknown> = readSettings({});
  const lines = Object.entries(schema.shape).flatMap(([name, { description }]) => {
    if (!description) return [];
    const value = name in defaults ? ` (default: ${defaults[name]})` : '';
    return `  ${name.padEnd(19)}${description}${value}`;
  });
  return [
    "copernica-failures-desk receives Copernica's failure reports, stores them, and shows on a page which addresses not to mail again.",
    '\nSettings are environment variables:\n',
    ...lines,
  ].join('\n');
}

/** The setting that lets other machines reach the desk, as a clause; undefined if none does. */
export function reachableBy({
  HOST,
  COPERNICA_URL,
  TRUSTED_PROXIES,
}: {
  HOST: string;
  COPERNICA_URL?: string | undefined;
  TRUSTED_PROXIES?: string | undefined;
}): string | undefined {
  if (!isLoopback(HOST)) return 'HOST is not loopback';
  if (TRUSTED_PROXIES) return 'TRUSTED_PROXIES is set';
  // A proxy that forwards Copernica's calls to this desk forwards visitors of the page too.
  if (URL.canParse(COPERNICA_URL ?? '') && !isLoopback(new URL(`${COPERNICA_URL}`).hostname)) {
    return 'COPERNICA_URL is not loopback';
  }
  return undefined;
}

/** Whether the package accepts these options. Its error would not name the settings. */
function canVerify(verify: VerifyOptions): boolean {
  return succeeds(() => copernicaFailures({ onFailure: () => undefined, verify }));
}

function canDecode(text: string): boolean {
  return succeeds(() => decodeURIComponent(text));
}

function areAddresses(text: string): boolean {
  return succeeds(() => express().set('trust proxy', text));
}

function succeeds(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch {
    return false;
  }
}

/** Whether a host name or address can only mean this machine. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);
}
