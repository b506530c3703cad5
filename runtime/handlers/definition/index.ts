import { S3Client } from '@aws-sdk/client-s3';
import { customResource } from '../shared/custom-resource';
import { requestTimeouts } from '../shared/request-timeouts';
import { definition } from './handler';

/** Every request can be repeated, so the SDK may retry when it is throttled. */
const client = new S3Client({ maxAttempts: 6, requestHandler: requestTimeouts(5_000, 20_000) });

export const handler = customResource(definition({ client, now: () => Date.now() }));
