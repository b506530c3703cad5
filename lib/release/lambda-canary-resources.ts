import { Aws, CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import { type CfnAlarm, type IAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnManagedPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { Alias, type Function, type IAlias, type IFunction, type IVersion } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { type Owner } from '../authoring/errors';
import { acknowledgeEveryVersion } from './every-version';
import { allow, inOrder, managedPolicy, type Statement, trust } from '../authoring/handler-function';

/** How CodeDeploy shifts the traffic of a function. */
export interface Shift {
  readonly type: 'AllAtOnce' | 'TimeBasedCanary' | 'TimeBasedLinear';
  readonly percent?: number;
  readonly minutes?: number;
}

export interface LambdaRelease {
  /** Distinguishes one canary from another. */
  readonly key: object;
  readonly shift: Shift;
  readonly alarms: readonly IAlarm[];
  readonly preHook?: IFunction;
  readonly postHook?: IFunction;
  readonly owner: Owner;
}

/** A function behind an alias. */
export interface ReleasedFunction {
  /** The target of permissions. */
  readonly alias: IFunction;
  /**
   * The target of calls: the ARN of the alias, without a reference to it. The alias depends on the deployment group, whose
   * alarms may read the stage, which depends on the API that calls the alias.
   */
  readonly arn: string;
}

/** The API whose route calls the function. */
export interface CallingApi {
  readonly owner: Owner;
  /** Its alarms that mean that callers get errors now. */
  criticalAlarms(): readonly CfnAlarm[];
}

interface WatchedAlarm {
  readonly name: string;
  readonly arn: string;
}

const EVERY_VERSION_REASON =
  'A release shifts the alias from one version of the function to the next, and all of them belong to this function.';
const ALIAS = 'live';
const MAX_ALARMS = 10;
const made = new WeakMap<IFunction, { readonly key: object; readonly resources: LambdaReleaseResources }>();

/** @throws if the function has another canary, has too many alarms, or new versions of it cannot be created */
export function releaseFunction(
  fn: IFunction,
  release: LambdaRelease,
  apiAlarms: readonly CfnAlarm[],
): ReleasedFunction {
  const known = made.get(fn);
  if (known && known.key !== release.key) {
    throw release.owner.error(
      `the function "${fn.node.path}" has another canary already, but its alias has only one; keep one LambdaCanary in a variable, and use it for all routes`,
    );
  }
  const resources = known?.resources ?? new LambdaReleaseResources(fn, release);
  made.set(fn, { key: release.key, resources });
  resources.watch(apiAlarms, release.owner);
  return resources.released;
}

/** Created below the function, in its stack: a version in another stack would need an export that changes with each release. */
class LambdaReleaseResources extends Construct {
  public readonly released: ReleasedFunction;
  private readonly alarms: readonly WatchedAlarm[];
  /** The lists of APIs, which grow with their stages. */
  private readonly apiAlarms = new Set<readonly CfnAlarm[]>();

  constructor(fn: IFunction, release: LambdaRelease) {
    const version = versionOf(fn, release.owner);
    super(fn, 'LambdaCanary');
    this.alarms = [...new Set(release.alarms)].map(({ alarmName: name, alarmArn: arn }) => ({ name, arn }));
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
    this.node.addValidation({
      validate: () => {
        const problem = this.problem();
        return problem === undefined ? [] : [release.owner.error(problem).message];
      },
    });
  }

  /** Makes the alarms of an API monitor the releases too; called for one API after the other. */
  public watch(apiAlarms: readonly CfnAlarm[], owner: Owner): void {
    this.apiAlarms.add(apiAlarms);
    const problem = this.problem();
    if (problem !== undefined) throw owner.error(problem);
  }

  /** More alarms than CodeDeploy takes; those of a stage may come last. */
  private problem(): string | undefined {
    const [own, apis] = [this.alarms.length, this.ofApis.length];
    if (own + apis <= MAX_ALARMS) return undefined;
    return (
      `has ${own} alarms and ${apis} critical ones of its API; the maximum of CodeDeploy is ${MAX_ALARMS} for a function; ` +
      'remove some, or set apiAlarms: false and add the most important ones of the API'
    );
  }

  /** Those of another stack come after the function, and the alias of the function cannot wait for them. */
  private get ofApis(): readonly CfnAlarm[] {
    return [...this.apiAlarms].flat().filter((alarm) => Stack.of(alarm) === Stack.of(this));
  }

  /** All that watches; in no order of routes. */
  private get watched(): readonly WatchedAlarm[] {
    const apis = [...this.ofApis].sort((a, b) => (a.node.path < b.node.path ? -1 : 1));
    return [...this.alarms, ...apis.map(({ ref, attrArn }) => ({ name: ref, arn: attrArn }))];
  }

  private deploymentGroup(application: CfnResource, functionArn: string, release: LambdaRelease) {
    const { preHook, postHook } = release;
    const later = <T>(produce: (alarms: readonly WatchedAlarm[]) => T) =>
      Lazy.uncachedAny({ produce: () => produce(this.watched) });
    const role = new CfnRole(this, 'Role', { assumeRolePolicyDocument: trust('codedeploy.amazonaws.com') });
    const hooks = [preHook, postHook].filter((hook) => hook !== undefined).map((hook) => hook.functionArn);
    const statements = (alarms: readonly WatchedAlarm[]) => [
      // Versions come and go; all belong to this function.
      allow(
        ['lambda:GetAlias', 'lambda:GetProvisionedConcurrencyConfig', 'lambda:UpdateAlias'],
        [functionArn, `${functionArn}:*`],
      ),
      ...some(
        'cloudwatch:DescribeAlarms',
        alarms.map(({ arn }) => arn),
      ),
      ...some('lambda:InvokeFunction', hooks),
    ];
    const policy = managedPolicy(this, 'Policy', role, later(statements));
    acknowledgeEveryVersion(this, 'Policy', EVERY_VERSION_REASON);
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
          Events: later((alarms) => (alarms.length > 0 ? [...events, 'DEPLOYMENT_STOP_ON_ALARM'] : events)),
        },
        AlarmConfiguration: later((alarms) =>
          alarms.length > 0 ? { Enabled: true, Alarms: alarms.map(({ name }) => ({ Name: name })) } : undefined,
        ),
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

  /** Allows the hooks to report their result; returns the dependency of the alias. */
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
    `"${fn.node.path}" is ${aliasName === undefined ? 'imported' : 'an alias'}, but a canary creates a version and an alias of a function of this app; ` +
      'pass that function, or shift the alias in its own stack or app',
  );
}
