// Compiled against @google-cloud/pubsub 5.3.1; not run.
import { PubSub } from '@google-cloud/pubsub';
import { toKey } from '../key.mjs';
import { listen } from '../listen.mjs';

const topic = new PubSub().topic('failures', {
  // A report is published at once. By default, it waits 10 ms for others.
  batching: { maxMessages: 1 },
  // While Pub/Sub is down, the client tries again for some seconds. By default, for a minute.
  gaxOpts: { timeout: 5000 },
});

listen((report) => topic.publishMessage({ json: report, attributes: { key: toKey(report) } }));
