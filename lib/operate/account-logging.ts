import { Aws, CfnDeletionPolicy, CfnResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { CfnManagedPolicy, CfnRole, type IRole } from 'aws-cdk-lib/aws-iam';
import { CfnFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { acknowledge } from '../authoring/acknowledge';
import { injected } from '../authoring/injection';
import { bundledCode } from '../authoring/bundled-code';
import { Owner } from '../authoring/errors';
import { keepAlways } from '../authoring/removal';
import { checkedProps } from '../authoring/shapes/guard';
import { HANDLER_FINDINGS, HANDLER_LOG_FINDINGS, LOGGING_POLICY_FINDINGS } from './account-logging-acknowledgements';
import { ACCOUNT_LOGGING_TYPE } from '../facts/own-resources';

/** Properties of `ApiGatewayAccountLogging`. */
export interface ApiGatewayAccountLoggingProps {
  /**
   * The role with which API Gateway writes logs: it must trust `apigateway.amazonaws.com` and have the permissions of the policy
   * `AmazonAPIGatewayPushToCloudWatchLogs`. It must outlive this stack.
   *
   * @default - a new role, which is kept when the stack is deleted
   */
  readonly role?: IRole;
}

const FIXED_ID = 'ApiGatewayAccountLogging';
const API_GATEWAY = 'apigateway.amazonaws.com';
const TIMEOUT_SECONDS = 300;

const byStack = new WeakMap<Stack, ApiGatewayAccountLogging>();

/**
 * The role with which API Gateway writes CloudWatch logs, a setting that an AWS account has once per Region.
 *
 * Sets the role if the account has none, and keeps an existing role: two stacks can never overwrite each
 * other's. Deleting the stack changes nothing: other stacks continue to log, so the role (and its policy) is kept too. For
 * short-lived stacks, pass one permanent `role`; otherwise each leaves a role behind when it is deleted.
 *
 * A role that the account refers to but that has been deleted is kept as well: API Gateway then cannot enable
 * logs. Remove it once (`aws apigateway update-account --patch-operations op=remove,path=/cloudwatchRoleArn`), and
 * deploy again.
 */
export class ApiGatewayAccountLogging extends Construct {
  /** Name that property injectors of the CDK know the class by. */
  public static readonly PROPERTY_INJECTION_ID: string = 'cdk-apigateway-constructs.ApiGatewayAccountLogging';

  /** The one of the stack around the scope; created on first use. */
  public static of(scope: Construct): ApiGatewayAccountLogging {
    const stack = Stack.of(scope);
    return byStack.get(stack) ?? new ApiGatewayAccountLogging(stack, FIXED_ID);
  }

  /**
   * The requested role. The account may have another one, set before: see the attribute `CloudWatchRoleArn` of
   * the resource.
   */
  public readonly roleArn: string;

  /** The dependency of stages with logs. */
  public readonly resource: CfnResource;

  /** The generated role, for property overrides. */
  public readonly cfnRole?: CfnRole;

  /** The function that sets the role, for property overrides. */
  public readonly cfnFunction: CfnFunction;

  constructor(scope: Construct, id: string, props: ApiGatewayAccountLoggingProps = {}) {
    props = injected(ApiGatewayAccountLogging, { scope, id }, props);
    super(scope, id);
    const owner = new Owner(`ApiGatewayAccountLogging '${this.node.path}'`);
    checkedProps(owner, 'ApiGatewayAccountLoggingProps', props, new.target !== ApiGatewayAccountLogging);
    const stack = Stack.of(this);
    const other = byStack.get(stack);
    if (other) {
      throw owner.error(
        `stack "${stack.stackName}" has one already at "${other.node.path}", and an account has one logging role per Region. ` +
          'Create it before the gateways, which otherwise create their own, or get it from ApiGatewayAccountLogging.of(scope).',
      );
    }

    const made = props.role ? undefined : loggingRole(this);
    this.roleArn = props.role?.roleArn ?? made!.role.attrArn;
    this.cfnRole = made?.role;
    const handler = handlerFunction(this, this.roleArn);
    this.cfnFunction = handler.fn;
    this.resource = new CfnResource(this, 'Resource', {
      type: ACCOUNT_LOGGING_TYPE,
      properties: {
        ServiceToken: handler.fn.attrArn,
        // Without it, CloudFormation waits an hour for a function that cannot respond.
        ServiceTimeout: TIMEOUT_SECONDS * 2,
        CloudWatchRoleArn: this.roleArn,
      },
    });
    this.resource.addResourceDependency(handler.policy);
    // One after the other: CDK sorts several dependencies of a resource, which loads the collation of a language for it.
    if (made) handler.policy.addResourceDependency(made.policy);
    if (props.role) this.resource.node.addDependency(props.role);
    byStack.set(stack, this);
  }
}

function trust(service: string) {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: service } }],
  };
}

function loggingRole(scope: Construct): { role: CfnRole; policy: CfnManagedPolicy } {
  const role = new CfnRole(scope, 'Role', {
    description: 'API Gateway writes CloudWatch logs with it, for all APIs of the account in this region',
    assumeRolePolicyDocument: trust(API_GATEWAY),
  });
  const policy = new CfnManagedPolicy(scope, 'Policy', {
    description: 'What API Gateway needs to write CloudWatch logs',
    roles: [role.ref],
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: [
            'logs:CreateLogGroup',
            'logs:CreateLogStream',
            'logs:DescribeLogGroups',
            'logs:DescribeLogStreams',
            'logs:FilterLogEvents',
            'logs:GetLogEvents',
            'logs:PutLogEvents',
          ],
          // API Gateway names execution log groups after future APIs, and rejects a role with fewer permissions.
          Resource: '*',
        },
      ],
    },
  });
  // The account refers to the role after this stack is deleted, and after a rolled-back creation too.
  for (const kept of [role, policy]) keepAlways(kept, CfnDeletionPolicy.RETAIN);
  acknowledge(policy, ...LOGGING_POLICY_FINDINGS);
  return { role, policy };
}

function handlerFunction(scope: Construct, roleArn: string): { fn: CfnFunction; policy: CfnManagedPolicy } {
  const logs = new CfnLogGroup(scope, 'HandlerLogs', { retentionInDays: 365 });
  logs.applyRemovalPolicy(RemovalPolicy.DESTROY);
  const role = new CfnRole(scope, 'HandlerRole', { assumeRolePolicyDocument: trust('lambda.amazonaws.com') });
  const policy = new CfnManagedPolicy(scope, 'HandlerPolicy', {
    roles: [role.ref],
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['apigateway:GET', 'apigateway:PATCH'],
          Resource: `arn:${Aws.PARTITION}:apigateway:${Aws.REGION}::/account`,
        },
        {
          Effect: 'Allow',
          Action: 'iam:PassRole',
          Resource: roleArn,
          Condition: { StringEquals: { 'iam:PassedToService': API_GATEWAY } },
        },
        { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: logs.attrArn },
      ],
    },
  });
  const fn = new CfnFunction(scope, 'Handler', {
    description: 'Sets the CloudWatch role of the API Gateway account where none is set',
    runtime: Runtime.NODEJS_24_X.name,
    handler: 'index.handler',
    code: bundledCode(scope, 'account-logging'),
    role: role.attrArn,
    timeout: TIMEOUT_SECONDS,
    memorySize: 256,
    loggingConfig: { logGroup: logs.ref, logFormat: 'JSON' },
  });
  acknowledge(logs, ...HANDLER_LOG_FINDINGS);
  acknowledge(fn, ...HANDLER_FINDINGS);
  return { fn, policy };
}
