import { Token } from 'aws-cdk-lib';
import { type IConnectable } from 'aws-cdk-lib/aws-ec2';
import { type IApplicationListener, type INetworkListener } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { type IService } from 'aws-cdk-lib/aws-servicediscovery';
import { STAGE_VARIABLE_REFERENCE } from '../../facts/names';
import { IntegrationType } from '../../gateway/integration-context';
import { type LoadBalancerKind, loadBalancerTarget } from '../../integrations/load-balancer';
import {
  checkPort,
  checkProtocol,
  clearTextReason,
  DEFAULT_PORTS,
  listenerPort,
} from '../../integrations/private-listener';
import { checkPath, checkServerName } from '../../integrations/private-url';
import { openedLink, type VpcLinkOptions } from '../../integrations/vpc-link-options';
import { type BindHttpIntegration, type HttpIntegrationContext } from '../binding';
import { type HttpIntegrationConfig } from '../integration-config';
import { useStageVariables, variableHint } from './expression';
import { type HttpHttpIntegrationOptions, methodOf } from './http';
import { parameterMapping } from './parameter-mapping';

/**
 * How API Gateway connects to a back end in a VPC.
 */
export enum HttpPrivateProtocol {
  /**
   * TLS; the certificate is verified for the host name.
   */
  HTTPS = 'https',

  /**
   * Plain text, from the VPC link on. Anything that reads traffic in the VPC can read tokens and personal data; give the reason
   * why that is acceptable in `clearText`.
   */
  HTTP = 'http',
}

/**
 * Options of all private integrations.
 */
export interface HttpPrivateIntegrationOptions extends HttpHttpIntegrationOptions, VpcLinkOptions {
  /**
   * Name that the certificate must be for, and that the TLS handshake uses (SNI). It is not looked up, and it is not the `Host`
   * header. Required with HTTPS.
   *
   * @default - none, with HTTP only
   */
  readonly host?: string;

  /**
   * TLS or plain text.
   *
   * @default HttpPrivateProtocol.HTTPS
   */
  readonly protocol?: HttpPrivateProtocol;

  /**
   * Why plain text is acceptable here, for reviewers; it acknowledges the finding ALL-INT14. With HTTP only.
   *
   * @default - none: ALL-INT14 reports each route that is called in plain text
   */
  readonly clearText?: string;

  /**
   * Port, 1 to 65535, to which the security group of the link is opened.
   *
   * @default - the port of the listener; of a Cloud Map service 443, or 80 with HTTP
   */
  readonly port?: number;

  /**
   * Path of the request to the back end. `{name}` is replaced by the route's path variable, `${stageVariables.name}` a stage
   * variable.
   *
   * @default - the path of the request, without the name of the stage
   */
  readonly path?: string;
}

/**
 * Options of an integration with an AWS Cloud Map service.
 */
export interface HttpCloudMapIntegrationOptions extends HttpPrivateIntegrationOptions {
  /**
   * The security groups of the instances, e.g. an Amazon ECS service: the link is opened to them and to nothing else.
   *
   * @default - the link is opened to the whole VPC on the port
   */
  readonly target?: IConnectable;

  /**
   * Attributes that an instance must have: name → value.
   *
   * @default - all instances of the service
   */
  readonly instanceAttributes?: { [name: string]: string };
}

export function alb(listener: IApplicationListener, options: HttpPrivateIntegrationOptions): BindHttpIntegration {
  return throughListener(listener, 'application', 'alb', options);
}

export function nlb(listener: INetworkListener, options: HttpPrivateIntegrationOptions): BindHttpIntegration {
  return throughListener(listener, 'network', 'nlb', options);
}

export function cloudMap(service: IService, options: HttpCloudMapIntegrationOptions): BindHttpIntegration {
  return (context) => {
    const { owner } = context;
    const label = `AWS Cloud Map service "${service.node.path}"`;
    if (!('serviceArn' in service)) {
      throw owner.error(
        'cloudMap takes an AWS Cloud Map service; for load balancers, use HttpIntegration.alb() or HttpIntegration.nlb()',
      );
    }
    if (!options.vpc && !options.vpcLink) {
      throw owner.error(`the ${label} does not show its VPC; set vpc`);
    }
    const protocol = protocolOf(options, label, context);
    const port = options.port ?? DEFAULT_PORTS[protocol];
    checkPort(port, owner);
    const link = openedLink({ label, connectable: options.target }, port, options, context);
    const query = Object.entries(options.instanceAttributes ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
    const suffix = query.map(([name, value]) => `${encodeURIComponent(name)}=${valueOf(value)}`).join('&');
    return bound('cloud-map', `${service.serviceArn}${suffix && `?${suffix}`}`, link, options, context);
  };
}

const valueOf = (value: string): string => (Token.isUnresolved(value) ? value : encodeURIComponent(value));

function throughListener(
  given: IApplicationListener | INetworkListener,
  kind: LoadBalancerKind,
  method: string,
  options: HttpPrivateIntegrationOptions,
): BindHttpIntegration {
  return (context) => {
    const { owner } = context;
    const caller = {
      method,
      instead: { application: 'use HttpIntegration.alb()', network: 'use HttpIntegration.nlb()' },
      cloudMap: 'use HttpIntegration.cloudMap()',
    };
    const target = loadBalancerTarget(given, kind, caller, context);
    if (target.listenerArn === undefined) {
      throw owner.error(
        `${method} was given the ${target.label}; an HTTP API is connected to a listener: give one of the load balancer's`,
      );
    }
    const protocol = protocolOf(options, target.label, context);
    checkProtocol(protocol, target, 'HttpPrivateProtocol', owner);
    const port = listenerPort(protocol, target, options.port, owner);
    return bound(method, target.listenerArn, openedLink(target, port, options, context), options, context);
  };
}

/** @throws if TLS has no name to verify */
function protocolOf(
  { protocol = HttpPrivateProtocol.HTTPS, host }: HttpPrivateIntegrationOptions,
  label: string,
  { owner }: HttpIntegrationContext,
): HttpPrivateProtocol {
  if (protocol === HttpPrivateProtocol.HTTP) {
    if (host !== undefined) {
      throw owner.error('host is the name of a certificate, but protocol HTTP has none; remove one of them');
    }
    return protocol;
  }
  checkServerName(host, label, 'HttpPrivateProtocol', owner);
  return protocol;
}

function bound(
  name: string,
  uri: string,
  connectionId: string,
  options: HttpPrivateIntegrationOptions,
  context: HttpIntegrationContext,
): HttpIntegrationConfig {
  const { requestParameters, responseParameters } = parameterMapping(options, context);
  return {
    integrationName: name,
    clearText: clearTextReason(options, 'HttpPrivateProtocol', context.owner),
    type: IntegrationType.HTTP_PROXY,
    method: methodOf(options.method, context),
    uri,
    connectionId,
    timeout: options.timeout,
    secureServerName: options.host,
    requestParameters: withPath(requestParameters, options, context),
    responseParameters,
  };
}

/** Without a mapping of the path, the name of the stage would go to the back end with it. */
function withPath(
  mapped: Readonly<Record<string, string>> | undefined,
  options: HttpPrivateIntegrationOptions,
  context: HttpIntegrationContext,
): Record<string, string> {
  const key = 'overwrite:path';
  if (mapped?.[key] !== undefined) {
    if (options.path !== undefined) {
      throw context.owner.error('path and HttpRequestParameter.overwritePath() both set the path; remove one of them');
    }
    return mapped;
  }
  const all = { ...mapped, [key]: options.path === undefined ? '$request.path' : pathOf(options.path, context) };
  return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** `/v1/{id}` as a mapping has it: `/v1/${request.path.id}`. */
function pathOf(path: string, context: HttpIntegrationContext): string {
  const { owner, route } = context;
  checkPath(path, owner);
  useStageVariables(path, context);
  const kept: string[] = [];
  const keep = (text: string) => `\u0000${kept.push(text) - 1}\u0000`;
  const marked = path
    .replace(/\$\{Token\[[^[\]]*\]\}/g, keep)
    .replace(STAGE_VARIABLE_REFERENCE, (_, name: string) => keep(`\${stageVariables.${name}}`))
    .replace(/\{([^{}]+?)\+?\}/g, (_, name: string) => {
      if (!route.variables.includes(name)) {
        throw owner.error(
          `path has "{${name}}", which is not a path variable of the route.${variableHint(name, context)}`,
        );
      }
      return keep(`\${request.path.${name}}`);
    });
  return marked.replace(/\u0000(\d+)\u0000/g, (_, index: string) => kept[Number(index)]);
}
