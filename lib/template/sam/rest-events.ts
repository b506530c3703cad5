import { type ApiDraft } from './apis';
import { ApiDocument, INTEGRATION, skeleton, verbOf } from './document';
import { type ApiEvent, inEvent, permit, repeat, type Target } from './events';
import { type Expansion, idOf } from './expansion';
import { CANNOT_TELL, dict, given, isIntrinsic, isJson, type Json, list, put, ref, sub, text } from './json';
import { secureRestOperation } from './rest-auth';
import { addCustomStatements, addResourcePolicy, pathInArn } from './rest-policy';
import { own } from '../reader/scope';
import { type Place } from './written';

/** The path of an event: policies of another one speak of all methods that a path will have. */
export function announceRestEvent({ properties }: ApiEvent, api: ApiDraft): void {
  const { Path: path, Method: method } = properties;
  if (api.isManaged && typeof path === 'string' && typeof method === 'string') {
    api.document?.addOperation(path, verbOf(method));
  }
}

/** The route that an event adds to a REST API, and the permission to call the function. */
export function addRestEvent(expansion: Expansion, event: ApiEvent, api: ApiDraft, target: Target): void {
  const { Path: path, Method: method } = event.properties;
  if (typeof path !== 'string' || typeof method !== 'string') {
    return;
  }
  const { logicalId, properties } = api.resource;
  const at = pathInArn(path.replace(/^(.+)\/$/, '$1'));
  const verb = method.toLowerCase() === 'any' ? '*' : method.toUpperCase();
  const stage = stageOf(properties.StageName);
  const id = idOf(`${event.owner.logicalId}${event.name}Permission`, stage);
  permit(expansion, id, event, target, restArn(logicalId, `\${__Stage__}/${verb}${at}`, { __Stage__: '*' }));

  const auth = dict(event.properties.Auth) ?? {};
  const begun = integrationOf(event, target, auth, dict(properties.Auth) ?? {});
  addRestOperation(expansion, event, api, { path, method, begun, stage, mayMerge: true });
  const { document } = api;
  const operation = document?.operation(path, verbOf(method));
  if (document && !api.isManaged && auth.OverrideApiAuth && operation) {
    addAuth(document, operation, auth, api, path, stage);
  }
}

export const restArn = (api: string, rest: string, variables: Json = {}): Json =>
  sub(`arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${__ApiId__}/${rest}`, {
    __ApiId__: ref(api),
    ...variables,
  });

const stageOf = (name: unknown): string => text(name) ?? 'Stage';

interface Begun {
  readonly path: string;
  readonly method: string;
  /** The operation with its integration. */
  readonly begun: Json;
  readonly stage: string;
  /** `MergeDefinitions` is for the events of functions. */
  readonly mayMerge: boolean;
}

/** Puts an operation into the document, if it is SAM that writes it. */
export function addRestOperation(expansion: Expansion, event: ApiEvent, api: ApiDraft, route: Begun): void {
  const { path, method, begun, stage, mayMerge } = route;
  const isMerged = mayMerge && given(api.resource.properties.MergeDefinitions) !== undefined;
  if (!api.document || (!api.isManaged && !isMerged)) {
    return;
  }
  const verb = verbOf(method);
  const document = isMerged ? new ApiDocument(skeleton({ swagger: '2.0' })) : api.document;
  const operation = document.addOperation(path, verb);
  if (!operation) {
    repeat(expansion, event, 'rest', verb, path, earlierAt(expansion, api, ['paths', path, verb]));
    return;
  }
  Object.assign(operation, begun);
  addAuth(document, operation, event.properties.Auth, api, path, stage);
  addRequest(document, operation, event.properties);
  if (isMerged) {
    const existing = api.document.pathItems(path)[0];
    const whole = api.document.operation(path, verb) ?? api.document.addOperation(path, verb);
    const all = { ...dict(own(existing, verb)), ...operation };
    if (whole) for (const [key, value] of Object.entries(all)) put(whole, key, value);
  }
  placeOperation(expansion, event, api, ['paths', path, verb]);
}

/** The event for which SAM has written the operation. */
export const earlierAt = (expansion: Expansion, api: ApiDraft, operation: readonly string[]): Place | undefined =>
  expansion.written.at(api.resource.logicalId, ['Properties', 'Body', ...operation]);

/** Where what stands in a document for an event comes from. */
export function placeOperation(
  expansion: Expansion,
  event: ApiEvent,
  api: ApiDraft,
  operation: readonly string[],
): void {
  const { written } = expansion;
  const at = ['Properties', 'Body', ...operation];
  const { logicalId } = api.resource;
  written.add(logicalId, at, event.place);
  for (const [path, property] of [
    [['security'], 'Auth'],
    [['parameters'], 'RequestParameters'],
    [['x-amazon-apigateway-request-validator'], 'RequestModel'],
    [[INTEGRATION, 'timeoutInMillis'], 'TimeoutInMillis'],
    [[INTEGRATION, 'payloadFormatVersion'], 'PayloadFormatVersion'],
    [[INTEGRATION, 'responseTransferMode'], 'ResponseTransferMode'],
  ] as const) {
    written.add(logicalId, [...at, ...path], inEvent(event, property));
  }
}

function integrationOf({ properties }: ApiEvent, target: Target, auth: Json, apiAuth: Json): Json {
  const isStream = properties.ResponseTransferMode === 'RESPONSE_STREAM';
  const timeout = given(properties.TimeoutInMillis);
  const integration: Json = {
    type: 'aws_proxy',
    httpMethod: 'POST',
    uri: invocationUri(target, isStream),
    ...(isStream && { responseTransferMode: 'STREAM' }),
    ...(timeout !== undefined && { timeoutInMillis: timeout }),
  };
  const isIam =
    auth.Authorizer === 'AWS_IAM' || (apiAuth.DefaultAuthorizer === 'AWS_IAM' && Object.keys(auth).length === 0);
  const credentials = isIam ? credentialsOf(roleOf(auth) ?? roleOf(apiAuth)) : undefined;
  return {
    [INTEGRATION]: { ...integration, ...(credentials !== undefined && { credentials }) },
    responses: {},
  };
}

const roleOf = (auth: Json): unknown => ('InvokeRole' in auth ? (given(auth.InvokeRole) ?? 'NONE') : undefined);

/** By default the caller's own credentials, so the function sees the caller. */
function credentialsOf(role: unknown): unknown {
  if (role === 'NONE') return undefined;
  const ofCaller = role === undefined || role === 'CALLER_CREDENTIALS';
  return ofCaller ? sub('arn:${AWS::Partition}:iam::*:user/*') : role;
}

/** @see https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode.html */
export const invocationUri = ({ arn }: Target, isStream = false): Json => {
  const path = isStream ? '2021-11-15' : '2015-03-31';
  const end = isStream ? 'response-streaming-invocations' : 'invocations';
  return sub(`arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/${path}/functions/${arn}/${end}`);
};

function addAuth(
  document: ApiDocument,
  operation: Json,
  written: unknown,
  api: ApiDraft,
  path: string,
  stage: string,
): void {
  if (isIntrinsic(written)) {
    operation.security = CANNOT_TELL;
    return;
  }
  const auth = dict(written) ?? {};
  secureRestOperation(operation, document, auth, api.resource.properties.Auth);
  const policy = dict(auth.ResourcePolicy);
  if (policy) {
    addResourcePolicy(document, policy, path, stage);
    addCustomStatements(document, policy);
  }
}

/** What an event says of the request: the model of its body, its parameters, and what is validated. */
function addRequest(document: ApiDocument, operation: Json, properties: Json): void {
  if (isIntrinsic(properties.RequestModel) || isIntrinsic(dict(properties.RequestModel)?.Model)) {
    operation[document.isSwagger ? 'parameters' : 'requestBody'] = CANNOT_TELL;
    operation['x-amazon-apigateway-request-validator'] = CANNOT_TELL;
  }
  const model = dict(properties.RequestModel);
  const name = text(model?.Model)?.toLowerCase();
  if (model && name !== undefined && name !== '') {
    const required = model.Required === undefined ? {} : { required: model.Required };
    if (document.isSwagger) {
      const schema = { $ref: `#/definitions/${name}` };
      operation.parameters = [...list(operation.parameters), { in: 'body', name, schema, ...required }];
    } else {
      const schema = { $ref: `#/components/schemas/${name}` };
      operation.requestBody = { content: { 'application/json': { schema } }, ...required };
    }
    addValidator(document, operation, model.ValidateBody, model.ValidateParameters);
  }
  if (isIntrinsic(properties.RequestParameters)) operation.parameters = CANNOT_TELL;
  const parameters = list(properties.RequestParameters).flatMap((written) => parameterOf(written) ?? []);
  if (parameters.length > 0) {
    const cached = parameters.filter(({ isCached }) => isCached).map(({ key }) => key);
    const integration = operation[INTEGRATION] as Json;
    if (cached.length > 0) integration.cacheKeyParameters = [...list(integration.cacheKeyParameters), ...cached];
    operation.parameters = [...list(operation.parameters), ...parameters.map(({ parameter }) => parameter)];
  }
}

function addValidator(document: ApiDocument, operation: Json, body: unknown, parameters: unknown): void {
  if ((body ?? undefined) === undefined && (parameters ?? undefined) === undefined) {
    return;
  }
  const [both, one, other] = ['body-and-params', 'body-only', 'params-only'];
  const name = body ? (parameters ? both : one) : parameters ? other : 'no-validation';
  document.section('x-amazon-apigateway-request-validators')[name] ??= {
    validateRequestBody: body ?? false,
    validateRequestParameters: parameters ?? false,
  };
  operation['x-amazon-apigateway-request-validator'] = name;
}

/** `method.request.header.X`, alone or as the key of settings. */
function parameterOf(written: unknown): { key: string; parameter: Json; isCached: boolean } | undefined {
  const [key, settings] = typeof written === 'string' ? [written, {}] : (Object.entries(dict(written) ?? {})[0] ?? []);
  const match = /^method\.request\.(querystring|path|header)\.(.*)$/.exec(key ?? '');
  if (key === undefined || !match) {
    return undefined;
  }
  const { Required: required = false, Caching: caching } = isJson(settings) ? settings : {};
  const [, place, name] = match;
  const parameter = { in: place === 'querystring' ? 'query' : place, name, required, type: 'string' };
  return { key, parameter, isCached: Boolean(caching) };
}
