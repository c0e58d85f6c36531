import { describe, expect, it } from 'vitest';
import { checkMediaType } from '../lib/media-type.js';
import { expectRejection, thrownBy } from './helpers/rejections.js';
import { SECRET, URLENCODED } from './helpers/reports.js';

describe('checkMediaType', () => {
  const check = (headers: Parameters<typeof checkMediaType>[0]['headers']) =>
    checkMediaType({ headers });

  it.each([
    [URLENCODED, 'utf-8'],
    ['Application/X-WWW-Form-URLEncoded', 'utf-8'],
    [`${URLENCODED};charset=utf-8`, 'utf-8'],
    [`${URLENCODED} ; charset=UTF-8`, 'utf-8'],
    [`${URLENCODED}; Charset="utf-8"`, 'utf-8'],
    [`${URLENCODED}; charset="utf-8"; x=y`, 'utf-8'],
    [`${URLENCODED}; x=y; charset = iso-8859-1`, 'iso-8859-1'],
    [`${URLENCODED}; charset=ISO-8859-1`, 'iso-8859-1'],
    [`${URLENCODED}; charset="ISO-8859-1"`, 'iso-8859-1'],
    [`${URLENCODED};`, 'utf-8'],
    [`${URLENCODED}; boundary=x`, 'utf-8'],
    [`${URLENCODED}; xcharset=gbk`, 'utf-8'],
  ])('takes %j and reads its charset as %s', (contentType, charset) => {
    expect(check({ 'content-type': contentType })).toBe(charset);
  });

  it.each([
    undefined,
    '',
    ';',
    'application/json',
    'text/plain',
    'multipart/form-data; boundary=x',
    'application/x-www-form-urlencoded-v2',
    'x-application/x-www-form-urlencoded',
    'application/x-www-form-urlencoded, application/json',
    `${URLENCODED}x; charset=utf-8`,
    `${URLENCODED}; charset=windows-1252`,
    `${URLENCODED}; charset=utf-16`,
    `${URLENCODED}; charset=utf8x`,
    `${URLENCODED}; charset=`,
    `${URLENCODED}; charset=${SECRET}`,
    SECRET,
  ])('refuses the content type %j', async (contentType) => {
    const headers = contentType === undefined ? {} : { 'content-type': contentType };
    expectRejection(await thrownBy(() => check(headers)), 415, 'COPERNICA_MEDIA_TYPE_UNSUPPORTED');
  });

  it.each(['identity', 'Identity', ''])('takes the content encoding %j', (encoding) => {
    expect(check({ 'content-type': URLENCODED, 'content-encoding': encoding })).toBe('utf-8');
  });

  it.each(['gzip', 'GZIP', 'deflate', 'br', 'identity, gzip', SECRET])(
    'refuses the content encoding %j',
    async (encoding) => {
      const headers = { 'content-type': URLENCODED, 'content-encoding': encoding };
      const error = await thrownBy(() => check(headers));
      expectRejection(error, 415, 'COPERNICA_MEDIA_TYPE_UNSUPPORTED');
    },
  );
});
