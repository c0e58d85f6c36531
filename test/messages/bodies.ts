import type { FailureReceiverOptions, FailureRequest } from '../../lib/index.js';

/** A call that is refused, by what is wrong with it, with what it is told. */
export type Refusal = [
  name: string,
  request: FailureRequest,
  options: Partial<FailureReceiverOptions>,
  message: string,
];

export const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
export const post = (body: string, more = {}) => ({
  method: 'POST',
  url: 'http://localhost/failures',
  headers: { ...headers, ...more },
  body,
});

/** What is wrong with a body, or around it. */
export const bodies: Refusal[] = [
  [
    'a body without recipient',
    post('id=1&state=bounce'),
    {},
    'The report is not valid: recipient must be there and not empty',
  ],
  [
    'too many variables',
    post('a=1&'.repeat(2001)),
    {},
    'The body has more than 2,000 variables: Copernica sends no such report, so look at what sent it',
  ],
  [
    'too deep variables',
    post(`a${'[b]'.repeat(40)}=1`),
    {},
    'The variables are nested more than 32 levels deep: Copernica sends no such report, so look at what sent it',
  ],
  [
    'a body cut short',
    post('id=1', { 'Content-Length': '100' }),
    {},
    'The body is not as long as Content-Length says: check the connection and any proxy in between',
  ],
  [
    'another method',
    { ...post(''), method: 'GET' },
    {},
    'The method must be POST: Copernica only posts, so look at what sent it',
  ],
  [
    'a body over the limit',
    post('id=1'),
    { limit: 1 },
    'The body is larger than the option limit: raise it if you expect such reports',
  ],
  [
    'JSON',
    post('{}', { 'Content-Type': 'application/json' }),
    {},
    'The content type must be application/x-www-form-urlencoded: the call is not from Copernica, or a proxy changed it',
  ],
  [
    'a compressed body',
    post('', { 'Content-Encoding': 'gzip' }),
    {},
    'The body must not be compressed: the call is not from Copernica, or a proxy changed it',
  ],
  [
    'another charset',
    post('', { 'Content-Type': `${headers['Content-Type']}; charset=utf-16` }),
    {},
    'The charset must be utf-8 or iso-8859-1: the call is not from Copernica, or a proxy changed it',
  ],
  [
    'a body that is no longer there',
    { ...post(''), body: {} as never },
    {},
    'Something upstream has read the body: give the body as bytes or text, as it was sent',
  ],
];
