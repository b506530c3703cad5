import { runRules } from '../../../lib/checks/run';
import { readModel } from '../../../lib/template/read';
import {
  breaks,
  type Draft,
  findings,
  goodHttpResources,
  goodWebSocket,
  HTTP_FORMAT,
  keeps,
  source,
  type Json,
  WEBSOCKET_FORMAT,
} from '../support';

const each = (change: (draft: Draft) => void) => ({ http: change, webSocket: change });
const format = (http: unknown, webSocket = http) => ({
  http: (draft: Draft) => Object.assign(draft.stage.AccessLogSettings, { Format: http }),
  webSocket: (draft: Draft) => Object.assign(draft.stage.AccessLogSettings, { Format: webSocket }),
});
const without = (text: string, ...names: string[]): string => {
  const fields = JSON.parse(text) as Record<string, string>;
  names.forEach((name) => delete fields[name]);
  return JSON.stringify(fields);
};
const fields = (...names: string[]) => format(without(HTTP_FORMAT, ...names), without(WEBSOCKET_FORMAT, ...names));
const withField = (name: string, value: string) => {
  const more = (text: string): string => JSON.stringify({ ...(JSON.parse(text) as object), [name]: value });
  return format(more(HTTP_FORMAT), more(WEBSOCKET_FORMAT));
};
const destination = (arn: unknown) => (draft: Draft) =>
  Object.assign(draft.stage.AccessLogSettings, { DestinationArn: arn });
const remove = (draft: Draft, name: string): boolean => delete (draft.resources as Partial<Json>)[name];
const wide = (changes: object) => (draft: Draft) => Object.assign(draft.stage.DefaultRouteSettings, changes);

describe('access logs', () => {
  breaks('ALL-LOG2', 'no request id', fields('id'));
  breaks(
    'ALL-LOG2',
    'the extended id alone, which is enough for REST only',
    format(
      HTTP_FORMAT.replace('requestId', 'extendedRequestId'),
      WEBSOCKET_FORMAT.replace('requestId', 'extendedRequestId'),
    ),
  );
  const lines = (text: string): string => JSON.stringify(JSON.parse(text), undefined, 1);
  breaks('ALL-LOG2', 'line breaks', format(lines(HTTP_FORMAT), lines(WEBSOCKET_FORMAT)));
  keeps('ALL-LOG2', 'a line break at the end', format(`${HTTP_FORMAT}\n`, `${WEBSOCKET_FORMAT}\n`));
  keeps('ALL-LOG2', 'a format that cannot be told', format({ 'Fn::ImportValue': 'format' }));

  const plain = (text: string): string => Object.values(JSON.parse(text) as object).join(' ');
  breaks('ALL-LOG3', 'text', format(plain(HTTP_FORMAT), plain(WEBSOCKET_FORMAT)));
  keeps(
    'ALL-LOG3',
    'numbers without quotes',
    format(
      HTTP_FORMAT.replace('"$context.status"', '$context.status'),
      WEBSOCKET_FORMAT.replace('"$context.status"', '$context.status'),
    ),
  );

  breaks('ALL-LOG4', 'no status', fields('status'));
  breaks('ALL-LOG4', 'no error of the authorizer', fields('authorizer'));
  breaks('ALL-LOG4', 'no connection', { webSocket: fields('connection').webSocket });
  breaks('ALL-LOG4', 'neither route nor path', { http: fields('route', 'path').http });
  keeps('ALL-LOG4', 'a route in the place of method and path', { http: fields('method', 'path').http });
  keeps('ALL-LOG4', 'a route in the place of the event', { webSocket: fields('event').webSocket });
  keeps('ALL-LOG4', 'a stage of which nobody knows the kind', {
    http: (draft) => {
      draft.set('Stage', { ApiId: 'abc123' });
      fields('status').http(draft);
    },
  });
  test.each([
    ['HTTP', goodHttpResources, fields('latency', 'error').http, fields('latency', 'time').http],
    ['WebSocket', goodWebSocket, fields('latency', 'error').webSocket, fields('latency', 'route', 'event').webSocket],
  ])('ALL-LOG4 is a hint where only help is missing (%s)', (_, good, helpful, needed) => {
    const severities = (change: (draft: Draft) => void): string[] => {
      const draft = good();
      change(draft);
      return runRules(readModel([source(draft.template)])).map(({ id, severity }) => `${id} ${severity}`);
    };
    expect(severities(helpful)).toEqual(['ALL-LOG4 info']);
    expect(severities(needed)).toEqual(['ALL-LOG4 warning']);
  });

  const padded = (bytes: number): string => {
    const text = (pad: string): string => JSON.stringify({ ...(JSON.parse(HTTP_FORMAT) as object), pad });
    return text('x'.repeat(bytes - text('').length));
  };
  breaks('HTTP-LOG5', 'more than 3 KB', { http: format(padded(3073)).http });
  keeps('HTTP-LOG5', '3 KB', { http: format(padded(3072)).http });

  const stream = (name: string): string => `arn:aws:firehose:eu-west-1:123456789012:deliverystream/${name}`;
  breaks('ALL-LOG6', 'a stream of another name', { webSocket: destination(stream('logs')) });
  keeps('ALL-LOG6', 'the prefix', { webSocket: destination(stream('amazon-apigateway-logs')) });

  breaks(
    'ALL-LOG7',
    'a log group for ever',
    each((draft) => draft.unset('Logs', 'RetentionInDays')),
  );
  keeps(
    'ALL-LOG7',
    'a retention that cannot be told',
    each((draft) => draft.set('Logs', { RetentionInDays: { Ref: 'Days' } })),
  );
  breaks(
    'ALL-LOG8',
    'no key',
    each((draft) => draft.unset('Logs', 'KmsKeyId')),
  );
  keeps(
    'ALL-LOG8',
    'a log group that is not in the templates',
    each((draft) => {
      remove(draft, 'Logs');
      destination({ 'Fn::ImportValue': 'logs' })(draft);
    }),
  );

  breaks('ALL-LOG15', 'the API key', withField('key', '$context.identity.apiKey'));
  breaks('ALL-LOG15', 'a token of the authorizer', withField('t', '$context.authorizer.accessToken'));
  keeps('ALL-LOG15', 'who it is', withField('sub', '$context.authorizer.claims.sub'));
});

describe('execution logs', () => {
  breaks('ALL-LOG9', 'no level', { webSocket: wide({ LoggingLevel: undefined }) });
  breaks('ALL-LOG9', 'OFF', { webSocket: wide({ LoggingLevel: 'OFF' }) });
  breaks('ALL-LOG9', 'a level for one route only', {
    webSocket: (draft) => {
      wide({ LoggingLevel: undefined })(draft);
      Object.assign(draft.stage.RouteSettings.sendMessage, { LoggingLevel: 'INFO' });
    },
  });
  keeps('ALL-LOG9', 'INFO', { webSocket: wide({ LoggingLevel: 'INFO' }) });
  keeps('ALL-LOG9', 'a level that cannot be told', { webSocket: wide({ LoggingLevel: { Ref: 'Level' } }) });

  breaks('ALL-LOG10', 'data trace', { webSocket: wide({ DataTraceEnabled: true }) });
  breaks('ALL-LOG10', 'data trace of one route', {
    webSocket: (draft) => Object.assign(draft.stage.RouteSettings.sendMessage, { DataTraceEnabled: 'true' }),
  });
  keeps('ALL-LOG10', 'data trace turned off', { webSocket: wide({ DataTraceEnabled: false }) });

  breaks('HTTP-LOG11', 'a level', { http: wide({ LoggingLevel: 'ERROR' }) });
  breaks('HTTP-LOG11', 'data trace of one route', {
    http: (draft) => Object.assign(draft.stage.RouteSettings['GET /orders/{id}'], { DataTraceEnabled: true }),
  });
  keeps('HTTP-LOG11', 'data trace turned off', { http: wide({ DataTraceEnabled: false }) });
  keeps('HTTP-LOG11', 'a level that cannot be told', { http: wide({ LoggingLevel: { Ref: 'Level' } }) });
  test('HTTP-LOG11 is less sure of OFF', () => {
    const draft = goodHttpResources();
    wide({ LoggingLevel: 'OFF' })(draft);
    expect(findings(draft.template)).toMatchObject([{ id: 'HTTP-LOG11', severity: 'warning' }]);
  });

  const alone = (draft: Draft): void => {
    Object.assign(draft.resources.Stage, { DependsOn: ['SendMessage'] });
  };
  breaks('ALL-LOG12', 'no role in the app', {
    webSocket: (draft) => {
      remove(draft, 'Account');
      alone(draft);
    },
  });
  breaks('ALL-LOG12', 'a stage that does not wait', { webSocket: alone });
  keeps('ALL-LOG12', 'a deployment that waits', {
    webSocket: (draft) => {
      alone(draft);
      (draft.resources.Deployment as unknown as { DependsOn: string[] }).DependsOn.push('Account');
    },
  });
});

describe('metrics and alarms', () => {
  breaks('ALL-OBS2', 'no metrics', each(wide({ DetailedMetricsEnabled: undefined })));
  breaks('ALL-OBS2', 'metrics turned off', each(wide({ DetailedMetricsEnabled: false })));
  keeps(
    'ALL-OBS2',
    'metrics that only the deployment knows',
    each(wide({ DetailedMetricsEnabled: { Ref: 'Metrics' } })),
  );
  keeps('ALL-OBS2', 'metrics of some routes', {
    http: (draft) => {
      wide({ DetailedMetricsEnabled: false })(draft);
      Object.assign(draft.stage.RouteSettings['GET /orders/{id}'], { DetailedMetricsEnabled: true });
    },
  });

  const alarm = (changes: object) => each((draft) => draft.set('Failures', changes));
  const dimension = (value: unknown): object => ({ Dimensions: [{ Name: 'ApiId', Value: value }] });
  breaks(
    'ALL-OBS3',
    'no alarm',
    each((draft) => remove(draft, 'Failures')),
  );
  breaks('ALL-OBS3', 'an alarm on what REST APIs have', { ...alarm({ MetricName: '5XXError' }), also: ['ALL-OBS4'] });
  breaks('ALL-OBS3', 'an alarm on the traffic', alarm({ MetricName: 'Count' }));
  breaks('ALL-OBS3', 'an alarm of another API', alarm(dimension('abc123')));
  keeps('ALL-OBS3', 'an alarm that cannot be told', alarm(dimension({ 'Fn::ImportValue': 'api' })));
  keeps('ALL-OBS3', 'an alarm on the time that the back end takes', alarm({ MetricName: 'IntegrationLatency' }));
  test('ALL-OBS3 tells the APIs of the templates apart', () => {
    const [watched, other] = [goodHttpResources(), goodHttpResources()];
    remove(other, 'Failures');
    expect(findings(watched.template, other.template)).toMatchObject([
      { id: 'ALL-OBS3', logicalId: 'Api', template: 'cdk.out/t1.template.json' },
    ]);
  });
});
