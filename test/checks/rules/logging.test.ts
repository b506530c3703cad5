import { runRules } from '../../../lib/checks/run';
import { readModel } from '../../../lib/template/read';
import { breaks, type Draft, FORMAT, goodResources, ids, keeps, source, type Json } from '../support';

const format = (value: unknown) => (draft: Draft) => {
  draft.stage.AccessLogSetting.Format = value as Json;
};
const set = (changes: object) => (draft: Draft) => draft.set('Stage', changes);

describe('access logs', () => {
  breaks('ALL-LOG1', 'no access log', { both: (draft) => draft.unset('Stage', 'AccessLogSetting') });
  breaks('ALL-LOG1', 'no access log of an HTTP or WebSocket API', {
    http: (draft) => draft.unset('Stage', 'AccessLogSettings'),
    webSocket: (draft) => draft.unset('Stage', 'AccessLogSettings'),
  });
  breaks('ALL-LOG1', 'no format of an HTTP or WebSocket API', {
    http: (draft) => delete (draft.stage.AccessLogSettings as Partial<Json>).Format,
    webSocket: (draft) => delete (draft.stage.AccessLogSettings as Partial<Json>).Format,
  });
  breaks('ALL-LOG1', 'a stage whose API is imported', {
    http: (draft) => draft.set('Stage', { ApiId: 'abc123', AccessLogSettings: undefined }),
    webSocket: (draft) => draft.set('Stage', { ApiId: 'abc123', AccessLogSettings: undefined }),
  });
  keeps('ALL-LOG1', 'a destination and a format from elsewhere', {
    http: set({ AccessLogSettings: { 'Fn::ImportValue': 'logs' } }),
    webSocket: set({ AccessLogSettings: { 'Fn::ImportValue': 'logs' } }),
  });
  breaks('ALL-LOG1', 'no destination', { both: set({ AccessLogSetting: { Format: FORMAT } }) });
  breaks('ALL-LOG1', 'no format', { both: (draft) => delete (draft.stage.AccessLogSetting as Partial<Json>).Format });
  keeps('ALL-LOG1', 'a destination from elsewhere', {
    both: set({ AccessLogSetting: { DestinationArn: { 'Fn::ImportValue': 'logs' }, Format: FORMAT } }),
  });

  breaks('ALL-LOG2', 'no request id', { both: format('{"ip": "$context.identity.sourceIp"}'), also: ['ALL-LOG4'] });
  breaks('ALL-LOG2', 'another id that begins like it', {
    both: format('{"id": "$context.requestIdentity"}'),
    also: ['ALL-LOG4', 'ALL-LOG16'],
  });
  breaks('ALL-LOG2', 'line breaks', { both: format(JSON.stringify(JSON.parse(FORMAT), undefined, 2)) });
  keeps('ALL-LOG2', 'the extended id alone', {
    both: format('{"id": "$context.extendedRequestId"}'),
    also: ['ALL-LOG4'],
  });
  keeps('ALL-LOG2', 'a line break at the end', { both: format(`${FORMAT}\n`) });
  keeps('ALL-LOG2', 'a format that cannot be told', { both: format({ 'Fn::ImportValue': 'format' }) });

  breaks('ALL-LOG3', 'the common log format', {
    both: format('$context.identity.sourceIp [$context.requestTime] $context.status $context.requestId'),
    also: ['ALL-LOG4'],
  });
  breaks('ALL-LOG3', 'a missing comma', {
    both: format('{"id": "$context.requestId" "status": "$context.status"}'),
    also: ['ALL-LOG4'],
  });
  keeps('ALL-LOG3', 'numbers without quotes', {
    both: format('{"id": "$context.requestId", "status": $context.status}'),
    also: ['ALL-LOG4'],
  });
  keeps('ALL-LOG3', 'nested objects', {
    both: format('{"id": "$context.requestId", "who": {"ip": "$context.identity.sourceIp at $context.stage"}}'),
    also: ['ALL-LOG4'],
  });

  breaks('ALL-LOG6', 'a stream of another name', {
    both: set({
      AccessLogSetting: {
        DestinationArn: 'arn:aws:firehose:eu-west-1:123456789012:deliverystream/logs',
        Format: FORMAT,
      },
    }),
  });
  breaks('ALL-LOG6', 'a name behind references', {
    both: set({
      AccessLogSetting: {
        DestinationArn: { 'Fn::Sub': 'arn:aws:firehose:${AWS::Region}:${AWS::AccountId}:deliverystream/logs' },
        Format: FORMAT,
      },
    }),
  });
  keeps('ALL-LOG6', 'the prefix', {
    both: set({
      AccessLogSetting: {
        DestinationArn: 'arn:aws:firehose:eu-west-1:123456789012:deliverystream/amazon-apigateway-logs',
        Format: FORMAT,
      },
    }),
  });
  keeps('ALL-LOG6', 'a stream whose name CloudFormation makes', {
    both: set({
      AccessLogSetting: {
        DestinationArn: { 'Fn::Sub': 'arn:aws:firehose:${AWS::Region}:${AWS::AccountId}:deliverystream/${Stream}' },
        Format: FORMAT,
      },
    }),
  });

  breaks('ALL-LOG7', 'a log group for ever', { both: (draft) => draft.unset('Logs', 'RetentionInDays') });
  keeps('ALL-LOG7', 'a retention that cannot be told', {
    both: (draft) => draft.set('Logs', { RetentionInDays: { Ref: 'Days' } }),
  });

  breaks('ALL-LOG15', 'the API key', {
    both: format('{"id": "$context.requestId", "k": "$context.identity.apiKey"}'),
    also: ['ALL-LOG4'],
  });
  breaks('ALL-LOG15', 'a token of the authorizer', {
    both: format('{"id": "$context.requestId", "t": "$context.authorizer.accessToken"}'),
    also: ['ALL-LOG4'],
  });
  keeps('ALL-LOG15', 'the id of the key', {
    also: ['ALL-LOG4'],
    both: format(
      '{"id": "$context.requestId", "k": "$context.identity.apiKeyId", "s": "$context.authorizer.claims.sub"}',
    ),
  });
});

describe('execution logs', () => {
  breaks('ALL-LOG9', 'no level', { both: (draft) => delete (draft.wide as Partial<Json>).LoggingLevel });
  breaks('ALL-LOG9', 'OFF', { both: (draft) => Object.assign(draft.wide, { LoggingLevel: 'OFF' }) });
  breaks('ALL-LOG9', 'a level for one method only', {
    both: (draft) => {
      Object.assign(draft.narrow, { LoggingLevel: 'INFO' });
      Object.assign(draft.wide, { LoggingLevel: 'OFF' });
    },
  });
  keeps('ALL-LOG9', 'INFO', { both: (draft) => Object.assign(draft.wide, { LoggingLevel: 'INFO' }) });
  keeps('ALL-LOG9', 'a level that cannot be told', {
    both: (draft) => Object.assign(draft.wide, { LoggingLevel: { Ref: 'Level' } }),
  });

  breaks('ALL-LOG10', 'data trace', { both: (draft) => Object.assign(draft.wide, { DataTraceEnabled: true }) });
  breaks('ALL-LOG10', 'data trace of one method', {
    both: (draft) => Object.assign(draft.narrow, { DataTraceEnabled: 'true' }),
  });
  keeps('ALL-LOG10', 'data trace turned off', {
    both: (draft) => Object.assign(draft.wide, { DataTraceEnabled: false }),
  });
});

describe('the role of the account', () => {
  breaks('ALL-LOG12', 'no role in the app', {
    both: (draft) => {
      delete (draft.resources as Partial<Json>).Account;
      delete (draft.resources.Stage as Partial<Json>).DependsOn;
    },
  });
  breaks('ALL-LOG12', 'a stage that does not wait', {
    both: (draft) => delete (draft.resources.Stage as Partial<Json>).DependsOn,
  });
  keeps('ALL-LOG12', 'a deployment that waits for the stage', {
    both: (draft) => {
      delete (draft.resources.Stage as Partial<Json>).DependsOn;
      Object.assign(draft.resources.Api, { DependsOn: 'Account' });
    },
  });
  keeps('ALL-LOG12', 'a stage without logs', {
    also: ['ALL-LOG1', 'ALL-LOG9'],
    both: (draft) => {
      draft.unset('Stage', 'AccessLogSetting');
      delete (draft.wide as Partial<Json>).LoggingLevel;
      delete (draft.resources.Stage as Partial<Json>).DependsOn;
    },
  });

  breaks('REST-LOG13', 'two accounts in one stack', {
    both: (draft) => draft.add('Second', 'AWS::ApiGateway::Account', draft.props('Account')),
  });
  breaks('REST-ACC1', 'an account without role', { both: (draft) => draft.unset('Account', 'CloudWatchRoleArn') });
  keeps('REST-ACC1', 'an imported role', {
    both: (draft) => draft.set('Account', { CloudWatchRoleArn: { 'Fn::ImportValue': 'role' } }),
  });

  test.each([
    ['the same Region', 'eu-west-1', ['REST-LOG13']],
    ['another Region', 'us-east-1', []],
    ['a Region that nobody knows', undefined, []],
  ])('REST-LOG13: a stack beside it in %s', (_, region, expected) => {
    const env = { account: '123456789012', region: 'eu-west-1' };
    const draft = goodResources();
    const other = { Resources: { Account: draft.resources.Account, Role: draft.resources.Role } };
    const model = readModel([
      source(draft.template, 'a.json', env),
      source(other, 'b.json', region === undefined ? {} : { ...env, region }),
    ]);
    expect(ids(runRules(model))).toEqual(expected);
  });
});

describe('tracing', () => {
  breaks('REST-OBS1', 'no tracing', { both: (draft) => draft.unset('Stage', 'TracingEnabled') });
  breaks('REST-OBS1', 'tracing turned off', { both: set({ TracingEnabled: false }) });
  keeps('REST-OBS1', 'a parameter', { both: set({ TracingEnabled: { Ref: 'Trace' } }) });
});

describe('what a log tells', () => {
  const fields = (...names: string[]) => {
    const parsed = JSON.parse(FORMAT) as Record<string, string>;
    names.forEach((name) => delete parsed[name]);
    return { both: format(JSON.stringify(parsed)) };
  };
  breaks('ALL-LOG4', 'no status', fields('status'));
  breaks('ALL-LOG4', 'no latency', fields('latency'));
  keeps('ALL-LOG4', 'the path as it was called', { both: format(FORMAT.replace('resourcePath', 'path')) });
  test('ALL-LOG4 is a hint where only help is missing', () => {
    const severityOf = (...names: string[]): string[] => {
      const draft = goodResources();
      fields(...names).both(draft);
      return runRules(readModel([source(draft.template)])).map(({ id, severity }) => `${id} ${severity}`);
    };
    expect(severityOf('latency', 'error')).toEqual(['ALL-LOG4 info']);
    expect(severityOf('latency', 'path')).toEqual(['ALL-LOG4 warning']);
  });
});

describe('log groups', () => {
  breaks('ALL-LOG8', 'no key', { both: (draft) => draft.unset('Logs', 'KmsKeyId') });
  keeps('ALL-LOG8', 'a log group that is not in the templates', {
    both: (draft) => {
      delete (draft.resources as Partial<Json>).Logs;
      draft.stage.AccessLogSetting.DestinationArn = { 'Fn::ImportValue': 'logs' } as unknown as Json;
    },
  });

  const without = (draft: Draft) => delete (draft.resources as Partial<Json>).ExecutionLogs;
  breaks('REST-LOG14', 'a group that API Gateway makes', { both: without });
  breaks('REST-LOG14', 'the group of another API', {
    both: (draft) => draft.set('ExecutionLogs', { LogGroupName: 'API-Gateway-Execution-Logs_abc/prod' }),
  });
  keeps('REST-LOG14', 'a stage that logs nothing', {
    also: ['ALL-LOG9'],
    both: (draft) => {
      without(draft);
      draft.wide.LoggingLevel = 'OFF' as unknown as Json;
    },
  });
  keeps('REST-LOG14', 'the custom resource of CDK', {
    both: (draft) =>
      Object.assign(draft.resources.ExecutionLogs, {
        Type: 'Custom::LogRetention',
      }),
  });
  keeps('REST-LOG14', 'a name that cannot be told', {
    both: (draft) =>
      draft.set('ExecutionLogs', {
        LogGroupName: { 'Fn::Join': ['', ['API-Gateway-Execution-Logs_', { 'Fn::ImportValue': 'api' }]] },
      }),
  });
});

describe('metrics and alarms', () => {
  breaks('ALL-OBS2', 'no metrics', { both: (draft) => Object.assign(draft.wide, { MetricsEnabled: undefined }) });
  breaks('ALL-OBS2', 'metrics turned off', { both: (draft) => Object.assign(draft.wide, { MetricsEnabled: false }) });
  keeps('ALL-OBS2', 'metrics of some routes', {
    both: (draft) => {
      draft.wide.MetricsEnabled = false as unknown as Json;
      draft.narrow.MetricsEnabled = true as unknown as Json;
    },
  });

  const alarm = (changes: object) => ({ both: (draft: Draft) => draft.set('Failures', changes) });
  breaks('ALL-OBS3', 'no alarm', { both: (draft) => delete (draft.resources as Partial<Json>).Failures });
  breaks('ALL-OBS3', 'an alarm of another service', alarm({ Namespace: 'AWS/Lambda' }));
  breaks('ALL-OBS3', 'an alarm on the traffic', alarm({ MetricName: 'Count' }));
  breaks('ALL-OBS3', 'an alarm of another API', alarm({ Dimensions: [{ Name: 'ApiName', Value: 'customers' }] }));
  keeps('ALL-OBS3', 'an alarm that cannot be told', alarm({ Dimensions: { 'Fn::ImportValue': 'dimensions' } }));
  keeps('ALL-OBS3', 'an alarm on a rate', {
    ...alarm({
      Namespace: undefined,
      MetricName: undefined,
      Dimensions: undefined,
      Metrics: [
        { Id: 'rate', Expression: 'm / 2' },
        {
          Id: 'm',
          MetricStat: {
            Metric: {
              Namespace: 'AWS/ApiGateway',
              MetricName: '5XXError',
              Dimensions: [{ Name: 'ApiName', Value: { Ref: 'Name' } }],
            },
          },
        },
      ],
    }),
  });
});

describe('variables of the access log', () => {
  const more = (field: string) => format(JSON.stringify({ ...(JSON.parse(FORMAT) as object), more: field }));
  breaks('ALL-LOG16', 'a name with a slip', { both: more('$context.identity.sourceIP') });
  breaks('ALL-LOG16', 'a variable of HTTP APIs', { both: more('$context.routeKey') });
  keeps('ALL-LOG16', 'what an authorizer returns', { both: more('$context.authorizer.claims.sub') });
  keeps('ALL-LOG16', 'overrides', { both: more('$context.requestOverride.header.x-tenant') });
  keeps('ALL-LOG16', 'a format that cannot be told', { both: format({ 'Fn::ImportValue': 'format' }) });
});

describe('metrics of alarms', () => {
  const alarm = (MetricName: unknown, dimensions: unknown, Namespace: unknown = 'AWS/ApiGateway') => ({
    both: (draft: Draft) =>
      draft.add('Other', 'AWS::CloudWatch::Alarm', {
        Namespace,
        MetricName,
        Dimensions: Array.isArray(dimensions)
          ? dimensions.map((Name: unknown) => ({ Name, Value: 'orders' }))
          : dimensions,
      }),
  });
  breaks('ALL-OBS4', 'a name with a slip', alarm('5XXErrors', ['ApiName', 'Stage']));
  breaks('ALL-OBS4', 'the id in place of the name', alarm('5XXError', ['ApiId', 'Stage']));
  breaks('ALL-OBS4', 'half of a route', alarm('Latency', ['ApiName', 'Stage', 'Resource']));
  breaks('ALL-OBS4', 'no dimension', alarm('4xx', []));
  keeps('ALL-OBS4', 'a metric of a route', alarm('Latency', ['ApiName', 'Resource', 'Method', 'Stage']));
  keeps('ALL-OBS4', 'a metric of HTTP APIs', alarm('5xx', ['ApiId', 'Stage']));
  keeps('ALL-OBS4', 'another service', alarm('5XXErrors', ['Bucket'], 'AWS/S3'));
  keeps('ALL-OBS4', 'names from elsewhere', alarm({ 'Fn::ImportValue': 'metric' }, ['ApiId']));
  keeps('ALL-OBS4', 'dimensions from elsewhere', alarm('5XXError', { 'Fn::ImportValue': 'dimensions' }));
  keeps('ALL-OBS4', 'a dimension from elsewhere', alarm('5XXError', [{ 'Fn::ImportValue': 'dimension' }]));

  test('says what there is', () => {
    const draft = goodResources();
    alarm('5XXErrors', ['ApiName']).both(draft);
    draft.add('Third', 'AWS::CloudWatch::Alarm', { Namespace: 'AWS/ApiGateway', MetricName: '5xx', Dimensions: [] });
    const found = runRules(readModel([source(draft.template)])).filter(({ id }) => id === 'ALL-OBS4');
    expect(found.map(({ message }) => message)).toEqual([
      'Other reads 5XXErrors, which API Gateway does not send; did you mean 5XXError?',
      'Third reads 5xx by no dimension, and API Gateway sends it by ApiId or ApiId, Stage or ApiId, Method, Resource, Stage',
    ]);
  });
});
