import { Token } from 'aws-cdk-lib';
import { type Owner, show } from '../authoring/errors';
import { type LoadBalancerTarget } from './load-balancer';

/** The ports of `https` and `http`. */
export const DEFAULT_PORTS: Readonly<Record<string, number>> = { https: 443, http: 80 };

/** Protocols of listeners that require TLS, and those without TLS. A TCP listener can be either. */
const TLS_LISTENERS = ['HTTPS', 'TLS'];
const CLEAR_LISTENERS = ['HTTP'];
const NO_HTTP_LISTENERS = ['UDP', 'QUIC'];

/**
 * @param protocol `https` or `http`
 * @param words name of its enumeration
 * @throws if the listener does not support it, or any client could use it with the listener
 */
export function checkProtocol(protocol: string, target: LoadBalancerTarget, words: string, owner: Owner): void {
  const { listenerProtocol = '', label, internetFacing } = target;
  if (NO_HTTP_LISTENERS.includes(listenerProtocol)) {
    throw owner.error(`the ${label} listens to ${listenerProtocol}, which cannot carry HTTP; pass one for TLS or TCP`);
  }
  if (protocol === 'https' && CLEAR_LISTENERS.includes(listenerProtocol)) {
    throw owner.error(
      `the ${label} listens to ${listenerProtocol}, but API Gateway would use TLS; add a certificate to the listener, or accept ` +
        `unencrypted traffic: protocol: ${words}.HTTP, clearText: "the reason"`,
    );
  }
  if (protocol === 'http' && TLS_LISTENERS.includes(listenerProtocol)) {
    throw owner.error(
      `the ${label} listens to ${listenerProtocol}, and protocol: ${words}.HTTP would send unencrypted traffic to it; leave protocol out`,
    );
  }
  if (protocol === 'http' && internetFacing) {
    throw owner.error(
      `the ${label} is internet-facing and called without encryption, so any client could bypass the API and its authorizers; make the load balancer internal, or use HTTPS`,
    );
  }
}

/**
 * The reason for calling the back end without encryption, which acknowledges the finding.
 *
 * @param words name of the enumeration of the protocol
 * @throws if it is not a reason, or the traffic is encrypted
 */
export function clearTextReason(
  { protocol, clearText }: { readonly protocol?: string; readonly clearText?: string },
  words: string,
  owner: Owner,
): string | undefined {
  if (clearText === undefined) return undefined;
  if (typeof clearText !== 'string' || clearText.trim() === '') {
    throw owner.error(
      `clearText must be the reason for calling the back end without encryption, e.g. "the service mesh encrypts it", got: ${show(clearText)}`,
    );
  }
  if (protocol !== 'http') {
    throw owner.error(
      `clearText is the reason for protocol: ${words}.HTTP, but the back end is called with TLS; leave clearText out`,
    );
  }
  return clearText;
}

/** The port of the listener. @throws if it is unknown, or is not the one that was passed */
export function listenerPort(
  protocol: string,
  target: LoadBalancerTarget,
  port: number | undefined,
  owner: Owner,
): number {
  if (port === undefined) {
    const found = target.port ?? (target.isListener ? undefined : DEFAULT_PORTS[protocol]);
    if (found !== undefined) return found;
    throw owner.error(
      `the port of the ${target.label} is unknown, because it is imported; set it: port: ${DEFAULT_PORTS[protocol]}`,
    );
  }
  if (Token.isUnresolved(port)) return port;
  checkPort(port, owner);
  const known = target.isPlaceholder || Token.isUnresolved(target.port) ? undefined : target.port;
  if (known !== undefined && known !== port) {
    throw owner.error(`the ${target.label} listens on port ${known}, but port is ${port}; leave port out`);
  }
  return port;
}

/** @throws if it is not a port */
export function checkPort(port: number, owner: Owner): void {
  if (!Token.isUnresolved(port) && (!Number.isInteger(port) || port < 1 || port > 65535)) {
    throw owner.error(`port must be a whole number from 1 to 65535, got: ${show(port)}`);
  }
}
