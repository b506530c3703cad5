import {
  formOf,
  nameInInvocation,
  problemOfServiceUri,
  problemOfUrl,
  unreplaced,
} from '../../../lib/checks/queries/uris';
import { readModel } from '../../../lib/template/reader/read';
import { type ApiModel } from '../../../lib/template/model/model';
import { isKnown } from '../../../lib/template/model/value';
import { type Text } from '../../../lib/template/model/text';
import { source } from '../support';

type Dict = Record<string, unknown>;

const RESOURCES: Dict = {
  Fn: { Type: 'AWS::Lambda::Function' },
  Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'Fn' }, Name: 'live' } },
  Queue: { Type: 'AWS::SQS::Queue' },
  Listener: { Type: 'AWS::ElasticLoadBalancingV2::Listener' },
  Lookup: { Type: 'Custom::Lookup' },
};

/** The model of an integration with the URI, and the URI as it is read. */
function read(uri: unknown): [ApiModel, Text] {
  const Api = { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: 'HTTP' } };
  const Properties = { ApiId: { Ref: 'Api' }, IntegrationType: 'HTTP_PROXY', IntegrationUri: uri };
  const Integration = { Type: 'AWS::ApiGatewayV2::Integration', Properties };
  const Parameters = { Any: { Type: 'String' } };
  const model = readModel([source({ Parameters, Resources: { ...RESOURCES, Api, Integration } })]);
  const [integration] = model.httpApis[0].integrations;
  expect(isKnown(integration.uri)).toBe(true);
  return [model, integration.uri!];
}

const sub = (text: string) => ({ 'Fn::Sub': text });
const invocation = (fn: string) =>
  `arn:aws:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/${fn}/invocations`;

describe('the form of a URI', () => {
  test.each<[unknown, string | undefined]>([
    [{ 'Fn::GetAtt': ['Fn', 'Arn'] }, 'function'],
    [{ Ref: 'Live' }, 'function'],
    [{ Ref: 'Fn' }, 'name'],
    [sub('${Fn.Arn}:live'), 'function'],
    ['arn:aws:lambda:eu-west-1:123456789012:function:orders', 'function'],
    [sub('arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:orders'), 'function'],
    [sub(invocation('${Fn.Arn}')), 'service'],
    [{ Ref: 'Queue' }, 'url'],
    [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, 'arn'],
    [{ Ref: 'Listener' }, 'listener'],
    ['arn:aws:elasticloadbalancing:eu-west-1:123456789012:listener/app/a/1/2', 'listener'],
    ['arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/a/1', 'arn'],
    ['arn:aws:servicediscovery:eu-west-1:123456789012:service/srv-1', 'cloudMap'],
    ['https://example.com/orders', 'url'],
    ['HTTP://example.com', 'url'],
    ['example.com/orders', 'host'],
    ['ftp://example.com', 'host'],
    ['orders', 'name'],
  ])('%j is %s', (uri, form) => {
    expect(formOf(...read(uri))).toBe(form);
  });

  test.each([
    [{ Ref: 'Any' }],
    [{ 'Fn::ImportValue': 'uri' }],
    [{ 'Fn::GetAtt': ['Lookup', 'Uri'] }],
    [sub('${Any}/orders')],
    [sub('arn:aws:${Any}:eu-west-1:123456789012:orders')],
    ['${stageVariables.url}/orders'],
    ['{{resolve:ssm:uri}}'],
  ])('%j is unknown', (uri) => {
    expect(formOf(...read(uri))).toBeUndefined();
  });
});

describe('the URI of a service', () => {
  const problem = (uri: unknown) => problemOfServiceUri(...read(uri));

  test.each([
    [sub(invocation('${Fn.Arn}'))],
    [sub(invocation('${Fn.Arn}:${!stageVariables.alias}'))],
    [sub(invocation('arn:aws:lambda:eu-west-1:123456789012:function:${!stageVariables.fn}'))],
    [sub('arn:${AWS::Partition}:apigateway:${Any}:${Any}:${Any}')],
    [sub('arn:aws:apigateway:us-gov-west-1:orders.s3:path/a')],
    [sub('arn:aws:apigateway:eu-west-1:dynamodb:action/PutItem')],
    [sub('arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${Any}')],
    [sub('arn:aws:apigateway:eu-west-1:sts:path/')],
  ])('%j is whole', (uri) => {
    expect(problem(uri)).toBeUndefined();
  });

  test.each([
    ['arn:aws:apigateway:eu-west-1:sqs', 'lacks a part'],
    ['arn:aws:apigateway:Ireland:sqs:path/1/q', 'has the Region "Ireland"'],
    ['arn:aws:apigateway::sqs:path/1/q', 'has the Region ""'],
    ['arn:aws:apigateway:eu-west-1:sqs:1/q', 'neither a path nor an action'],
    ['arn:aws:apigateway:eu-west-1:sqs:action/', 'neither a path nor an action'],
    ['arn:aws:apigateway:eu-west-1:lamda:path/2015-03-31/functions/a/invocations', 'names the service "lamda"'],
    ['arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/a', 'is not an invocation'],
    ['arn:aws:apigateway:eu-west-1:lambda:path/2021-11-15/functions/a/invocations', 'is not an invocation'],
    [
      'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/arn:aws:lambda:a/invocations',
      'not the ARN of a function',
    ],
  ])('%s: %s', (uri, what) => {
    expect(problem(uri)).toContain(what);
  });

  test('a function by its name is told from one by its ARN', () => {
    expect(nameInInvocation(...read(sub(invocation('${Fn}'))))).toBe('Fn');
    expect(nameInInvocation(...read(sub(invocation('orders'))))).toBe('orders');
    const arn = 'arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:${Fn}';
    for (const fn of ['${Fn.Arn}', '${Any}', arn, '${!stageVariables.fn}']) {
      expect(nameInInvocation(...read(sub(invocation(fn))))).toBeUndefined();
    }
  });
});

test('what nothing replaces is reported, except stage variables', () => {
  expect(unreplaced(invocation('${Fn.Arn}'))).toContain('`${AWS::Region}`');
  expect(unreplaced('https://${stageVariables.host}/a')).toBeUndefined();
});

test.each([
  ['https://example.com/a b', 'has the character " "'],
  ['https://example.com/<id>', 'has the character "<"'],
  ['https:///a', 'has no host'],
  ['https://', 'has no host'],
])('the URL %s: %s', (url, what) => {
  expect(problemOfUrl(url)).toContain(what);
});

test('a URL with variables of the path is fine', () => {
  expect(problemOfUrl('https://example.com/{id}/{proxy}?a=%20b#c')).toBeUndefined();
});
