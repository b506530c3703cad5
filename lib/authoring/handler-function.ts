import { type Acknowledgment, type CfnResource, type IResolvable, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { CfnManagedPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';
import { bundledCode } from './bundled-code';

export interface Statement {
  readonly Effect: 'Allow';
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
}

export const allow = (Action: Statement['Action'], Resource: Statement['Resource']): Statement => ({
  Effect: 'Allow',
  Action,
  Resource,
});

export interface HandlerOptions {
  /** The folder in `assets`. */
  readonly code: string;
  readonly description: string;
  /** The exports of `index.js` of the bundle. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly statements: readonly Statement[];
  readonly findings: readonly Acknowledgment[];
  /** By default 256. */
  readonly memorySize?: number;
  /** Part of the id of the policy: another one creates another policy, and the old one is kept until the clean-up. */
  readonly policySuffix?: string;
}

export interface Handler {
  readonly fn: CfnFunction;
  /** The dependency of the caller of the function. */
  readonly policy: CfnManagedPolicy;
}

export function trust(service: string): object {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  };
}

export function managedPolicy(
  scope: Construct,
  id: string,
  role: CfnRole,
  statements: readonly Statement[] | IResolvable,
) {
  return new CfnManagedPolicy(scope, id, {
    roles: [role.ref],
    policyDocument: { Version: '2012-10-17', Statement: statements },
  });
}

/** The logs of handlers. */
export function handlerLogs(scope: Construct, id: string, findings: readonly Acknowledgment[]): CfnLogGroup {
  const logs = new CfnLogGroup(scope, id, { retentionInDays: 365 });
  logs.applyRemovalPolicy(RemovalPolicy.DESTROY);
  Validations.of(logs).acknowledge(...findings);
  return logs;
}

/** A function of this package, with its own role and policy. */
export function handlerFunction(scope: Construct, id: string, logs: CfnLogGroup, options: HandlerOptions): Handler {
  const role = new CfnRole(scope, `${id}Role`, { assumeRolePolicyDocument: trust('lambda.amazonaws.com') });
  const policy = managedPolicy(scope, `${id}Policy${options.policySuffix ?? ''}`, role, [
    ...options.statements,
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], logs.attrArn),
  ]);
  const fn = new CfnFunction(scope, `${id}Handler`, {
    description: options.description,
    runtime: Runtime.NODEJS_24_X.name,
    handler: options.handler,
    code: bundledCode(scope, options.code),
    role: role.attrArn,
    timeout: options.timeoutSeconds,
    memorySize: options.memorySize ?? 256,
    loggingConfig: { logGroup: logs.ref, logFormat: 'JSON' },
  });
  Validations.of(fn).acknowledge(...options.findings);
  return { fn, policy };
}

/** `after` depends on `before`. */
export function inOrder(...resources: readonly CfnResource[]): void {
  resources.slice(1).forEach((resource, index) => resource.addResourceDependency(resources[index]));
}
