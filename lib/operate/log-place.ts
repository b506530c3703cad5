import { Stack, Token } from 'aws-cdk-lib';
import { type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';
import { type Owner } from '../authoring/errors';

/**
 * The services write to log groups of their own Region and account only.
 * @param who what writes, e.g. `AWS WAF`
 * @throws where the group is known to be elsewhere
 */
export function checkLogPlace(scope: Construct, logGroup: ILogGroup, who: string, owner: Owner): void {
  const own = Stack.of(scope);
  const { env } = logGroup;
  for (const place of ['region', 'account'] as const) {
    if (Token.isUnresolved(own[place]) || Token.isUnresolved(env[place]) || own[place] === env[place]) continue;
    throw owner.error(
      `logGroup is in the ${place} ${env[place]}, and the stack in ${own[place]}; ${who} logs to groups of its own Region and ` +
        'account only. Give one from there, or leave logGroup out for a new one, and have a subscription filter pass the lines on',
    );
  }
}
