import { Token } from 'aws-cdk-lib';
import { type Owner, show } from '../authoring/errors';
import { type LoadBalancerTarget } from './load-balancer';

/** The ports of `https` and `http`. */
export const DEFAULT_PORTS: Readonly<Record<string, number>> = { https: 443, http: 80 };

/** Listeners that nothing but TLS gets through to, and those that know no TLS. A TCP listener may be either. */
const TLS_LISTENERS = ['HTTPS', 'TLS'];
const CLEAR_LISTENERS = ['HTTP'];
const NO_HTTP_LISTENERS = ['UDP', 'QUIC'];

/**
 * @param protocol `https` or `http`
 * @param words the enumeration that it is of
 * @throws where the listener does not speak it, or anybody could speak it to the listener
 */
export function checkProtocol(protocol: string, target: LoadBalancerTarget, words: string, owner: Owner): void {
  const { listenerProtocol = '', label, internetFacing } = target;
  if (NO_HTTP_LISTENERS.includes(listenerProtocol)) {
    throw owner.error(`the ${label} listens to ${listenerProtocol}, which carries no HTTP; give one for TLS or TCP`);
  }
  if (protocol === 'https' && CLEAR_LISTENERS.includes(listenerProtocol)) {
    throw owner.error(
      `the ${label} listens to ${listenerProtocol}, and API Gateway would talk TLS to it; give the listener a certificate, or accept ` +
        `traffic in clear: protocol: ${words}.HTTP, clearText: "the reason"`,
    );
  }
  if (protocol === 'http' && TLS_LISTENERS.includes(listenerProtocol)) {
    throw owner.error(
      `the ${label} listens to ${listenerProtocol}, and protocol: ${words}.HTTP would talk to it in clear; leave protocol out`,
    );
  }
  if (protocol === 'http' && internetFacing) {
    throw owner.error(
      `the ${label} faces the internet and is called in clear, so that anyone may go round the API and its authorizers; make the load balancer internal, or use HTTPS`,
    );
  }
}

/**
 * The reason why the back-end is called in clear, which answers the finding on it.
 *
 * @param words the enumeration that the protocol is of
 * @throws where it is no reason, or nothing is in clear
 */
export function clearTextReason(
  { protocol, clearText }: { readonly protocol?: string; readonly clearText?: string },
  words: string,
  owner: Owner,
): string | undefined {
  if (clearText === undefined) return undefined;
  if (typeof clearText !== 'string' || clearText.trim() === '') {
    throw owner.error(
      `clearText must be the reason why the back-end is called in clear, e.g. "the service mesh encrypts it", got: ${show(clearText)}`,
    );
  }
  if (protocol !== 'http') {
    throw owner.error(
      `clearText is the reason for protocol: ${words}.HTTP, and the back-end is called with TLS; leave clearText out`,
    );
  }
  return clearText;
}

/** The port of the listener. @throws where it cannot be told, or is not the one that was given */
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
      `the port of the ${target.label} cannot be told, since it is imported; give it: port: ${DEFAULT_PORTS[protocol]}`,
    );
  }
  if (Token.isUnresolved(port)) return port;
  checkPort(port, owner);
  const known = target.isPlaceholder || Token.isUnresolved(target.port) ? undefined : target.port;
  if (known !== undefined && known !== port) {
    throw owner.error(`the ${target.label} listens on port ${known}, and port says ${port}; leave port out`);
  }
  return port;
}

/** @throws where it is none */
export function checkPort(port: number, owner: Owner): void {
  if (!Token.isUnresolved(port) && (!Number.isInteger(port) || port < 1 || port > 65535)) {
    throw owner.error(`port must be a whole number from 1 to 65535, got: ${show(port)}`);
  }
}
