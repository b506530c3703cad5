import { InterfaceVpcEndpoint, InterfaceVpcEndpointAwsService, Vpc } from 'aws-cdk-lib/aws-ec2';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { ApiDomain, ApiDomainEndpointType } from '../../lib';
import { type Json, resource, templateOf } from '../support/stacks';
import { http, newStack, rest, webSocket } from './support';

test('a private name points to the endpoint in all zones: the hosted zone comes first, then the name', () => {
  const stack = newStack();
  const vpc = new Vpc(stack, 'Vpc');
  const service = InterfaceVpcEndpointAwsService.APIGATEWAY;
  new ApiDomain(stack, 'Domain', {
    domainName: 'api.example.com',
    hostedZone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' }),
    endpointType: ApiDomainEndpointType.PRIVATE,
    vpcEndpoints: [new InterfaceVpcEndpoint(stack, 'Endpoint', { vpc, service })],
  });
  const { AliasTarget } = resource(templateOf(stack), 'AWS::Route53::RecordSet').Properties;
  const endpoint = { 'Fn::GetAtt': [expect.stringMatching(/^Endpoint/), 'DnsEntries'] };
  const part = (index: number) => ({
    'Fn::Select': [index, { 'Fn::Split': [':', { 'Fn::Select': [0, endpoint] }] }],
  });
  expect(AliasTarget).toMatchObject({ HostedZoneId: part(0), DNSName: part(1) });
});

/** What is behind the prefix and the name of the stack. */
const logName = (template: Json): string =>
  JSON.stringify(resource(template, 'AWS::Logs::LogGroup', /AccessLog/).Properties.LogGroupName).replace(
    /.*?apis\/(Stack\/)?|-[^-/"]*"(\]\])?\}?$/g,
    '',
  );

test.each<[string, (name: string, stageName?: string) => Json, string]>([
  ['HTTP', (key, stageName) => made((stack) => http(stack, { stages: { [key]: { stageName } } })), '$default'],
  ['REST', (key, stageName) => made((stack) => rest(stack, { stages: { [key]: { stageName } } })), 'prod'],
  ['WebSocket', (key, stageName) => made((stack) => webSocket(stack, { stages: { [key]: { stageName } } })), 'prod'],
])('%s: an access log is named by the key of its stage, whatever the stage is called', (_, make, other) => {
  expect(logName(make('live'))).toMatch(/Api\/live/);
  expect(logName(make('live', other))).toBe(logName(make('live')));
});

test('the access log of $default has no segment for it, which could not stand in a name', () => {
  const name = logName(made((stack) => http(stack, { stages: { $default: {} } })));
  expect(name).toMatch(/Api$|Api-/);
  expect(name).not.toContain('$');
});

function made(make: (stack: ReturnType<typeof newStack>) => unknown): Json {
  const stack = newStack();
  make(stack);
  return templateOf(stack);
}
