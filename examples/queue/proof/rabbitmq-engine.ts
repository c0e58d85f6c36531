import { execFile } from 'node:child_process';
import { mkdir, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Connection } from 'rabbitmq-client';
import { freePort } from '../../desk/test/processes.js';
import { findProgram } from '../../desk/test/programs.js';
import { type Engine, startServer } from './engine.js';
import { start } from './programs.js';

const exec = promisify(execFile);

/** Starts RabbitMQ, with its default settings. */
export async function createRabbitmqEngine(folder: string): Promise<Engine | undefined> {
  const [program, control, epmd] = ['rabbitmq-server', 'rabbitmqctl', 'epmd'].map((name) =>
    findProgram('The queue on RabbitMQ', name),
  );
  if (!program || !control || !epmd) return;
  const [, version] = /rabbitmq_server-([\d.]+)/.exec(await realpath(program)) ?? [];
  await mkdir(folder);
  const [port, clusterPort, namesPort] = await Promise.all([freePort(), freePort(), freePort()]);
  const url = `amqp://guest:guest@127.0.0.1:${port}`;
  const plugins = join(folder, 'plugins');
  await writeFile(plugins, '[].');
  const env = {
    ...process.env,
    HOME: folder,
    RABBITMQ_NODENAME: 'proof@localhost',
    RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
    RABBITMQ_NODE_PORT: port,
    RABBITMQ_DIST_PORT: clusterPort,
    RABBITMQ_MNESIA_BASE: join(folder, 'data'),
    RABBITMQ_ENABLED_PLUGINS_FILE: plugins,
    RABBITMQ_CONF_ENV_FILE: '/dev/null',
    RABBITMQ_LOGS: '-',
    RABBITMQ_LOG_BASE: folder,
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
    ERL_EPMD_PORT: namesPort,
    ERL_EPMD_ADDRESS: '127.0.0.1',
  };
  // Erlang's server of names. If it does not run, RabbitMQ starts one that outlives it.
  await start([epmd, '-debug', '-port', namesPort, '-address', '127.0.0.1'], /epmd running/);
  const setMemory = (share: string) =>
    exec(control, ['set_vm_memory_high_watermark', share], { env });
  async function ask<Answer>(question: (connection: Connection) => Promise<Answer>) {
    const connection = new Connection({ url });
    return question(connection).finally(() => connection.close());
  }
  async function fill() {
    await setMemory('0.00001');
    return () => setMemory('0.4');
  }
  async function deleteQueue() {
    await ask((connection) => connection.queueDelete({ queue: 'failures' }));
    // The workers declare it again by themselves.
    return () => Promise.resolve();
  }
  return {
    name: 'rabbitmq',
    title: `RabbitMQ ${version}`,
    environment: { RABBITMQ_URL: url },
    ...(await startServer(() => start([program], /Server startup complete/, { env }))),
    async countPending() {
      const { messageCount } = await ask((connection) =>
        connection.queueDeclare({ queue: 'failures', passive: true }),
      );
      return messageCount;
    },
    obstacles: [deleteQueue, fill],
  };
}
