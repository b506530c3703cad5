import { HTTP_ONLY_EXTENSIONS } from '../../facts/features-of-kinds';
import { BodySecurity } from '../openapi/security-of-operation';
import { integrationOfBody } from './integration';
import { type LambdaTargets } from '../neighbours/lambda';
import { Place } from '../reader/located';
import {
  type Authorizer,
  type GatewayResponse,
  type Integration,
  type Method,
  type Model,
  type RequestValidator,
} from '../model/model';
import { type Resolved } from '../model/resolved';
import { type SecurityGap } from '../model/neighbours';
import { type Node } from '../reader/node';
import { OpenApiDocument } from '../openapi/document';
import { inlineSchemas, requestModels, requestParameters, responses } from './body-request';
import { modelOfBody } from './models';
import { restScheme } from './body-security';
import { isKnown, UNKNOWN, type Value } from '../model/value';

const ANY = 'x-amazon-apigateway-any-method';
const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', ANY]);

/** What a `Body` defines. */
export interface RestBody {
  readonly methods: Method[];
  readonly authorizers: Authorizer[];
  readonly models: Model[];
  readonly validators: RequestValidator[];
  readonly gatewayResponses: GatewayResponse[];
  /** Root extensions, by name without the prefix. */
  readonly extension: (name: string) => Node;
  readonly title?: Value<string>;
  readonly description?: Value<string>;
  readonly rootSecurity?: unknown;
  readonly version?: Value<string>;
  readonly securityGaps: SecurityGap[];
  /** Whether all operations and gateway responses are known. */
  readonly complete: boolean;
  /** Extensions at the root that only other kinds of API have. */
  readonly ofOtherKinds: readonly string[];
}

/** Undefined if the content of the body is unknown. */
export function readBody(root: Node, lambdas: LambdaTargets): RestBody | undefined {
  if (
    !root.isObject ||
    !root.get('Fn::Transform').isAbsent ||
    (!root.get('paths').isObject && !root.get('paths').isAbsent)
  ) {
    return undefined;
  }
  const document = new OpenApiDocument(root);
  // Recorded for OpenAPI 3; of Swagger 2 the import ignores it.
  const inherits = !document.isSwagger;
  const security = new BodySecurity(document, (scheme, key) => restScheme(scheme, key, lambdas), inherits);
  const extension = (name: string): Node => {
    const atRoot = root.get(`x-amazon-apigateway-${name}`);
    return atRoot.isAbsent && name === 'endpoint-configuration' ? endpointConfiguration(root) : atRoot;
  };
  const validators = validatorsOf(extension('request-validators'));
  const rootSecurity = root.get('security');
  const methods = methodsOf(document, security, lambdas, validators);
  return {
    methods,
    securityGaps: security.gaps,
    complete: root
      .get('paths')
      .entries()
      .every((path) => path.isTold),
    ofOtherKinds: root.given(HTTP_ONLY_EXTENSIONS),
    version: root.either('openapi', 'swagger').string(),
    authorizers: security.authorizers,
    models: document.schemas.entries().map(modelOfBody),
    validators: [...validators.byName.values()],
    gatewayResponses: gatewayResponsesOf(extension('gateway-responses')),
    extension,
    title: root.get('info').get('title').string(),
    description: root.get('info').get('description').string(),
    ...(!rootSecurity.isAbsent && { rootSecurity: rootSecurity.written }),
  };
}

/** OpenAPI 3 has it under one of the servers, Swagger 2 at the root. */
function endpointConfiguration(root: Node): Node {
  const found = root
    .get('servers')
    .knownItems()
    .map((server) => server.get('x-amazon-apigateway-endpoint-configuration'));
  return found.find((one) => !one.isAbsent) ?? root.get('x-amazon-apigateway-endpoint-configuration');
}

function methodsOf(
  document: OpenApiDocument,
  security: BodySecurity<Authorizer>,
  lambdas: LambdaTargets,
  validators: Validators,
): Method[] {
  const methods: Method[] = [];
  const byDefault = document.root.get('x-amazon-apigateway-request-validator');
  for (const path of document.root.get('paths').entries()) {
    for (const operation of path.entries()) {
      if (!METHODS.has(operation.name)) {
        continue;
      }
      const operationId = operation.get('operationId').string();
      const own = operation.get('x-amazon-apigateway-request-validator');
      const named = own.isAbsent ? byDefault : own;
      const { authorizationType, authorizer, scopes, apiKeyRequired } = security.of(operation, path.name);
      const method: Omit<Method, 'location'> = {
        httpMethod: operation.name === ANY ? 'ANY' : operation.name.toUpperCase(),
        path: path.name,
        operationId: isKnown(operationId) ? operationId : undefined,
        authorizationType,
        authorizer,
        scopes,
        apiKeyRequired,
        validator: validatorOf(named, validators),
        ...missingIn(named, validators),
        requestParameters: requestParameters(document, path, operation),
        requestModels: requestModels(document, path, operation),
        responses: responses(document, operation),
        integration: integrationOf(document, operation, lambdas),
      };
      methods.push(Object.assign(new BodyMethod(document, path, operation), method));
    }
  }
  return methods;
}

/** What a method of a document has in addition, if it is requested. */
class BodyMethod extends Place {
  readonly #document: OpenApiDocument;
  readonly #path: Node;
  readonly #operation: Node;

  constructor(document: OpenApiDocument, path: Node, operation: Node) {
    super(operation);
    this.#document = document;
    this.#path = path;
    this.#operation = operation;
  }

  public get inlineSchemas(): Readonly<Record<string, Resolved>> {
    return inlineSchemas(this.#document, this.#path, this.#operation);
  }
}

function integrationOf(
  document: OpenApiDocument,
  operation: Node,
  lambdas: LambdaTargets,
): Value<Integration> | undefined {
  return integrationOfBody(document.follow(operation.get('x-amazon-apigateway-integration')), lambdas);
}

function missingIn(name: Node, validators: Validators): Pick<Method, 'missingValidator'> | undefined {
  const key = name.string();
  return isKnown(key) && validators.isTold && !validators.byName.has(key) ? { missingValidator: key } : undefined;
}

function validatorOf(name: Node, validators: Validators): Value<RequestValidator> | undefined {
  const key = name.string();
  return isKnown(key) ? (validators.byName.get(key) ?? UNKNOWN) : key;
}

/** The validators of a document. */
interface Validators {
  readonly byName: ReadonlyMap<string, RequestValidator>;
  /** Whether these are all. */
  readonly isTold: boolean;
}

function validatorsOf(node: Node): Validators {
  const byName = new Map<string, RequestValidator>();
  for (const entry of node.entries()) {
    byName.set(entry.name, {
      location: entry.location,
      key: entry.name,
      validateBody: entry.get('validateRequestBody').bool() ?? false,
      validateParameters: entry.get('validateRequestParameters').bool() ?? false,
    });
  }
  return { byName, isTold: node.isTold };
}

function gatewayResponsesOf(node: Node): GatewayResponse[] {
  if (!node.isTold) {
    return [{ location: node.location, responseType: UNKNOWN, parameters: UNKNOWN, templates: UNKNOWN }];
  }
  return node.entries().map((entry) => ({
    location: entry.location,
    responseType: entry.name,
    statusCode: entry.get('statusCode').string(),
    parameters: entry.get('responseParameters').textRecord(),
    templates: entry.get('responseTemplates').textRecord(),
  }));
}
