// nats-receiver.mjs
import { toKey } from './key.mjs';
import { listen } from './listen.mjs';
import { stream } from './nats-stream.mjs';

listen((report) => stream.publish('failures', JSON.stringify(report), { msgID: toKey(report) }));
