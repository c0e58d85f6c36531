import { type Agent, request } from 'node:http';

export interface Call {
  method: string;
  headers: Record<string, string>;
  body: string | Buffer;
}

/**
 * Sends calls over keep-alive connections, each as soon as the one before it is answered.
 *
 * @returns how long each took, in milliseconds
 * @throws if one is not answered 200
 */
export async function sendAll(
  url: string,
  calls: readonly Call[],
  agent: Agent,
): Promise<number[]> {
  const waiting = calls.values();
  const durations: number[] = [];
  async function sendInTurn(): Promise<void> {
    for (const call of waiting) durations.push(await send(url, call, agent));
  }
  await Promise.all(Array.from({ length: agent.maxSockets }, sendInTurn));
  return durations;
}

function send(url: string, { method, headers, body }: Call, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    request(url, { method, headers, agent, timeout: 10_000 }, (res) => {
      if (res.statusCode !== 200) reject(new Error(`Answered ${res.statusCode}`));
      res.resume().on('end', () => resolve(performance.now() - start));
    })
      .on('error', reject)
      .on('timeout', () => reject(new Error('Not answered within 10 s')))
      .end(body);
  });
}

/** A call with an unsigned report. */
export function unsigned(body: string): Call {
  const headers = {
    'Content-Type': 'application/x-www-form-urlencoded',
    'Content-Length': String(Buffer.byteLength(body)),
  };
  return { method: 'POST', headers, body };
}
