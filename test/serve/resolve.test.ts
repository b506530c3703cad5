import { type ReadOptions } from '../../lib/template/reader/parameter-values';
import { readModel } from '../../lib/template/reader/read';
import { type TemplateSource } from '../../lib/template/reader/source';
import { type Text } from '../../lib/template/model/text';
import { Resolver, type ResolverOptions } from '../../lib/serve/resolve';
import { att, ref, resource, source } from '../template/source-of';

interface Given extends ResolverOptions {
  readonly sections?: Record<string, unknown>;
  readonly from?: Partial<TemplateSource>;
  readonly read?: ReadOptions;
}

/** A resolver of one template, and what its values come to. */
function resolving(resources: Record<string, unknown>, values: unknown[], given: Given = {}) {
  const variables = Object.fromEntries(values.map((value, index) => [`V${index}`, value]));
  const probe = resource('AWS::Lambda::Function', { Environment: { Variables: variables } });
  const template = { Resources: { ...resources, Probe: probe }, ...given.sections };
  const model = readModel([source(template, given.from)], [], given.read);
  const texts = model.functions.find(({ location }) => location.logicalId === 'Probe')?.environment as Record<
    string,
    Text
  >;
  const resolver = new Resolver(model, given);
  return { resolver, values: Object.values(texts).map((text) => resolver.text(text)) };
}

const valuesOf = (...given: Parameters<typeof resolving>): string[] => resolving(...given).values;
const sub = (pattern: string) => ({ 'Fn::Sub': pattern });

describe('pseudo parameters', () => {
  const all = ['AccountId', 'Region', 'Partition', 'URLSuffix', 'StackName'].map((name) => ref(`AWS::${name}`));

  test('are those of the stack', () => {
    const from = { stackName: 'orders', region: 'cn-north-1', account: '999999999999' };
    expect(valuesOf({}, all, { from })).toEqual(['999999999999', 'cn-north-1', 'aws-cn', 'amazonaws.com.cn', 'orders']);
  });

  test('are defaults if the stack says nothing, and those that are given in any case', () => {
    expect(valuesOf({}, all)).toEqual(['111122223333', 'us-east-1', 'aws', 'amazonaws.com', 'app']);
    const given = { region: 'eu-west-1', account: '1', from: { region: 'us-west-2', account: '2' } };
    expect(valuesOf({}, all, given).slice(0, 2)).toEqual(['1', 'eu-west-1']);
  });

  test('have the form of the service', () => {
    expect(valuesOf({}, [ref('AWS::StackId')])[0]).toMatch(
      /^arn:aws:cloudformation:us-east-1:111122223333:stack\/app\/[0-9a-f-]{36}$/,
    );
  });
});

describe('resources', () => {
  const named = (type: string, property: string, name: unknown) => resource(type, { [property]: name });

  test.each([
    ['AWS::SQS::Queue', 'Arn', 'arn:aws:sqs:us-east-1:111122223333:It'],
    ['AWS::SQS::Queue', undefined, 'https://sqs.us-east-1.amazonaws.com/111122223333/It'],
    ['AWS::SQS::Queue', 'QueueName', 'It'],
    ['AWS::SNS::Topic', undefined, 'arn:aws:sns:us-east-1:111122223333:It'],
    ['AWS::SNS::Topic', 'TopicName', 'It'],
    ['AWS::DynamoDB::Table', undefined, 'It'],
    ['AWS::DynamoDB::Table', 'Arn', 'arn:aws:dynamodb:us-east-1:111122223333:table/It'],
    ['AWS::Kinesis::Stream', 'Arn', 'arn:aws:kinesis:us-east-1:111122223333:stream/It'],
    ['AWS::StepFunctions::StateMachine', undefined, 'arn:aws:states:us-east-1:111122223333:stateMachine:It'],
    ['AWS::StepFunctions::StateMachine', 'Arn', 'arn:aws:states:us-east-1:111122223333:stateMachine:It'],
    ['AWS::IAM::Role', 'Arn', 'arn:aws:iam::111122223333:role/It'],
    ['AWS::S3::Bucket', undefined, 'it'],
    ['AWS::S3::Bucket', 'Arn', 'arn:aws:s3:::it'],
    ['AWS::Logs::LogGroup', 'Arn', 'arn:aws:logs:us-east-1:111122223333:log-group:It:*'],
    ['AWS::Events::EventBus', 'Arn', 'arn:aws:events:us-east-1:111122223333:event-bus/It'],
    ['AWS::Lambda::Function', 'Arn', 'arn:aws:lambda:us-east-1:111122223333:function:It'],
    ['AWS::Cognito::UserPool', undefined, 'us-east-1_It'],
    ['AWS::Cognito::UserPool', 'Arn', 'arn:aws:cognito-idp:us-east-1:111122223333:userpool/us-east-1_It'],
    ['AWS::Cognito::UserPool', 'ProviderURL', 'https://cognito-idp.us-east-1.amazonaws.com/us-east-1_It'],
    ['AWS::Cognito::UserPool', 'ProviderName', 'cognito-idp.us-east-1.amazonaws.com/us-east-1_It'],
    ['AWS::Cognito::UserPoolClient', undefined, 'It'],
    ['AWS::Unknown::Thing', undefined, 'It'],
  ])('%s %s', (type, attribute, expected) => {
    const value = attribute === undefined ? ref('It') : att('It', attribute);
    const { values, resolver } = resolving({ It: resource(type) }, [value]);
    expect(values).toEqual([expected]);
    expect(resolver.unresolved).toEqual([]);
  });

  test('have the name that they are given, with its references', () => {
    const resources = {
      Queue: named('AWS::SQS::Queue', 'QueueName', sub('${AWS::StackName}-${Table}')),
      Table: named('AWS::DynamoDB::Table', 'TableName', 'orders'),
      Role: resource('AWS::IAM::Role', { RoleName: 'reader', Path: '/app/' }),
      Parameter: resource('AWS::SSM::Parameter', { Name: '/p', Value: ref('Table') }),
    };
    expect(
      valuesOf(resources, [att('Queue', 'Arn'), ref('Table'), att('Role', 'Arn'), att('Parameter', 'Value')]),
    ).toEqual([
      'arn:aws:sqs:us-east-1:111122223333:app-orders',
      'orders',
      'arn:aws:iam::111122223333:role/app/reader',
      'orders',
    ]);
  });

  test('may name each other in a circle', () => {
    const resources = {
      A: named('AWS::DynamoDB::Table', 'TableName', ref('B')),
      B: named('AWS::DynamoDB::Table', 'TableName', ref('A')),
    };
    expect(['A', 'B']).toContain(valuesOf(resources, [ref('A')])[0]);
  });

  test('are in the Region of their own stack', () => {
    const queue = { Queue: resource('AWS::SQS::Queue'), Fn: resource('AWS::Lambda::Function') };
    const model = readModel([
      source({ Resources: queue }, { file: 'a.json', region: 'eu-west-1' }),
      source({ Resources: queue }, { file: 'b.json', region: 'us-west-2' }),
    ]);
    const resolver = new Resolver(model);
    expect(['a.json', 'b.json'].map((template) => resolver.arnOf({ template, logicalId: 'Queue' }))).toEqual([
      'arn:aws:sqs:eu-west-1:111122223333:Queue',
      'arn:aws:sqs:us-west-2:111122223333:Queue',
    ]);
  });

  test('that are APIs have the ids of the gateway', () => {
    const resources = {
      Rest: resource('AWS::ApiGateway::RestApi'),
      Http: resource('AWS::ApiGatewayV2::Api', { ProtocolType: 'HTTP' }),
    };
    const values = [ref('Rest'), ref('Http'), att('Http', 'ApiEndpoint'), sub('https://${Rest}.example.com')];
    expect(valuesOf(resources, values, { apiId: ({ logicalId }) => `id-of-${logicalId}` })).toEqual([
      'id-of-Rest',
      'id-of-Http',
      'https://id-of-Http.execute-api.us-east-1.amazonaws.com',
      'https://id-of-Rest.example.com',
    ]);
    expect(valuesOf(resources, [ref('Rest')])).toEqual(['Rest']);
  });

  test('that are aliases and versions are the ARN of their function', () => {
    const resources = {
      Fn: resource('AWS::Lambda::Function', { FunctionName: 'orders' }),
      First: resource('AWS::Lambda::Version', { FunctionName: ref('Fn') }),
      Other: resource('AWS::Lambda::Version', { FunctionName: 'elsewhere' }),
      Second: resource('AWS::Lambda::Version', { FunctionName: att('Fn', 'Arn') }),
      Live: resource('AWS::Lambda::Alias', { Name: 'live', FunctionName: ref('Fn'), FunctionVersion: '1' }),
      Away: resource('AWS::Lambda::Alias', { Name: 'away', FunctionName: 'elsewhere', FunctionVersion: '1' }),
    };
    const base = 'arn:aws:lambda:us-east-1:111122223333:function';
    expect(
      valuesOf(resources, [
        ref('Live'),
        ref('Away'),
        ref('First'),
        ref('Second'),
        att('Second', 'Version'),
        att('Other', 'Version'),
      ]),
    ).toEqual([`${base}:orders:live`, `${base}:elsewhere:away`, `${base}:orders:1`, `${base}:orders:2`, '2', '1']);
  });
});

describe('aliases and versions', () => {
  const arn = 'arn:aws:lambda:eu-west-1:999999999999:function:away';

  test('keep the ARN of a function that is elsewhere, and have no other attributes', () => {
    const resources = {
      Away: resource('AWS::Lambda::Alias', { Name: 'live', FunctionName: arn, FunctionVersion: '1' }),
      Version: resource('AWS::Lambda::Version', { FunctionName: arn }),
    };
    const { values, resolver } = resolving(resources, [
      ref('Away'),
      ref('Version'),
      att('Version', 'Other'),
      att('Away', 'Other'),
    ]);
    expect(values).toEqual([`${arn}:live`, `${arn}:1`, '<Version.Other>', '<Away.Other>']);
    expect(resolver.unresolved.map(({ label }) => label)).toEqual(['Version.Other', 'Away.Other']);
  });

  test('are told apart by their stacks, and so are the functions that they are of', () => {
    const template = (name: string) => ({
      Resources: {
        Fn: resource('AWS::Lambda::Function', {
          FunctionName: name,
          Environment: { Variables: { LIVE: ref('Live'), VERSION: ref('Version') } },
        }),
        Other: resource('AWS::Lambda::Alias', { Name: 'other', FunctionName: ref('Fn'), FunctionVersion: '1' }),
        Live: resource('AWS::Lambda::Alias', { Name: name, FunctionName: ref('Fn'), FunctionVersion: '1' }),
        Version: resource('AWS::Lambda::Version', { FunctionName: ref('Fn') }),
      },
    });
    const model = readModel([
      source(template('dev'), { file: 'dev.json' }),
      source(template('prod'), { file: 'prod.json' }),
    ]);
    const resolver = new Resolver(model);
    const base = 'arn:aws:lambda:us-east-1:111122223333:function';
    expect(model.functions.map(({ environment }) => resolver.texts(environment))).toEqual([
      { LIVE: `${base}:dev:dev`, VERSION: `${base}:dev:1` },
      { LIVE: `${base}:prod:prod`, VERSION: `${base}:prod:1` },
    ]);
  });
});

describe('what nothing tells', () => {
  test('stays in angle brackets, and is named', () => {
    const resources = { Certificate: resource('AWS::CertificateManager::Certificate') };
    const { resolver, values } = resolving(resources, [
      att('Certificate', 'Arn'),
      ref('Gone'),
      { 'Fn::ImportValue': 'x' },
      sub('a-${Certificate.Arn}'),
    ]);
    expect(values).toEqual(['<Certificate.Arn>', '<Gone>', '<unknown>', 'a-<Certificate.Arn>']);
    expect(resolver.unresolved).toEqual([
      { label: 'Certificate.Arn' },
      { label: 'Gone' },
      { label: 'an import or a function of CloudFormation' },
    ]);
  });

  test('says what needs it', () => {
    const model = readModel([source({ Resources: { Fn: resource('AWS::Lambda::Function', {}) } })]);
    const resolver = new Resolver(model);
    resolver.miss('Certificate.Arn', 'Fn.Environment.A');
    resolver.miss('Certificate.Arn', 'Fn.Environment.A');
    resolver.miss('Certificate.Arn', 'Fn.Environment.B');
    expect(resolver.unresolved.map(({ where }) => where)).toEqual(['Fn.Environment.A', 'Fn.Environment.B']);
  });
});

describe('parameters', () => {
  const sections = {
    Parameters: {
      Level: { Type: 'String', Default: 'info' },
      Table: { Type: 'String' },
      Secret: { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/secret' },
    },
  };
  const values = [ref('Level'), ref('Table'), ref('Secret')];

  test('have their default, or nothing', () => {
    const { resolver, values: found } = resolving({}, values, { sections });
    expect(found).toEqual(['info', '', '']);
    expect(resolver.unresolved).toEqual([{ label: 'parameter Table' }, { label: 'parameter Secret' }]);
  });

  test('have the values that are given here or to the reader', () => {
    const parameters = { Level: 'debug', Table: 'orders', Secret: 's' };
    expect(valuesOf({}, values, { sections, parameters })).toEqual(['debug', 'orders', 's']);
    expect(valuesOf({}, values, { sections, read: { parameters } })).toEqual(['debug', 'orders', 's']);
  });
});

test('texts are resolved together', () => {
  const { resolver } = resolving({}, []);
  expect(resolver.texts({ a: 'b' })).toEqual({ a: 'b' });
});
