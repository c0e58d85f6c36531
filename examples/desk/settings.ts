import { copernicaFailures, type VerifyOptions } from 'copernica-failures';
import express from 'express';
import { z } from 'zod';

/** What the environment decides, checked. */
export type Settings = z.infer<typeof schema>;

/** In characters, where others than this machine can try to guess it. */
const SHORTEST_PASSWORD = 12;

export const schema = z
  .object({
    PORT: z
      .string()
      .default('3000')
      .refine((text) => /^\d{1,5}$/.test(text) && Number(text) < 65536, {
        error: 'expects a port number, 0 to 65535',
      })
      .transform(Number),
    HOST: z.string().default('127.0.0.1'),
    /** PostgreSQL. Without it the desk keeps a database of its own in DATA_DIRECTORY. */
    DATABASE_URL: z
      .url({
        protocol: /^postgres(ql)?$/,
        error: 'expects postgresql://user:password@host/database',
      })
      .refine(canDecode, {
        error: 'must have no % but in an encoded character: a % in a password is written %25',
      })
      .optional(),
    DATA_DIRECTORY: z.string().default('data'),
    /** Only reports signed for this account, or one of these, comma-separated, are accepted. */
    COPERNICA_ACCOUNT: z
      .string()
      .transform((text) => text.split(',').map((account) => account.trim()))
      .refine((account) => canVerify({ account }), {
        error: 'expects whole account identifiers, comma-separated: account-1234, not 1234',
      })
      .optional(),
    /** The address of the endpoint as registered at Copernica, where a proxy stands before it. */
    COPERNICA_URL: z
      .string()
      .refine((url) => canVerify({ account: 'account-1234', url }), {
        error:
          'expects the http or https address of the endpoint as it is registered, without user, password and #',
      })
      .optional(),
    DESK_PASSWORD: z.string().optional(),
    /** What one's own app shows to use the interface, which is off without it. */
    DESK_TOKEN: z
      .string()
      .regex(/^[\w.~+/=-]{32,}$/, {
        error: 'expects 32 characters or more of those that a header holds: openssl rand -hex 20',
      })
      .optional(),
    /** How many days reports are kept. Counts and suppressions stay. */
    KEEP_DAYS: z
      .string()
      .regex(/^[1-9]\d{0,4}$/, { error: 'expects a number of days, 1 to 99999' })
      .transform(Number)
      .optional(),
    /** Whom to believe where a request comes from: addresses or networks, comma-separated. */
    TRUSTED_PROXIES: z
      .string()
      .refine(areAddresses, {
        error: 'expects addresses or networks, comma-separated: 10.0.0.2, 10.1.0.0/16',
      })
      .optional(),
    /** File with the public key that `npm run send -- --signed` signs with. */
    DESK_TEST_KEY: z.string().optional(),
    LOG_LEVEL: z
      .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
        error: 'expects fatal, error, warn, info, debug, trace or silent',
      })
      .default('info'),
    NODE_ENV: z.string().optional(),
  })
  .superRefine((settings, { addIssue }) => {
    const refuse = (name: keyof typeof settings, message: string) =>
      addIssue({ code: 'custom', path: [name], message });
    if (settings.COPERNICA_URL && !settings.COPERNICA_ACCOUNT) {
      refuse('COPERNICA_ACCOUNT', 'must be set when COPERNICA_URL is: it turns authentication on');
    }
    const reachable = reachableBy(settings);
    if (reachable && !settings.DESK_PASSWORD) {
      refuse('DESK_PASSWORD', `must be set when ${reachable}: the page shows personal data`);
    } else if (reachable && Number(settings.DESK_PASSWORD?.length) < SHORTEST_PASSWORD) {
      refuse(
        'DESK_PASSWORD',
        `must be ${SHORTEST_PASSWORD} characters or longer when ${reachable}: others can try to guess it`,
      );
    }
    if (settings.DESK_TEST_KEY && settings.NODE_ENV === 'production') {
      refuse('DESK_TEST_KEY', 'must not be set in production: whoever writes it can sign reports');
    }
  });

/**
 * Reads the settings; an empty variable counts as one that is not set.
 *
 * @throws Error naming every variable that will not do and what it expects, never its value
 */
export function readSettings(environment: NodeJS.ProcessEnv): Settings {
  const given = Object.entries(environment).filter(([, value]) => value !== '');
  const { data, error } = schema.safeParse(Object.fromEntries(given));
  if (data) return data;
  throw new Error(error.issues.map(({ path, message }) => `${path.join()} ${message}`).join('\n'));
}

/** The setting by which others than this machine reach the desk, in words. */
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
  if (TRUSTED_PROXIES) return 'TRUSTED_PROXIES is';
  // What brings Copernica's calls here from elsewhere brings visitors of the page too.
  if (URL.canParse(COPERNICA_URL ?? '') && !isLoopback(new URL(`${COPERNICA_URL}`).hostname)) {
    return 'COPERNICA_URL is not loopback';
  }
  return undefined;
}

/** Whether the package takes these options. Its own message would name them, not the settings. */
function canVerify(verify: VerifyOptions): boolean {
  try {
    copernicaFailures({ onFailure: () => undefined, verify });
    return true;
  } catch {
    return false;
  }
}

function canDecode(text: string): boolean {
  try {
    return Boolean(decodeURIComponent(text));
  } catch {
    return false;
  }
}

function areAddresses(text: string): boolean {
  try {
    express().set('trust proxy', text);
    return true;
  } catch {
    return false;
  }
}

/** Whether the name of a host, or its address, can only mean this machine. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);
}
