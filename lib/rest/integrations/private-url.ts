import { Token } from 'aws-cdk-lib';
import { STAGE_VARIABLE_REFERENCE } from '../../facts/names';
import { show } from '../../shared/errors';
import { type IntegrationContext } from '../binding';
import { type LoadBalancerTarget } from '../../shared/load-balancer';
import { type RestPrivateIntegrationOptions, RestPrivateProtocol } from './private-options';

const DEFAULT_PORTS = { [RestPrivateProtocol.HTTPS]: 443, [RestPrivateProtocol.HTTP]: 80 };
/** Listeners that nothing but TLS gets through to, and those that know no TLS. A TCP listener may be either. */
const TLS_LISTENERS = ['HTTPS', 'TLS'];
const CLEAR_LISTENERS = ['HTTP'];
const NO_HTTP_LISTENERS = ['UDP', 'QUIC'];

/** The URL that an integration calls at a load balancer; the host is a name for header and certificate, the port finds the listener. */
export function privateUrl(
  target: LoadBalancerTarget,
  options: RestPrivateIntegrationOptions,
  context: IntegrationContext,
): { url: string; port: number } {
  const { protocol = RestPrivateProtocol.HTTPS } = options;
  checkProtocol(protocol, target, context);
  const port = portOf(protocol, target, options, context);
  const host = hostOf(protocol, target, options, context);
  const suffix = port === DEFAULT_PORTS[protocol] ? '' : `:${port}`;
  return { url: `${protocol}://${host}${suffix}${pathOf(options, context)}`, port };
}

function checkProtocol(protocol: RestPrivateProtocol, target: LoadBalancerTarget, { owner }: IntegrationContext): void {
  const { listenerProtocol = '', label, internetFacing } = target;
  if (NO_HTTP_LISTENERS.includes(listenerProtocol)) {
    throw owner.error(`the ${label} listens to ${listenerProtocol}, which carries no HTTP; give one for TLS or TCP`);
  }
  if (protocol === RestPrivateProtocol.HTTPS && CLEAR_LISTENERS.includes(listenerProtocol)) {
    throw owner.error(
      `the ${label} listens to ${listenerProtocol}, and API Gateway would talk TLS to it; give the listener a certificate, or accept ` +
        'traffic in clear: protocol: RestPrivateProtocol.HTTP',
    );
  }
  if (protocol === RestPrivateProtocol.HTTP && TLS_LISTENERS.includes(listenerProtocol)) {
    throw owner.error(
      `the ${label} listens to ${listenerProtocol}, and protocol: RestPrivateProtocol.HTTP would talk to it in clear; leave protocol out`,
    );
  }
  if (protocol === RestPrivateProtocol.HTTP && internetFacing) {
    throw owner.error(
      `the ${label} faces the internet and is called in clear, so that anyone may go round the API and its authorizers; make the load balancer internal, or use HTTPS`,
    );
  }
}

function portOf(
  protocol: RestPrivateProtocol,
  target: LoadBalancerTarget,
  options: RestPrivateIntegrationOptions,
  { owner }: IntegrationContext,
): number {
  const { port } = options;
  if (port === undefined) {
    const found = target.port ?? (target.isListener ? undefined : DEFAULT_PORTS[protocol]);
    if (found !== undefined) return found;
    throw owner.error(
      `the port of the ${target.label} cannot be told, since it is imported; give it: port: ${DEFAULT_PORTS[protocol]}`,
    );
  }
  if (Token.isUnresolved(port)) return port;
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw owner.error(`port must be a whole number from 1 to 65535, got: ${show(port)}`);
  }
  const known = target.isPlaceholder || Token.isUnresolved(target.port) ? undefined : target.port;
  if (known !== undefined && known !== port) {
    throw owner.error(`the ${target.label} listens on port ${known}, and port says ${port}; leave port out`);
  }
  return port;
}

function hostOf(
  protocol: RestPrivateProtocol,
  target: LoadBalancerTarget,
  { host }: RestPrivateIntegrationOptions,
  { owner }: IntegrationContext,
): string {
  if (host === undefined) {
    if (protocol === RestPrivateProtocol.HTTPS) {
      throw owner.error(
        `host is missing: the name that the certificate of the ${target.label} is for, e.g. host: "orders.internal.example.com"`,
      );
    }
    if (target.dnsName !== undefined) return target.dnsName;
    throw owner.error(
      `the DNS name of the ${target.label} cannot be told, since it is imported; give a name for the Host header: host: "orders.internal.example.com"`,
    );
  }
  const plain = host.replace(STAGE_VARIABLE_REFERENCE, 'x');
  if (!Token.isUnresolved(host) && !/^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/.test(plain)) {
    throw owner.error(
      `host must be a name alone, e.g. "orders.internal.example.com" (protocol, port and path have options of their own), got: ${show(host)}`,
    );
  }
  return host;
}

/** `{name+}` of a route is `{name}` in a URL. */
function pathOf({ path }: RestPrivateIntegrationOptions, { owner, route }: IntegrationContext): string {
  const wanted = path ?? route.path;
  if (!Token.isUnresolved(wanted) && !/^\/\S*$/.test(wanted)) {
    throw owner.error(`path must start with "/" and hold no space, e.g. "/internal/{proxy}", got: ${show(wanted)}`);
  }
  return wanted.replace(/\{([^{}]+)\+\}/g, '{$1}');
}
