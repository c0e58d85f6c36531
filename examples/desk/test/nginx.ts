import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const TEMPORARY_PATHS = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'];

interface Configuration {
  /** An empty folder, in which nginx writes all its files. */
  directory: string;
  /** The parameter of access_log: a file in that folder, or `off`. */
  accessLog: string;
  /** The server blocks. */
  servers: string;
}

/** Writes the configuration of an nginx that runs as any user. Resolves to the arguments of the program. */
export async function configureNginx({ directory, accessLog, servers }: Configuration) {
  const file = join(directory, 'nginx.conf');
  await writeFile(
    file,
    `daemon off;
pid nginx.pid;
# Another user could not enter the folder. If root does not start it, nginx ignores this line.
user root;
events {}
http {
access_log ${accessLog};
${TEMPORARY_PATHS.map((path) => `${path}_temp_path ${path};`).join('\n')}
${servers}}
`,
  );
  return ['-e', 'stderr', '-p', directory, '-c', file];
}
