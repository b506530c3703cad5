import { REST_ONLY_EXTENSIONS } from '../../facts/features-of-kinds';
import { BodySecurity, type SecurityScheme } from '../openapi/security-of-operation';
import { type Model } from '../model/common';
import { modelOfBody } from '../rest/models';
import { type LambdaTargets } from '../neighbours/lambda';
import { type SecurityGap } from '../model/neighbours';
import { type Node } from '../reader/node';
import { OpenApiDocument } from '../openapi/document';
import { v2IntegrationOfBody } from './integration';
import { type JwtConfiguration, type V2Authorizer, type V2Integration, type V2Route } from '../model/v2';
import { isLiteral, UNKNOWN_TEXT } from '../model/text';
import { isKnown, UNKNOWN, type Value } from '../model/value';

const ANY = 'x-amazon-apigateway-any-method';
const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', ANY]);
const INTEGRATION = 'x-amazon-apigateway-integration';
/** The path of the route that takes what no other does. */
const DEFAULT_PATHS = ['/$default', '$default'];

/** What the `Body` of an HTTP API defines. */
export interface HttpBody {
  readonly routes: V2Route[];
  readonly integrations: V2Integration[];
  readonly authorizers: V2Authorizer[];
  readonly models: Model[];
  /** `x-amazon-apigateway-cors`. */
  readonly cors: Node;
  /** `x-amazon-apigateway-endpoint-configuration`, at a server or at the root. */
  readonly endpoint: Node;
  readonly title?: Value<string>;
  readonly description?: Value<string>;
  readonly rootSecurity?: unknown;
  readonly version?: Value<string>;
  readonly securityGaps: SecurityGap[];
  /** Whether all operations are known. */
  readonly complete: boolean;
  /** Extensions at the root that only other kinds of API have. */
  readonly ofOtherKinds: readonly string[];
}

/** Undefined if the content of the body is unknown. */
export function readHttpBody(root: Node, lambdas: LambdaTargets): HttpBody | undefined {
  const paths = root.get('paths');
  if (!root.isObject || !root.get('Fn::Transform').isAbsent || (!paths.isObject && !paths.isAbsent)) {
    return undefined;
  }
  const document = new OpenApiDocument(root);
  const security = new BodySecurity(document, (scheme, key) => httpScheme(scheme, key, lambdas), false);
  const integrations = new BodyIntegrations(document, lambdas);
  const rootSecurity = root.get('security');
  const routes = routesOf(document, security, integrations);
  const info = root.get('info');
  return {
    routes,
    integrations: integrations.all,
    authorizers: security.authorizers,
    models: document.schemas.entries().map(modelOfBody),
    cors: root.get('x-amazon-apigateway-cors'),
    endpoint: endpointConfiguration(root),
    title: info.get('title').string(),
    description: info.get('description').string(),
    version: root.either('openapi', 'swagger').string(),
    securityGaps: security.gaps,
    complete: paths.entries().every((path) => path.isTold),
    ofOtherKinds: root.given(REST_ONLY_EXTENSIONS),
    ...(!rootSecurity.isAbsent && { rootSecurity: rootSecurity.written }),
  };
}

function endpointConfiguration(root: Node): Node {
  const name = 'x-amazon-apigateway-endpoint-configuration';
  const found = root.get('servers').knownItems();
  return found.map((server) => server.get(name)).find((one) => !one.isAbsent) ?? root.get(name);
}

function routesOf(
  document: OpenApiDocument,
  security: BodySecurity<V2Authorizer>,
  integrations: BodyIntegrations,
): V2Route[] {
  const routes: V2Route[] = [];
  const guardedAtRoot = !document.root.get('security').isAbsent;
  for (const path of document.root.get('paths').entries()) {
    for (const operation of path.entries()) {
      if (METHODS.has(operation.name)) {
        const { authorizationType, authorizer, scopes } = security.of(operation, path.name);
        const operationId = operation.get('operationId').string();
        // Whether the import applies the root's security to an operation without its own is not documented.
        const isUntold = guardedAtRoot && authorizationType === undefined && operation.get('security').isAbsent;
        routes.push({
          // Used only for findings, so computed then: a path for every route costs more than reading it.
          get location() {
            return operation.location;
          },
          ...routeKeyOf(path.name, operation),
          operationId: isKnown(operationId) ? operationId : undefined,
          authorizationType: isUntold ? UNKNOWN : authorizationType,
          authorizer,
          scopes,
          apiKeyRequired: false,
          integration: integrations.of(operation.get(INTEGRATION)),
          requestParameters: {},
          requestModels: {},
          responses: [],
        });
      }
    }
  }
  return routes;
}

function routeKeyOf(path: string, operation: Node): Pick<V2Route, 'routeKey' | 'httpMethod' | 'path'> {
  const isDefault = DEFAULT_PATHS.includes(path) || operation.get('isDefaultRoute').bool() === true;
  if (isDefault && operation.name === ANY) {
    return { routeKey: '$default' };
  }
  const httpMethod = operation.name === ANY ? 'ANY' : operation.name.toUpperCase();
  return { routeKey: `${httpMethod} ${path}`, httpMethod, path };
}

/** Integrations by what is written, since the routes of one function have the same one; each is read once. */
class BodyIntegrations {
  public readonly all: V2Integration[] = [];
  private readonly byNode = new Map<Node, Value<V2Integration> | undefined>();

  constructor(
    private readonly document: OpenApiDocument,
    private readonly lambdas: LambdaTargets,
  ) {}

  public of(node: Node): Value<V2Integration> | undefined {
    const target = this.document.follow(node);
    // What a pointer leads to is one node, however many routes lead there.
    if (!this.byNode.has(target)) {
      this.byNode.set(target, this.read(target));
    }
    return this.byNode.get(target);
  }

  private read(node: Node): Value<V2Integration> | undefined {
    const unlocated = v2IntegrationOfBody(node, this.lambdas);
    if (!isKnown(unlocated)) {
      return unlocated;
    }
    const integration = {
      ...unlocated,
      get location() {
        return node.location;
      },
    };
    this.all.push(integration);
    return integration;
  }
}

function httpScheme(node: Node, key: string, lambdas: LambdaTargets): SecurityScheme<V2Authorizer> {
  const extension = node.get('x-amazon-apigateway-authorizer');
  if (node.get('x-amazon-apigateway-authtype').upper() === 'AWSSIGV4') {
    return { authorizationType: 'AWS_IAM', isApiKey: false };
  }
  if (extension.isAbsent) {
    return { isApiKey: false };
  }
  const type = extension.get('type').upper();
  const jwt = extension.get('jwtConfiguration');
  const authorizer: V2Authorizer = {
    location: extension.location,
    key,
    name: key,
    type,
    uri: extension.get('authorizerUri').text(),
    credentials: extension.get('authorizerCredentials').text(),
    identitySource: identitySources(extension.get('identitySource')),
    identityValidationExpression: extension.get('identityValidationExpression').string(),
    ...(!jwt.isAbsent && {
      jwt: { ...jwtConfiguration(jwt, jwt.get('issuer'), jwt.get('audience')), ...issuerFound(node, jwt) },
    }),
    payloadFormatVersion: extension.get('authorizerPayloadFormatVersion').string(),
    enableSimpleResponses: extension.get('enableSimpleResponses').bool(),
    resultTtlInSeconds: extension.get('authorizerResultTtlInSeconds').number(),
    lambda: lambdas.ofUri(extension.get('authorizerUri')),
  };
  const authorizationType = type === 'JWT' ? 'JWT' : type === 'REQUEST' ? 'CUSTOM' : UNKNOWN;
  return { authorizer, authorizationType, isApiKey: false };
}

/**
 * API Gateway finds the issuer in the discovery document that the scheme names.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions-authorizer.html
 */
function issuerFound(scheme: Node, jwt: Node): Pick<JwtConfiguration, 'issuer'> {
  const url = scheme.get('openIdConnectUrl').text();
  if (!jwt.get('issuer').isAbsent || url === undefined) return {};
  return { issuer: isLiteral(url) ? url.replace(/\/\.well-known\/openid-configuration$/, '') : UNKNOWN_TEXT };
}

/** One string with commas, or a list. */
function identitySources(node: Node): Value<string[]> {
  if (node.isList || node.isAbsent) {
    return node.strings();
  }
  const text = node.string();
  return typeof text === 'string' ? text.split(',').map((source) => source.trim()) : UNKNOWN;
}

export function jwtConfiguration(node: Node, issuer: Node, audience: Node): JwtConfiguration {
  return {
    location: node.location,
    issuer: issuer.text(),
    audience: audience.items() === UNKNOWN ? UNKNOWN : audience.texts(),
  };
}
