import { Aws, type Stack } from 'aws-cdk-lib';
import { type Owner } from '../authoring/errors';
import { regionOf } from '../integrations/function-place';
import { type LateBinding } from '../gateway/late-binding/late-binding';
import { type Document } from '../document/skeleton';
import { type HttpAuthorizerDefinition } from './authorizer-definition';
import { type HttpRouteDefinition } from './route';

/** The security schemes of the document, and what each operation requires. */
export class HttpSecuritySchemes {
  private readonly schemes = new Map<string, HttpAuthorizerDefinition>();
  private readonly written = new Map<string, string>();
  private readonly requirements = new Map<string, Document[]>();

  constructor(
    private readonly stack: Stack,
    private readonly owner: Owner,
    private readonly late: LateBinding,
  ) {}

  /** @throws if two different authorizers have the same name */
  public add(authorizer: HttpAuthorizerDefinition): void {
    if (authorizer.kind === 'none' || this.schemes.get(authorizer.name) === authorizer) return;
    const text = JSON.stringify(schemeOf(authorizer, this.stack, this.late));
    const known = this.written.get(authorizer.name);
    if (known !== undefined && known !== text) {
      throw this.owner.error(
        `two different authorizers are both named "${authorizer.name}"; give one of them another authorizerName`,
      );
    }
    this.written.set(authorizer.name, text);
    this.schemes.set(authorizer.name, authorizer);
  }

  /** The `security` of an operation; undefined for an open route. Routes that require the same share one object. */
  public requirement({ authorizer, scopes }: HttpRouteDefinition): Document[] | undefined {
    if (authorizer.kind === 'none') return undefined;
    const key = [authorizer.name, ...scopes].join(' ');
    let required = this.requirements.get(key);
    if (!required) {
      required = [{ [authorizer.name]: scopes }];
      this.requirements.set(key, Object.freeze(required) as Document[]);
    }
    return required;
  }

  /** The `securitySchemes` object, sorted by name. */
  public render(): Document | undefined {
    const all = [...this.schemes].sort(([a], [b]) => (a < b ? -1 : 1));
    return all.length > 0
      ? Object.fromEntries(all.map(([name, authorizer]) => [name, schemeOf(authorizer, this.stack, this.late)]))
      : undefined;
  }
}

function schemeOf({ kind, jwt, lambda }: HttpAuthorizerDefinition, stack: Stack, late: LateBinding): Document {
  if (jwt) {
    return {
      type: 'oauth2',
      flows: {},
      'x-amazon-apigateway-authorizer': {
        type: 'jwt',
        identitySource: jwt.identitySource,
        jwtConfiguration: { issuer: jwt.issuer, audience: jwt.audience },
      },
    };
  }
  if (kind === 'iam' || !lambda) {
    return { type: 'apiKey', name: 'Authorization', in: 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' };
  }
  const { fn, identitySources, payloadFormatVersion, simpleResponses, ttlSeconds } = lambda;
  // Whether an authorizer may read a stage variable is documented nowhere.
  const arn = late.arnOf(fn.functionArn, 'name');
  // The scheme must name some header, whatever the function looks at.
  const header = /^\$request\.header\.(.+)$/.exec(identitySources[0] ?? '')?.[1] ?? 'Unused';
  return {
    type: 'apiKey',
    name: header,
    in: 'header',
    'x-amazon-apigateway-authorizer': {
      type: 'request',
      authorizerUri: `arn:${Aws.PARTITION}:apigateway:${regionOf(fn, stack)}:lambda:path/2015-03-31/functions/${arn}/invocations`,
      authorizerPayloadFormatVersion: payloadFormatVersion,
      authorizerResultTtlInSeconds: ttlSeconds,
      enableSimpleResponses: simpleResponses,
      identitySource: identitySources.length > 0 ? identitySources.join(',') : undefined,
    },
  };
}
