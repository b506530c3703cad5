import { App } from 'aws-cdk-lib';
import { EXAMPLES } from '../../examples/examples';
import { COUNTRY_CODES } from '../../lib/facts/web-acl';
import { matches, refusals, REGISTRY, SERVICES } from '../support/service-models';
import { type Json } from '../support/stacks';

const one = (type: string, properties: Json) => refusals({ Resources: { It: { Type: type, Properties: properties } } });
const filter = (name: Json) =>
  one('AWS::Logs::MetricFilter', {
    LogGroupName: 'orders',
    FilterPattern: 'x',
    MetricTransformations: [{ MetricName: name, MetricNamespace: 'n', MetricValue: '1', Unit: 'Count' }],
  });

test('what the models refuse is found, whichever of them says so', () => {
  expect(filter('Orders/prod/Throttles')).toEqual([]);
  expect(filter('a'.repeat(255))).toEqual([]);
  for (const name of ['Orders/$default/Throttles', 'gold:1', 'gold*', 'Größe', '', 'a'.repeat(256)]) {
    expect(filter(name).map(({ place }) => place)).toContain(
      'AWS::Logs::MetricFilter.MetricTransformations[].MetricName',
    );
  }
  // Only the registry has a range of burst limits, and only the service a list of countries.
  const plan = (limit: number) => one('AWS::ApiGateway::UsagePlan', { Throttle: { BurstLimit: limit, RateLimit: 1 } });
  expect([plan(0), plan(-1).length]).toEqual([[], 1]);
  const geo = (code: string) =>
    one('AWS::WAFv2::WebACL', { Rules: [{ Statement: { GeoMatchStatement: { CountryCodes: [code] } } }] });
  expect(geo('GB').filter(({ place }) => /Country/.test(place))).toEqual([]);
  expect(geo('UK').filter(({ place }) => /Country/.test(place))).toHaveLength(1);
});

test('intrinsics are worked out, and what only a deployment knows is left alone', () => {
  expect(filter({ 'Fn::Join': ['/', [{ Ref: 'AWS::StackName' }, '$default']] })).toHaveLength(2);
  expect(filter({ 'Fn::Sub': '${AWS::StackName}:x' })).toHaveLength(2);
  expect(filter({ 'Fn::GetAtt': ['Other', 'Name'] })).toEqual([]);
});

test('every pattern can be tried', () => {
  const texts = JSON.stringify([REGISTRY.shapes, SERVICES.shapes]).matchAll(/"pattern":("(?:[^"\\]|\\.)*")/g);
  const patterns = [...new Set([...texts].map(([, text]) => JSON.parse(text) as string))];
  expect(patterns.length).toBeGreaterThan(50);
  for (const pattern of patterns) expect(() => matches('x', pattern)).not.toThrow();
});

/** Types of the examples that the library does not make, or of which nobody says anything. */
const NOT_OURS =
  /^(AWS::(Cognito|EC2|ElasticLoadBalancingV2|Events|KMS|Kinesis|S3|SNS|SQS|ServiceDiscovery|Route53::HostedZone|IAM::Policy$)|Custom::)/;

test('every type that the library makes is in a model', () => {
  const app = new App();
  Object.values(EXAMPLES).forEach((example) => example(app));
  const types = app
    .synth()
    .stacks.flatMap(({ template }) => Object.values<Json>(template.Resources).map(({ Type }) => Type));
  const unknown = [...new Set<string>(types)].filter((type) => !(type in REGISTRY.types) && !NOT_OURS.test(type));
  expect(unknown).toEqual([]);
});

test('countries are those of AWS WAF', () => {
  const { countrycodes } = SERVICES.shapes['AWS::WAFv2::WebACL.GeoMatchStatement'];
  expect([...COUNTRY_CODES].sort()).toEqual([...(countrycodes.items?.enum ?? [])].sort());
});
