import { createHash, createHmac } from 'node:crypto';
import { type Location } from '../template/model/place';
import { type KnownCredential } from './credential';
import { type Environment } from './environment';
import { headerOf, type IncomingRequest } from './exchange';
import { type JsonObject } from './json';
import { decoded } from './multi-values';
import { Refusal } from './refusal';
import { canonicalRequest, dateTime, escaped } from './signature-text';

/** Who signed a request. */
export interface Caller {
  readonly accessKey: string;
  readonly accountId: string;
  readonly userId: string;
  readonly userArn: string;
}

/** What `$context.identity` and events have of who signed a request. */
export const identityOf = ({ accessKey, accountId, userId, userArn }: Caller): JsonObject => ({
  ...{ accessKey, accountId, caller: userId, user: userId, userArn },
});

/** The parts of a signature, out of the header or the query. */
export interface Signature {
  readonly accessKey: string;
  readonly algorithm: string;
  readonly date: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly time: string;
  readonly sessionToken?: string;
  /** Of presigned URLs only. */
  readonly expiresInSeconds?: number;
}

const ALLOWED_SKEW_IN_MS = 5 * 60_000;

/**
 * Finds who signed a request. Without credentials a signature is enough; with them it must be theirs.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 * @throws Refusal
 */
export function signerOf(request: IncomingRequest, environment: Environment, because: readonly Location[]): Caller {
  const { account, partition, credentials } = environment;
  const signature = signatureOf(request);
  const isThere = signature && (credentials !== undefined || signature.signature !== '');
  if (!isThere) {
    throw new Refusal('MISSING_AUTHENTICATION_TOKEN', { reason: 'AWS_IAM: the request is not signed', because });
  }
  const known = credentials && verified(request, signature, credentials, environment);
  const { accessKey } = signature;
  if (accessKey === '' || signature.signature === '') throw incomplete(signature);
  const accountId = known?.accountId ?? account;
  return {
    ...{ accessKey, accountId, userId: known?.userId ?? accessKey },
    userArn: known?.userArn ?? `arn:${partition}:iam::${accountId}:user/${accessKey}`,
  };
}

/** What the step of an authorizer tells about the signature. */
export const signatureNote = ({ credentials }: Environment, { userArn }: Caller): string =>
  credentials
    ? `AWS_IAM: the signature is that of ${userArn}, whose own policies are taken to allow this`
    : 'AWS_IAM: the request is signed; the signature itself is not verified here (--iam verify does)';

function verified(
  request: IncomingRequest,
  signature: Signature,
  credentials: readonly KnownCredential[],
  { region, now }: Environment,
): KnownCredential {
  const { algorithm, accessKey, sessionToken, time } = signature;
  const isWhole = algorithm === 'AWS4-HMAC-SHA256' && accessKey !== '' && signature.signature !== '' && time !== '';
  if (!isWhole) throw incomplete(signature);
  const known = credentials.find(({ accessKeyId }) => accessKeyId === accessKey);
  if (!known || known.sessionToken !== sessionToken) {
    const why = known ? 'comes without the session token of its key' : `has the unknown key ${accessKey}`;
    throw refused(`The signature ${why}`, 'The security token included in the request is invalid.', {
      errorType: 'UnrecognizedClientException',
    });
  }
  if (known.expiresAt !== undefined && known.expiresAt <= now()) {
    throw new Refusal('EXPIRED_TOKEN', { reason: `The key ${accessKey} expired at ${dateTime(known.expiresAt)}` });
  }
  checkScope(signature, region);
  checkTime(signature, now());
  const { canonical, toSign, expected } = expectedSignature(request, signature, known.secretAccessKey);
  if (expected === signature.signature) return known;
  throw refused(
    `The signature is not that of the key ${accessKey}`,
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. ' +
      `Consult the service documentation for details.\n\nThe Canonical String for this request should have been\n'${canonical}'\n\nThe String-to-Sign should have been\n'${toSign}'\n`,
  );
}

const refused = (reason: string, message: string, more: { readonly errorType?: string } = {}): Refusal =>
  new Refusal('INVALID_SIGNATURE', { reason, message, ...more });

function incomplete({ accessKey, signature, signedHeaders, time, algorithm }: Signature): Refusal {
  const missing = [
    ...(accessKey === '' ? ["Authorization header requires 'Credential' parameter."] : []),
    ...(signature === '' ? ["Authorization header requires 'Signature' parameter."] : []),
    ...(signedHeaders.length === 0 ? ["Authorization header requires 'SignedHeaders' parameter."] : []),
    ...(time === '' ? ["Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header."] : []),
    ...(algorithm === 'AWS4-HMAC-SHA256' ? [] : [`Unsupported AWS 'algorithm': '${algorithm}'.`]),
  ].join(' ');
  return refused(`The signature is not whole: ${missing}`, missing, { errorType: 'IncompleteSignatureException' });
}

function checkScope({ date, time, region, service }: Signature, own: string): void {
  const faults = [
    ...(region === own ? [] : [`Credential should be scoped to a valid region, not '${region}'. `]),
    ...(service === 'execute-api' ? [] : ["Credential should be scoped to correct service: 'execute-api'. "]),
    ...(time.startsWith(date) && date !== ''
      ? []
      : [
          `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date}' != '${time.slice(0, 8)}', from '${time}'.`,
        ]),
  ];
  if (faults.length > 0) throw refused(`The scope of the signature is wrong: ${faults.join('')}`, faults.join(''));
}

function checkTime({ time, expiresInSeconds }: Signature, now: number): void {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(time) ?? [];
  const at = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  if (Number.isNaN(at)) {
    const message = `Date must be in ISO-8601 'basic format'. Got '${time}'. See http://en.wikipedia.org/wiki/ISO_8601`;
    throw refused(`The time of the signature cannot be read: ${time}`, message, {
      errorType: 'IncompleteSignatureException',
    });
  }
  const [earliest, latest] = [now - ALLOWED_SKEW_IN_MS, now + ALLOWED_SKEW_IN_MS];
  const until = expiresInSeconds === undefined ? at : at + expiresInSeconds * 1000;
  if (expiresInSeconds === undefined ? at < earliest : until < now) {
    const limit = expiresInSeconds === undefined ? `${dateTime(earliest)} (${dateTime(now)} - 5 min.)` : dateTime(now);
    const message = `Signature expired: ${dateTime(until)} is now earlier than ${limit}`;
    throw refused(message, message);
  }
  if (at > latest) {
    const message = `Signature not yet current: ${time} is still later than ${dateTime(latest)} (${dateTime(now)} + 5 min.)`;
    throw refused(message, message);
  }
}

function expectedSignature(request: IncomingRequest, signature: Signature, secret: string) {
  const { date, region, service, time } = signature;
  const canonical = canonicalRequest(request, signature.signedHeaders);
  const scope = `${date}/${region}/${service}/aws4_request`;
  const digest = createHash('sha256').update(canonical, 'utf8').digest('hex');
  const toSign = `AWS4-HMAC-SHA256\n${time}\n${scope}\n${digest}`;
  const key = [date, region, service, 'aws4_request'].reduce<string | Buffer>(
    (last, part) => createHmac('sha256', last).update(part, 'utf8').digest(),
    `AWS4${secret}`,
  );
  return { canonical, toSign, expected: createHmac('sha256', key).update(toSign, 'utf8').digest('hex') };
}

/** The signature of a request, in its header or its query; undefined if it has none. */
export function signatureOf({ headers, target }: IncomingRequest): Signature | undefined {
  const header = headerOf(headers, 'authorization') ?? '';
  if (header.startsWith('AWS4-')) {
    const part = (name: string): string => new Map(header.split(/[\s,]+/).map(pair)).get(name) ?? '';
    return {
      ...scopeOf(part('Credential')),
      algorithm: header.split(/\s/)[0],
      signedHeaders: part('SignedHeaders').split(';').filter(isFilled),
      signature: part('Signature'),
      time: headerOf(headers, 'x-amz-date') ?? headerOf(headers, 'date') ?? '',
      ...tokenOf(headerOf(headers, 'x-amz-security-token')),
    };
  }
  const query = new Map((target.split('?')[1] ?? '').split('&').map(pair));
  const value = (name: string): string => decoded(query.get(escaped(name)) ?? '');
  if (!query.has('X-Amz-Signature')) return undefined;
  return {
    ...scopeOf(value('X-Amz-Credential')),
    algorithm: value('X-Amz-Algorithm'),
    signedHeaders: value('X-Amz-SignedHeaders').split(';').filter(isFilled),
    signature: value('X-Amz-Signature'),
    time: value('X-Amz-Date'),
    expiresInSeconds: Number(value('X-Amz-Expires')),
    ...tokenOf(query.has('X-Amz-Security-Token') ? value('X-Amz-Security-Token') : undefined),
  };
}

const isFilled = (text: string): boolean => text !== '';

const tokenOf = (sessionToken: string | undefined): { sessionToken?: string } =>
  sessionToken === undefined ? {} : { sessionToken };

function pair(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** `AKID/20250101/eu-west-1/execute-api/aws4_request`. */
function scopeOf(credential: string): Pick<Signature, 'accessKey' | 'date' | 'region' | 'service'> {
  const [accessKey = '', date = '', region = '', service = ''] = credential.split('/');
  return { accessKey, date, region, service };
}
