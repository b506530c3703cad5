import fc from 'fast-check';
import { cfnValidateEngine } from '../support/strict';
import { refusals } from '../support/service-models';
import { templateOf, testApp } from '../support/stacks';
import { GATEWAYS, NAMES } from './gateways';

test.each(Object.entries(GATEWAYS))('%s: nothing is refused, whatever it is called', (_, make) => {
  fc.assert(
    fc.property(NAMES, (names) => {
      const stack = make(testApp(), names);
      expect(refusals(templateOf(stack), names.stack)).toEqual([]);
    }),
    { numRuns: 15 },
  );
});

/** The registry schemas as they are today, with what they say beside patterns and ranges. */
test('CloudFormation Validate finds nothing to refuse in them', () => {
  const engine = cfnValidateEngine();
  try {
    for (const names of fc.sample(NAMES, { numRuns: 3, seed: 1 })) {
      for (const make of Object.values(GATEWAYS)) {
        const found = engine.findings(JSON.stringify(templateOf(make(testApp(), names))));
        expect(found.filter(({ severity }) => severity !== 'WARN')).toEqual([]);
      }
    }
  } finally {
    engine.free();
  }
});
