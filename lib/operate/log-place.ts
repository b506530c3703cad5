import { Stack, Token } from 'aws-cdk-lib';
import { type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { type Construct } from 'constructs';
import { type Owner } from '../authoring/errors';

/**
 * The services write only to log groups in their own Region and account.
 * @param who the writer, e.g. `AWS WAF`
 * @throws if the group is known to be elsewhere
 */
export function checkLogPlace(scope: Construct, logGroup: ILogGroup, who: string, owner: Owner): void {
  const own = Stack.of(scope);
  const { env } = logGroup;
  for (const place of ['region', 'account'] as const) {
    if (Token.isUnresolved(own[place]) || Token.isUnresolved(env[place]) || own[place] === env[place]) continue;
    throw owner.error(
      `logGroup is in the ${place} ${env[place]}, and the stack in ${own[place]}; ${who} logs only to groups in its own Region and ` +
        'account. Pass one from there, or leave logGroup out for a new one, and let a subscription filter forward the log events',
    );
  }
}
