import { type Duration } from 'aws-cdk-lib';
import { type IBucket } from 'aws-cdk-lib/aws-s3';
import { SERVICE_ERRORS } from '../../facts/service-errors';
import { fixedOrigin } from '../../gateway/cors';
import { show } from '../../authoring/errors';
import { type RestBindIntegration, type RestIntegrationContext } from '../binding';
import { type RequestParameter } from '../request';
import { errorReplies, messageOf, NO_BODY, type Reply } from './replies';
import { keyGrants } from '../../integrations/services/key-grants';
import { RequestValue } from '../../integrations/request-value';
import { serviceIntegration } from './service';
import { declareValue } from './velocity';

/**
 * Options of an integration with objects of a bucket.
 */
export interface RestS3IntegrationOptions {
  /**
   * Key of the object, after the prefix: `RequestValue.path('key')`, and with a greedy variable (`/files/{key+}`) a key with
   * slashes. Every value except those of the body.
   */
  readonly key: RequestValue;

  /**
   * Prefix of every key; the API can reach nothing else in the bucket. It usually ends with a slash: `uploads/`.
   *
   * @default - none: the whole bucket
   */
  readonly prefix?: string;

  /**
   * How long API Gateway waits for Amazon S3. 50 ms to 29 s; longer on a Regional API whose quota was raised.
   *
   * @default Duration.seconds(29)
   */
  readonly timeout?: Duration;
}

export function s3Get(bucket: IBucket, options: RestS3IntegrationOptions): RestBindIntegration {
  return (context) => {
    const { cors, owner } = context;
    if (cors && fixedOrigin(cors) === undefined) {
      throw owner.error(
        'an object is passed on unchanged, but picking one of several CORS origins requires a template, which would break its bytes; ' +
          'give cors one origin, or let the client fetch a presigned URL',
      );
    }
    const headers = Object.fromEntries(
      ['Content-Type', 'ETag', 'Last-Modified'].map((name) => [name, `integration.response.header.${name}`]),
    );
    return call(bucket, 'GetObject', 'GET', options, 'kms:Decrypt', context, [
      { pattern: '2\\d{2}', status: 200, headers },
    ]);
  };
}

export function s3Put(bucket: IBucket, options: RestS3IntegrationOptions): RestBindIntegration {
  return (context) => {
    const headers = { ETag: 'integration.response.header.ETag' };
    const replies = [{ pattern: '2\\d{2}', status: 200, headers, template: NO_BODY }];
    return call(bucket, 'PutObject', 'PUT', options, 'kms:GenerateDataKey', context, replies);
  };
}

function call(
  bucket: IBucket,
  action: string,
  httpMethod: 'GET' | 'PUT',
  { key, prefix = '', timeout }: RestS3IntegrationOptions,
  kmsAction: string,
  context: RestIntegrationContext,
  replies: readonly Reply[],
) {
  if (!KEY.test(prefix) || prefix.split('/').includes('..')) {
    throw context.owner.error(
      `prefix ${show(prefix)} must be letters, digits and - _ . ! ' ( ) between slashes, without a slash in front, e.g. "uploads/"`,
    );
  }
  const read = new Map<string, RequestParameter>();
  declareValue(key._source, context, read);
  const { literal, mapping } = key._source;
  if (literal === undefined && (mapping === undefined || mapping.startsWith('method.request.body'))) {
    throw context.owner.error(
      'key cannot come from the body, which is the object; use RequestValue.path(\'key\') with a route such as "PUT /files/{key+}"',
    );
  }
  if (literal !== undefined && (literal === '' || !KEY.test(literal))) {
    throw context.owner.error(
      `the key ${show(literal)} must be letters, digits and - _ . ! ' ( ) between slashes, e.g. RequestValue.literal("index.html")`,
    );
  }
  const mappings: Record<string, string> = {};
  if (literal === undefined) mappings['integration.request.path.key'] = mapping ?? '';
  if (httpMethod === 'PUT') {
    mappings['integration.request.header.Content-Type'] = 'method.request.header.Content-Type';
    declareValue(RequestValue.header('Content-Type')._source, context, read);
  }
  const path = `${prefix}${literal === undefined ? '{key}' : literal.split('/').map(encodeURIComponent).join('/')}`;
  return serviceIntegration(
    context,
    { timeout },
    {
      // A role for each bucket: no key, whatever it contains, gives one route access to another's bucket.
      role: `s3-${bucket.node.id}-${bucket.node.addr.slice(-8)}`,
      target: `s3:path/${bucket.bucketName}/${path}`,
      region: bucket.env.region,
      httpMethod,
      grants: [
        { actions: [`s3:${action}`], resources: [bucket.arnForObjects(`${prefix}${literal ?? '*'}`)] },
        ...keyGrants(bucket.encryptionKey, [kmsAction], bucket, context.owner),
      ],
      mappings,
      parameters: [...read.values()],
      replies: [...replies, ...(httpMethod === 'GET' ? [MISSING] : []), ...errorReplies(SERVICE_ERRORS.s3)],
    },
  );
}

// In the policy of the role `*` and `?` would stand for other keys.
const KEY = /^([A-Za-z0-9!_.'()-][A-Za-z0-9!_.'()/-]*)?$/;

// Without permission to list the bucket, Amazon S3 responds 403 for a key that does not exist.
const MISSING: Reply = { pattern: '40[34]', status: 404, template: messageOf(404) };
