import { readdir } from 'node:fs/promises';

/** A server, framework or runtime, and how the example of docs/hosts.md is run on it. */
export interface Host {
  /** As the table names it. */
  name: string;
  /** The heading the example stands under. */
  heading: string;
  /** What its users install, as for `npm install`; the version of the first is shown. */
  packages?: readonly string[];
  /** The hosts of a group are installed together. */
  group: string;
  /** Where the example goes. By default `app.ts`. */
  file?: string;
  /**
   * Puts a wrapper that prints `[ended STATUS]` around the handler of the example. By default it is
   * `ended` of the test's reports.ts.
   */
  wrap?: (example: string) => string;
  /** What an app of this host has besides the example: text by file name. */
  files?: Readonly<Record<string, string>>;
  /** Whether it runs or builds TypeScript itself; else `tsc` checks it and JavaScript is run. */
  typescript?: boolean;
  /** Run in turn before it starts. A first word `node` is the Node.js of the test. */
  build?: readonly (readonly string[])[];
  /** Starts it; `$PORT` stands for the port. By default `node app.js`. */
  start?: readonly string[];
  /** The path it is called at. By default `/copernica/failures`. */
  path?: string;
  /** Whether the page says to set `verify.url`; else host and path are those of the request. */
  registered?: boolean;
  /** How it is called. By default HTTP/1.1 without TLS. */
  protocol?: Protocol;
  /** Whether the development dependencies of this project are all it needs. */
  quick?: boolean;
}

export type Protocol = 'http' | 'https' | 'http2';

/** Every host there is: each file of the folder apps exports some. */
export async function allHosts(): Promise<Host[]> {
  const folder = new URL('./apps/', import.meta.url);
  const files = (await readdir(folder)).sort();
  const modules = await Promise.all(files.map((file) => import(new URL(file, folder).href)));
  return modules.flatMap(({ hosts }: { hosts: Host[] }) => hosts);
}
