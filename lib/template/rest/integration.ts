import { HTTP_ONLY_FORMATS, HTTP_ONLY_INTEGRATION_KEYS } from '../../facts/features-of-kinds';
import { jsonText } from '../reader/json-text';
import { type BodyIntegration, type LambdaTargets } from '../neighbours/lambda';
import { located } from '../reader/located';
import { type Integration, type IntegrationResponse } from '../model/model';
import { loadBalancerType } from '../neighbours/neighbours';
import { type Node } from '../reader/node';
import { isDict } from '../reader/scope';
import { isKnown, UNKNOWN, type Value } from '../model/value';

/** How a template spells the properties: `Uri` in resources, `uri` in a body. */
type Spelling = (name: string) => string;

const inResource: Spelling = (name) => name;
const inBody: Spelling = (name) => name[0].toLowerCase() + name.slice(1);

type Unlocated = Omit<Integration, 'location' | 'responses'>;

export function integrationOfResource(node: Node, lambdas: LambdaTargets): Value<Integration> | undefined {
  const read = integration(node, inResource, lambdas, node.get('IntegrationHttpMethod').string());
  if (!isKnown(read)) {
    return read;
  }
  const list = node.get('IntegrationResponses');
  const responses =
    list.items() === UNKNOWN
      ? [located(list, UNKNOWN_RESPONSE)]
      : list
          .knownItems()
          .map((item) => located(item, response(item, inResource, item.get('SelectionPattern').string() ?? '')));
  return located(node, { ...read, responses });
}

export function integrationOfBody(node: Node, lambdas: LambdaTargets): Value<Integration> | undefined {
  const { written } = node;
  const text = isDict(written) ? jsonText(written) : undefined;
  if (text === undefined) {
    return placed(node, readFromBody(node, lambdas));
  }
  // The routes of one function have the same integration, and so have preflights: it is read once.
  const known = lambdas.integrationsIn(node.ref.template);
  if (!known.has(text)) {
    known.set(text, readFromBody(node, lambdas));
  }
  return placed(node, known.get(text));
}

function readFromBody(node: Node, lambdas: LambdaTargets): Value<BodyIntegration> | undefined {
  const read = integration(node, inBody, lambdas, node.get('httpMethod').upper());
  if (!isKnown(read)) {
    return read;
  }
  const format = 'payloadFormatVersion';
  const ofOtherKinds = [
    ...node.given(HTTP_ONLY_INTEGRATION_KEYS),
    ...(HTTP_ONLY_FORMATS.includes(node.get(format).string()) ? [format] : []),
  ];
  const found = ofOtherKinds.length > 0 ? { ...read, ofOtherKinds } : read;
  const all = node.get('responses');
  if (!all.isTold) {
    return { integration: found, responses: [{ response: UNKNOWN_RESPONSE }] };
  }
  const responses = all.entries().map((item) => ({
    name: item.name,
    response: response(item, inBody, item.name === 'default' ? '' : item.name),
  }));
  return { integration: found, responses };
}

/** If the responses are unknown, there is one of which nothing is known, so no rule takes them for absent. */
const UNKNOWN_RESPONSE: Omit<IntegrationResponse, 'location'> = {
  selectionPattern: UNKNOWN,
  statusCode: UNKNOWN,
  parameters: {},
  templates: {},
};

function placed(node: Node, read: Value<BodyIntegration> | undefined): Value<Integration> | undefined {
  if (!isKnown(read)) {
    return read;
  }
  const all = node.get('responses');
  const responses = read.responses.map(({ name, response }) =>
    located(name === undefined ? all : all.get(name), response),
  );
  return located(node, read.integration, { responses });
}

function integration(
  node: Node,
  spelling: Spelling,
  lambdas: LambdaTargets,
  httpMethod: Value<string> | undefined,
): Value<Unlocated> | undefined {
  if (!node.isObject) {
    return node.isAbsent ? undefined : UNKNOWN;
  }
  const at = (name: string): Node => node.get(spelling(name));
  // A body may be written in lower case, which the import takes; a resource may not.
  const word = (name: string): Value<string> | undefined =>
    spelling === inBody ? at(name).upper() : at(name).string();
  const uri = at('Uri');
  const target = at('IntegrationTarget');
  const targetType = loadBalancerType(lambdas.app, target);
  const cloudMapService = target.resource('AWS::ServiceDiscovery::Service');
  return {
    httpMethod,
    type: word('Type'),
    uri: uri.text(),
    credentials: at('Credentials').text(),
    connectionType: word('ConnectionType'),
    connectionId: at('ConnectionId').text(),
    integrationTarget: target.text(),
    ...(isKnown(cloudMapService) && { cloudMapService }),
    ...(targetType !== undefined && { targetType }),
    requestParameters: at('RequestParameters').textRecord(),
    requestTemplates: at('RequestTemplates').textRecord(),
    passthroughBehavior: word('PassthroughBehavior'),
    contentHandling: word('ContentHandling'),
    timeoutInMillis: at('TimeoutInMillis').number(),
    cacheKeyParameters: at('CacheKeyParameters').strings(),
    cacheNamespace: at('CacheNamespace').string(),
    responseTransferMode: word('ResponseTransferMode'),
    insecureSkipVerification: at('TlsConfig').get(spelling('InsecureSkipVerification')).bool(),
    lambda: lambdas.ofUri(uri),
  };
}

function response(
  node: Node,
  spelling: Spelling,
  selectionPattern: Value<string>,
): Omit<IntegrationResponse, 'location'> {
  const at = (name: string): Node => node.get(spelling(name));
  return {
    selectionPattern,
    statusCode: at('StatusCode').string() ?? UNKNOWN,
    parameters: at('ResponseParameters').textRecord(),
    templates: at('ResponseTemplates').textRecord(),
    contentHandling: spelling === inBody ? at('ContentHandling').upper() : at('ContentHandling').string(),
  };
}
