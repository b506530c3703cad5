import { breaks, type Draft, keeps, type Json } from '../support';

const stage =
  (changes: object) =>
  (draft: Draft): void =>
    draft.set('Stage', changes);
const api =
  (changes: object) =>
  (draft: Draft): void =>
    draft.set('Api', changes);

describe('deployments', () => {
  const still = (draft: Draft): void => draft.unset('Stage', 'AutoDeploy', 'DeploymentId');
  breaks('V2-DEP7', 'a stage that nothing is deployed to', { http: still, webSocket: still });
  breaks('V2-DEP7', 'a stage that does not deploy itself', { http: stage({ AutoDeploy: false }) });
  keeps('V2-DEP7', 'a deployment that names the stage', {
    webSocket: (draft) => {
      still(draft);
      draft.set('Deployment', { StageName: 'prod' });
    },
  });
  keeps('V2-DEP7', 'what cannot be told', { http: stage({ AutoDeploy: { Ref: 'Unknown' } }) });

  breaks('V2-DEP8', 'a stage that deploys itself and names a deployment', {
    http: stage({ DeploymentId: 'abc123' }),
    webSocket: stage({ AutoDeploy: true }),
  });
});

describe('definitions', () => {
  breaks('ALL-DEP9', 'a route beside the Body', {
    httpBody: (draft) =>
      draft.add('Beside', 'AWS::ApiGatewayV2::Route', {
        ApiId: { Ref: 'Api' },
        RouteKey: 'DELETE /orders/{id}',
        AuthorizationType: 'AWS_IAM',
        Target: 'integrations/abc123',
      }),
  });
  breaks('ALL-DEP10', 'no name', { httpResources: (draft) => draft.unset('Api', 'Name') });
  breaks('ALL-DEP10', 'no protocol', { httpResources: (draft) => draft.unset('Api', 'ProtocolType') });
  breaks('ALL-DEP10', 'no name of a WebSocket API', { webSocket: (draft) => draft.unset('Api', 'Name') });
  keeps('ALL-DEP10', 'a Body without either', { httpBody: (draft) => draft.unset('Api', 'Name', 'ProtocolType') });

  breaks('ALL-DEP11', 'an import that goes on', { httpBody: (draft) => draft.unset('Api', 'FailOnWarnings') });
  keeps('ALL-DEP11', 'resources', { httpResources: (draft) => draft.unset('Api', 'FailOnWarnings') });

  breaks('OAS2', 'a scheme that API Gateway does not enforce', {
    also: ['ALL-AUTH1'],
    httpBody: (draft) => delete draft.body.components.securitySchemes.users['x-amazon-apigateway-authorizer'],
  });
});

describe('stages', () => {
  breaks('ALL-DEP14', 'a character that is not taken', {
    http: stage({ StageName: 'v1.0' }),
    webSocket: stage({ StageName: 'v1.0' }),
  });
  breaks('ALL-DEP14', '$default of a WebSocket API', { webSocket: stage({ StageName: '$default' }) });
  keeps('ALL-DEP14', '$default of an HTTP API', { http: stage({ StageName: '$default' }) });

  const variables = (StageVariables: object) => stage({ StageVariables });
  for (const wrong of [{ 'a-b': 'x' }, { a: 'x y' }, { a: '' }]) {
    breaks('ALL-DEP15', JSON.stringify(wrong), { http: variables(wrong), webSocket: variables(wrong) });
  }
  keeps('ALL-DEP15', 'what is taken', { http: variables({ a_1: 'b-c' }), webSocket: variables({ a_1: 'b-c' }) });

  const using =
    (name: string) =>
    (draft: Draft): void => {
      const parameters = { [draft.body ? 'requestParameters' : 'RequestParameters']: { 'append:header.x': name } };
      Object.assign(draft.sharedIntegration, parameters);
    };
  breaks('ALL-DEP16', 'a variable that a stage does not define', {
    http: using('$stageVariables.other'),
    webSocket: (draft) => draft.set('Integration', { RequestTemplates: { $default: '${stageVariables.other}' } }),
  });
  keeps('ALL-DEP16', 'a variable that is defined', { http: using('$stageVariables.table') });

  const stages =
    (count: number) =>
    (draft: Draft): void => {
      for (let index = 1; index < count; index++) {
        const copy = { ...draft.props('Stage'), StageName: `s${index}` };
        draft.add(`Stage${index}`, 'AWS::ApiGatewayV2::Stage', copy, {
          ...(draft.resources.Stage.DependsOn && { DependsOn: draft.resources.Stage.DependsOn }),
        });
      }
    };
  breaks('ALL-DEP17', 'eleven stages', { http: stages(11), webSocket: stages(11) });
  keeps('ALL-DEP17', 'ten stages', { http: stages(10), webSocket: stages(10) });

  breaks('HTTP-SSL3', 'a client certificate', { http: stage({ ClientCertificateId: 'abc123' }) });
  keeps('HTTP-SSL3', 'a client certificate of a WebSocket API', {
    webSocket: stage({ ClientCertificateId: 'abc123' }),
  });

  const guarded =
    (kind: string) =>
    (draft: Draft): void =>
      draft.add('Association', 'AWS::WAFv2::WebACLAssociation', {
        ResourceArn: {
          'Fn::Sub': `arn:\${AWS::Partition}:apigateway:\${AWS::Region}::/${kind}/\${Api}/stages/\${Stage}`,
        },
        WebACLArn: 'arn:aws:wafv2:us-east-1:123456789012:regional/webacl/x/1',
      });
  breaks('V2-WAF2', 'a web ACL', { http: guarded('apis'), webSocket: guarded('apis') });
});

describe('values', () => {
  for (const changes of [{ IpAddressType: 'ipv6' }, { ProtocolType: 'GRPC' }, { BasePath: 'keep' }]) {
    breaks('ALL-ENUM1', JSON.stringify(changes), { http: api(changes) });
  }
  breaks('ALL-ENUM1', 'another address type', { webSocket: api({ IpAddressType: 'ipv6' }) });
  const integration =
    (changes: object) =>
    (draft: Draft): void => {
      const lower = ([name, value]: [string, unknown]): [string, unknown] => [
        name[0].toLowerCase() + name.slice(1),
        value,
      ];
      Object.assign(
        draft.sharedIntegration,
        draft.body ? Object.fromEntries(Object.entries(changes).map(lower)) : changes,
      );
    };
  breaks('ALL-ENUM1', 'another payload format', {
    http: integration({ PayloadFormatVersion: '3.0' }),
    webSocket: integration({ PayloadFormatVersion: '2.0' }),
  });
  breaks('ALL-ENUM1', 'another connection', { http: integration({ ConnectionType: 'VPN' }) });
  breaks('ALL-ENUM1', 'another action', {
    also: ['ALL-IAM2'],
    http: integration({ IntegrationSubtype: 'SQS-Send', PayloadFormatVersion: '1.0' }),
  });
  breaks('ALL-ENUM1', 'another type', {
    httpResources: integration({ IntegrationType: 'LAMBDA' }),
    httpBody: integration({ Type: 'LAMBDA' }),
  });
  breaks('ALL-ENUM1', 'other ways to handle content', {
    webSocket: integration({ PassthroughBehavior: 'ALWAYS', ContentHandlingStrategy: 'BINARY' }),
  });
  breaks('ALL-ENUM1', 'another level of logging', {
    also: ['ALL-LOG9'],
    webSocket: (draft) => Object.assign(draft.stage.DefaultRouteSettings, { LoggingLevel: 'DEBUG' }),
  });
  breaks('ALL-ENUM1', 'another authorization', {
    webSocket: (draft) => draft.set('Connect', { AuthorizationType: 'COGNITO_USER_POOLS' }),
  });
  keeps('ALL-ENUM1', 'what cannot be told', {
    http: integration({ PayloadFormatVersion: { Ref: 'Unknown' }, ConnectionType: { Ref: 'Unknown' } }),
  });

  const limits =
    (changes: object) =>
    (draft: Draft): void => {
      Object.assign(draft.stage.DefaultRouteSettings, changes as unknown as Json);
    };
  breaks('ALL-ENUM2', 'a negative rate', {
    http: limits({ ThrottlingRateLimit: -5 }),
    webSocket: limits({ ThrottlingRateLimit: -5 }),
  });
  breaks('ALL-ENUM2', 'a burst with a fraction', { http: limits({ ThrottlingBurstLimit: 1.5 }) });
  breaks('ALL-ENUM2', 'a status that is none', {
    httpResources: integration({ ResponseParameters: { 100: { ResponseParameters: [] } } }),
    httpBody: integration({ ResponseParameters: { 600: {} } }),
  });
  keeps('ALL-ENUM2', 'statuses of answers', { httpBody: integration({ ResponseParameters: { 200: {}, 599: {} } }) });
});
