import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import {
  ApiDomain,
  RequestValue,
  RestAuthorizer,
  RestGateway,
  RestIntegration,
  WebAcl,
  WebSocketAuthorizer,
  WebSocketGateway,
  WebSocketIntegration,
} from '../../lib';
import { fn, gateway, templateOf } from '../support/stacks';

const ARN = 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/theirs/a';

describe('an accessor whose resource is not there says what there is', () => {
  test('of a stage', () => {
    const { stack, api } = gateway({ stages: { prod: {}, dev: { accessLog: { declared: false } } } });
    expect(api.cfnAccessLogGroup('prod').node.path).toBe('Stack/Api/AccessLog-prod');
    expect(() => api.cfnAccessLogGroup('prd')).toThrow(
      `RestGateway 'Api': has made no log group for the access log of stage "prd": there is none. Did you mean "prod"?`,
    );
    expect(() => api.cfnAccessLogGroup('dev')).toThrow(
      `RestGateway 'Api': has made no log group for the access log of stage "dev": its props request none, or name one that is created elsewhere.`,
    );
    const logGroup = LogGroup.fromLogGroupName(stack, 'Theirs', 'theirs');
    const other = gateway({ stages: { prod: { accessLog: { logGroup } } } }).api;
    expect(() => other.cfnAccessLogGroup('prod')).toThrow('name one that is created elsewhere');
    for (const [of, what] of [
      ['cfnCanaryAlarm', 'alarm on a canary'],
      ['cfnCanaryMachine', 'state machine for a canary'],
      ['cfnWebAclAssociation', 'association of a web ACL'],
    ] as const)
      expect(() => api[of]('prod')).toThrow(`has made no ${what} of stage "prod": its props request none`);
  });

  test('of a function, a service, a key and an authorizer', () => {
    const stack = new Stack(new App(), 'Stack');
    const one = fn(stack, 'One');
    const s3 = (id: string) => RestIntegration.s3Get(new Bucket(stack, id), { key: RequestValue.path('key') });
    const api = new RestGateway(stack, 'Api', {
      defaultAuthorizer: RestAuthorizer.iam(),
      webAcl: WebAcl.none('test'),
      routes: {
        'GET /one': { integration: RestIntegration.lambda(one) },
        'POST /one': { integration: RestIntegration.sqs(new Queue(stack, 'Queue')) },
        'GET /a/{key}': { integration: s3('A') },
        'GET /b/{key}': { integration: s3('B') },
      },
    });
    expect(api.cfnPermissions(one).map(({ node }) => node.id)).toEqual(['One']);
    expect(() => api.cfnPermissions(fn(stack, 'Two'))).toThrow(
      `RestGateway 'Api': has made no permission for Stack/Two; give the function, version or alias that a route or authorizer has, and that is in this account and Region`,
    );
    expect(api.cfnServiceRole('sqs').node.id).toBe('sqs');
    expect(() => api.cfnServiceRole('sns')).toThrow(
      `RestGateway 'Api': has no role of the service "sns". Did you mean "sqs"?`,
    );
    expect(() => api.cfnServiceRole('s3')).toThrow(
      /RestGateway 'Api': has several roles of "s3"; give one of: s3-A-\w+, s3-B-\w+/,
    );
    expect(api.cfnServiceRole('s3-A').node.id).toMatch(/^s3-A-/);
    expect(() => api.cfnApiKey('acme')).toThrow(`RestGateway 'Api': has made no API key "acme": there is none.`);
    expect(() => api.cfnAuthorizerFunction('jwt')).toThrow(
      'has made no function for the authorizer "jwt": there is none.',
    );
  });

  test('of an alarm, and of a gateway without any', () => {
    const { stack, api } = gateway();
    expect(() => api.cfnAlarm('prod', 'serverErrors')).toThrow(
      `RestGateway 'Api': has no alarm "serverErrors" of stage "prod".`,
    );
    expect([api.cfnAlarms, api.cfnCompositeAlarm, api.cfnDashboard]).toEqual([[], undefined, undefined]);
    const watched = new RestGateway(new Stack(stack.node.root as App, 'Other'), 'Api', {
      defaultAuthorizer: RestAuthorizer.iam(),
      webAcl: WebAcl.none('test'),
      routes: { 'GET /': { integration: RestIntegration.mock() } },
      alarms: { topic: Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:111122223333:pager') },
    });
    expect(watched.cfnAlarm('prod', 'latency').node.id).toBe('prod-Latency');
    expect(() => watched.cfnAlarm('prod', 'latncy', 'GET /')).toThrow(
      /RestGateway 'Api': has no alarm "latncy" of stage "prod", route "GET \/"\. Ids of those that it has: prod-ServerErrors, /,
    );
  });

  test('of a route, whose integration may be another one by now', () => {
    const stack = new Stack(new App(), 'Stack');
    const chat = new WebSocketGateway(stack, 'Chat', {
      defaultAuthorizer: WebSocketAuthorizer.iam(),
      routes: {
        $connect: { integration: WebSocketIntegration.mock() },
        send: { integration: WebSocketIntegration.lambda(fn(stack, 'Send')) },
      },
    });
    expect(chat.cfnIntegration('send').node.id).toBe('Function-Send');
    expect(() => chat.cfnRoute('sent')).toThrow(
      `WebSocketGateway 'Chat': has made no route "sent": there is none. Did you mean "send"?`,
    );
    chat.cfnRoute('send').target = 'integrations/theirs';
    expect(() => chat.cfnIntegration('send')).toThrow(
      `WebSocketGateway 'Chat': has made no integration of the route "send": its target was set to another one`,
    );
    expect([chat.cfnAuthorizer, chat.cfnDeployment?.node.id]).toEqual([undefined, 'Deployment']);
  });

  test('of a domain', () => {
    const { stack, api } = gateway();
    const domain = new ApiDomain(stack, 'Domain', {
      domainName: 'api.example.com',
      hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' }),
    });
    expect(() => domain.cfnMapping('shop')).toThrow(`ApiDomain 'Domain': has no mapping of the path "shop".`);
    domain.map(api, { path: 'shops' });
    expect(() => domain.cfnMapping('shop')).toThrow(`has no mapping of the path "shop". Did you mean "shops"?`);
    expect(() => domain.cfnRoutingRule('preview')).toThrow(`ApiDomain 'Domain': has no routing rule "preview".`);
    expect(domain.cfnMapping('shops').cfnResourceType).toBe('AWS::ApiGatewayV2::ApiMapping');
  });
});

test('webAclArn is that of a managed ACL, of one made elsewhere, or none', () => {
  const managed = gateway({ webAcl: WebAcl.managed() });
  expect(managed.stack.resolve(managed.api.webAclArn)).toEqual({
    'Fn::GetAtt': [managed.stack.getLogicalId(managed.api.cfnWebAcl!), 'Arn'],
  });
  const theirs = gateway({ webAcl: WebAcl.fromArn(ARN) }).api;
  expect([theirs.webAclArn, theirs.cfnWebAcl]).toEqual([ARN, undefined]);
  expect(gateway().api.webAclArn).toBeUndefined();
});

test('an override by an accessor is in the template', () => {
  const { stack, api } = gateway({ stages: { prod: {} } });
  api.cfnExecutionLogGroup('prod').retentionInDays = 30;
  api.cfnAccessLogGroup('prod').overrideLogicalId('OrdersLog');
  const { Resources } = templateOf(stack);
  expect(Resources.OrdersLog.Type).toBe('AWS::Logs::LogGroup');
  expect(JSON.stringify(Resources)).toContain('"RetentionInDays":30');
});
