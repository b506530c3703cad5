import { type Json, templateOf } from '../support/stacks';
import { asWritten, EVERYTHING } from './everything';
import { newStack } from './support';

/** The resources that one waits for, those that they wait for included. */
function ahead({ Resources }: Json, id: string, known = new Set<string>()): Set<string> {
  const { Properties, DependsOn = [], UpdatePolicy } = Resources[id];
  const text = JSON.stringify([Properties, UpdatePolicy]);
  const names = [
    ...[DependsOn].flat(),
    ...[...text.matchAll(/"Ref":"(\w+)"|"Fn::GetAtt":\["(\w+)"|\$\{(\w+)/g)].map(([, a, b, c]) => a ?? b ?? c),
  ].filter((name) => Resources[name]);
  for (const name of names.filter((name) => !known.has(name))) ahead({ Resources }, name, known.add(name));
  return known;
}

const templates: Record<string, Json> = {};
beforeAll(() => {
  for (const [kind, make] of Object.entries(EVERYTHING)) {
    const stack = newStack();
    make(stack, asWritten);
    templates[kind] = templateOf(stack);
  }
});

const named = ({ Resources }: Json, pattern: RegExp, type: string): string[] =>
  Object.keys(Resources).filter((id) => Resources[id].Type === type && pattern.test(id));

const REST = 'AWS::ApiGateway';
const V2 = 'AWS::ApiGatewayV2';
const POLICY = 'AWS::IAM::ManagedPolicy';
const ACCOUNT = 'Custom::ApiGatewayAccountLogging';

/** What waits → what must be there before, without a reference that would say so. */
test.each<[string, string, RegExp, string, RegExp, string]>([
  ['rest', `${REST}::Stage`, /./, ACCOUNT, /./, 'a stage that logs is refused in an account without a role for logs'],
  ['rest', `${REST}::Stage`, /./, `${REST}::DocumentationVersion`, /./, 'a stage names a version that is there'],
  ['rest', `${REST}::Stage`, /prod/, 'AWS::Logs::LogGroup', /ExecutionLogprod/, 'API Gateway would make the group'],
  ['rest', 'AWS::Logs::LogGroup', /ExecutionLog/, ACCOUNT, /./, 'one after the other'],
  ['rest', ACCOUNT, /./, POLICY, /AccountLoggingHandlerPolicy/, 'the handler needs its rights'],
  ['rest', ACCOUNT, /./, POLICY, /AccountLoggingPolicy/, 'API Gateway refuses a role that may not write logs'],
  ['rest', `${REST}::Deployment`, /./, POLICY, /^ApiServices/, 'the import asks whether a role is of use'],
  ['rest', `${REST}::Stage`, /./, `${REST}::Deployment`, /./, 'a stage serves a deployment'],
  ['rest', `${REST}::UsagePlan`, /./, `${REST}::Stage`, /./, 'a plan is of stages'],
  ['rest', 'AWS::WAFv2::WebACLAssociation', /./, `${REST}::Stage`, /./, 'an ACL protects a stage'],
  ['http', `${V2}::Api`, /./, POLICY, /^ApiServices/, 'the import asks whether a role is of use'],
  [
    'webSocket',
    `${V2}::Stage`,
    /./,
    ACCOUNT,
    /./,
    'a stage that logs is refused in an account without a role for logs',
  ],
  ['webSocket', `${V2}::Deployment`, /./, `${V2}::Route`, /./, 'an API without routes is not deployed'],
  ['webSocket', `${V2}::Deployment`, /./, `${V2}::Integration`, /./, 'nor is a route that leads nowhere'],
  ['webSocket', `${V2}::Deployment`, /./, `${V2}::IntegrationResponse`, /./, 'a deployment is a copy of what is there'],
  ['webSocket', `${V2}::Deployment`, /./, `${V2}::Authorizer`, /./, 'a deployment is a copy of what is there'],
  ['webSocket', `${V2}::Deployment`, /./, POLICY, /^ApiServices/, 'clients come as soon as there is a stage'],
  ['webSocket', 'AWS::Lambda::Function', /Broadcaster/, POLICY, /Broadcaster/, 'Lambda asks whether it may send there'],
  [
    'release',
    `${REST}::Stage`,
    /./,
    ACCOUNT,
    /./,
    'a stage that logs is refused in an account without a role for logs',
  ],
  ['domain', `${REST}::BasePathMapping|${V2}::ApiMapping`, /./, `${REST}::Stage`, /./, 'a mapping leads to a stage'],
])('%s: %s %s waits for %s %s: %s', (kind, type, pattern, beforeType, before) => {
  const template = templates[kind];
  const waiting = type.split('|').flatMap((one) => named(template, pattern, one));
  const first = named(template, before, beforeType);
  expect(waiting).not.toEqual([]);
  expect(first).not.toEqual([]);
  for (const id of waiting) {
    const known = ahead(template, id);
    const met = first.filter((other) => known.has(other));
    // A mapping, a plan and an ACL are of some stages, whatever else there is is for all.
    if (/Mapping|UsagePlan|WebACL/.test(type)) expect(met).not.toEqual([]);
    else expect({ id, met }).toEqual({ id, met: first });
  }
});

test('whatever runs code in a deployment waits for all that the code may do', () => {
  const seen: string[] = [];
  for (const template of Object.values(templates)) {
    for (const [id, { Type, Properties }] of Object.entries<Json>(template.Resources)) {
      const handler = Properties?.ServiceToken?.['Fn::GetAtt']?.[0];
      if (handler === undefined) continue;
      const role = template.Resources[handler].Properties.Role['Fn::GetAtt'][0];
      const policies = Object.keys(template.Resources).filter((name) =>
        template.Resources[name].Properties?.Roles?.some((one: Json) => one.Ref === role),
      );
      expect(policies).not.toEqual([]);
      const known = ahead(template, id);
      expect({ id, missing: policies.filter((policy) => !known.has(policy)) }).toEqual({ id, missing: [] });
      seen.push(Type);
    }
  }
  expect(new Set(seen).size).toBeGreaterThanOrEqual(3);
});
