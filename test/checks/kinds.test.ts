import { RULES } from '../../lib/checks/registry';
import { type ApiKind, type Rule } from '../../lib/checks/rule';
import { rulesOfKinds } from '../../lib/checks/run';
import { readModel } from '../../lib/template/reader/read';
import {
  type Draft,
  goodBody,
  goodHttpBody,
  goodHttpResources,
  goodResources,
  goodWebSocket,
  type Json,
  source,
} from './support';

/** Takes away what rules look for, property by property, so that as many as possible have something to find. */
function* broken(template: Json): Iterable<Json> {
  for (const [logicalId, { Properties }] of Object.entries<Json>(template.Resources as Json)) {
    for (const property of Object.keys((Properties ?? {}) as Json)) {
      const copy = structuredClone(template);
      Reflect.deleteProperty((copy.Resources as Json)[logicalId].Properties as Json, property);
      yield copy;
    }
    const copy = structuredClone(template);
    Reflect.deleteProperty(copy.Resources as Json, logicalId);
    yield copy;
  }
}

const FORMS: [string, () => Draft][] = [
  ['REST resources', goodResources],
  ['REST Body', goodBody],
  ['HTTP resources', goodHttpResources],
  ['HTTP Body', goodHttpBody],
  ['WebSocket', goodWebSocket],
];

describe.each(FORMS)('rules for other kinds than %s', (_, good) => {
  test('are left out, and would find nothing', () => {
    for (const template of [good().template as Json, ...broken(good().template as Json)]) {
      const model = readModel([source(template)]);
      const run = new Set(rulesOfKinds(model, RULES));
      const left = RULES.filter((rule) => !run.has(rule));
      expect(left.length).toBeGreaterThan(0);
      expect(left.flatMap((rule) => [...rule.check(model)].map(({ message }) => `${rule.id} ${message}`))).toEqual([]);
    }
  });
});

/** The parts of a model that a rule reads, as far as it goes in one that has nothing. */
function readBy({ check }: Rule): Set<string | symbol> {
  const parts = new Set<string | symbol>();
  const nothing = new Proxy(readModel([]), {
    get(model, part) {
      parts.add(part);
      return Reflect.get(model, part, model) as unknown;
    },
  });
  expect([...check(nothing)]).toEqual([]);
  return parts;
}

test('rules that look at permissions are for each kind: a permission for an HTTP API need not call for those of REST APIs', () => {
  const rules = RULES.filter((rule) => readBy(rule).has('permissions'));
  expect(rules.map(({ id }) => id)).toContain('ALL-AUTH31');
  expect(
    rules.filter(
      ({ appliesTo }) => !['rest', 'http', 'websocket'].every((kind) => appliesTo.includes(kind as ApiKind)),
    ),
  ).toEqual([]);
});

/** The faultless HTTP API, as far as it is made of these types. */
function onlyOf(...types: string[]) {
  const { Resources } = goodHttpResources().template as { Resources: Record<string, Json> };
  const left = Object.entries(Resources).filter(([, { Type }]) => types.includes(String(Type)));
  return readModel([source({ Resources: Object.fromEntries(left) })]);
}

test('an HTTP API with permissions is not judged by the rules of REST APIs', () => {
  const model = onlyOf('AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Route', 'AWS::Lambda::Permission');
  expect(model.permissions.length).toBeGreaterThan(0);
  const run = rulesOfKinds(model, RULES);
  expect(run.map(({ id }) => id)).toContain('ALL-AUTH31');
  expect(run.filter(({ appliesTo }) => String(appliesTo) === 'rest')).toEqual([]);
});

test('a permission that is all of an API is judged', () => {
  const model = onlyOf('AWS::Lambda::Permission');
  expect(rulesOfKinds(model, RULES).map(({ id }) => id)).toContain('ALL-AUTH31');
});
