import { breaks, findings, goodWebSocket, keeps } from '../support';

const sub = (text: string): object => ({ 'Fn::Sub': text });
const source = (rest: string): object => ({
  SourceArn: sub(`arn:aws:execute-api:eu-west-1:123456789012:\${Api}/${rest}`),
});

describe('ALL-AUTH33', () => {
  keeps('ALL-AUTH33', 'an asterisk that takes the stage and its slash, as the L2 of WebSocket APIs writes it', {
    webSocket: (draft) => draft.set('FnConnect', source('*$connect')),
  });
  keeps('ALL-AUTH33', 'an asterisk that takes the stage and the method', {
    httpResources: (draft) => draft.set('FnPermission', source('*/orders*')),
  });
  breaks('ALL-AUTH33', 'an asterisk before another route', {
    webSocket: (draft) => draft.set('FnConnect', source('*$disconnect')),
  });
  breaks('ALL-AUTH33', 'a stage without asterisk, and no route', {
    webSocket: (draft) => draft.set('FnConnect', source('$connect')),
  });
});

describe('ALL-AUTH22', () => {
  breaks('ALL-AUTH22', 'an authorizer that is never asked, whether or not it may be', {
    webSocket: (draft) =>
      draft.add('Spare', 'AWS::ApiGatewayV2::Authorizer', {
        ...draft.props('Authorizer'),
        Name: 'spare',
        AuthorizerUri: draft.props('Integration').IntegrationUri,
      }),
  });
});

test('ALL-AUTH31 names a function whose ARN nobody substitutes', () => {
  const draft = goodWebSocket();
  draft.add('Elsewhere', 'AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction',
    FunctionName: 'arn:aws:lambda:us-east-1:${AWS::AccountId}:function:check',
    Principal: 'apigateway.amazonaws.com',
  });
  expect(findings(draft.template).filter(({ id }) => id === 'ALL-AUTH31')).toMatchObject([
    { message: 'any API of any account may invoke arn:aws:lambda:us-east-1:${AWS::AccountId}:function:check' },
  ]);
});
