import { type Rule } from '../../rule';

export const rule: Rule = {
  id: 'ALL-AUTH31',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'warning',
  title: 'A permission for API Gateway specifies the API',
  why:
    'The principal apigateway.amazonaws.com stands for the API Gateway of every AWS account. Without a source ARN or ' +
    'account, anyone can point their own API at the function and bypass your authorizers.',
  fix: {
    library:
      'Use `RestIntegration.lambda(fn)`, `HttpIntegration.lambda(fn)` or `WebSocketIntegration.lambda(fn)`, which ' +
      'grant access to exactly their routes.',
    l2:
      'Let `LambdaIntegration`, `HttpLambdaIntegration` or `WebSocketLambdaIntegration` create the permission, or ' +
      'set `sourceArn: api.arnForExecuteApi(…)` (`arnForExecuteApiV2` for a `WebSocketApi`) in `addPermission(…)`.',
    cloudFormation:
      'Set `SourceArn` on the `AWS::Lambda::Permission`, e.g. to ' +
      '`arn:aws:execute-api:<region>:<account>:<api>/*/GET/orders`, or to `…:<api>/*/sendMessage` for a WebSocket ' +
      'API.',
  },
  link: 'https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html',
  sameAs: { checkov: ['CKV_AWS_364'], 'cfn-lint': ['W3664'] },
  *check(model) {
    for (const { principal, sourceArn, sourceAccount, target, location } of model.permissions) {
      if (principal === 'apigateway.amazonaws.com' && sourceArn === undefined && sourceAccount === undefined) {
        const name = target?.function?.logicalId ?? target?.text ?? 'the function';
        yield { location, message: `any API of any account may invoke ${name}` };
      }
    }
  },
};
