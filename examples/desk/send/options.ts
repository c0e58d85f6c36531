import { Command, InvalidArgumentError } from 'commander';

/** The command line: what to send, and how. */
export interface Options {
  urls: string[];
  count: number;
  concurrency: number;
  rate?: number;
  duplicates: number;
  bad: number;
  retry?: true;
  giveUp: number;
  acknowledged?: string;
  signed?: string;
  signedUrl?: string;
  key: string;
}

const DEFAULT_URLS = ['http://127.0.0.1:3000/copernica/failures'];
const HOW_TO_PASS = 'Put options after two dashes: npm run send -- --count 5';

/** Reads the command line. If it is wrong, says what to type and ends the process. */
export function readOptions(): Options {
  const command = new Command('npm run send --')
    .description('Sends made-up failure reports the way Copernica does.')
    .argument('[url...]', 'one endpoint, or several to use in turn', toUrls, DEFAULT_URLS)
    .option('-n, --count <number>', 'how many requests', atLeast(1), 1000)
    .option('-c, --concurrency <number>', 'how many at a time', atLeast(1), 64)
    .option('-r, --rate <number>', 'at most how many a second', atLeast(1))
    .option('--duplicates <share>', 'share of reports that are sent again, 0 to 1', share, 0)
    .option('--bad <share>', 'share of requests that must be refused, 0 to 1', share, 0)
    .option('--retry', 'send each report until it is answered 2xx')
    .option('--give-up <seconds>', 'how long to retry', atLeast(1), 300)
    .option(
      '--acknowledged <file>',
      'write the ids of all acknowledged reports to this file, one a line',
    )
    .option('--signed <account>', 'sign for this account')
    .option('--signed-url <url>', 'the registered address, if it differs from [url]')
    .option('--key <file>', 'file to write the public key to when signing', 'desk-test-key.json');

  const taken = command.options.find(({ long }) => long && wasTakenByNpm(long));
  if (taken) command.error(`npm took ${taken.long} as its own option. ${HOW_TO_PASS}`);
  command.parse();
  return { ...command.opts(), urls: command.processedArgs[0] };
}

/** Without the two dashes, npm takes an option as its own and sets a variable of this name. */
function wasTakenByNpm(option: string): boolean {
  const variable = `npm_config_${option.slice(2).replaceAll('-', '_')}`;
  return process.env[variable] !== undefined && option !== '--key';
}

function toUrls(text: string, before: string[]): string[] {
  if (!URL.canParse(text) || !/^https?:$/.test(new URL(text).protocol)) {
    throw new InvalidArgumentError(`It is not an http or https address. ${HOW_TO_PASS}`);
  }
  return before === DEFAULT_URLS ? [text] : [...before, text];
}

function atLeast(least: number) {
  return (text: string): number => {
    const number = Number(text);
    if (number >= least) return number;
    throw new InvalidArgumentError(`It must be ${least} or more.`);
  };
}

function share(text: string): number {
  const number = Number(text);
  if (number >= 0 && number <= 1) return number;
  throw new InvalidArgumentError('It must be from 0 to 1.');
}
