import { RULES } from '../../../lib/checks/registry';
import { runRules } from '../../../lib/checks/run';
import { readModel } from '../../../lib/template/reader/read';
import { parseCloudFormationYaml } from '../../../runtime/cli/cfn-yaml';
import { type Json, source } from '../support';

const RULE = RULES.filter(({ id }) => id === 'TPL70');
const SAM = 'AWS::Serverless-2016-10-31';
const POOL = 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a';
const AUTH = `Auth: {DefaultAuthorizer: Users, Authorizers: {Users: {UserPoolArn: '${POOL}'}}}`;
const EVENT = 'F Properties.Events.E';

/** What is found: severity, message and place. */
function found(yaml: string, transform: unknown = SAM): string[] {
  const template = { ...(parseCloudFormationYaml(yaml) as Json), Transform: transform };
  return runRules(readModel([source(template)]), RULE).map(
    ({ severity, message, logicalId, path }) => `${severity} ${message} (${logicalId} ${path})`,
  );
}

/** A function with one event, and the API that it may name. */
function event(type: string, properties: string, api = `${AUTH}, Models: {Order: {type: object}}`, more = ''): string {
  const kind = type === 'HttpApi' ? 'HttpApi' : 'Api';
  return `
Parameters: {Outside: {Type: String}}
Resources:
  Api: {Type: AWS::Serverless::${kind}, Properties: {${kind === 'Api' ? 'StageName: prod, ' : ''}${api}}}
  Other: {Type: AWS::Serverless::${kind === 'Api' ? 'HttpApi' : 'Api'}, Properties: {StageName: prod}}
  ${more}
  F: {Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: ${type}, Properties: {Path: /a, ${properties}}}}}}
`;
}

const rest = (more: string, api?: string): string => event('Api', `Method: get, RestApiId: !Ref Api, ${more}`, api);
const http = (more: string, api = 'Name: a'): string => event('HttpApi', `Method: any, ApiId: !Ref Api, ${more}`, api);
const missing = event('Api', 'Method: get, RestApiId: !Ref Apii');

describe('what the transform of SAM rejects', () => {
  test.each([
    [
      missing,
      `error F: E has "Apii" as its RestApiId; SAM takes !Ref of an AWS::Serverless::Api of the same template (${EVENT}.Properties.RestApiId)`,
    ],
    [
      event('Api', 'Method: get, RestApiId: !Ref Outside'),
      `error F: E has "Outside" as its RestApiId; SAM takes !Ref of an AWS::Serverless::Api of the same template (${EVENT}.Properties.RestApiId)`,
    ],
    [
      event('HttpApi', 'Method: get, ApiId: !ImportValue Id', 'Name: a'),
      `error F: E has a function as its ApiId; SAM takes !Ref of an AWS::Serverless::HttpApi of the same template (${EVENT}.Properties.ApiId)`,
    ],
    [
      event('Api', 'Method: get, RestApiId: !Ref Other'),
      `error F: E is of the type Api, but Other is of type AWS::Serverless::HttpApi and not AWS::Serverless::Api (${EVENT}.Properties.RestApiId)`,
    ],
    [
      event('HttpApi', 'Method: get, ApiId: !Ref Other', 'Name: a'),
      `warning F: E is of the type HttpApi, but Other is of type AWS::Serverless::Api and not AWS::Serverless::HttpApi (${EVENT}.Properties.ApiId)`,
    ],
    [event('HttpAPI', 'Method: get', 'Name: a'), `error F: E is of the type HttpAPI; write HttpApi (${EVENT}.Type)`],
    [
      rest('Auth: {Authorizer: User}'),
      `error F: E has the Authorizer User; its API defines Users (${EVENT}.Properties.Auth.Authorizer)`,
    ],
    [
      http('Auth: {Authorizer: AWS_IAM}'),
      `error F: E has the Authorizer AWS_IAM; its API defines none (${EVENT}.Properties.Auth.Authorizer)`,
    ],
    [
      rest('Auth: {Authorizer: NONE}', 'Name: a'),
      `error F: E has the Authorizer NONE, which SAM takes only if its API has a DefaultAuthorizer (${EVENT}.Properties.Auth.Authorizer)`,
    ],
    [
      rest('RequestModel: {Model: Ordr}'),
      `error F: E has the model Ordr; its API defines Order (${EVENT}.Properties.RequestModel.Model)`,
    ],
    [
      rest('RequestParameters: [method.request.headers.X]'),
      `error F: E has the request parameter "method.request.headers.X"; write method.request.header.X, .querystring.X or .path.X (${EVENT}.Properties.RequestParameters.0)`,
    ],
    [
      event('Api', 'Method: gett'),
      `warning F: E has the Method "gett", which is not a method of HTTP (${EVENT}.Properties.Method)`,
    ],
    [
      rest('', AUTH.replace(': Users,', ': User,')),
      'error Api: has the DefaultAuthorizer User; its API defines Users (Api Properties.Auth.DefaultAuthorizer)',
    ],
    [
      rest('', 'Auth: {Authorizers: {L: {FunctionArn: a, FunctionPayloadType: REQUESTS}}}'),
      'error Api: has the FunctionPayloadType "REQUESTS" in its authorizer L, but it must be TOKEN or REQUEST (Api Properties.Auth.Authorizers.L.FunctionPayloadType)',
    ],
    [
      rest('', 'DefinitionUri: s3://a/b, DefinitionBody: {paths: {}}'),
      'error Api: has a DefinitionUri and a DefinitionBody (Api Properties.DefinitionUri)',
    ],
    [
      `Globals: {Api: {Auht: {}}}\n${rest('')}`,
      'error Globals.Api takes no Auht; did you mean Auth? (Globals Api.Auht)',
    ],
    [
      `Globals: {Gateway: {}}\n${rest('')}`,
      'warning Globals has no section Gateway; allowed are Api, CapacityProvider, Function, HttpApi, LayerVersion, SimpleTable, StateMachine, WebSocketApi (Globals Gateway)',
    ],
  ])('%s', (yaml, message) => {
    expect(found(yaml)).toEqual([message]);
  });
});

describe('what SAM takes, or what cannot be told', () => {
  test.each([
    [
      'all that is there',
      rest(
        'Auth: {Authorizer: Users}, RequestModel: {Model: Order}, ' +
          'RequestParameters: [method.request.header.X, {method.request.path.id: {Required: true}}]',
      ),
    ],
    ['IAM', rest('Auth: {Authorizer: AWS_IAM}', 'Name: a')],
    ['IAM of an HTTP API', http('Auth: {Authorizer: AWS_IAM}', 'Auth: {EnableIamAuthorizer: true}')],
    [
      'an authorizer of all APIs',
      `Globals: {Api: {${AUTH}}}\n${event('Api', 'Method: get, Auth: {Authorizer: Users}', 'Name: a')}`,
    ],
    ['an API by its logical id', event('Api', 'Method: get, RestApiId: Api, Auth: {Authorizer: Users}')],
    ['an authorizer by parameter', rest('Auth: {Authorizer: !Ref Outside}')],
    ['authorizers by condition', rest('Auth: {Authorizer: Any}', 'Auth: !If [C, {}, {}]')],
    ['a definition of its own', rest('Auth: {Authorizer: Any}', 'DefinitionBody: {paths: {}}')],
  ])('%s', (_, yaml) => {
    expect(found(yaml)).toEqual([]);
  });

  test('a macro of the account, or a loop, may make anything of the template', () => {
    expect(found(missing, [SAM, 'Mine'])).toEqual([]);
    expect(found(missing, ['AWS::LanguageExtensions', SAM])).toEqual([]);
    const loop = "'Fn::ForEach::Apis': [N, [i], {'Api${N}': {Type: AWS::Serverless::Api, Properties: {StageName: a}}}]";
    const looped = event('Api', 'Method: get, RestApiId: !Ref Apii', undefined, loop);
    expect(found(looped, ['AWS::LanguageExtensions', SAM])).toEqual([]);
  });
});
