import { RULES } from '../../lib/checks/registry';
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
