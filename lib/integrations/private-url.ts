import { Token } from 'aws-cdk-lib';
import { STAGE_VARIABLE_REFERENCE } from '../facts/names';
import { checkUriText } from './back-end-url';
import { type Owner, show } from '../authoring/errors';
import { type LoadBalancerTarget } from './load-balancer';
import { checkProtocol, DEFAULT_PORTS, listenerPort } from './private-listener';

/** The parts of a URL in a VPC. */
export interface PrivateUrlOptions {
  /** `https` or `http`; `https` by default. */
  readonly protocol?: string;
  readonly host?: string;
  readonly port?: number;
  readonly path: string;
}

/**
 * The URL that an integration calls at a load balancer; the host is the name in header and certificate, the port selects the listener.
 *
 * @param words name of the enumeration of the protocol
 */
export function privateUrl(
  target: LoadBalancerTarget,
  options: PrivateUrlOptions,
  words: string,
  owner: Owner,
): { url: string; port: number } {
  const { protocol = 'https' } = options;
  checkProtocol(protocol, target, words, owner);
  const port = listenerPort(protocol, target, options.port, owner);
  const host = hostOf(protocol, target, options, words, owner);
  const suffix = port === DEFAULT_PORTS[protocol] ? '' : `:${port}`;
  return { url: `${protocol}://${host}${suffix}${pathOf(options, owner)}`, port };
}

function hostOf(
  protocol: string,
  target: LoadBalancerTarget,
  { host }: PrivateUrlOptions,
  words: string,
  owner: Owner,
): string {
  if (host === undefined) {
    if (protocol === 'https') throw missingHost(target.label, words, owner);
    if (target.dnsName !== undefined) return target.dnsName;
    throw owner.error(
      `the DNS name of the ${target.label} is unknown, because it is imported; set a name for the Host header: host: "orders.internal.example.com"`,
    );
  }
  if (!isHostName(host.replace(STAGE_VARIABLE_REFERENCE, 'x'))) throw wrongHost(host, owner);
  return host;
}

/**
 * The name that the certificate of the back end is verified for.
 *
 * @param label the back end in messages
 * @param words name of the enumeration of the protocol
 * @throws if it is missing, or is not a name
 */
export function checkServerName(host: string | undefined, label: string, words: string, owner: Owner): void {
  if (host === undefined) throw missingHost(label, words, owner);
  if (!isHostName(host)) throw wrongHost(host, owner);
}

const isHostName = (host: string): boolean =>
  Token.isUnresolved(host) || /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(host);

const missingHost = (label: string, words: string, owner: Owner): Error =>
  owner.error(
    `host is missing: the name that the certificate of the ${label} is for, e.g. host: "orders.internal.example.com"; ` +
      `or accept unencrypted traffic: protocol: ${words}.HTTP, clearText: "the reason"`,
  );

const wrongHost = (host: string, owner: Owner): Error =>
  owner.error(
    `host must be only a name, e.g. "orders.internal.example.com" (protocol, port and path are separate options), got: ${show(host)}`,
  );

/** `{name+}` of a route is `{name}` in a URL. */
function pathOf({ path }: PrivateUrlOptions, owner: Owner): string {
  checkPath(path, owner);
  return path.replace(/\{([^{}]+)\+\}/g, '{$1}');
}

/** @throws if it is not the path of a URL */
export function checkPath(path: string, owner: Owner): void {
  if (!Token.isUnresolved(path) && !/^\/\S*$/.test(path)) {
    throw owner.error(`path must start with "/" and contain no space, e.g. "/internal/{proxy}", got: ${show(path)}`);
  }
  checkUriText(path, 'path', owner);
}
