import { Aws, Stack, Token } from 'aws-cdk-lib';
import { CfnLoggingConfiguration, type CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { type Construct } from 'constructs';
import { WAF_LOG_PREFIX } from '../facts/web-acl';
import { Owner, show } from '../authoring/errors';
import { pathInStack, uniqueOfStack } from '../authoring/places';
import { checkDeclared, createLogGroup } from './log-group';
import { checkLogPlace } from './log-place';
import { type WebAclLogOptions } from './web-acl-options';

/** Headers that contain credentials. */
const CREDENTIALS = ['authorization', 'cookie', 'x-api-key'];

/** @throws if AWS WAF would reject the destination */
export function checkWebAclLog(options: WebAclLogOptions, owner: Owner): void {
  const name = options.logGroup?.logGroupName ?? options.logGroupName;
  if (name !== undefined && !Token.isUnresolved(name) && !name.startsWith(WAF_LOG_PREFIX)) {
    throw owner.error(`the name of the log group must begin with "${WAF_LOG_PREFIX}", got: ${show(name)}`);
  }
  const own = (['retention', 'encryptionKey', 'removalPolicy', 'logGroupName', 'declared'] as const).filter(
    (option) => options[option] !== undefined,
  );
  if (options.logGroup && own.length > 0) {
    throw owner.error(`${own.join(' and ')} would have no effect with logGroup, which has its own; leave it out`);
  }
  checkDeclared(options, owner);
}

/** Logs the requests of an ACL, without the headers that contain credentials. AWS WAF sets the resource policy of the group. */
export function logWebAcl(scope: Construct, acl: CfnWebACL, options: WebAclLogOptions): void {
  const headers = [...new Set([...CREDENTIALS, ...(options.redactedHeaders ?? []).map((name) => name.toLowerCase())])];
  new CfnLoggingConfiguration(scope, 'WebAclLogging', {
    resourceArn: acl.attrArn,
    logDestinationConfigs: [destination(scope, options)],
    redactedFields: headers.map((name) => ({ singleHeader: { Name: name } })),
  });
}

/** ARN of the group, without the trailing `:*`, which AWS WAF does not accept. */
function destination(scope: Construct, options: WebAclLogOptions): string {
  const { partition, region, account } = Stack.of(scope);
  if (options.logGroup) {
    checkLogPlace(scope, options.logGroup, 'AWS WAF', new Owner('WebAcl.managed').part('log'));
    const { env, logGroupName } = options.logGroup;
    return `arn:${partition}:logs:${env.region}:${env.account}:log-group:${logGroupName}`;
  }
  const made = `${WAF_LOG_PREFIX}${Aws.STACK_NAME}/${pathInStack(scope)}-${uniqueOfStack()}`;
  const group = createLogGroup(scope, 'WebAclLog', options.logGroupName ?? made, options);
  return `arn:${partition}:logs:${region}:${account}:log-group:${group.name}`;
}
