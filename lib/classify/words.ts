/**
 * Lists of words that many wordings share: `<recipient>` in a wording stands for any word of its
 * list. A list is itself written in the notation of the wordings, see `notation.ts`.
 */
export const WORDS: Readonly<Record<string, string>> = {
  box: '(mail-box|mail-boxes|mail-file|mail-folder|mail-drop|mail-dir|in-box)',
  recipient:
    '(user|users|user-name|account|recipient|recipients|addressee|address|addresses|alias|mail-name|<box>)',
  message: '(message|messages|e-mail|e-mails|mail|mails|msg)',
  refused: '(rejected|refused|denied|blocked|declined|prohibited|disallowed|forbidden)',
  listed: '(listed|black-listed|block-listed|deny-listed|black-holed|banned|<refused>)',
  host: '(host|hosts|server|servers|mail-server|ip|ips|ip address|client|mta|network|domain|isp)',
  be: '(is|are|was|were|be|been|has been|have been|had been|is being)',
  not: '(not|no longer|never)',
};
