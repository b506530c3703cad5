import { type CfnResource, Stack } from 'aws-cdk-lib';
import { ids, templateOf } from '../support/stacks';
import { http, newStack, rest, webSocket } from './support';

type Change = readonly [string, unknown];

/** The id of the deployment where a property of the API is overridden so. */
function deploymentOf(kind: 'REST' | 'HTTP' | 'WebSocket', change?: Change): string {
  const stack = newStack();
  const api: CfnResource =
    kind === 'REST'
      ? rest(stack).cfnApi
      : kind === 'HTTP'
        ? http(stack, { stages: { prod: { autoDeploy: false } } }).cfnApi
        : webSocket(stack).cfnApi;
  if (change) api.addPropertyOverride(...(change as [string, unknown]));
  expect(Stack.of(api)).toBe(stack);
  return ids(templateOf(stack), kind === 'REST' ? 'AWS::ApiGateway::Deployment' : 'AWS::ApiGatewayV2::Deployment')[0];
}

/** Properties of an API that take effect without a deployment, and some that do not. */
test.each<['REST' | 'HTTP' | 'WebSocket', readonly Change[], readonly Change[]]>([
  [
    'REST',
    [
      ['Name', 'other'],
      ['Description', 'other'],
      ['Version', '2'],
      ['Tags', [{ Key: 'a', Value: 'b' }]],
      ['FailOnWarnings', false],
      ['Mode', 'overwrite'],
    ],
    [
      ['Policy', { Version: '2012-10-17', Statement: [] }],
      ['BinaryMediaTypes', ['a/b']],
      ['MinimumCompressionSize', 1],
      ['ApiKeySourceType', 'AUTHORIZER'],
      ['DisableExecuteApiEndpoint', true],
      ['EndpointConfiguration', { Types: ['EDGE'] }],
      ['Parameters', { basepath: 'prepend' }],
    ],
  ],
  [
    'HTTP',
    [
      ['Name', 'other'],
      ['Description', 'other'],
      ['Version', '2'],
      ['Tags', { a: 'b' }],
      ['FailOnWarnings', false],
      ['ProtocolType', 'HTTP'],
    ],
    [
      ['DisableExecuteApiEndpoint', true],
      ['IpAddressType', 'dualstack'],
      ['CorsConfiguration', { AllowOrigins: ['https://a.example'] }],
    ],
  ],
  [
    'WebSocket',
    [
      ['Name', 'other'],
      ['Description', 'other'],
      ['Version', '2'],
      ['Tags', { a: 'b' }],
      ['IpAddressType', 'dualstack'],
    ],
    [
      ['RouteSelectionExpression', '$request.body.type'],
      ['ApiKeySelectionExpression', '$context.authorizer.usageIdentifierKey'],
      ['DisableExecuteApiEndpoint', true],
      ['DisableSchemaValidation', true],
    ],
  ],
])('%s: what must be deployed makes a new deployment, and nothing else does', (kind, without, within) => {
  const base = deploymentOf(kind);
  for (const change of without) expect([change, deploymentOf(kind, change)]).toEqual([change, base]);
  for (const change of within) expect([change, deploymentOf(kind, change)]).not.toEqual([change, base]);
});
