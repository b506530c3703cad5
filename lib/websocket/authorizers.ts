import { Aws, type CfnResource, Stack } from 'aws-cdk-lib';
import { type CfnApi, CfnAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2';
import { type Construct } from 'constructs';
import { type Owner } from '../authoring/errors';
import { refuseOtherRegion, regionOf } from '../integrations/function-place';
import { JwtAuthorizerFunction } from '../jwt/authorizer-function';
import { type LambdaPermissions } from '../integrations/lambda-permission';
import { type WebSocketAuthorizerDefinition } from './authorizer-definition';
import { type WebSocketDeployment } from './deployment';

/** Creates the resource of the authorizer of `$connect`: an API has at most one. */
export class Authorizers {
  constructor(
    private readonly scope: Construct,
    private readonly api: CfnApi,
    private readonly deployment: WebSocketDeployment,
    private readonly permissions: LambdaPermissions,
  ) {}

  /** Undefined if API Gateway needs none, as with IAM. */
  public create(authorizer: WebSocketAuthorizerDefinition | undefined, owner: Owner): CfnResource | undefined {
    if (authorizer?.kind !== 'request') return undefined;
    const { name, jwt, identitySources } = authorizer;
    const fn = jwt
      ? new JwtAuthorizerFunction(this.scope, `AuthorizerFunction-${name}`, jwt, () => undefined).fn
      : authorizer.fn;
    if (!fn) return undefined;
    const stack = Stack.of(this.scope);
    refuseOtherRegion(fn, stack, 'websocket', owner);
    const resource = new CfnAuthorizer(this.scope, `Authorizer-${name}`, {
      apiId: this.api.ref,
      name,
      authorizerType: 'REQUEST',
      authorizerUri: `arn:${Aws.PARTITION}:apigateway:${regionOf(fn, stack)}:lambda:path/2015-03-31/functions/${fn.functionArn}/invocations`,
      identitySource: identitySources.length > 0 ? [...identitySources] : undefined,
    });
    this.deployment.add(resource);
    this.permissions.grantAuthorizer(fn, resource.ref);
    return resource;
  }
}
