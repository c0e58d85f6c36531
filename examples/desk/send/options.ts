import { Command, InvalidArgumentError } from 'commander';

/** What is sent, and how: `npm run send -- --help`. */
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

const DEFAULT = ['http://127.0.0.1:3000/copernica/failures'];
const AFTER_DASHES = 'Options stand after two dashes: npm run send -- --count 5';

/** Reads the command line; ends the process with what to type where it makes no sense. */
export function readOptions(): Options {
  const command = new Command('npm run send --')
    .description('Sends made-up failure reports the way Copernica does.')
    .argument('[url...]', 'one endpoint, or several that are used in turn', addresses, DEFAULT)
    .option('-n, --count <number>', 'how many requests', atLeast(1), 1000)
    .option('-c, --concurrency <number>', 'how many of them at a time', atLeast(1), 64)
    .option('-r, --rate <number>', 'at most so many a second', atLeast(1))
    .option('--duplicates <share>', 'share that repeats an earlier report, 0 to 1', share, 0)
    .option('--bad <share>', 'share of requests to be refused, 0 to 1', share, 0)
    .option('--retry', 'send what was not answered 2xx again until it is, but for bad requests')
    .option('--give-up <seconds>', 'how long to try again', atLeast(1), 300)
    .option(
      '--acknowledged <file>',
      'write the ids of all reports that were answered 2xx, one a line',
    )
    .option('--signed <account>', 'sign for this account')
    .option('--signed-url <url>', 'the registered address, if it is not the one that is sent to')
    .option('--key <file>', 'where the public key is written when signing', 'desk-test-key.json');

  const swallowed = command.options.find(({ long }) => long && wasSwallowed(long));
  if (swallowed) {
    command.error(`npm has kept ${swallowed.long} for itself. ${AFTER_DASHES}`);
  }
  command.parse();
  return { ...command.opts(), urls: command.processedArgs[0] };
}

/** Whether npm took it for an option of its own, which it hands on as a variable like this one. */
function wasSwallowed(option: string): boolean {
  const variable = `npm_config_${option.slice(2).replaceAll('-', '_')}`;
  return process.env[variable] !== undefined && option !== '--key';
}

function addresses(given: string, before: string[]): string[] {
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol)) {
    throw new InvalidArgumentError(`It is no http or https address. ${AFTER_DASHES}`);
  }
  return before === DEFAULT ? [given] : [...before, given];
}

function atLeast(least: number) {
  return (given: string): number => {
    const number = Number(given);
    if (number >= least) return number;
    throw new InvalidArgumentError(`It must be ${least} or more.`);
  };
}

function share(given: string): number {
  const number = Number(given);
  if (number >= 0 && number <= 1) return number;
  throw new InvalidArgumentError('It must be from 0 to 1.');
}
