import { breaks, type Draft, keeps } from '../support';

/** Changes the integration that the routes share, in both forms and in a WebSocket API. */
const integration =
  (changes: Record<string, unknown>) =>
  (draft: Draft): void => {
    const spelled = Object.entries(changes).map(([name, value]) => [
      draft.body ? (IN_BODY[name] ?? inBody(name)) : name,
      value,
    ]);
    Object.assign(draft.sharedIntegration, Object.fromEntries(spelled));
  };
const inBody = (name: string): string => name[0].toLowerCase() + name.slice(1);
const IN_BODY: Record<string, string> = {
  IntegrationType: 'type',
  IntegrationMethod: 'httpMethod',
  IntegrationUri: 'uri',
  CredentialsArn: 'credentials',
};
const without =
  (...names: string[]) =>
  (draft: Draft): void =>
    names.forEach((name) => delete draft.sharedIntegration[draft.body ? (IN_BODY[name] ?? inBody(name)) : name]);
const toUrl = (more: object = {}): ((draft: Draft) => void) =>
  integration({
    IntegrationType: 'HTTP_PROXY',
    IntegrationMethod: 'ANY',
    IntegrationUri: 'https://example.com',
    PayloadFormatVersion: '1.0',
    ...more,
  });
const service =
  (IntegrationSubtype: string, RequestParameters: unknown, more: object = {}) =>
  (draft: Draft): void => {
    without('IntegrationUri', 'IntegrationMethod')(draft);
    integration({
      IntegrationType: 'AWS_PROXY',
      IntegrationSubtype,
      CredentialsArn: 'arn:aws:iam::123456789012:role/api',
      PayloadFormatVersion: '1.0',
      RequestParameters,
      ...more,
    })(draft);
  };
/** The faultless WebSocket API with another integration behind all of its routes. */
const webSocket = (changes: object): ((draft: Draft) => void) => integration({ ...changes });

describe('timeouts', () => {
  for (const timeout of [49, 30001]) {
    breaks('V2-INT2', `${timeout} ms in an HTTP API`, {
      http: (draft) => {
        integration({ TimeoutInMillis: timeout })(draft);
        draft.set('Fn', { Timeout: 1 });
      },
      also: [],
    });
  }
  breaks('V2-INT2', '29001 ms in a WebSocket API', { webSocket: webSocket({ TimeoutInMillis: 29001 }) });
  keeps('V2-INT2', 'what the kind takes', {
    http: integration({ TimeoutInMillis: 30000 }),
    webSocket: webSocket({ TimeoutInMillis: 29000 }),
  });
  keeps('V2-INT2', 'a timeout that cannot be told', {
    http: integration({ TimeoutInMillis: { Ref: 'Unknown' } }),
    webSocket: webSocket({ TimeoutInMillis: { Ref: 'Unknown' } }),
  });

  const slow =
    (seconds: number) =>
    (draft: Draft): void =>
      draft.set('Fn', { Timeout: seconds });
  breaks('ALL-INT3', 'a function that may run longer', { http: slow(30), webSocket: slow(30) });
  breaks('ALL-INT3', 'a function that may run longer than nothing said', {
    http: (draft) => {
      without('TimeoutInMillis')(draft);
      slow(31)(draft);
    },
  });
  keeps('ALL-INT3', 'a function within what an HTTP API waits for', {
    http: (draft) => {
      without('TimeoutInMillis')(draft);
      slow(30)(draft);
    },
    webSocket: slow(29),
  });
});

describe('transport', () => {
  const CLEAR = { IntegrationUri: 'http://example.com' };
  breaks('ALL-INT13', 'a URL in clear', {
    http: toUrl(CLEAR),
    webSocket: webSocket({ IntegrationType: 'HTTP_PROXY', IntegrationMethod: 'POST', ...CLEAR }),
  });
  keeps('ALL-INT13', 'a URL with TLS', { http: toUrl() });

  const LINK = { ConnectionType: 'VPC_LINK', ConnectionId: 'abc123' };
  const LISTENER = 'arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/x/1/2';
  breaks('ALL-INT14', 'a private back end in clear', {
    http: toUrl({ ...LINK, IntegrationUri: LISTENER }),
    webSocket: webSocket({ IntegrationType: 'HTTP_PROXY', IntegrationUri: 'http://internal.example', ...LINK }),
  });
  keeps('ALL-INT14', 'a private back end with TLS', {
    http: toUrl({ ...LINK, IntegrationUri: LISTENER, TlsConfig: { ServerNameToVerify: 'internal.example' } }),
    webSocket: webSocket({ IntegrationType: 'HTTP_PROXY', IntegrationUri: 'https://internal.example', ...LINK }),
  });

  breaks('ALL-INT21', 'a link that is not named', {
    http: toUrl({ ConnectionType: 'VPC_LINK', IntegrationUri: LISTENER, TlsConfig: {} }),
    webSocket: webSocket({
      IntegrationType: 'HTTP_PROXY',
      IntegrationUri: 'https://internal.example',
      ConnectionType: 'VPC_LINK',
    }),
  });
});

describe('what HTTP APIs take', () => {
  breaks('HTTP-INT17', 'no payload format', { http: without('PayloadFormatVersion') });
  breaks('HTTP-INT17', 'format 2.0 for a URL', { http: toUrl({ PayloadFormatVersion: '2.0' }) });
  breaks('HTTP-INT17', 'format 2.0 for a service', {
    http: service('SQS-PurgeQueue', { QueueUrl: 'https://q' }, { PayloadFormatVersion: '2.0' }),
  });
  keeps('HTTP-INT17', 'format 1.0 for a function', { http: integration({ PayloadFormatVersion: '1.0' }) });
  keeps('HTTP-INT17', 'a format that cannot be told', { http: integration({ PayloadFormatVersion: { Ref: 'X' } }) });

  for (const type of ['MOCK', 'AWS', 'HTTP']) {
    breaks('HTTP-INT18', type, { http: toUrl({ IntegrationType: type }) });
  }

  breaks('HTTP-INT19', 'a message without body', { http: service('SQS-SendMessage', { QueueUrl: 'https://q' }) });
  breaks('HTTP-INT19', 'no parameters', { http: service('Kinesis-PutRecord', {}) });
  keeps('HTTP-INT19', 'what is required', {
    http: service('SQS-SendMessage', { QueueUrl: { Ref: 'Queue' }, MessageBody: '$request.body' }),
  });
  keeps('HTTP-INT19', 'parameters that cannot be told', { http: service('SQS-SendMessage', { Ref: 'Unknown' }) });

  const RESERVED = [
    'append:header.Authorization',
    'overwrite:header.x-amz-date',
    'remove:header.Access-Control-Max-Age',
  ];
  for (const key of RESERVED) {
    breaks('HTTP-INT20', key, { http: integration({ RequestParameters: { [key]: 'x' } }) });
  }
  breaks('HTTP-INT20', 'a reserved header of the response', {
    httpResources: integration({
      ResponseParameters: { 200: { ResponseParameters: [{ Destination: 'overwrite:header.Via', Source: 'x' }] } },
    }),
    httpBody: integration({ ResponseParameters: { 200: { 'overwrite:header.Via': 'x' } } }),
  });
  keeps('HTTP-INT20', 'other headers', {
    http: integration({
      RequestParameters: { 'append:header.x-origin': '$request.header.Origin', 'overwrite:path': '/x' },
    }),
  });
});

describe('neighbours', () => {
  const machine =
    (type?: string) =>
    (draft: Draft): void =>
      draft.add('Machine', 'AWS::StepFunctions::StateMachine', type ? { StateMachineType: type } : {});
  const start =
    (action: string, type?: string) =>
    (draft: Draft): void => {
      service(`StepFunctions-${action}`, { StateMachineArn: { 'Fn::GetAtt': ['Machine', 'Arn'] } })(draft);
      machine(type)(draft);
    };
  breaks('ALL-INT25', 'waiting for a standard workflow', {
    http: start('StartSyncExecution'),
    webSocket: (draft) => {
      machine()(draft);
      integration({
        IntegrationType: 'AWS',
        IntegrationUri: {
          'Fn::Sub': 'arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartSyncExecution',
        },
        CredentialsArn: 'arn:aws:iam::123456789012:role/api',
        RequestTemplates: { $default: { 'Fn::Sub': '{"stateMachineArn":"${Machine.Arn}"}' } },
      })(draft);
    },
  });
  keeps('ALL-INT25', 'waiting for an express one, and starting a standard one', {
    httpResources: start('StartSyncExecution', 'EXPRESS'),
    httpBody: start('StartExecution'),
  });

  const many =
    (count: number) =>
    (draft: Draft): void => {
      const rest = { ...draft.props('Integration') };
      for (let index = 1; index < count; index++) {
        draft.add(`Integration${index}`, 'AWS::ApiGatewayV2::Integration', rest);
      }
    };
  breaks('HTTP-INT26', '301 integrations', { httpResources: many(301), webSocket: many(301) });
  keeps('HTTP-INT26', '300 integrations', { httpResources: many(300), webSocket: many(300) });

  breaks('V2-INT24', 'a link without security group', {
    httpResources: (draft) => draft.add('Link', 'AWS::ApiGatewayV2::VpcLink', { Name: 'x', SubnetIds: ['a'] }),
  });
  keeps('V2-INT24', 'a link with one', {
    httpResources: (draft) =>
      draft.add('Link', 'AWS::ApiGatewayV2::VpcLink', { Name: 'x', SubnetIds: ['a'], SecurityGroupIds: ['b'] }),
  });
});
