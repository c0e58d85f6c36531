// Compiled against @aws-sdk/client-sqs 3.1175.0; not run.
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { toKey } from '../key.mjs';
import { listen } from '../listen.mjs';

const client = new SQSClient({
  maxAttempts: 2,
  // If SQS does not answer, a report fails after two tries. Without the last option, a timeout is only logged.
  requestHandler: { connectionTimeout: 2000, requestTimeout: 4000, throwOnRequestTimeout: true },
});

listen((report) => {
  const key = toKey(report);
  return client.send(
    new SendMessageCommand({
      QueueUrl: process.env.SQS_URL,
      MessageBody: JSON.stringify(report),
      // For five minutes, a FIFO queue knows a report that comes again by its key.
      MessageDeduplicationId: key,
      MessageGroupId: key,
    }),
  );
});
