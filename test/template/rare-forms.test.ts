import { runRules } from '../../lib/checks/run';
import { restAuthorizer } from '../../lib/template/sam/rest-auth';
import { UNKNOWN } from '../../lib/template/model/value';
import { att, modelOf, ref, resource } from './source-of';
import { compareTextsAsPrinted } from './texts';

compareTextsAsPrinted();

type Loose = Record<string, unknown>;

/** What the name of a stage comes to. */
const stageName = (value: unknown, sections: Loose = {}): unknown =>
  modelOf({ Stage: resource('AWS::ApiGateway::Stage', { StageName: value }) }, sections).detachedStages[0].stageName;

describe('Fn::Select', () => {
  const pick = (index: unknown, list: unknown = ['a', 'b']) => stageName({ 'Fn::Select': [index, list] });

  test('takes the first and the last, also where the place is a text', () => {
    expect([pick(0), pick(1), pick('0'), pick('1')]).toEqual(['a', 'b', 'a', 'b']);
  });

  test('of what is beside the list is unknown', () => {
    expect([pick(2), pick(-1), pick(0.5), pick('x'), pick(0, [])]).toEqual(Array(5).fill(UNKNOWN));
  });
});

describe('the path of a setting', () => {
  const pathOf = (ResourcePath: unknown) => {
    const MethodSettings = [{ HttpMethod: '*', ResourcePath }];
    const [stage] = modelOf({ Stage: resource('AWS::ApiGateway::Stage', { MethodSettings }) }).detachedStages;
    return (stage.methodSettings as { resourcePath: unknown; rawResourcePath: unknown }[])[0].resourcePath;
  };

  test.each([
    ['/~1orders~1{id}', '/orders/{id}'],
    ['/orders', '/orders'],
    ['orders', '/orders'],
    ['/~1a~0b', '/a~b'],
    // `~01` stands for `~1`: slashes come first.
    ['/~1a~01', '/a~1'],
    ['/*', '/*'],
    ['/', '/'],
  ])('%s → %s', (raw, path) => {
    expect(pathOf(raw)).toBe(path);
  });
});

describe('a stage that logs', () => {
  /** Whether the rule sees that the account's role is there before the stage. */
  const isSeen = (stage: Loose, more: Loose = {}) => {
    const Stage = resource('AWS::ApiGateway::Stage', {
      RestApiId: ref('Api'),
      MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'ERROR' }],
      ...(stage.Properties as Loose),
    });
    const model = modelOf({
      Api: resource('AWS::ApiGateway::RestApi', { Name: 'x' }),
      Account: resource('AWS::ApiGateway::Account', { CloudWatchRoleArn: 'arn:aws:iam::111122223333:role/x' }),
      Topic: resource('AWS::SNS::Topic', {}, { DependsOn: 'Account' }),
      Stage: { ...Stage, ...('DependsOn' in stage && { DependsOn: stage.DependsOn }) },
      ...more,
    });
    return !runRules(model).some(
      ({ message }) => /DependsOn|account|CloudWatch role/i.test(message) && /role/i.test(message),
    );
  };
  const description = (value: unknown) => ({ Properties: { Description: value } });

  test.each<[string, Loose, boolean]>([
    ['nothing', {}, false],
    ['DependsOn', { DependsOn: 'Account' }, true],
    ['DependsOn in a list', { DependsOn: ['Account'] }, true],
    ['DependsOn of another that does', { DependsOn: 'Topic' }, true],
    ['Ref', description(ref('Account')), true],
    ['GetAtt in a list', description(att('Topic', 'TopicArn')), true],
    ['GetAtt as a text', description({ 'Fn::GetAtt': 'Topic.TopicArn' }), true],
    ['Sub', description({ 'Fn::Sub': 'x-${Topic}' }), true],
    ['Sub with an attribute', description({ 'Fn::Sub': 'x-${Topic.TopicArn}' }), true],
    ['Sub with variables', description({ 'Fn::Sub': ['${a}', { a: ref('Topic') }] }), true],
    ['Sub with a variable of that name', description({ 'Fn::Sub': ['${Topic}', { Topic: 'a' }] }), false],
    ['Sub that writes it out', description({ 'Fn::Sub': '${!Topic}' }), false],
  ])('%s', (_, stage, seen) => {
    expect(isSeen(stage)).toBe(seen);
  });
});

describe('an authorizer of a SAM template', () => {
  const FunctionArn = att('Function', 'Arn');
  const extensionOf = (authorizer: Loose) => {
    const { 'x-amazon-apigateway-authorizer': extension, ...scheme } = restAuthorizer(authorizer);
    return [scheme.name, extension];
  };

  test('has the role that it names, and none where it says NONE', () => {
    const role = 'arn:aws:iam::111122223333:role/x';
    const credentials = (FunctionInvokeRole?: string) =>
      (extensionOf({ FunctionArn, FunctionInvokeRole })[1] as Loose).authorizerCredentials;
    expect([credentials(role), credentials('NONE'), credentials()]).toEqual([role, undefined, undefined]);
  });

  test('reads the header that it names', () => {
    expect(extensionOf({ FunctionArn, Identity: { Header: 'X-Key' } })[0]).toBe('X-Key');
    expect(extensionOf({ FunctionArn })[0]).toBe('Authorization');
    expect(extensionOf({ UserPoolArn: 'arn', Identity: { Header: 'X-Key' } })).toEqual([
      'X-Key',
      { type: 'cognito_user_pools', providerARNs: ['arn'] },
    ]);
  });

  test('checks the token by the expression that it names, unless it looks at the whole request', () => {
    const Identity = { ValidationExpression: '^x$', Headers: ['X-Key'], ReauthorizeEvery: 0 };
    expect(extensionOf({ FunctionArn, Identity })[1]).toMatchObject({
      type: 'token',
      identityValidationExpression: '^x$',
      authorizerResultTtlInSeconds: 0,
    });
    const [, request] = extensionOf({ FunctionArn, FunctionPayloadType: 'REQUEST', Identity });
    expect(request).toMatchObject({ type: 'request', identitySource: 'method.request.header.X-Key' });
    expect(request).not.toHaveProperty('identityValidationExpression');
  });
});
