import { Aws, CfnResource } from 'aws-cdk-lib';
import { type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnManagedPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { Alias, type Function, type IAlias, type IFunction, type IVersion } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { type Owner } from '../shared/errors';
import { allow, inOrder, managedPolicy, type Statement, trust } from './handler-function';

/** How CodeDeploy shifts the traffic of a function. */
export interface Shift {
  readonly type: 'AllAtOnce' | 'TimeBasedCanary' | 'TimeBasedLinear';
  readonly percent?: number;
  readonly minutes?: number;
}

export interface LambdaRelease {
  /** Tells one canary from another. */
  readonly key: object;
  readonly shift: Shift;
  readonly alarms: readonly IAlarm[];
  readonly preHook?: IFunction;
  readonly postHook?: IFunction;
  readonly owner: Owner;
}

/** A function behind an alias. */
export interface ReleasedFunction {
  /** What is permitted. */
  readonly alias: IFunction;
  /**
   * What is called: the ARN of the alias, written without a reference to it. It waits for the deployment group, whose
   * alarms may look at the stage, which waits for the API that calls it.
   */
  readonly arn: string;
}

const ALIAS = 'live';
const made = new WeakMap<IFunction, { readonly key: object; readonly released: ReleasedFunction }>();

/** @throws where the function has another canary, or is none that new versions can be made of */
export function releaseFunction(fn: IFunction, release: LambdaRelease): ReleasedFunction {
  const known = made.get(fn);
  if (known && known.key !== release.key) {
    throw release.owner.error(
      `the function "${fn.node.path}" has another canary already, and its alias is shifted in one way; keep one LambdaCanary in a variable, and give it to all routes`,
    );
  }
  const released = known?.released ?? new LambdaReleaseResources(fn, release).released;
  made.set(fn, { key: release.key, released });
  return released;
}

/** Made below the function, in its stack: a version that leaves it would be an export that changes with each release. */
class LambdaReleaseResources extends Construct {
  public readonly released: ReleasedFunction;

  constructor(fn: IFunction, release: LambdaRelease) {
    const version = versionOf(fn, release.owner);
    super(fn, 'LambdaCanary');
    const { functionArn } = version.lambda;
    const application = new CfnResource(this, 'Application', {
      type: 'AWS::CodeDeploy::Application',
      properties: { ComputePlatform: 'Lambda' },
    });
    const { group, policy } = this.deploymentGroup(application, functionArn, release);
    const alias = new Alias(this, 'Alias', { aliasName: ALIAS, version });
    const resource = alias.node.defaultChild as CfnResource;
    resource.cfnOptions.updatePolicy = {
      codeDeployLambdaAliasUpdate: {
        applicationName: application.ref,
        deploymentGroupName: group.ref,
        beforeAllowTrafficHook: release.preHook?.functionName,
        afterAllowTrafficHook: release.postHook?.functionName,
      },
    };
    const last = this.hooks(application, group, policy, release);
    inOrder(last, resource);
    this.released = { alias, arn: `${functionArn}:${ALIAS}` };
  }

  private deploymentGroup(application: CfnResource, functionArn: string, release: LambdaRelease) {
    const { alarms, preHook, postHook } = release;
    const role = new CfnRole(this, 'Role', { assumeRolePolicyDocument: trust('codedeploy.amazonaws.com') });
    const hooks = [preHook, postHook].filter((hook) => hook !== undefined).map((hook) => hook.functionArn);
    const policy = managedPolicy(this, 'Policy', role, [
      // Versions come and go; all are of this function.
      allow(
        ['lambda:GetAlias', 'lambda:GetProvisionedConcurrencyConfig', 'lambda:UpdateAlias'],
        [functionArn, `${functionArn}:*`],
      ),
      ...some(
        'cloudwatch:DescribeAlarms',
        alarms.map(({ alarmArn }) => alarmArn),
      ),
      ...some('lambda:InvokeFunction', hooks),
    ]);
    const events = ['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_REQUEST'];
    const group = new CfnResource(this, 'Group', {
      type: 'AWS::CodeDeploy::DeploymentGroup',
      properties: {
        ApplicationName: application.ref,
        ServiceRoleArn: role.attrArn,
        DeploymentConfigName: this.config(release.shift),
        DeploymentStyle: { DeploymentType: 'BLUE_GREEN', DeploymentOption: 'WITH_TRAFFIC_CONTROL' },
        AutoRollbackConfiguration: {
          Enabled: true,
          Events: alarms.length > 0 ? [...events, 'DEPLOYMENT_STOP_ON_ALARM'] : events,
        },
        AlarmConfiguration:
          alarms.length > 0
            ? { Enabled: true, Alarms: alarms.map(({ alarmName }) => ({ Name: alarmName })) }
            : undefined,
      },
    });
    inOrder(policy, group);
    return { group, policy };
  }

  private config({ type, percent, minutes }: Shift): string {
    if (type === 'AllAtOnce') return 'CodeDeployDefault.LambdaAllAtOnce';
    const name = type === 'TimeBasedCanary' ? 'Canary' : 'Linear';
    return new CfnResource(this, 'Config', {
      type: 'AWS::CodeDeploy::DeploymentConfig',
      properties: {
        ComputePlatform: 'Lambda',
        TrafficRoutingConfig: {
          Type: type,
          [type]: { [`${name}Percentage`]: percent, [`${name}Interval`]: minutes },
        },
      },
    }).ref;
  }

  /** Lets the hooks tell their outcome; returns what the alias must wait for. */
  private hooks(
    application: CfnResource,
    group: CfnResource,
    policy: CfnManagedPolicy,
    { preHook, postHook }: LambdaRelease,
  ): CfnResource {
    const roles = [preHook, postHook].flatMap((hook) => (hook?.role ? [hook.role.roleName] : []));
    if (roles.length === 0) return group;
    const target = `arn:${Aws.PARTITION}:codedeploy:${Aws.REGION}:${Aws.ACCOUNT_ID}:deploymentgroup:${application.ref}/${group.ref}`;
    const hooks = new CfnManagedPolicy(this, 'HooksPolicy', {
      roles: [...new Set(roles)],
      policyDocument: {
        Version: '2012-10-17',
        Statement: [allow('codedeploy:PutLifecycleEventHookExecutionStatus', target)],
      },
    });
    inOrder(policy, hooks);
    return hooks;
  }
}

function some(action: string, resources: readonly string[]): Statement[] {
  return resources.length > 0 ? [allow(action, [...new Set(resources)])] : [];
}

function versionOf(fn: IFunction, owner: Owner): IVersion {
  const { aliasName, lambda, version } = fn as Partial<IAlias & IVersion>;
  const isMade = fn.node.defaultChild !== undefined && aliasName === undefined;
  if (isMade && lambda !== undefined && version !== undefined) return fn as IVersion;
  if (isMade && 'currentVersion' in fn) return (fn as Function).currentVersion;
  throw owner.error(
    `"${fn.node.path}" is ${aliasName === undefined ? 'imported' : 'an alias'}, and a canary makes a version and an alias of a function of this app; ` +
      'give that function, or shift the alias where it is made',
  );
}
