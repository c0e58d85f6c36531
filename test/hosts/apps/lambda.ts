import { readFileSync } from 'node:fs';
import type { Host } from '../host.js';

const files = { 'lambda.ts': readFileSync(new URL('../lambda.ts', import.meta.url), 'utf8') };

/** A service in front of Lambda: its body as text or, as settings may want it, in base64. */
type Service = readonly [name: string, encoding: 'text' | 'base64'];
const httpApis: Service[] = [
  ['HTTP API', 'text'],
  ['HTTP API', 'base64'],
];
const others: Service[] = [
  ['REST API', 'text'],
  ['load balancer', 'base64'],
];

function behind(services: readonly Service[], host: Host): Host[] {
  return services.map(([service, encoding]) => ({
    ...host,
    name: `${host.name}, ${service}${encoding === 'base64' ? ', base64' : ''}`,
    files,
    start: ['node', 'lambda.js', '$PORT', service, encoding],
  }));
}

const plain = {
  name: 'AWS Lambda',
  packages: ['@types/aws-lambda'],
  group: 'node',
  quick: true,
  wrap: (example: string) =>
    example.replace(
      'export async function handler',
      'export const handler = ended(handle);\nasync function handle',
    ),
};
const behindOthers = 'AWS Lambda behind a REST API or a load balancer';
const wrappers: [name: string, heading: string, wrapper: string, group: string][] = [
  ['serverless-http 4', 'serverless-http', 'serverless-http@4', 'node'],
  ['serverless-http 3', 'serverless-http', 'serverless-http@3', 'express-4'],
  ['serverless-express 5', 'serverless-express', '@codegenie/serverless-express@5', 'node'],
  ['serverless-express 4', 'serverless-express', '@codegenie/serverless-express@4', 'express-4'],
];

export const hosts: Host[] = [
  ...behind(httpApis, { ...plain, heading: 'AWS Lambda' }),
  ...behind(others, { ...plain, heading: behindOthers }),
  ...wrappers.flatMap(([name, heading, wrapper, group]) => {
    const major = group === 'node' ? 5 : 4;
    return behind([...httpApis, ...others], {
      name,
      heading,
      group,
      packages: [wrapper, `express@${major}`, `@types/express@${major}`],
    });
  }),
];
