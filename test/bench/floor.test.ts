import { Stack } from 'aws-cdk-lib';
import { pathsOf, type Variant } from '../../bench/variant';
import { richGateway } from '../../bench/variants/rich-gateway';
import { richL1Body } from '../../bench/variants/rich-l1-body';
import { type Json, templateOf, testApp } from '../support/stacks';

function properties(variant: Variant, type: string): Json[] {
  const stack = new Stack(testApp(), 'Bench');
  variant.build(stack, pathsOf(3));
  const resources = Object.values<Json>(templateOf(stack).Resources);
  return resources.filter(({ Type }) => Type === type).map(({ Properties }) => plain(Properties));
}

/** `Fn::Join` and `Fn::Sub` as the same text. */
function plain(value: Json): Json {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  if (value['Fn::Sub']) return value['Fn::Sub'];
  if (value['Fn::Join'])
    return value['Fn::Join'][1]
      .map((part: Json) => (typeof part === 'string' ? part : `\${${part.Ref ?? part['Fn::GetAtt'].join('.')}}`))
      .join('');
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, plain(item)]));
}

describe('the rich API of the benchmark, by hand and by the gateway', () => {
  test('is the same resource with the same document', () => {
    const type = 'AWS::ApiGateway::RestApi';
    expect(properties(richL1Body, type)).toEqual(properties(richGateway, type));
  });

  test('has the same method settings and plans', () => {
    const settings = (variant: Variant) =>
      properties(variant, 'AWS::ApiGateway::Stage').map(({ MethodSettings }) => MethodSettings);
    expect(settings(richL1Body)).toEqual(settings(richGateway));
    const plans = (variant: Variant) =>
      properties(variant, 'AWS::ApiGateway::UsagePlan').map(({ Throttle }) => Throttle);
    expect(plans(richL1Body)).toEqual(plans(richGateway));
  });
});
