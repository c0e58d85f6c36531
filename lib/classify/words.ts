/**
 * Lists of words that wordings share: `<recipient>` in a wording means any word of that list. The lists
 * use the notation of the wordings.
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
