import { Aws } from 'aws-cdk-lib';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { userPoolArn } from '../jwt/cognito-issuer';
import { type Owner } from '../authoring/errors';
import { type Document } from '../document/skeleton';
import { type RestAuthorizerDefinition } from './authorizer-definition';
import { type AuthorizerTarget } from './invocations';
import { type RestRouteDefinition } from './route';

const API_KEY_SCHEME = 'api_key';

/** What schemes are created with. */
export interface SchemeContext {
  identitySources(authorizer: RestAuthorizerDefinition): readonly string[];
  /** Allows the API to call the function, and returns its name in the document. */
  targetOf(fn: IFunction): AuthorizerTarget;
}

/** The security schemes of the document, and what each operation requires. */
export class RestSecuritySchemes {
  private readonly schemes = new Map<string, RestAuthorizerDefinition>();
  private readonly written = new Map<string, string>();
  private readonly requirements = new Map<string, Document[]>();

  constructor(
    private readonly owner: Owner,
    private readonly context: SchemeContext,
  ) {}

  /** @throws if two different authorizers have the same name */
  public add(authorizer: RestAuthorizerDefinition): void {
    if (authorizer.kind === 'none') return;
    const text = JSON.stringify(schemeOf(authorizer, authorizer.identitySources, this.context));
    const known = this.written.get(authorizer.name);
    if (known !== undefined && known !== text) {
      throw this.owner.error(
        `two different authorizers are both named "${authorizer.name}"; give one of them another authorizerName`,
      );
    }
    if (authorizer.name === API_KEY_SCHEME) {
      throw this.owner.error(
        `the authorizer name "${API_KEY_SCHEME}" is reserved for API keys; choose another authorizerName`,
      );
    }
    this.written.set(authorizer.name, text);
    this.schemes.set(authorizer.name, authorizer);
  }

  /** The `security` of an operation; undefined for an open route. Routes that require the same share one object. */
  public requirement(route: RestRouteDefinition): Document[] | undefined {
    const { authorizer, apiKeyRequired } = route;
    // Those of a JWT authorizer are for its function; API Gateway compares scopes with Cognito only.
    const scopes = authorizer.kind === 'cognito' ? route.scopes : [];
    if (authorizer.kind === 'none' && !apiKeyRequired) return undefined;
    const key = [authorizer.kind === 'none' ? '' : authorizer.name, String(apiKeyRequired), ...scopes].join(' ');
    let required = this.requirements.get(key);
    if (!required) {
      required = [
        {
          ...(authorizer.kind === 'none' ? {} : { [authorizer.name]: scopes }),
          ...(apiKeyRequired ? { [API_KEY_SCHEME]: [] } : {}),
        },
      ];
      this.requirements.set(key, Object.freeze(required) as Document[]);
    }
    return required;
  }

  /** The `securitySchemes` object, sorted by name. */
  public render(apiKeys: boolean): Document | undefined {
    const all = new Map<string, Document>();
    for (const [name, it] of this.schemes) all.set(name, schemeOf(it, this.context.identitySources(it), this.context));
    if (apiKeys) all.set(API_KEY_SCHEME, { type: 'apiKey', name: 'x-api-key', in: 'header' });
    return all.size > 0 ? Object.fromEntries([...all].sort(([a], [b]) => (a < b ? -1 : 1))) : undefined;
  }
}

function schemeOf(
  authorizer: RestAuthorizerDefinition,
  identitySources: readonly string[],
  context: SchemeContext,
): Document {
  const { kind, fn, userPools, ttlSeconds, validationRegex } = authorizer;
  if (kind === 'iam') {
    return { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' };
  }
  const target = fn && context.targetOf(fn);
  const uri =
    target &&
    `arn:${Aws.PARTITION}:apigateway:${target.region}:lambda:path/2015-03-31/functions/${target.arn}/invocations`;
  // The scheme must name a header; this one if the identity is not a single header.
  const [source, ...others] = identitySources;
  const header = (others.length === 0 && /^method\.request\.header\.(.+)$/.exec(source ?? '')?.[1]) || 'Unused';
  return {
    type: 'apiKey',
    name: header,
    in: 'header',
    'x-amazon-apigateway-authtype': kind === 'cognito' ? 'cognito_user_pools' : 'custom',
    'x-amazon-apigateway-authorizer': {
      type: kind === 'cognito' ? 'cognito_user_pools' : kind,
      providerARNs: userPools?.map(userPoolArn),
      authorizerUri: uri,
      authorizerCredentials: target?.credentials,
      identitySource: identitySources.length > 0 ? identitySources.join(', ') : undefined,
      identityValidationExpression: validationRegex,
      authorizerResultTtlInSeconds: ttlSeconds,
    },
  };
}
