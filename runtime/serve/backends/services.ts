import { Hash } from '@smithy/core/serde';
import { SignatureV4 } from '@smithy/signature-v4';
import { BackendError, type HttpCall } from '../../../lib/serve/backends';

/** Where AWS services are: by name of the service (`sqs`), or for all of them under `*`. */
export type ServiceEndpoints = Readonly<Record<string, string>>;

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Emulators take any credentials, but want some. */
const ANY_CREDENTIALS: Credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

export interface ServiceOptions {
  readonly endpoints: ServiceEndpoints;
  /** Calls that have no endpoint go to AWS, with these. */
  readonly aws?: Credentials;
}

/** The signed call of a service, at the endpoint that the options have for it. @throws BackendError if there is none */
export async function signed(call: HttpCall, { endpoints, aws }: ServiceOptions): Promise<HttpCall> {
  const { service } = call;
  if (!service) return call;
  const endpoint = endpoints[service.name] ?? endpoints['*'];
  if (endpoint === undefined && !aws) {
    throw new BackendError(
      'refused',
      `The integration calls the service ${service.name}; say where it is with --endpoint-url ${service.name}=http://localhost:4566, or let it call AWS with --allow-aws`,
    );
  }
  const url = new URL(call.url);
  // A path may begin with two slashes: resolved as a reference, it would name another host.
  const target = new URL(endpoint ?? url);
  target.pathname = url.pathname;
  target.search = url.search;
  const own = Object.fromEntries(call.headers.map(([name, value]) => [name.toLowerCase(), value]));
  const signer = new SignatureV4({
    ...{ service: SIGNING_NAMES[service.name] ?? service.name, region: service.region },
    credentials: endpoint === undefined ? (aws ?? ANY_CREDENTIALS) : ANY_CREDENTIALS,
    sha256: Hash.bind(null, 'sha256'),
    uriEscapePath: service.name !== 's3',
  });
  const query: Record<string, string[]> = {};
  for (const [name, value] of target.searchParams) (query[name] ??= []).push(value);
  const { headers } = await signer.sign({
    ...{ method: call.method, protocol: target.protocol, hostname: target.hostname, path: target.pathname, query },
    ...{ headers: { ...own, host: target.host }, body: call.body },
  });
  return { ...call, url: target.href, headers: Object.entries(headers) };
}

/** Names in signatures that are not those of the endpoints. */
const SIGNING_NAMES: Readonly<Record<string, string>> = {
  'states-sync': 'states',
  'sync-states': 'states',
  email: 'ses',
  'runtime.sagemaker': 'sagemaker',
};
