import { type Account, type ApiModel } from '../../../template/model/model';
import { stackOf } from '../../../template/model/stack-of';
import { type Rule } from '../../rule';
import { guide } from '../../queries/common';

/** Account and Region if the app sets them, else the template: two stacks without environment may be deployed anywhere. */
function placeOf(model: ApiModel, { location }: Account): { key: string; label: string } {
  const template = stackOf(model, location);
  return template?.account !== undefined && template.region !== undefined
    ? { key: `${template.account}/${template.region}`, label: `account ${template.account} in ${template.region}` }
    : { key: location.template, label: 'the account that the stack is deployed to' };
}

export const rule: Rule = {
  id: 'REST-LOG13',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'An account and Region has one AWS::ApiGateway::Account',
  why:
    'It is one setting for the whole account and Region: the last deployment wins, and deleting one stack removes ' +
    'the logging role from every API of the account.',
  fix: {
    library: 'Use `ApiGatewayAccountLogging`, which sets the role only if none is set and never removes it.',
    l2: 'Set `cloudWatchRole: false` on each `RestApi` and `SpecRestApi` but one.',
    cloudFormation: 'Keep one `AWS::ApiGateway::Account`, in a separate stack.',
  },
  link: guide('set-up-logging'),
  *check(model) {
    const first = new Map<string, Account>();
    for (const account of model.accounts.filter(({ custom }) => !custom)) {
      const { key, label } = placeOf(model, account);
      const other = first.get(key);
      if (other) {
        yield {
          location: account.location,
          message: `${account.location.logicalId} and ${other.location.logicalId} both set the logging role of ${label}`,
        };
      } else {
        first.set(key, account);
      }
    }
  },
};
