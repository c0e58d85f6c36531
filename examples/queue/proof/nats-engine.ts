import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type JetStreamManager, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import { freePort } from '../../desk/test/processes.js';
import { findProgram } from '../../desk/test/programs.js';
import { type Engine, readVersion, startServer } from './engine.js';
import { start } from './programs.js';

/** Starts NATS JetStream, with the settings that docs/scaling.md asks for. */
export async function createNatsEngine(folder: string): Promise<Engine | undefined> {
  const program = findProgram('The queue on NATS JetStream', 'nats-server');
  if (!program) return;
  await mkdir(folder);
  const version = await readVersion(program);
  const port = await freePort();
  const url = `nats://127.0.0.1:${port}`;
  const settings = join(folder, 'nats.conf');
  // Before 2.10, there is no such setting.
  const sync = version.startsWith('2.9.') ? '' : 'sync_interval: always';
  const storage = `jetstream { store_dir: "${folder}" \n ${sync} }`;
  await writeFile(settings, `listen: "127.0.0.1:${port}"\n${storage}\n`);

  async function ask<Answer>(question: (manager: JetStreamManager) => Promise<Answer>) {
    const connection = await connect({ servers: url });
    const manager = await jetstreamManager(connection);
    return question(manager).finally(() => connection.close());
  }
  const setSize = (max_bytes: number) =>
    ask(({ streams }) => streams.update('failures', { max_bytes }));
  async function fill() {
    const { config, state } = await ask(({ streams }) => streams.info('failures'));
    await setSize(state.bytes + 1);
    return () => setSize(config.max_bytes);
  }
  return {
    name: 'nats',
    title: `NATS JetStream ${version}`,
    environment: { NATS_URL: url },
    ...(await startServer(() => start([program, '-c', settings], /Server is ready/))),
    async countPending() {
      // The stream also holds acknowledged messages: after a crash, 2.9 keeps some.
      const consumer = await ask(({ consumers }) => consumers.info('failures', 'store'));
      return consumer.num_pending + consumer.num_ack_pending;
    },
    obstacles: [fill],
  };
}
