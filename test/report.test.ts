import { Ajv } from 'ajv';
import { describe, expect, it } from 'vitest';
import { nestVariables, parseBody } from '../lib/payload.js';
import { toReport } from '../lib/report.js';
import { failureReportSchema } from '../lib/schema.js';
import { expectRejection, thrownBy } from './helpers/rejections.js';
import { REQUIRED, REQUIRED_REPORT, SECRET } from './helpers/reports.js';

/** The report a urlencoded body makes. */
function read(body: string) {
  return toReport(parseBody(Buffer.from(body), 'utf-8'));
}

/** The report of the required variables and more. */
function readWith(more: string) {
  return read(`${REQUIRED}&${more}`);
}

/** The variables that a body is refused for, as JSON Pointers. */
async function pathsOf(body: string): Promise<string[]> {
  const error = await thrownBy(() => read(body));
  const { problems = [] } = expectRejection(error, 400, 'COPERNICA_REPORT_INVALID');
  for (const problem of problems)
    expect(problem).toEqual({ path: problem.path, message: expect.any(String) });
  return problems.map(({ path }) => path);
}

const EVERYTHING = [
  'id=00123',
  'recipient=user%40example.com',
  'state=bounce',
  'code=550',
  'extended=5.1.1',
  'description=User+unknown%0D%0ASorry',
  'tags[]=2026',
  'tags[]=spring',
  'type=failure',
  'action=failed',
  'timestamp=2026-01-02+03:04:05',
  'time=1767323045',
].join('&');

describe('toReport', () => {
  it('gives every variable with its type', () => {
    expect(read(EVERYTHING)).toStrictEqual({
      id: '00123',
      recipient: 'user@example.com',
      state: 'bounce',
      code: 550,
      extended: '5.1.1',
      description: 'User unknown\r\nSorry',
      tags: ['2026', 'spring'],
      type: 'failure',
      action: 'failed',
      timestamp: '2026-01-02 03:04:05',
      time: 1767323045,
      asynchronous: true,
      severity: 'permanent',
    });
  });

  it('needs no more than id, recipient and state', () => {
    expect(read(REQUIRED)).toStrictEqual(REQUIRED_REPORT);
  });

  it.each(['code', 'extended', 'description', 'tags', 'type', 'action', 'timestamp', 'time'])(
    'takes an empty %s as none',
    (name) => {
      expect(readWith(`${name}=`)).toStrictEqual(REQUIRED_REPORT);
      expect(readWith(name)).toStrictEqual(REQUIRED_REPORT);
    },
  );

  it('leaves out variables it does not know', () => {
    const more = 'parameters[a]=1&fields[b]=2&interests[]=3&new=4&severity=x&asynchronous=true';
    expect(readWith(more)).toStrictEqual(REQUIRED_REPORT);
  });

  it.each(['user', '@', 'a b@example', 'é@example.com', ' ', '"<>"'])(
    'takes any recipient: %j',
    (recipient) => {
      const body = `id=1&state=data&recipient=${encodeURIComponent(recipient)}`;
      expect(read(body).recipient).toBe(recipient);
    },
  );

  it.each(['rcptto', 'rcpt to', 'unknown', 'a state of tomorrow'])(
    'takes any state: %j',
    (state) => {
      expect(read(`id=1&recipient=a&state=${state}`).state).toBe(state);
    },
  );

  it('keeps texts as they are, blanks at the ends too', () => {
    expect(readWith('description=+two++blanks+').description).toBe(' two  blanks ');
  });
});

describe('code and time', () => {
  it.each([
    ['0', 0],
    ['422', 422],
    ['550', 550],
    ['0550', 550],
    ['000000000000550', 550],
    ['999999999999999', 999_999_999_999_999],
  ])('%s is an integer', (digits, value) => {
    expect(readWith(`code=${digits}&time=${digits}`)).toMatchObject({ code: value, time: value });
  });

  it.each([
    '0x10',
    '0b1',
    '0o7',
    '1e3',
    '+5',
    '%205',
    '5%20',
    '5%0A',
    '-1',
    '%2B1',
    '5.0',
    '5,0',
    '1_000',
    'NaN',
    'Infinity',
    'null',
    'true',
    '٥٥٠',
    '12345678901234567890',
  ])('%s is none', async (text) => {
    expect(await pathsOf(`${REQUIRED}&code=${text}&time=${text}`)).toEqual(['/code', '/time']);
  });
});

describe('tags', () => {
  it.each([
    ['nothing at all', '', []],
    ['tags=', 'tags=', []],
    ['tags', 'tags', []],
    ['tags[]=', 'tags[]=', []],
    ['tags=a', 'tags=a', ['a']],
    ['tags=a&tags=b', 'tags=a&tags=b', ['a', 'b']],
    ['tags[]=a', 'tags[]=a', ['a']],
    ['tags[]=a&tags[]=b', 'tags[]=a&tags[]=b', ['a', 'b']],
    ['tags%5B%5D=a&tags%5B%5D=b', 'tags%5B%5D=a&tags%5B%5D=b', ['a', 'b']],
    ['tags[0]=a&tags[1]=b', 'tags[0]=a&tags[1]=b', ['a', 'b']],
    ['tags%5B0%5D=a&tags%5b1%5d=b', 'tags%5B0%5D=a&tags%5b1%5d=b', ['a', 'b']],
    ['indexes in reverse', 'tags[1]=b&tags[0]=a', ['a', 'b']],
    ['sparse indexes', 'tags[3]=a&tags[700]=b&tags[70000]=c', ['a', 'b', 'c']],
    ['sparse indexes in reverse', 'tags[70000]=c&tags[700]=b&tags[3]=a', ['a', 'b', 'c']],
    ['empty tags among others', 'tags[]=a&tags[]=&tags[]=b', ['a', 'b']],
    ['digits as texts', 'tags[]=2026&tags[]=007', ['2026', '007']],
    ['equal tags', 'tags[]=a&tags[]=a', ['a', 'a']],
    ['a tag with a comma', 'tags=a,b', ['a,b']],
    ['names of the prototype', 'tags[]=__proto__&tags[]=constructor', ['__proto__', 'constructor']],
    ['a key of the prototype', 'tags[constructor]=x', []],
  ])('are a list from %s', (_, body, tags) => {
    expect(readWith(body).tags).toStrictEqual(tags);
  });

  const COUNT = Array.from({ length: 1000 }, (_, index) => index);
  it.each([
    ['tags[]', () => 'tags[]', COUNT],
    ['tags[i]', (index: number) => `tags[${index}]`, COUNT],
    ['tags[i] in reverse', (index: number) => `tags[${index}]`, COUNT.toReversed()],
    ['tags[3i]', (index: number) => `tags[${index * 3}]`, COUNT],
    ['tags%5B%5D', () => 'tags%5B%5D', COUNT],
    ['tags', () => 'tags', COUNT],
  ])('are in order when there are 1,000 of them, sent as %s', (_, name, order) => {
    const body = order.map((index) => `${name(index)}=tag-${index}`).join('&');
    expect(readWith(body).tags).toEqual(COUNT.map((index) => `tag-${index}`));
  });

  it('are a list when a parser upstream has made a map by index of them', () => {
    const variables = nestVariables({
      id: '1',
      recipient: 'a',
      state: 'b',
      tags: { 0: 'a', 30: 'b' },
    });
    expect(toReport(variables).tags).toEqual(['a', 'b']);
  });

  it.each([
    [`tags[${SECRET}]=${SECRET}`, ['/tags']],
    [`tags[01]=${SECRET}`, ['/tags']],
    [`tags[0]=a&tags[${SECRET}]=b`, ['/tags']],
    [`tags[0][]=${SECRET}`, ['/tags/0']],
    [`tags[0][x]=${SECRET}`, ['/tags/0']],
    [`tags[]=a&tags[1][x]=${SECRET}&tags[2][]=b`, ['/tags/1', '/tags/2']],
  ])('are invalid as %s', async (body, paths) => {
    expect(await pathsOf(`${REQUIRED}&${body}`)).toEqual(paths);
  });
});

describe('a report is invalid', () => {
  const NAMES = ['id', 'recipient', 'state'];
  const without = (name: string) => REQUIRED.split('&').filter((pair) => !pair.startsWith(name));

  it.each(NAMES)('without %s, or with an empty one', async (name) => {
    expect(await pathsOf(without(name).join('&'))).toEqual([`/${name}`]);
    expect(await pathsOf([...without(name), `${name}=`].join('&'))).toEqual([`/${name}`]);
  });

  const TEXTS = [
    'id',
    'recipient',
    'state',
    'extended',
    'description',
    'type',
    'action',
    'timestamp',
  ];
  const FORMS = (name: string) => [
    `${name}=${SECRET}&${name}=${SECRET}`,
    `${name}[]=${SECRET}`,
    `${name}[0]=${SECRET}`,
    `${name}[${SECRET}]=${SECRET}`,
    `${name}=${SECRET}&${name}[]=${SECRET}`,
    `${name}=${SECRET}&${name}[a]=${SECRET}`,
  ];

  it.each(TEXTS.flatMap((name) => FORMS(name).map((form) => [form, name])))(
    'with %s',
    async (form, name) => {
      expect(await pathsOf([...without(`${name}=`), form].join('&'))).toEqual([`/${name}`]);
    },
  );

  it.each(
    ['code', 'time'].flatMap((name) =>
      [...FORMS(name), `${name}=1&${name}=1`].map((form) => [form, name]),
    ),
  )('with %s', async (form, name) => {
    expect(await pathsOf(`${REQUIRED}&${form}`)).toEqual([`/${name}`]);
  });

  it('with variables that only the prototype has', async () => {
    const body = '__proto__[id]=1&__proto__[recipient]=a&__proto__[state]=b&constructor[id]=1';
    expect(await pathsOf(body)).toHaveLength(3);
  });

  it('without anything, for all that is missing', async () => {
    expect(await pathsOf('')).toEqual(['/id', '/recipient', '/state']);
  });

  it('for all of its problems at once', async () => {
    const body = `recipient[]=${SECRET}&state=a&state=b&code=${SECRET}&time=-1&tags[0]=a&tags[1][x]=b&description[a]=b`;
    expect((await pathsOf(body)).sort()).toEqual([
      '/code',
      '/description',
      '/id',
      '/recipient',
      '/state',
      '/tags/1',
      '/time',
    ]);
  });

  it.each([
    ['', ['id', 'recipient', 'state']],
    [`${REQUIRED}&code=${SECRET}`, ['code']],
    [`${REQUIRED}&tags[${SECRET}]=a&time=soon`, ['tags', 'time']],
    [`${REQUIRED}&tags[0][x]=${SECRET}&tags[1][${SECRET}]=b`, ['tags[]']],
    [`${REQUIRED}&description[${SECRET}]=a`, ['description']],
  ])('with a message that names the variables at fault once: %s', async (body, names) => {
    const error = await thrownBy(() => read(body));
    const { message } = expectRejection(error, 400, 'COPERNICA_REPORT_INVALID');
    const known = /\b(id|recipient|state|code|extended|description|tags(\[\])?|time)(?=\W)/g;
    expect(message.match(known)).toEqual(names);
  });
});

describe('asynchronous', () => {
  it.each([
    ['bounce', true],
    ['Bounce', false],
    ['bounced', false],
    ['rcptto', false],
    ['unknown', false],
  ])('for state %s is %s', (state, asynchronous) => {
    expect(read(`id=1&recipient=a&state=${state}`).asynchronous).toBe(asynchronous);
  });
});

describe('severity', () => {
  it.each([
    ['', '', 'unknown'],
    ['550', '', 'permanent'],
    ['571', '', 'permanent'],
    ['599', '', 'permanent'],
    ['450', '', 'temporary'],
    ['422', '', 'temporary'],
    ['250', '', 'unknown'],
    ['354', '', 'unknown'],
    ['600', '', 'unknown'],
    ['5', '', 'unknown'],
    ['45', '', 'unknown'],
    ['5500', '', 'unknown'],
    ['0', '', 'unknown'],
    ['', '5.1.1', 'permanent'],
    ['', '4.4.7', 'temporary'],
    ['', '2.0.0', 'unknown'],
    ['550', '4.4.7', 'temporary'],
    ['451', '5.0.0', 'permanent'],
    ['550', '2.0.0', 'unknown'],
    ['250', '5.1.1', 'permanent'],
    ['550', 'n/a', 'permanent'],
    ['450', '51.1', 'temporary'],
    ['550', '4', 'permanent'],
  ])('of code %j and extended %j is %s', (code, extended, severity) => {
    expect(readWith(`code=${code}&extended=${extended}`).severity).toBe(severity);
  });
});

describe('failureReportSchema', () => {
  const ajv = new Ajv({ strict: true, allErrors: true });

  it('is valid JSON Schema draft-07', () => {
    expect(failureReportSchema.$schema).toBe('http://json-schema.org/draft-07/schema#');
    expect(ajv.validateSchema(failureReportSchema)).toBe(true);
  });

  it('says the same after a round trip through JSON', () => {
    expect(JSON.parse(JSON.stringify(failureReportSchema))).toEqual(failureReportSchema);
  });

  it.each([
    ['the smallest report', REQUIRED],
    ['a report with every variable', EVERYTHING],
    ['a report with empty variables', `${REQUIRED}&code=&extended=&tags=&time=`],
    ['a report with sparse tags', `${REQUIRED}&tags[5]=a&tags[50]=b`],
  ])('is satisfied by %s', (_, body) => {
    const validate = ajv.compile(failureReportSchema);
    validate(read(body));
    expect(validate.errors).toBeNull();
  });
});
