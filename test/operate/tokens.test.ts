import { CfnParameter, Duration, Fn, Stack } from 'aws-cdk-lib';
import { DeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import { type RestGatewayProps, WebAcl, WebAclRateLimit } from '../../lib';
import { gateway, ids, type Json, resource, templateOf, testApp } from '../support/stacks';

const text = (stack: Stack, id: string) => new CfnParameter(stack, id).valueAsString;
const number = (stack: Stack, id: string) => new CfnParameter(stack, id, { type: 'Number' }).valueAsNumber;
const list = (stack: Stack, id: string) => new CfnParameter(stack, id, { type: 'CommaDelimitedList' }).valueAsList;
const imported = (name: string) => expect.objectContaining({ 'Fn::ImportValue': expect.stringContaining(name) });
const importedList = (name: string) => ({ 'Fn::Split': ['||', imported(name)] });

/** A gateway whose props are made with what a stack that comes before it has. */
function across(props: (other: Stack) => Partial<RestGatewayProps>) {
  const app = testApp();
  const other = new Stack(app, 'Other');
  const { stack } = gateway(props(other), app);
  const template = templateOf(stack);
  app.synth();
  expect(stack.dependencies).toEqual([other]);
  expect(other.dependencies).toEqual([]);
  return template;
}

describe('what only CloudFormation knows', () => {
  const app = testApp();
  const stack = new Stack(app, 'Parameters');
  const { stack: own } = gateway(
    {
      apiName: Fn.importValue('restApiName'),
      webAcl: WebAcl.managed({
        denyIps: list(stack, 'Denied'),
        allowIps: [Fn.importValue('probe')],
        denyCountries: list(stack, 'Countries'),
        rateLimits: [
          WebAclRateLimit.byForwardedIp(number(stack, 'Forwarded'), {
            window: Duration.seconds(number(stack, 'Window')),
          }),
        ],
        rules: [
          { name: 'Own', statement: { geoMatchStatement: { countryCodes: [Fn.importValue('c')] } }, capacity: 1 },
        ],
        log: { logGroupName: Fn.importValue('waf-log'), redactedHeaders: ['x-session'] },
      }),
      stages: {
        prod: {
          stageName: Fn.importValue('stage'),
          accessLog: { logGroupName: Fn.importValue('access-log'), retention: RetentionDays.ONE_WEEK },
        },
      },
      alarms: {
        topic: Topic.fromTopicArn(stack, 'Topic', Fn.importValue('topic')),
        composite: true,
        serverErrors: { threshold: 7 },
        latency: { threshold: number(stack, 'Slow') },
      },
      dashboard: { dashboardName: Fn.importValue('dashboard') },
      savedQueries: true,
      budget: {
        monthly: number(stack, 'Monthly'),
        notify: [Fn.importValue('mail')],
        thresholds: [number(stack, 'Percent')],
        tagValue: Fn.importValue('tag'),
      },
    },
    app,
  );
  const template = templateOf(own);
  const value = (name: string) => ({ 'Fn::ImportValue': name });

  test('in a web ACL: lists, limits, windows, names of logs', () => {
    const sets = ids(template, 'AWS::WAFv2::IPSet').map((id) => template.Resources[id].Properties);
    expect(sets.map(({ IPAddressVersion, Addresses }) => [IPAddressVersion, Addresses])).toEqual([
      ['IPV4', importedList('Denied')],
      ['IPV4', [value('probe')]],
    ]);
    const rules: Json[] = resource(template, 'AWS::WAFv2::WebACL').Properties.Rules;
    const of = (name: string) => rules.find(({ Name }) => Name === name)!.Statement;
    expect(of('DenyCountries').GeoMatchStatement.CountryCodes).toEqual(importedList('Countries'));
    expect(of('RateLimitForwardedIp').RateBasedStatement).toMatchObject({
      Limit: imported('Forwarded'),
      EvaluationWindowSec: imported('Window'),
    });
    expect(resource(template, 'AWS::Logs::LogGroup', /WebAclLog/).Properties.LogGroupName).toEqual(value('waf-log'));
  });

  test('in logs: names of stages and groups', () => {
    expect(resource(template, 'AWS::Logs::LogGroup', /AccessLog/).Properties).toMatchObject({
      LogGroupName: value('access-log'),
      RetentionInDays: 7,
    });
    const name = resource(template, 'AWS::Logs::LogGroup', /ExecutionLog/).Properties.LogGroupName['Fn::Join'][1];
    expect(name.slice(-2)).toEqual(['/', value('stage')]);
    expect(resource(template, 'AWS::ApiGateway::Stage').Properties.StageName).toEqual(value('stage'));
  });

  test('in alarms, dashboard and queries: names of APIs, topics, thresholds', () => {
    const alarm = resource(template, 'AWS::CloudWatch::Alarm', /prodLatency/).Properties;
    expect(alarm.Dimensions[0]).toEqual({ Name: 'ApiName', Value: value('restApiName') });
    expect(alarm.Threshold).toEqual(imported('Slow'));
    expect(alarm.AlarmActions).toEqual([value('topic')]);
    expect(resource(template, 'AWS::CloudWatch::CompositeAlarm').Properties.AlarmActions).toEqual([value('topic')]);
    const dashboard = resource(template, 'AWS::CloudWatch::Dashboard').Properties;
    expect(dashboard.DashboardName).toEqual(value('dashboard'));
    expect(dashboard.DashboardBody['Fn::Join'][1]).toContainEqual(value('restApiName'));
    expect(ids(template, 'AWS::Logs::QueryDefinition')).toHaveLength(4);
  });

  test('in a budget: amount, addresses, thresholds and the value of the tag', () => {
    const { Budget, NotificationsWithSubscribers: told } = resource(template, 'AWS::Budgets::Budget').Properties;
    expect(Budget.BudgetLimit.Amount).toEqual(imported('Monthly'));
    expect(Budget.CostFilters.TagKeyValue).toEqual([{ 'Fn::Join': ['', ['user:api$', value('tag')]] }]);
    expect(told[0]).toMatchObject({
      Notification: { Threshold: imported('Percent') },
      Subscribers: [{ Address: value('mail') }],
    });
    expect(resource(template, 'AWS::ApiGateway::RestApi').Properties.Tags).toEqual([
      { Key: 'api', Value: value('tag') },
    ]);
  });

  test('but for a list of addresses and the key of a tag', () => {
    const budget = (more: object) => () => gateway({ budget: { monthly: 1, notify: ['a@b'], ...more } });
    expect(budget({ notify: list(new Stack(), 'Mails') })).toThrow(
      "RestGateway 'Api': budget: notify must be a list of addresses, each of which may be a token; a list that is a token has no known length",
    );
    expect(budget({ tagKey: text(new Stack(), 'Key') })).toThrow(
      "RestGateway 'Api': budget: tagKey must be a literal, because resources are tagged with it; pass the token as tagValue",
    );
  });
});

describe('what another stack makes', () => {
  test('a web ACL', () => {
    const template = across((other) => {
      const acl = new CfnWebACL(other, 'Acl', {
        scope: 'REGIONAL',
        defaultAction: { allow: {} },
        visibilityConfig: { cloudWatchMetricsEnabled: true, metricName: 'a', sampledRequestsEnabled: true },
      });
      return { webAcl: WebAcl.fromArn(acl.attrArn) };
    });
    expect(resource(template, 'AWS::WAFv2::WebACLAssociation').Properties.WebACLArn).toEqual(imported('AclArn'));
  });

  test('the log group and the key of the log of a web ACL', () => {
    const grouped = across((other) => ({ webAcl: WebAcl.managed({ log: { logGroup: new LogGroup(other, 'Waf') } }) }));
    const [arn] = resource(grouped, 'AWS::WAFv2::LoggingConfiguration').Properties.LogDestinationConfigs;
    expect(arn['Fn::Join'][1]).toContainEqual(imported('Waf'));
    const keyed = across((other) => ({ webAcl: WebAcl.managed({ log: { encryptionKey: new Key(other, 'Key') } }) }));
    expect(resource(keyed, 'AWS::Logs::LogGroup', /WebAclLog/).Properties.KmsKeyId).toEqual(imported('Key'));
  });

  test('log groups, keys and streams of stages, with what reads the logs', () => {
    const grouped = across((other) => {
      const [logGroup, encryptionKey] = [new LogGroup(other, 'Access'), new Key(other, 'Key')];
      return {
        stages: { prod: { accessLog: { logGroup }, executionLog: { encryptionKey } } },
        savedQueries: true,
        alarms: { topic: new Topic(other, 'Topic') },
      };
    });
    const stage = resource(grouped, 'AWS::ApiGateway::Stage').Properties;
    expect(stage.AccessLogSetting.DestinationArn).toEqual(imported('Access'));
    expect(resource(grouped, 'AWS::Logs::LogGroup', /ExecutionLog/).Properties.KmsKeyId).toEqual(imported('Key'));
    expect(resource(grouped, 'AWS::Logs::MetricFilter', /Throttles/).Properties.LogGroupName).toEqual(
      imported('Access'),
    );
    const [query] = ids(grouped, 'AWS::Logs::QueryDefinition');
    expect(grouped.Resources[query].Properties.LogGroupNames).toEqual([imported('Access')]);

    const arn = Fn.importValue('stream-arn');
    const { stack } = gateway({
      stages: { prod: { accessLog: { deliveryStream: DeliveryStream.fromDeliveryStreamArn(new Stack(), 'S', arn) } } },
    });
    expect(resource(templateOf(stack), 'AWS::ApiGateway::Stage').Properties.AccessLogSetting.DestinationArn).toEqual({
      'Fn::ImportValue': 'stream-arn',
    });
  });

  test('topics of alarms, of both severities, and of a budget', () => {
    const template = across((other) => {
      const topic = new Topic(other, 'Pager');
      return { alarms: { topic, warningTopic: new Topic(other, 'Chat') }, budget: { monthly: 1, topic } };
    });
    const alarm = (id: RegExp) => resource(template, 'AWS::CloudWatch::Alarm', id).Properties.AlarmActions;
    expect([alarm(/ServerErrors/), alarm(/ClientErrors/)]).toEqual([[imported('Pager')], [imported('Chat')]]);
    const [told] = resource(template, 'AWS::Budgets::Budget').Properties.NotificationsWithSubscribers;
    expect(told.Subscribers).toEqual([{ SubscriptionType: 'SNS', Address: imported('Pager') }]);
  });
});
