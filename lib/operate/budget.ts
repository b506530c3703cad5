import { Aws, Fn, Tags, Token } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { type ITopic } from 'aws-cdk-lib/aws-sns';
import { type Construct } from 'constructs';
import { type Owner, show } from '../authoring/errors';

/**
 * A budget for the cost of an API, identified by a tag on every resource that the gateway creates.
 *
 * Cost is recorded only for tags that are active in Billing: activate the tag once in the account that pays
 * (`aws ce update-cost-allocation-tags-status`); it is recorded from then on. Until then the budget stays at 0.
 *
 * @see https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html
 *
 * @example
 * const budget: ApiBudgetOptions = { monthly: 200, notify: ['ops@example.com'] };
 */
export interface ApiBudgetOptions {
  /**
   * US dollars per month.
   */
  readonly monthly: number;

  /**
   * E-mail addresses that are notified, up to 10.
   *
   * @default - none; `topic` is then required
   */
  readonly notify?: string[];

  /**
   * A topic that is notified. Its policy must allow `budgets.amazonaws.com` to publish.
   *
   * @see https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-sns-policy.html
   * @default - none
   */
  readonly topic?: ITopic;

  /**
   * Percentages of the budget at which actual cost is notified, up to four. Forecast cost is notified at 100.
   *
   * @default [80, 100]
   */
  readonly thresholds?: number[];

  /**
   * Key of the tag. Activate one key for all APIs.
   *
   * @default 'api'
   */
  readonly tagKey?: string;

  /**
   * Value of the tag.
   *
   * @default - the stack and the gateway, e.g. `Shop/Orders`
   */
  readonly tagValue?: string;
}

const EMAILS = 10;
/** A budget takes five notifications, and one is the forecast. */
const THRESHOLDS = 4;

/**
 * Tags the API and its related resources, and creates the budget.
 * @throws if there is no recipient, or AWS Budgets would reject it
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-budgets-budget.html
 */
export function createBudget(
  scope: Construct,
  id: string,
  options: ApiBudgetOptions,
  { path, label, owner }: { readonly path: string; readonly label: string; readonly owner: Owner },
): CfnBudget {
  const { monthly, notify = [], topic, thresholds = [80, 100] } = options;
  check(options, owner.part('budget'));
  const tagKey = options.tagKey ?? 'api';
  // No tag has a number sign, and no path an at sign.
  const tagValue = options.tagValue ?? `${Aws.STACK_NAME}/${path.replaceAll('#', '@')}`;
  Tags.of(scope).add(tagKey, tagValue);
  const subscribers = [
    ...notify.map((address) => ({ subscriptionType: 'EMAIL', address })),
    ...(topic ? [{ subscriptionType: 'SNS', address: topic.topicArn }] : []),
  ];
  const notification = (notificationType: string, threshold: number) => ({
    notification: { notificationType, threshold, thresholdType: 'PERCENTAGE', comparisonOperator: 'GREATER_THAN' },
    subscribers,
  });
  const budget = new CfnBudget(scope, id, {
    budget: {
      budgetType: 'COST',
      timeUnit: 'MONTHLY',
      budgetLimit: { amount: monthly, unit: 'USD' },
      // `user:` precedes user-defined tags; the dollar sign separates key and value.
      costFilters: { TagKeyValue: [Fn.join('', ['user:', tagKey, '$', tagValue])] },
    },
    notificationsWithSubscribers: [
      ...thresholds.map((threshold) => notification('ACTUAL', threshold)),
      notification('FORECASTED', 100),
    ],
  });
  budget.addMetadata('Budget', `What ${label} costs a month; activate the cost allocation tag "${tagKey}" in Billing`);
  return budget;
}

function check({ monthly, notify = [], topic, thresholds = [80, 100], tagKey }: ApiBudgetOptions, owner: Owner): void {
  if (Token.isUnresolved(notify)) {
    throw owner.error(
      'notify must be a list of addresses, each of which may be a token; a list that is a token has no known length',
    );
  }
  if (Token.isUnresolved(tagKey)) {
    throw owner.error('tagKey must be a literal, because resources are tagged with it; pass the token as tagValue');
  }
  if (!Token.isUnresolved(monthly) && !(monthly > 0)) {
    throw owner.error(`monthly must be more than 0 US dollars, got: ${monthly}`);
  }
  if (notify.length === 0 && !topic) {
    throw owner.error('has no recipient; set notify: ["team@example.com"] or topic');
  }
  if (notify.length > EMAILS) {
    throw owner.error(`notify has ${notify.length} addresses; the maximum of a budget is ${EMAILS}; set topic`);
  }
  const wrong = notify.find((address) => !Token.isUnresolved(address) && !/^[^@\s]+@[^@\s]+$/.test(address));
  if (wrong !== undefined) {
    throw owner.error(`notify has ${show(wrong)}, which is not an e-mail address; pass a topic as topic`);
  }
  const percent = thresholds.find((threshold) => !Token.isUnresolved(threshold) && !(threshold > 0));
  if (percent !== undefined) throw owner.error(`thresholds has ${percent}, but must be percentages above 0`);
  if (thresholds.length === 0 || thresholds.length > THRESHOLDS || new Set(thresholds).size !== thresholds.length) {
    throw owner.error(`thresholds must be 1 to ${THRESHOLDS} different percentages, got: ${show(thresholds)}`);
  }
}
