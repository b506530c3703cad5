import { type ApiDraft } from './apis';
import { type ApiDocument, isVersion3 } from './document';
import { type Expansion, idOf, type SamResource, within } from './expansion';
import { CANNOT_TELL, dict, entriesOf, given, isIntrinsic, isJson, type Json, put, ref } from './json';
import { PERMISSION } from './events';
import { addRestAuth } from './rest-auth';
import { addRestCors, preflightIn3 } from './rest-cors';
import { addRestDomain } from './rest-domain';
import { restArn } from './rest-events';
import { addCustomStatements, addResourcePolicy } from './rest-policy';
import { addUsagePlan } from './usage-plan';
import { at } from '../../lookup/named';

/** Properties that are the same on `AWS::ApiGateway::RestApi`. */
const ON_API = ['Name', 'Description', 'Mode', 'ApiKeySourceType', 'Policy', 'SecurityPolicy', 'EndpointAccessMode'];
const ON_STAGE = [
  'StageName',
  'CacheClusterEnabled',
  'CacheClusterSize',
  'Variables',
  'MethodSettings',
  'AccessLogSetting',
  'CanarySetting',
  'TracingEnabled',
];
const BODY = ['Properties', 'Body'];

/** What SAM makes of an `AWS::Serverless::Api`, once all events are in its document. */
export function expandRestApi(expansion: Expansion, draft: ApiDraft): void {
  const { resource, document } = draft;
  const { logicalId, properties } = resource;
  if (document) {
    completeDocument(expansion, document, resource);
  }
  expansion.replace(resource, 'AWS::ApiGateway::RestApi', {
    ...Object.fromEntries(ON_API.map((name) => [name, given(properties[name])])),
    ...endpointOf(properties.EndpointConfiguration),
    BinaryMediaTypes: properties.BinaryMediaTypes,
    MinimumCompressionSize: properties.MinimumCompressionSize,
    FailOnWarnings: given(properties.FailOnWarnings),
    ...definitionOf(draft),
  });
  placeDocument(expansion, resource);
  const deployment = `${logicalId}Deployment`;
  // Without `OpenApiVersion` a deployment makes a stage of that name beside the one of the template.
  const extraStage = given(properties.OpenApiVersion) === undefined ? 'Stage' : undefined;
  expansion.add(
    deployment,
    'AWS::ApiGateway::Deployment',
    { RestApiId: ref(logicalId), StageName: extraStage },
    resource,
  );
  if (extraStage !== undefined && extraStage !== properties.StageName) expansion.stagesOfTheirOwn.add(deployment);
  const stage = idOf(logicalId, properties.StageName, 'Stage');
  expansion.add(
    stage,
    'AWS::ApiGateway::Stage',
    {
      RestApiId: ref(logicalId),
      DeploymentId: ref(deployment),
      ...Object.fromEntries(ON_STAGE.map((name) => [name, properties[name]])),
    },
    resource,
  );
  expansion.references.set(`${logicalId}.Stage`, stage);
  expansion.references.set(`${logicalId}.Deployment`, deployment);
  addAuthorizerPermissions(expansion, resource);
  addRestDomain(expansion, resource, stage);
  addUsagePlan(expansion, resource, stage);
}

/** The body of an API, inside of the template or elsewhere. */
export function definitionOf({ resource, document }: ApiDraft): Json {
  const { DefinitionBody: body, DefinitionUri: uri } = resource.properties;
  // A file beside the template has been read into the body by now.
  const isRead = given(body) !== undefined;
  return { Body: document ? document.root : body, BodyS3Location: isRead || document ? undefined : uri };
}

function completeDocument(expansion: Expansion, document: ApiDocument, resource: SamResource): void {
  const { root } = document;
  const { Auth: auth, Models: models, StageName: stage, BinaryMediaTypes: binary, ...properties } = resource.properties;
  for (const path of addRestCors(document, properties.Cors)) {
    expansion.written.add(resource.logicalId, [...BODY, 'paths', path, 'options'], within(resource, 'Cors'));
  }
  if (auth !== undefined) {
    addRestAuth(document, auth);
    const policy = dict(dict(auth)?.ResourcePolicy);
    if (isIntrinsic(auth) || isIntrinsic(dict(auth)?.ResourcePolicy)) {
      root['x-amazon-apigateway-policy'] = CANNOT_TELL;
    } else if (policy) {
      Object.keys(document.paths).forEach((path) => addResourcePolicy(document, policy, path, stage));
      addCustomStatements(document, policy);
    }
  }
  if (document.isHiding) root['x-amazon-apigateway-policy'] = CANNOT_TELL;
  addGatewayResponses(document, properties.GatewayResponses);
  if (given(binary) !== undefined) {
    root['x-amazon-apigateway-binary-media-types'] = withSlashes(binary);
  }
  for (const [name, schema] of entriesOf(models)) {
    put(document.section('definitions'), name.toLowerCase(), schema);
  }
  if (properties.DisableExecuteApiEndpoint !== undefined) {
    addEndpointSetting(document, properties.DisableExecuteApiEndpoint);
  }
  asVersion3(document, properties.OpenApiVersion);
}

const ENDPOINT = 'x-amazon-apigateway-endpoint-configuration';

/** At the servers of OpenAPI 3, at the root of Swagger 2. */
export function addEndpointSetting({ root }: ApiDocument, isDisabled: unknown): void {
  const holders = isVersion3(root.openapi)
    ? Array.isArray(root.servers)
      ? (root.servers as unknown[])
      : [{}]
    : [root];
  if (isVersion3(root.openapi)) root.servers = holders;
  for (const holder of holders.filter(isJson)) {
    holder[ENDPOINT] = { ...dict(holder[ENDPOINT]), disableExecuteApiEndpoint: isDisabled };
  }
}

/** `~1` stands for a slash. */
const withSlashes = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map((item: unknown) => (typeof item === 'string' ? item.replaceAll('~1', '/') : item))
    : value;

const PARAMETERS = { Headers: 'header', Paths: 'path', QueryStrings: 'querystring' };

function addGatewayResponses(document: ApiDocument, responses: unknown): void {
  if (isIntrinsic(responses)) document.root['x-amazon-apigateway-gateway-responses'] = CANNOT_TELL;
  for (const [type, value] of entriesOf(responses)) {
    const response = dict(value);
    if (isIntrinsic(value)) put(document.section('x-amazon-apigateway-gateway-responses'), type, CANNOT_TELL);
    if (!response) continue;
    const isHidden = Object.values(dict(response.ResponseParameters) ?? {}).some(isIntrinsic);
    const parameters = entriesOf(PARAMETERS).flatMap(([property, place]) =>
      entriesOf(dict(response.ResponseParameters)?.[property]).map(([name, expression]) => [
        `gatewayresponse.${String(place)}.${name}`,
        expression,
      ]),
    );
    put(document.section('x-amazon-apigateway-gateway-responses'), type, {
      responseParameters: isIntrinsic(response.ResponseParameters)
        ? response.ResponseParameters
        : isHidden
          ? CANNOT_TELL
          : Object.fromEntries(parameters),
      responseTemplates: response.ResponseTemplates ?? {},
      ...(given(response.StatusCode) !== undefined && { statusCode: response.StatusCode }),
    });
  }
}

/** What SAM has written as Swagger 2, in a document that is OpenAPI 3. */
function asVersion3({ root, paths }: ApiDocument, version: unknown): void {
  if (given(root.swagger) !== undefined || !isVersion3(version ?? root.openapi)) {
    return;
  }
  for (const [old, kind] of [
    ['securityDefinitions', 'securitySchemes'],
    ['definitions', 'schemas'],
  ]) {
    if (given(root[old]) !== undefined) {
      root.components = { ...dict(root.components), [kind]: root[old] };
      delete root[old];
    }
  }
  for (const item of Object.values(paths)) {
    const options = dict(dict(item)?.options);
    if (options) preflightIn3(options);
  }
}

/** The endpoint type, alone or with its VPC endpoints. */
function endpointOf(written: unknown): Json {
  if (given(written) === undefined) {
    return {};
  }
  const settings = dict(written);
  const type = settings ? settings.Type : written;
  return {
    Parameters: { endpointConfigurationTypes: type },
    EndpointConfiguration: {
      Types: [type],
      ...(settings && {
        VpcEndpointIds: settings.VPCEndpointIds ?? settings.VpcEndpointIds,
        IpAddressType: settings.IpAddressType,
      }),
    },
  };
}

function placeDocument(expansion: Expansion, resource: SamResource): void {
  const { written } = expansion;
  const { logicalId } = resource;
  const place = (property: string[], ...body: string[]): void =>
    written.add(logicalId, [...BODY, ...body], within(resource, ...property));
  place(['DefinitionBody']);
  for (const names of [['securityDefinitions'], ['components', 'securitySchemes']]) {
    place(['Auth', 'Authorizers'], ...names);
    place(['Auth'], ...names, 'api_key');
  }
  place(['GatewayResponses'], 'x-amazon-apigateway-gateway-responses');
  place(['Models'], 'definitions');
  place(['Models'], 'components', 'schemas');
  place(['Auth', 'ResourcePolicy'], 'x-amazon-apigateway-policy');
  place(['BinaryMediaTypes'], 'x-amazon-apigateway-binary-media-types');
  written.add(logicalId, ['Properties', 'EndpointConfiguration'], within(resource, 'EndpointConfiguration'));
}

function addAuthorizerPermissions(expansion: Expansion, resource: SamResource): void {
  for (const [name, value] of entriesOf(dict(resource.properties.Auth)?.Authorizers)) {
    if (isIntrinsic(value)) hidePermission(expansion, resource, name);
    const { FunctionArn: fn, DisableFunctionDefaultPermissions: isLeftOut } = dict(value) ?? {};
    if (given(fn) !== undefined && !isLeftOut) {
      permitAuthorizer(expansion, resource, name, `${resource.logicalId}${name}AuthorizerPermission`);
    }
  }
}

/** A permission for whichever function. */
export function hidePermission(expansion: Expansion, resource: SamResource, name: string): void {
  const permission = { ...PERMISSION, FunctionName: CANNOT_TELL, SourceArn: CANNOT_TELL };
  const place = within(resource, 'Auth', 'Authorizers', name);
  expansion.add(`${resource.logicalId}${name}HiddenPermission`, 'AWS::Lambda::Permission', permission, resource, {
    place,
  });
}

/** The permission to call the function of an authorizer. */
export function permitAuthorizer(expansion: Expansion, resource: SamResource, name: string, id: string): void {
  const authorizer = dict(at(dict(dict(resource.properties.Auth)?.Authorizers), name));
  expansion.add(
    id,
    'AWS::Lambda::Permission',
    {
      Action: 'lambda:InvokeFunction',
      FunctionName: authorizer?.FunctionArn,
      Principal: 'apigateway.amazonaws.com',
      SourceArn: restArn(resource.logicalId, 'authorizers/*'),
    },
    resource,
    { place: within(resource, 'Auth', 'Authorizers', name) },
  );
}
