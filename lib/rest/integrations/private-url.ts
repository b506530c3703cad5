import { Token } from 'aws-cdk-lib';
import { STAGE_VARIABLE_REFERENCE } from '../../facts/names';
import { checkUriText } from '../../shared/back-end-url';
import { show } from '../../shared/errors';
import { type IntegrationContext } from '../binding';
import { type LoadBalancerTarget } from '../../shared/load-balancer';
import { checkProtocol, DEFAULT_PORTS, listenerPort } from '../../shared/private-listener';
import { type RestPrivateIntegrationOptions, RestPrivateProtocol } from './private-options';

/** The URL that an integration calls at a load balancer; the host is a name for header and certificate, the port finds the listener. */
export function privateUrl(
  target: LoadBalancerTarget,
  options: RestPrivateIntegrationOptions,
  context: IntegrationContext,
): { url: string; port: number } {
  const { protocol = RestPrivateProtocol.HTTPS } = options;
  checkProtocol(protocol, target, 'RestPrivateProtocol', context.owner);
  const port = listenerPort(protocol, target, options.port, context.owner);
  const host = hostOf(protocol, target, options, context);
  const suffix = port === DEFAULT_PORTS[protocol] ? '' : `:${port}`;
  return { url: `${protocol}://${host}${suffix}${pathOf(options, context)}`, port };
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
  checkUriText(wanted, 'path', owner);
  return wanted.replace(/\{([^{}]+)\+\}/g, '{$1}');
}
