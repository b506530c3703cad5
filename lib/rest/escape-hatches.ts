import { type CfnResource } from 'aws-cdk-lib';
import { type CfnApiKey, type CfnDeployment } from 'aws-cdk-lib/aws-apigateway';
import { type CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { type CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { type CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { type CfnWebACL, type CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { RestGatewayBase } from './gateway-base';

/**
 * Resources that only gateways of REST APIs create, for property overrides.
 * @internal
 */
export abstract class RestEscapeHatches extends RestGatewayBase {
  /**
   * The deployment that the stages serve, for property overrides. Its logical ID depends on what it deploys.
   */
  public get cfnDeployment(): CfnDeployment {
    return this.node.findChild('Deployment') as CfnDeployment;
  }

  /**
   * The web ACL of `WebAcl.managed`, for property overrides; undefined if the stages have none, or one created elsewhere.
   */
  public get cfnWebAcl(): CfnWebACL | undefined {
    return this.node.tryFindChild('WebAcl') as CfnWebACL | undefined;
  }

  /**
   * ARN of the web ACL of the stages, of `WebAcl.managed` or `WebAcl.fromArn`; undefined if they have none.
   */
  public get webAclArn(): string | undefined {
    const [stage] = this._namesAfter('WebAcl-');
    return this.cfnWebAcl?.attrArn ?? (stage === undefined ? undefined : this.cfnWebAclAssociation(stage).webAclArn);
  }

  /**
   * The association of the web ACL with a stage, for property overrides.
   *
   * @param stage key of the `stages` map
   * @throws if the stage has none
   */
  public cfnWebAclAssociation(stage: string): CfnWebACLAssociation {
    return this._ofStage('WebAcl-<stage>', stage, 'association of a web ACL') as CfnWebACLAssociation;
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
    const path = [`Authorizer-${name}`, 'Resource'];
    return this._made(
      path,
      `function for the authorizer "${name}"`,
      name,
      this._namesAfter('Authorizer-'),
    ) as CfnFunction;
  }

  /**
   * The alarm on the server errors of a stage's canary, for property overrides.
   *
   * @param stage key of the `stages` map
   * @throws if the stage has no canary, or other alarms report its errors
   */
  public cfnCanaryAlarm(stage: string): CfnAlarm {
    return this._ofStage('Canary-<stage>/ServerErrors', stage, 'alarm on a canary') as CfnAlarm;
  }

  /**
   * The state machine of a stage's progressive canary (`AWS::StepFunctions::StateMachine`), for property overrides.
   *
   * @param stage key of the `stages` map
   * @throws if the stage has no canary, or one that is promoted manually
   */
  public cfnCanaryMachine(stage: string): CfnResource {
    return this._ofStage('Canary-<stage>/Machine', stage, 'state machine for a canary');
  }
}
