import { runRules } from '../../../lib/checks/run';
import { readModel } from '../../../lib/template/reader/read';
import { parseCloudFormationYaml } from '../../../runtime/cli/cfn-yaml';
import { type Json, source } from '../support';

/** What is found in a SAM template: severity, rule, message and place. */
function found(yaml: string): string[] {
  const template = parseCloudFormationYaml(`Transform: AWS::Serverless-2016-10-31\n${yaml}`) as Json;
  const findings = runRules(readModel([source(template)]));
  return findings.map(
    ({ severity, id, message, logicalId, path }) => `${severity} ${id} ${message} (${logicalId} ${path})`,
  );
}

const only = (found: readonly string[], ...ids: string[]): string[] =>
  found.filter((one) => ids.includes(one.split(' ')[1]));

const api = (more = '', globals = ''): string => `
Globals: {Function: {Runtime: nodejs22.x, Handler: i.h, InlineCode: x}${globals}}
Resources:
  Api: {Type: AWS::Serverless::Api, Properties: {StageName: prod, Auth: {ApiKeyRequired: true, UsagePlan: {CreateUsagePlan: PER_API}}${more}}}
  F: {Type: AWS::Serverless::Function, Properties: {Events: {E: {Type: Api, Properties: {RestApiId: !Ref Api, Path: /a, Method: get}}}}}
`;

describe('the stage "Stage" that SAM makes', () => {
  test('is one finding, which says who makes it and what prevents it', () => {
    const all = found(api());
    expect(all.filter((one) => one.includes('"Stage"'))).toEqual([
      'warning REST-DEP6 SAM also creates the stage "Stage", a second URL of the API without the settings of the first: ' +
        'OpenApiVersion (e.g. 3.0.1) prevents it (Api Properties)',
    ]);
    // Which would say that its calls are rejected.
    expect(only(all, 'REST-KEY1')).toEqual([]);
  });

  test.each([
    ['OpenApiVersion of the API', api(', OpenApiVersion: 3.0.1')],
    ['that of all', api('', ', Api: {OpenApiVersion: 3.0.1}')],
    ['a version by parameter', api(', OpenApiVersion: !Ref Version')],
  ])('is none with %s', (_, template) => {
    expect(only(found(template), 'REST-DEP6')).toEqual([]);
  });

  test('is an error if the template has it too', () => {
    expect(only(found(api().replace('prod', 'Stage')), 'REST-DEP6')).toEqual([
      expect.stringContaining('error REST-DEP6 the deployment of Api creates stage "Stage", which is also a separate'),
    ]);
  });
});

describe('two events for one method and path', () => {
  const events = (type: string, first: string, second: string): string => `
Globals: {Function: {Runtime: nodejs22.x, Handler: i.h, InlineCode: x}}
Resources:
  F1: {Type: AWS::Serverless::Function, Properties: {Events: {A: {Type: ${type}, Properties: ${first}}}}}
  F2: {Type: AWS::Serverless::Function, Properties: {Events: {B: {Type: ${type}, Properties: ${second}}}}}
`;
  const rules = ['REST-ROUTE1', 'V2-ROUTE7'];

  test.each([
    ['Api', 'REST-ROUTE1'],
    ['HttpApi', 'V2-ROUTE7'],
  ])('are an error: %s', (type, rule) => {
    expect(only(found(events(type, '{Path: /add, Method: post}', '{Path: /add, Method: POST}')), ...rules)).toEqual([
      `error ${rule} POST /add is defined by the event B of F2 and by the event A of F1 (F2 Properties.Events.B)`,
    ]);
  });

  test('of the default route too', () => {
    expect(only(found(events('HttpApi', '{}', '{}')), ...rules)).toEqual([
      'error V2-ROUTE7 $default is defined by the event B of F2 and by the event A of F1 (F2 Properties.Events.B)',
    ]);
  });

  test.each([
    ['another path', '{Path: /a, Method: get}', '{Path: /b, Method: get}'],
    ['another method', '{Path: /a, Method: get}', '{Path: /a, Method: any}'],
    ['a path that the deployment decides', '{Path: /a, Method: get}', '{Path: !Ref P, Method: get}'],
  ])('are none with %s', (_, first, second) => {
    for (const type of ['Api', 'HttpApi']) expect(only(found(events(type, first, second)), ...rules)).toEqual([]);
  });

  test('are none where the document is written out: the events only permit', () => {
    const operation = '{get: {x-amazon-apigateway-integration: {type: mock}}}';
    const resources = (type: string, at: string): string => `
Resources:
  Own: {Type: AWS::Serverless::${type}, Properties: {StageName: a, DefinitionBody: {openapi: 3.0.1, paths: {/a: ${operation}}}}}
  F: {Type: AWS::Serverless::Function, Properties: {Handler: a, Events: {A: {Type: ${type}, Properties: {${at}: !Ref Own, Path: /a, Method: get}}}}}
`;
    expect(only(found(resources('Api', 'RestApiId')), ...rules)).toEqual([]);
    expect(only(found(resources('HttpApi', 'ApiId')), ...rules)).toEqual([]);
  });
});

describe('messages name what somebody wrote', () => {
  test('of a deployment and a usage plan', () => {
    const all = found(api());
    expect(only(all, 'REST-KEY3')).toEqual([
      'warning REST-KEY3 the usage plan of Api has neither a throttle nor a quota (Api Properties.Auth.UsagePlan)',
    ]);
    const empty = 'Resources: {Api: {Type: AWS::Serverless::Api, Properties: {StageName: a}}}';
    expect(only(found(empty), 'REST-DEP3')).toEqual([
      'error REST-DEP3 the deployment of Api deploys an API without any method (Api Properties)',
    ]);
  });

  test('of routes, in whole sentences', () => {
    const settings = (key: string): string => `
Resources:
  Api: {Type: AWS::Serverless::HttpApi, Properties: {RouteSettings: {"${key}": {ThrottlingBurstLimit: 1}}}}
  F: {Type: AWS::Serverless::Function, Properties: {Handler: a, Events: {A: {Type: HttpApi, Properties: {ApiId: !Ref Api, Path: /orders, Method: get}}}}}
`;
    expect(only(found(settings('GET /order')), 'V2-THR5')[0]).toContain(
      'has settings for GET /order, which the API does not have. Did you mean "GET /orders"?',
    );
    expect(only(found(settings('POST /customers/{id}')), 'V2-THR5')[0]).toContain(
      'has settings for POST /customers/{id}, which the API does not have: its routes are GET /orders',
    );
  });
});

describe('a connector from an API to a function', () => {
  const connected = (connector: string, inside = ''): string[] =>
    only(
      found(`
Resources:
  Api: {Type: AWS::Serverless::HttpApi${inside}}
  Fn: {Type: AWS::Serverless::Function, Properties: {Handler: a}}
  Other: {Type: AWS::Serverless::Function, Properties: {Handler: a}}
  I: {Type: AWS::ApiGatewayV2::Integration, Properties: {ApiId: !Ref Api, IntegrationType: AWS_PROXY, IntegrationUri: !GetAtt Fn.Arn, PayloadFormatVersion: 2.0}}
  R: {Type: AWS::ApiGatewayV2::Route, Properties: {ApiId: !Ref Api, RouteKey: GET /a, Target: !Sub 'integrations/\${I}'}}
${connector}`),
      'ALL-AUTH33',
    );

  test('is its permission', () => {
    const to = (id: string): string =>
      `  C: {Type: AWS::Serverless::Connector, Properties: {Source: {Id: Api}, Destination: {Id: ${id}}, Permissions: [Write]}}`;
    expect(connected('')).toHaveLength(1);
    expect(connected(to('Other'))).toHaveLength(1);
    expect(connected(to('Fn'))).toEqual([]);
    expect(connected('', ', Connectors: {C: {Properties: {Destination: [{Id: Other}, {Id: Fn}]}}}')).toEqual([]);
  });
});

describe('networks in ResourcePolicy', () => {
  const policy = (of: string): string => `
Parameters: {Endpoint: {Type: String}}
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties: {StageName: prod, EndpointConfiguration: {Type: PRIVATE}, Auth: {DefaultAuthorizer: AWS_IAM, ResourcePolicy: {${of}}}}
  F:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        A: {Type: Api, Properties: {RestApiId: !Ref Api, Path: /a, Method: get}}
        B: {Type: Api, Properties: {RestApiId: !Ref Api, Path: /b, Method: get, Auth: {ResourcePolicy: {IpRangeWhitelist: [10.0.0.0/8]}}}}
`;

  test('a VPC endpoint by parameter is a policy that cannot be told', () => {
    expect(only(found(policy('SourceVpcWhitelist: [!Ref Endpoint]')), 'REST-NET1', 'REST-NET2', 'REST-AUTH35')).toEqual(
      [],
    );
  });

  test('a route for addresses is open to identities in them, which is a warning', () => {
    const [first] = only(found(policy('IpRangeWhitelist: [10.0.0.0/8]')), 'REST-AUTH35');
    expect(first).toMatch(/^warning .* in the networks that the policy names/);
  });
});
