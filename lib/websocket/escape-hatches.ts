import { type CfnApiKey } from 'aws-cdk-lib/aws-apigateway';
import { CfnAuthorizer, type CfnDeployment, CfnIntegration, type CfnRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { type CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { type CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { WebSocketGatewayBase } from './gateway-base';

/**
 * Resources that only gateways of WebSocket APIs create, for property overrides.
 * @internal
 */
export abstract class WebSocketEscapeHatches extends WebSocketGatewayBase {
  /**
   * The deployment that the stages serve, for property overrides; undefined if every stage deploys automatically. Its logical ID
   * depends on what it deploys.
   */
  public get cfnDeployment(): CfnDeployment | undefined {
    return this.node.tryFindChild('Deployment') as CfnDeployment | undefined;
  }

  /**
   * The resource of a route, for property overrides, which are deployed.
   *
   * @param key key of the route
   * @throws if the route is not there (yet)
   *
   * @example
   * chat.cfnRoute('$connect').operationName = 'connect';
   */
  public cfnRoute(key: string): CfnRoute {
    return this._made([`Route-${key}`], `route "${key}"`, key, this._namesAfter('Route-')) as CfnRoute;
  }

  /**
   * The resource of the integration of a route, for property overrides, which are deployed. Routes to the same function share it.
   *
   * @param key key of the route
   * @throws if the route is not there (yet)
   *
   * @example
   * chat.cfnIntegration('$connect').timeoutInMillis = 5000;
   */
  public cfnIntegration(key: string): CfnIntegration {
    const { target } = this.cfnRoute(key);
    const found = this.node.children.find(
      (child): child is CfnIntegration => child instanceof CfnIntegration && target === `integrations/${child.ref}`,
    );
    if (found) return found;
    throw this._where.error(`has made no integration of the route "${key}": its target was set to another one`);
  }

  /**
   * The authorizer of `$connect`, for property overrides, which are deployed; undefined if it has none, or IAM.
   */
  public get cfnAuthorizer(): CfnAuthorizer | undefined {
    return this.node.children.find((child): child is CfnAuthorizer => child instanceof CfnAuthorizer);
  }

  /**
   * The resource of the log group of a stage's execution log, for property overrides.
   *
   * @param stage key of the `stages` map
   * @throws if the stage has none
   *
   * @example
   * chat.cfnExecutionLogGroup('prod').retentionInDays = 30;
   */
  public cfnExecutionLogGroup(stage: string): CfnLogGroup {
    return this._ofStage('ExecutionLog-<stage>', stage, 'log group for the execution log') as CfnLogGroup;
  }

  /**
   * The resource of an API key, for property overrides.
   *
   * @param name its name in `apiKeys` of the gateway or of a plan
   * @throws if it does not exist, or imported
   */
  public cfnApiKey(name: string): CfnApiKey {
    return this._made([`ApiKey-${name}`], `API key "${name}"`, name, this._namesAfter('ApiKey-')) as CfnApiKey;
  }

  /**
   * The bundled function that checks the JSON Web Tokens of an authorizer, for property overrides.
   *
   * @param name name of the authorizer: as given, or derived from the issuer, e.g. `jwt-login.example.com`
   * @throws if it does not exist
   */
  public cfnAuthorizerFunction(name: string): CfnFunction {
    const path = [`AuthorizerFunction-${name}`, 'Resource'];
    const known = this._namesAfter('AuthorizerFunction-');
    return this._made(path, `function for the authorizer "${name}"`, name, known) as CfnFunction;
  }
}
