import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import { type HeaderFields } from '../../lib/serve/exchange';

export interface Signer {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

export interface ToSign {
  readonly method: string;
  /** Path and query, encoded as they are sent. */
  readonly target: string;
  readonly headers?: HeaderFields;
  readonly body?: string;
  readonly at: number;
  readonly region?: string;
  readonly service?: string;
}

function prepared({ method, target, headers = [], body = '' }: ToSign) {
  const [path, written = ''] = target.split(/\?(.*)/s);
  const query: Record<string, string[]> = {};
  for (const each of written.split('&').filter((one) => one !== '')) {
    const [name, value = ''] = each.split(/=(.*)/s).map(decodeURIComponent);
    (query[name] ??= []).push(value);
  }
  const fields = {
    host: 'localhost',
    ...Object.fromEntries(headers.map(([name, value]) => [name.toLowerCase(), value])),
  };
  return { method, protocol: 'https:', hostname: 'localhost', path, query, headers: fields, body };
}

const signerOf = (credentials: Signer, { region = 'eu-west-1', service = 'execute-api' }: ToSign) =>
  new SignatureV4({ credentials, region, service, sha256: Hash.bind(null, 'sha256') });

/** The headers of a request that the SDK for JavaScript signed. */
export async function signedHeaders(request: ToSign, credentials: Signer): Promise<HeaderFields> {
  const { headers } = await signerOf(credentials, request).sign(prepared(request), {
    signingDate: new Date(request.at),
  });
  return Object.entries(headers);
}

/** The target of a presigned URL. */
export async function presigned(request: ToSign, credentials: Signer, expiresIn: number): Promise<string> {
  const { path, query = {} } = await signerOf(credentials, request).presign(prepared(request), {
    ...{ signingDate: new Date(request.at), expiresIn },
  });
  const text = Object.entries(query).flatMap(([name, values]) =>
    [values].flat().map((value) => `${encodeURIComponent(name)}=${encodeURIComponent(value ?? '')}`),
  );
  return `${path}?${text.join('&')}`;
}
