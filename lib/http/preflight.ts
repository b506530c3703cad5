import { Stack, Validations } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnFunction, CfnPermission, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { type HttpRouteKey, parseHttpRouteKey } from '../gateway/http-route-key';
import { NOT_DOCUMENTED } from '../gateway/route-response';
import { Owner } from '../authoring/errors';
import { type HttpAuthorizerDefinition } from './authorizer-definition';
import { type BoundHttpIntegration } from './binding';
import { PREFLIGHT_FINDINGS } from './preflight-acknowledgements';
import { type HttpRouteDefinition } from './route';

const ID = 'Preflight';
const OPEN: HttpAuthorizerDefinition = {
  kind: 'none',
  name: 'none',
  reason: 'A preflight request carries no credentials.',
};

/**
 * The open `OPTIONS` routes that CORS needs in addition to authorized routes for any method: without them the authorizer rejects
 * the browser's preflight with 401 before API Gateway can respond to it.
 *
 * Other OPTIONS requests reach the integration of such a route without authorization, so it is a function that responds 204 and
 * does nothing else: the back end of the authorized route must not be reachable this way.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html
 */
export class Preflights {
  private integration?: BoundHttpIntegration;

  constructor(
    private readonly scope: Construct,
    private readonly enabled: boolean,
    /** The ARN of all OPTIONS routes of the API. */
    private readonly sourceArn: string,
  ) {}

  /** Creates the function, if the route needs a preflight. */
  public prepare(route: HttpRouteDefinition): void {
    if (this.enabled && takesPreflights(route)) this.integration ??= this.create();
  }

  /** The preflight routes that the routes need. */
  public beside(routes: readonly HttpRouteDefinition[]): HttpRouteDefinition[] {
    const { integration } = this;
    if (!integration) return [];
    const keys = new Set(routes.map(({ route }) => route.key));
    const root = routes.find(({ route }) => /^\/\{[^{}/]+\+\}$/.test(route.path))?.route.path ?? '/{proxy+}';
    const paths = new Set<string>();
    for (const route of routes.filter(takesPreflights)) {
      if (route.route.isDefault) paths.add('/').add(root);
      else paths.add(route.route.path);
    }
    return [...paths]
      .map((path) => parseHttpRouteKey(`OPTIONS ${path}`, new Owner(ID)))
      .filter(({ key }) => !keys.has(key))
      .map((route) => preflight(route, integration));
  }

  /** Removes the function again if the user has defined routes for all preflights. */
  public finish(routes: readonly HttpRouteDefinition[]): void {
    if (this.integration && this.beside(routes).length === 0) this.scope.node.tryRemoveChild(ID);
  }

  private create(): BoundHttpIntegration {
    const scope = new Construct(this.scope, ID);
    const { partition, region } = Stack.of(scope);
    const role = new CfnRole(scope, 'Role', {
      description: 'Allows nothing: the function answers preflight requests',
      assumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
      },
    });
    const fn = new CfnFunction(scope, 'Resource', {
      description: 'Answers OPTIONS requests without credentials',
      runtime: Runtime.NODEJS_24_X.name,
      handler: 'index.handler',
      code: { zipFile: 'exports.handler = async () => ({ statusCode: 204 });' },
      role: role.attrArn,
    });
    new CfnPermission(scope, 'Invoke', {
      action: 'lambda:InvokeFunction',
      functionName: fn.attrArn,
      principal: 'apigateway.amazonaws.com',
      sourceArn: this.sourceArn,
    });
    Validations.of(fn).acknowledge(...PREFLIGHT_FINDINGS);
    return {
      name: 'preflight',
      extension: Object.freeze({
        type: 'aws_proxy',
        httpMethod: 'POST',
        uri: `arn:${partition}:apigateway:${region}:lambda:path/2015-03-31/functions/${fn.attrArn}/invocations`,
        payloadFormatVersion: '2.0',
      }),
    };
  }
}

/** Whether preflight requests for the path would need credentials. */
function takesPreflights({ route, authorizer }: HttpRouteDefinition): boolean {
  return authorizer.kind !== 'none' && route.method === 'ANY';
}

function preflight(route: HttpRouteKey, integration: BoundHttpIntegration): HttpRouteDefinition {
  return { route, authorizer: OPEN, scopes: [], integration, allowOpenCatchAll: false, documentation: NOT_DOCUMENTED };
}
