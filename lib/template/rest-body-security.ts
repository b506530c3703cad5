import { type LambdaTargets } from './lambda';
import { type Authorizer } from './model';
import { type SecurityGap } from './neighbours-model';
import { type Node } from './node';
import { type OpenApiDocument } from './openapi-document';
import { isKnown, UNKNOWN, type Value } from './value';

/** What the security of one operation comes to, in the words of a method. */
export interface MethodSecurity {
  readonly authorizationType?: Value<string>;
  readonly authorizer?: Value<Authorizer>;
  readonly scopes: Value<string[]>;
  readonly apiKeyRequired: Value<boolean>;
}

interface Scheme {
  readonly authorizationType?: Value<string>;
  readonly authorizer?: Authorizer;
  readonly isApiKey: boolean;
}

/** The security schemes of a body, and how its operations use them. */
export class BodySecurity {
  private readonly schemes = new Map<string, Scheme>();
  private readonly gapsByScheme = new Map<string, SecurityGap>();

  constructor(document: OpenApiDocument, lambdas: LambdaTargets) {
    for (const node of document.securitySchemes.entries()) {
      this.schemes.set(node.name, scheme(document.follow(node), node.name, lambdas));
    }
  }

  public get authorizers(): Authorizer[] {
    return [...this.schemes.values()].flatMap(({ authorizer }) => authorizer ?? []);
  }

  public get gaps(): SecurityGap[] {
    return [...this.gapsByScheme.values()];
  }

  public of(operation: Node, path: string): MethodSecurity {
    const explicit = operation.get('x-amazon-apigateway-auth').get('type').upper();
    const requirements = operation.get('security');
    if (requirements.isAbsent) {
      return { authorizationType: explicit, scopes: [], apiKeyRequired: false };
    }
    const items = requirements.items();
    if (items === UNKNOWN) {
      return { authorizationType: explicit ?? UNKNOWN, scopes: UNKNOWN, apiKeyRequired: UNKNOWN };
    }
    let authorizationType: Value<string> | undefined;
    let authorizer: Value<Authorizer> | undefined;
    let scopes: Value<string[]> = [];
    let apiKeyRequired = false;
    const ignored: Node[] = [];
    for (const item of items) {
      for (const entry of item.entries()) {
        const found = this.schemes.get(entry.name);
        if (!found?.isApiKey && found?.authorizationType === undefined) {
          ignored.push(entry);
        }
        if (found?.isApiKey) {
          apiKeyRequired = true;
        } else if (!found) {
          if (authorizationType === undefined) {
            authorizationType = authorizer = UNKNOWN;
          }
        } else if (found.authorizationType !== undefined && !isKnown(authorizationType)) {
          ({ authorizationType, authorizer } = found);
          scopes = entry.strings();
        }
      }
    }
    // Where something else guards the operation, it is not open.
    if (!isKnown(authorizationType) && (explicit === undefined || explicit === 'NONE')) {
      ignored.forEach((entry) => this.addGap(entry, operation, path));
    }
    return { authorizationType: authorizationType ?? explicit ?? 'NONE', authorizer, scopes, apiKeyRequired };
  }

  private addGap(requirement: Node, { name: verb }: Node, path: string): void {
    const { name: scheme, location } = requirement;
    const operation = `${verb.startsWith('x-') ? 'ANY' : verb.toUpperCase()} ${path}`;
    const gap = this.gapsByScheme.get(scheme);
    if (gap) {
      gap.operations.push(operation);
    } else {
      this.gapsByScheme.set(scheme, {
        location,
        scheme,
        defined: this.schemes.has(scheme),
        operations: [operation],
      });
    }
  }
}

function scheme(node: Node, key: string, lambdas: LambdaTargets): Scheme {
  const extension = node.get('x-amazon-apigateway-authorizer');
  const authType = node.get('x-amazon-apigateway-authtype').string();
  if (typeof authType === 'string' && authType.toLowerCase() === 'awssigv4') {
    return { authorizationType: 'AWS_IAM', isApiKey: false };
  }
  if (!extension.isAbsent) {
    const found = authorizer(node, extension, key, lambdas);
    return { authorizer: found, authorizationType: methodType(found.type), isApiKey: false };
  }
  const isApiKey = node.get('type').upper() === 'APIKEY' && node.get('name').upper() === 'X-API-KEY';
  return { isApiKey };
}

function methodType(type: Value<string> | undefined): Value<string> {
  switch (type) {
    case 'COGNITO_USER_POOLS':
      return 'COGNITO_USER_POOLS';
    case 'TOKEN':
    case 'REQUEST':
      return 'CUSTOM';
    default:
      return UNKNOWN;
  }
}

function authorizer(node: Node, extension: Node, key: string, lambdas: LambdaTargets): Authorizer {
  const type = extension.get('type').upper();
  return {
    location: extension.location,
    key,
    name: key,
    type,
    uri: extension.get('authorizerUri').text(),
    credentials: extension.get('authorizerCredentials').text(),
    providerArns: extension.either('providerARNs', 'providerArns').texts(),
    identitySource: extension.get('identitySource').string() ?? (type === 'REQUEST' ? undefined : header(node)),
    identityValidationExpression: extension.get('identityValidationExpression').string(),
    resultTtlInSeconds: extension.get('authorizerResultTtlInSeconds').number(),
    lambda: lambdas.ofUri(extension.get('authorizerUri')),
  };
}

/** For token and Cognito authorizers the header of the scheme is the identity source. */
function header(node: Node): Value<string> | undefined {
  const name = node.get('name').string();
  return typeof name === 'string' ? `method.request.header.${name}` : name;
}
