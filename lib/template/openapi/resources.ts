import { type Authorizer, type Located, type Location, type Method, type RestApi } from '../model/model';
import { sameResource } from '../model/place';
import { Node } from '../reader/node';
import { defined, type Json, orNothing } from './json';
import { type Losses } from './losses';
import { integrationExtension } from './integration';
import { ModelNames, modelSchemas } from './models';
import { type App } from '../reader/scope';
import { variablesOf } from './paths';
import { outline } from '../model/text';
import { isKnown, type Value } from '../model/value';
import { put } from '../../lookup/named';

const ANY = 'x-amazon-apigateway-any-method';
const API_KEY = 'api_key';
const SIGV4 = 'sigv4';
const PLACES: Readonly<Record<string, string>> = { path: 'path', querystring: 'query', header: 'header' };

export interface ResourceOperation {
  readonly path: string;
  readonly method: string;
  readonly operation: Json;
}

/** The root of the document, without paths and components. */
export function rootOfResources(api: RestApi): Json {
  const validators = api.validators.map((one) => [
    one.key,
    {
      validateRequestBody: known(one.validateBody) ?? false,
      validateRequestParameters: known(one.validateParameters) ?? false,
    },
  ]);
  const responses = api.gatewayResponses
    .filter(({ responseType }) => isKnown(responseType))
    .map((one) => [
      one.responseType,
      defined({
        statusCode: known(one.statusCode),
        responseParameters: orNothing(known(one.parameters) ?? {}),
        responseTemplates: orNothing(known(one.templates) ?? {}),
      }),
    ]);
  return defined({
    info: defined({ description: known(api.description) }),
    'x-amazon-apigateway-api-key-source': known(api.apiKeySource),
    'x-amazon-apigateway-binary-media-types': orNothing(known(api.binaryMediaTypes) ?? []),
    'x-amazon-apigateway-gateway-responses': orNothing(Object.fromEntries(responses) as Json),
    'x-amazon-apigateway-minimum-compression-size': known(api.minimumCompressionSize),
    'x-amazon-apigateway-request-validators': orNothing(Object.fromEntries(validators) as Json),
  });
}

/** The operations of an API, as the model tells them. */
export function operationsOfResources(app: App, api: RestApi, losses: Losses): ResourceOperation[] {
  const names = new ModelNames(api);
  return api.methods.flatMap((method) => {
    const { httpMethod, path } = method;
    if (!isKnown(httpMethod)) {
      losses.add(
        ['paths', String(path)],
        `has a method that is known only at deployment (${method.location.logicalId})`,
      );
      return [];
    }
    return [
      {
        path: String(path),
        method: httpMethod === 'ANY' ? ANY : httpMethod.toLowerCase(),
        operation: operationOf(app, method, names),
      },
    ];
  });
}

/** Security schemes and models that the template's resources define; a body has its own, under the names that its operations use. */
export function componentsOfResources(app: App, api: RestApi): Record<string, Json> {
  const schemes: Json = {};
  for (const method of api.methods) {
    if (isInBody(method, api)) continue;
    if (method.authorizationType === 'AWS_IAM') {
      schemes[SIGV4] = {
        type: 'apiKey',
        name: 'Authorization',
        in: 'header',
        'x-amazon-apigateway-authtype': 'awsSigv4',
      };
    }
    if (isKnown(method.authorizer)) put(schemes, schemeName(method.authorizer), schemeOf(method.authorizer));
    if (method.apiKeyRequired === true) schemes[API_KEY] = { type: 'apiKey', name: 'x-api-key', in: 'header' };
  }
  return { securitySchemes: schemes, schemas: api.form === 'body' ? {} : modelSchemas(app, api) };
}

/** Whether the operation is part of the document in the template. */
export const isInBody = ({ location }: Located, api: Located): boolean => sameResource(location, api.location);

function operationOf(app: App, method: Method, names: ModelNames): Json {
  const integration = known(method.integration);
  const validator = known(method.validator);
  return defined({
    operationId: method.operationId,
    security: securityOf(method),
    parameters: orNothing(parametersOf(method)),
    requestBody: requestBodyOf(method, names),
    responses: responsesOf(app, method, names),
    'x-amazon-apigateway-request-validator': validator?.key,
    'x-amazon-apigateway-integration': integration && integrationExtension(integration),
  });
}

function parametersOf({ path, requestParameters }: Method): Json[] {
  const declared = Object.entries(known(requestParameters) ?? {}).flatMap(([key, required]) => {
    const match = /^method\.request\.(path|querystring|header)\.(.+)$/.exec(key);
    return match
      ? [{ name: match[2], in: PLACES[match[1]], required: match[1] === 'path' || known(required) === true }]
      : [];
  });
  const variables = variablesOf(outline(path)).map((name) => name.replace(/\+$/, ''));
  const used = declared.filter((one) => one.in !== 'path' || variables.includes(one.name));
  return used.map((one) => ({ ...one, schema: { type: 'string' } }));
}

function requestBodyOf({ requestModels }: Method, names: ModelNames): Json | undefined {
  const content = names.content(requestModels);
  return content && { required: true, content };
}

function responsesOf(app: App, { responses }: Method, names: ModelNames): Json {
  return Object.fromEntries(
    responses.flatMap((response) => {
      if (!isKnown(response.statusCode)) return [];
      const headers = (known(response.parameters) ?? []).map((name) => [
        name.replace('method.response.header.', ''),
        { schema: { type: 'string' } },
      ]);
      const models = nodeAt(app, response.location).get('ResponseModels').textRecord();
      return [
        [
          response.statusCode,
          defined({
            description: `${response.statusCode} response`,
            headers: orNothing(Object.fromEntries(headers) as Json),
            content: names.content(models),
          }),
        ],
      ];
    }),
  ) as Json;
}

function securityOf(method: Method): Json[] | undefined {
  const required: Json = {};
  if (method.authorizationType === 'AWS_IAM') required[SIGV4] = [];
  if (isKnown(method.authorizer)) put(required, schemeName(method.authorizer), known(method.scopes) ?? []);
  if (method.apiKeyRequired === true) required[API_KEY] = [];
  return Object.keys(required).length > 0 ? [required] : undefined;
}

function schemeName(authorizer: Authorizer): string {
  return (known(authorizer.name) ?? authorizer.key).replace(/[^A-Za-z0-9._-]+/g, '-');
}

function schemeOf(authorizer: Authorizer): Json {
  const type = known(authorizer.type) ?? 'TOKEN';
  const source = known(authorizer.identitySource);
  const header = /^method\.request\.header\.([^,\s]+)/.exec(source ?? '')?.[1] ?? 'Authorization';
  return {
    type: 'apiKey',
    name: header,
    in: 'header',
    'x-amazon-apigateway-authtype': type === 'COGNITO_USER_POOLS' ? 'cognito_user_pools' : 'custom',
    'x-amazon-apigateway-authorizer': defined({
      type: type.toLowerCase(),
      providerARNs: orNothing([...authorizer.providerArns]),
      authorizerUri: authorizer.uri,
      authorizerCredentials: authorizer.credentials,
      identitySource: source,
      identityValidationExpression: known(authorizer.identityValidationExpression),
      authorizerResultTtlInSeconds: known(authorizer.resultTtlInSeconds),
    }),
  };
}

/** The place in the template, as a node. */
function nodeAt(app: App, { template, logicalId, path }: Location): Node {
  const scope = app.scopes.get(template);
  if (!scope) throw new Error(`the template ${template} is not among the sources of the model`);
  return path.slice(1).reduce((node, key) => step(node, key), Node.properties(scope, logicalId));
}

function step(node: Node, key: string): Node {
  return node.isList ? (node.knownItems().find(({ name }) => name === key) ?? node.get(key)) : node.get(key);
}

function known<T>(value: Value<T> | undefined): T | undefined {
  return isKnown(value) ? value : undefined;
}
