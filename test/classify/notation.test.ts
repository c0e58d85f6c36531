import { describe, expect, it } from 'vitest';
import { compile } from '../../lib/classify/compile.js';
import { WORDS } from '../../lib/classify/words.js';
import { findWording } from './find-wording.js';

describe('a wording is found', () => {
  it.each<[string, string]>([
    ['user unknown', '550 5.1.1 User unknown'],
    ['user unknown', 'User: "Unknown"'],
    ['user unknown', 'no_user_unknown'],
    ['user unknown', 'User\r\n550-5.1.1 unknown'],
    ['(user|mailbox) unknown', 'Mailbox unknown'],
    ['mailbox [is] full', 'Mailbox full'],
    ['mailbox [is|was] full', 'Mailbox was full'],
    ['message[s] refused', 'Messages refused'],
    ['author(s|z)ed', 'Authorzed'],
    ['user ... unknown', 'User unknown'],
    ['user ... unknown', 'User jane at example.com is unknown'],
    ['user ... unknown', 'User (jane) unknown'],
    ['exceed* quota', 'exceeding quota'],
    ['mail-box full', 'Mailbox full'],
    ['mail-box full', 'mail-box full'],
    ['mail-box full', 'mail box full'],
    ['after <number> days', 'after 12 days'],
    ['<ip> refused', '192.0.2.7 refused'],
    ['<ip> refused', '[2001:db8::7] refused'],
    ['<address> unknown', '<jane@example.com> unknown'],
    ['<address> unknown', 'jane@example.com unknown'],
    ['<box> full', 'Inbox full'],
    ['not find', 'I cannot find, can’t find'],
    ['boîte pleine', 'Boîte pleine'],
    ['boîte pleine', 'Boite pleine'],
    ['boîte pleine', 'Bo\uFFFDte pleine'],
    ['boîte pleine', 'BoÃ®te pleine'],
    ['überfüllt', 'ueberfuellt'],
    ['pełna', 'Pelna'],
    ['pełna', 'PeÅ‚na'],
    ['utilisateur inconnu', '«Utilisateur» “inconnu”'],
    ['ip <ip>', 'IP=192.0.2.7'],
    ['用户 (不存在|未知)', '该用户不存在。'],
    ['ящик ... переполнен', 'Почтовый ящик jane переполнен'],
    ['邮箱 ... 满', '邮箱的空间已经满了'],
  ])('%s: %s', (wording, reply) => {
    expect(findWording(wording, reply)).toBeDefined();
  });
});

describe('a wording is not found', () => {
  it.each<[string, string]>([
    ['user unknown', 'superuser unknown'],
    ['user unknown', 'user unknowns'],
    ['user unknown', 'Contact the user. Unknown error'],
    ['user unknown', '<user unknown@example.com> was fine'.replace(' ', '.')],
    ['user ... unknown', 'user a b c d e unknown'],
    ['user ... unknown', 'user a,b,c,d,e,unknown'],
    ['user ... unknown', 'Ask the user. It is unknown'],
    ['spam', 'host spam.example.com[192.0.2.7] said: 550 no'],
    ['spam', 'See https://example.com/spam'],
    ['exceed* quota', 'exceedquota'],
    ['邮箱 ... 满', '邮箱收到了一封来自某个外部地址的邮件而另一个空间已满'],
    ['邮箱 ... 满', '邮箱。已满'],
    ['<ip> refused', '5.7.1 refused'],
  ])('%s: %s', (wording, reply) => {
    expect(findWording(wording, reply)).toBeUndefined();
  });
});

describe('what is not the notation is refused', () => {
  it.each([
    '',
    'user  unknown',
    'user ',
    '... unknown',
    'user ...',
    'user...unknown',
    'user (unknown',
    'user unknown)',
    'user [is unknown',
    'user is]',
    'user (|unknown)',
    '[the] user',
    'user [unknown]',
    '<stranger> unknown',
    '<constructor> unknown',
    'User unknown',
    'user=unknown',
    '用户(不存在|未知)',
  ])('%j', (wording) => {
    expect(() => compile([[wording]])).toThrow(SyntaxError);
  });
});

it.each(Object.entries(WORDS))(
  'has a list of words %s that is one word of the notation',
  (name, list) => {
    expect(list).toMatch(/^\([^[\]]+\)$/);
    for (const word of list
      .slice(1, -1)
      .split('|')
      .filter((each) => !each.includes('<'))) {
      expect(findWording(`<${name}>`, word)).toBeDefined();
    }
  },
);
