import { REST_ONLY_INTEGRATION_KEYS } from '../../facts/features-of-kinds';
import { type LambdaTarget } from '../model/common';
import { type LambdaTargets } from '../neighbours/lambda';
import { loadBalancerType } from '../neighbours/neighbours';
import { Node } from '../reader/node';
import { type V2Integration, type V2IntegrationResponse } from '../model/v2';
import { outline, type Text, type Texts } from '../model/text';
import { isKnown, UNKNOWN, type Value } from '../model/value';

export type UnlocatedIntegration = Omit<V2Integration, 'location'>;

export function v2IntegrationOfResource(node: Node, responses: readonly Node[], lambdas: LambdaTargets): V2Integration {
  const uri = node.get('IntegrationUri');
  const type = node.get('IntegrationType').string();
  const subtype = node.get('IntegrationSubtype').string();
  const tls = node.get('TlsConfig');
  return {
    location: node.location,
    type,
    subtype,
    httpMethod: node.get('IntegrationMethod').string(),
    uri: uri.text(),
    payloadFormatVersion: node.get('PayloadFormatVersion').string(),
    credentials: node.get('CredentialsArn').text(),
    connectionType: node.get('ConnectionType').string(),
    connectionId: node.get('ConnectionId').text(),
    ...privateTarget(uri, lambdas),
    requestParameters: node.get('RequestParameters').textRecord(),
    responseParameters: responseParameters(node.get('ResponseParameters'), parametersOfResource),
    requestTemplates: node.get('RequestTemplates').textRecord(),
    templateSelectionExpression: node.get('TemplateSelectionExpression').string(),
    passthroughBehavior: node.get('PassthroughBehavior').string(),
    contentHandling: node.get('ContentHandlingStrategy').string(),
    timeoutInMillis: node.get('TimeoutInMillis').number(),
    ...(!tls.isAbsent && {
      tls: { location: tls.location, serverNameToVerify: tls.get('ServerNameToVerify').text() },
    }),
    responses: responses.map(integrationResponse),
    lambda: lambdaOf(uri, type, subtype, lambdas),
  };
}

function integrationResponse(node: Node): V2IntegrationResponse {
  return {
    location: node.location,
    integrationResponseKey: node.get('IntegrationResponseKey').string() ?? UNKNOWN,
    parameters: node.get('ResponseParameters').textRecord(),
    templates: node.get('ResponseTemplates').textRecord(),
    templateSelectionExpression: node.get('TemplateSelectionExpression').string(),
    contentHandling: node.get('ContentHandlingStrategy').string(),
  };
}

/** Undefined if there is none, unknown if it is not an object. */
export function v2IntegrationOfBody(node: Node, lambdas: LambdaTargets): Value<UnlocatedIntegration> | undefined {
  if (!node.isObject) {
    return node.isAbsent ? undefined : UNKNOWN;
  }
  const uri = node.get('uri');
  const type = node.get('type').upper();
  const subtype = node.get('integrationSubtype').string();
  const tls = node.get('tlsConfig');
  const ofOtherKinds = node.given(REST_ONLY_INTEGRATION_KEYS);
  return {
    type,
    subtype,
    httpMethod: node.get('httpMethod').upper(),
    uri: uri.text(),
    payloadFormatVersion: node.get('payloadFormatVersion').string(),
    credentials: node.get('credentials').text(),
    connectionType: node.get('connectionType').upper(),
    connectionId: node.get('connectionId').text(),
    ...privateTarget(uri, lambdas),
    requestParameters: node.get('requestParameters').textRecord(),
    responseParameters: responseParameters(node.get('responseParameters'), (entry) => entry.textRecord()),
    requestTemplates: node.get('requestTemplates').textRecord(),
    passthroughBehavior: node.get('passthroughBehavior').upper(),
    contentHandling: node.get('contentHandling').upper(),
    timeoutInMillis: node.get('timeoutInMillis').number(),
    ...(!tls.isAbsent && {
      tls: { location: tls.location, serverNameToVerify: tls.get('serverNameToVerify').text() },
    }),
    responses: [],
    ...(ofOtherKinds.length > 0 && { ofOtherKinds }),
    lambda: lambdaOf(uri, type, subtype, lambdas),
  };
}

/** Status code → mappings. */
function responseParameters(
  node: Node,
  read: (node: Node) => Value<Texts>,
): Value<Readonly<Record<string, Value<Texts>>>> {
  if (!node.isObject && !node.isAbsent) {
    return UNKNOWN;
  }
  return Object.fromEntries(node.entries().map((entry) => [entry.name, read(entry)]));
}

/** `{ ResponseParameters: [{ Destination, Source }] }` in resources. */
function parametersOfResource(node: Node): Value<Texts> {
  const items = node.get('ResponseParameters').items();
  if (items === UNKNOWN) {
    return UNKNOWN;
  }
  const mapped = items.map((item) => [item.get('Destination').string(), item.get('Source').text() ?? ''] as const);
  const told = mapped.filter((pair): pair is readonly [string, Text] => isKnown(pair[0]));
  return told.length === mapped.length ? Object.fromEntries(told) : UNKNOWN;
}

/** A function is named by the URI that invokes it, or by its ARN alone. */
export function lambdaOf(
  uri: Node,
  type: Value<string> | undefined,
  subtype: Value<string> | undefined,
  lambdas: LambdaTargets,
): LambdaTarget | undefined {
  const invoked = lambdas.ofUri(uri);
  if (invoked || uri.isAbsent || subtype !== undefined || type !== 'AWS_PROXY') {
    return invoked;
  }
  return outline(uri.text()).includes(':apigateway:') ? undefined : lambdas.ofName(uri);
}

/** The Cloud Map service, or the kind of load balancer whose listener the URI is. */
function privateTarget(uri: Node, lambdas: LambdaTargets): Pick<V2Integration, 'cloudMapService' | 'targetType'> {
  const { app } = lambdas;
  const ref = uri.reference();
  const scope = ref && app.scopes.get(ref.template);
  switch (ref && app.typeOf(ref)) {
    case 'AWS::ServiceDiscovery::Service': {
      const service = uri.resource('AWS::ServiceDiscovery::Service');
      return isKnown(service) ? { cloudMapService: service } : {};
    }
    case 'AWS::ElasticLoadBalancingV2::Listener': {
      const balancer = scope && ref && Node.properties(scope, ref.logicalId).get('LoadBalancerArn');
      const targetType = balancer && loadBalancerType(app, balancer);
      return targetType === undefined ? {} : { targetType };
    }
    default:
      return {};
  }
}
