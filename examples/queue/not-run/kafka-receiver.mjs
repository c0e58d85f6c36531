// Compiled against @platformatic/kafka 1.35.0; not run.
import { ProduceAcks, Producer, stringSerializers } from '@platformatic/kafka';
import { toKey } from '../key.mjs';
import { listen } from '../listen.mjs';

const producer = new Producer({
  clientId: 'copernica-failures',
  bootstrapBrokers: (process.env.KAFKA_BROKERS ?? 'localhost:9092').split(','),
  serializers: stringSerializers,
  // If Kafka is down, a report fails after one retry. By default, a request may take 30 seconds.
  retries: 1,
  requestTimeout: 4000,
  // With `idempotent`, 1.35.0 loses reports that are sent at the same moment.
});

listen((report) =>
  producer.send({
    // Here, since the constructor ignores it: then only the leader confirms.
    acks: ProduceAcks.ALL,
    // The topic needs a replication factor of 3, and min.insync.replicas=2.
    messages: [{ topic: 'failures', key: toKey(report), value: JSON.stringify(report) }],
  }),
);
