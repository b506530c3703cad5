import { type AnyAuthorizer, type ApiModel } from '../../../template/model/model';
import { type Text } from '../../../template/model/text';
import { apiReference } from '../../queries/common';
import { formOf, FORMS, isInvocationUri, nameInInvocation, problemOfServiceUri, unreplaced } from '../../queries/uris';
import { allApisOf } from '../../queries/v2';
import { type Rule, type RuleSeverity } from '../../rule';

const INVOCATION =
  'arn:<partition>:apigateway:<region>:lambda:path/2015-03-31/functions/<ARN of the function>/invocations';
const WITH_FUNCTION: readonly unknown[] = ['TOKEN', 'REQUEST'];

function problem(model: ApiModel, uri: Text): [string, RuleSeverity?] | undefined {
  const form = formOf(model, uri);
  const open = unreplaced(uri);
  if (form === undefined || open !== undefined) {
    return open === undefined ? undefined : [`${uri}, which ${open}`];
  }
  if (form !== 'service') {
    return [`${uri}, ${FORMS[form]}; write ${INVOCATION}`];
  }
  const what = problemOfServiceUri(model, uri);
  if (what !== undefined || !isInvocationUri(uri)) {
    return [`${uri}, which ${what ?? 'invokes no function'}`];
  }
  const name = nameInInvocation(model, uri);
  // AWS documents the ARN; that the name is refused is written nowhere.
  return name === undefined ? undefined : [`${name} by its name; write the ARN of the function`, 'warning'];
}

const uriOf = ({ type, uri }: AnyAuthorizer): Text | undefined => (WITH_FUNCTION.includes(type) ? uri : undefined);

export const rule: Rule = {
  id: 'ALL-AUTH36',
  appliesTo: ['rest', 'http', 'websocket'],
  severity: 'error',
  title: 'The URI of a Lambda authorizer is an invocation of its function',
  why: 'API Gateway rejects any other URI, the ARN of the function too: "Authorizer URI should be a valid API Gateway ARN that represents a Lambda function invocation". The stack rolls back.',
  fix: {
    library: 'Use `RestAuthorizer.lambda(fn)`, `HttpAuthorizer.lambda(fn)` or `WebSocketAuthorizer.lambda(fn)`.',
    l2: 'Use `RequestAuthorizer`, `TokenAuthorizer`, `HttpLambdaAuthorizer` or `WebSocketLambdaAuthorizer`.',
    cloudFormation:
      'Set `AuthorizerUri` with `Fn::Sub` to ' +
      '`arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Function.Arn}/invocations` ' +
      '(`authorizerUri` in the OpenAPI security scheme).',
  },
  link: apiReference('CreateAuthorizer'),
  *check(model) {
    for (const { authorizers } of allApisOf(model)) {
      for (const authorizer of authorizers) {
        const uri = uriOf(authorizer);
        const found = uri === undefined ? undefined : problem(model, uri);
        if (found) {
          const [what, severity] = found;
          const { location, key } = authorizer;
          yield { location, message: `authorizer "${key}" calls ${what}`, key, ...(severity && { severity }) };
        }
      }
    }
  },
};
