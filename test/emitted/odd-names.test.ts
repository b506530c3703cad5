import fc from 'fast-check';
import { cfnValidateEngine } from '../support/strict';
import { refusals } from '../support/service-models';
import { templateOf, testApp } from '../support/stacks';
import { GATEWAYS, NAMES, type Names } from './gateways';

/** Always tried: what a service refuses somewhere, in every name. */
const ODDEST: Names = {
  stack: `S${'a'.repeat(60)}`,
  path: ['a#$:*', 'Größe €', ` ${'b'.repeat(60)}*`],
  stage: `-_${'c'.repeat(126)}`,
  plan: 'gold:1*$ß #"\\',
  key: '{key}, <1>?&',
  segments: ['$batch', 'a:b', '{id}', '._-'],
  message: 'm._-',
  variable: '_',
};

test.each(Object.entries(GATEWAYS))('%s: nothing is refused, whatever it is called', (_, make) => {
  fc.assert(
    fc.property(NAMES, (names) => {
      const stack = make(testApp(), names);
      expect(refusals(templateOf(stack), names.stack)).toEqual([]);
    }),
    { numRuns: 15, examples: [[ODDEST]] },
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
