import { rule } from '../../../lib/checks/rules/domains/DOM3-policy-matches-access-mode';
import { runRules } from '../../../lib/checks/run';
import { inPlaceOf } from '../../../lib/template/reader/previous';
import { readModel } from '../../../lib/template/reader/read';
import { resourcesOf } from '../corpus/bases';
import { source } from '../support';

type Resources = Record<string, { readonly Properties: object }>;
type Props = Readonly<Record<string, unknown>>;

/** What is said of a domain, compared with what it was before. */
function said(base: string, before: Props, after: Props, id = 'Domain'): string[] {
  const sources = (props: Props) => {
    const resources = structuredClone(resourcesOf(base)) as Resources;
    Object.assign(resources[id].Properties, props);
    return [source({ Resources: resources })];
  };
  const [old, now] = [sources(before), sources(after)];
  return runRules(readModel(now, inPlaceOf(now, old, [])), [rule]).map(
    ({ severity, path, message }) => `${severity} ${path}: ${message}`,
  );
}

const STRICT = { SecurityPolicy: 'SecurityPolicy_TLS13_1_2_PFS_PQ_2025_09', EndpointAccessMode: 'STRICT' };
const BASIC = { ...STRICT, EndpointAccessMode: 'BASIC' };
const LEGACY = { SecurityPolicy: 'TLS_1_2', EndpointAccessMode: undefined };
const EDGE = { EndpointConfiguration: { Types: ['EDGE'] } };
const became = (what: string, property: string, value: string) => [
  `warning Properties.${property}: ${what} had EndpointAccessMode STRICT in the previous assembly, and its ${property} becomes ${value} in one step: ` +
    'calls fail for about 15 minutes; deploy BASIC first, at a time of low traffic',
];

test('a policy without mode in place of STRICT', () => {
  expect(said('domain-raw', STRICT, LEGACY)).toEqual(
    became('the domain "api.example.com"', 'SecurityPolicy', 'TLS_1_2'),
  );
  expect(said('rest-raw', STRICT, LEGACY, 'Api')).toEqual(became('the API', 'SecurityPolicy', 'TLS_1_2'));
});

test('another endpoint type under STRICT', () => {
  expect(said('domain-raw', STRICT, { ...STRICT, ...EDGE })).toEqual(
    became('the domain "api.example.com"', 'EndpointConfiguration', 'EDGE'),
  );
});

test.each<[string, Props, Props]>([
  ['STRICT as before', STRICT, STRICT],
  ['BASIC as the step on the way', STRICT, BASIC],
  ['a policy without mode after BASIC', BASIC, LEGACY],
  ['another endpoint type after BASIC', BASIC, { ...BASIC, ...EDGE }],
  ['STRICT after BASIC', BASIC, STRICT],
  ['a policy that is not known', STRICT, { ...STRICT, SecurityPolicy: { 'Fn::ImportValue': 'x' } }],
])('%s is nothing to tell', (_, before, after) => {
  expect(said('domain-raw', before, after)).toEqual([]);
});

test('without a previous assembly nothing is compared', () => {
  const resources = structuredClone(resourcesOf('domain-raw')) as Resources;
  Object.assign(resources.Domain.Properties, LEGACY);
  expect(runRules(readModel([source({ Resources: resources })]), [rule])).toEqual([]);
});
