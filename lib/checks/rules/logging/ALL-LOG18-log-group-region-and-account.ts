import { type ApiModel, type Location } from '../../../template/model/model';
import { stackOf } from '../../../template/model/stack-of';
import { type Rule, type Violation } from '../../rule';
import { inside, stageLabel, stagesOf } from '../../queries/common';
import { v2StagesOf } from '../../queries/v2';
import { stageWebAclLogs } from '../../queries/web-acls';
import { isLiteral, splitText, type Text } from '../../../template/model/text';

function elsewhere(model: ApiModel, destination: Text | undefined, location: Location): string | undefined {
  const [, , service, region, account] = splitText(destination ?? '', [':', ':', ':', ':', ':']);
  const stack = stackOf(model, location);
  if (service !== 'logs') return undefined;
  if (isLiteral(region) && region !== '' && stack?.region !== undefined && region !== stack.region) {
    return `a log group in ${region}, but the stack is in ${stack.region}`;
  }
  return isLiteral(account) && account !== '' && stack?.account !== undefined && account !== stack.account
    ? `a log group in the account ${account}, but the stack is in ${stack.account}`
    : undefined;
}

function* places(model: ApiModel): Iterable<Violation & { readonly destination?: Text }> {
  // The page of AWS WAF says so; none says it of API Gateway.
  for (const { stage } of [...stagesOf(model), ...v2StagesOf(model)]) {
    const property = 'routeSettings' in stage ? 'AccessLogSettings' : 'AccessLogSetting';
    yield {
      location: inside(stage.location, property, 'DestinationArn'),
      message: `${stageLabel(stage)} logs to`,
      destination: stage.accessLog?.destination,
      severity: 'warning',
    };
  }
  for (const { location, destination } of stageWebAclLogs(model)) {
    yield { location: inside(location, 'LogDestinationConfigs'), message: 'the web ACL logs to', destination };
  }
}

export const rule: Rule = {
  id: 'ALL-LOG18',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'Logs go to a log group of the same Region and account',
  why: 'AWS WAF rejects a log group of another Region or account, and the deployment rolls back. The same is expected for access logs of API Gateway, but not documented.',
  fix: {
    library:
      'Omit `logGroup` in `accessLog` and in the `log` of `WebAcl.managed`, or use a log group of the stack; a subscription filter can forward its entries.',
    l2:
      'Give `LogGroupLogDestination`, or `logDestinationConfigs` of the `CfnLoggingConfiguration`, a log group of the stack; a ' +
      'subscription filter can forward its entries.',
    cloudFormation:
      'Set the destination to a log group of the stack; an `AWS::Logs::SubscriptionFilter` can forward its entries.',
  },
  link: 'https://docs.aws.amazon.com/waf/latest/developerguide/logging-cw-logs.html',
  *check(model) {
    for (const { destination, ...place } of places(model)) {
      const problem = elsewhere(model, destination, place.location);
      if (problem !== undefined) {
        yield { ...place, message: `${place.message} ${problem}` };
      }
    }
  },
};
