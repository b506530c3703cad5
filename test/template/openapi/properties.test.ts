import fc from 'fast-check';
import { openApiProblems } from '../../support/openapi-oracle';
import { openApiViolations } from '../../support/openapi-schema';
import { type Json } from '../../support/stacks';
import { openApi, swagger, wild, forRest } from './arbitraries';
import { expectRoundTrip, exportOf, type Kind } from './support';

const kind = fc.constantFrom<Kind>('rest', 'http');

/** The documents of an API with this definition; none if it is no definition. */
const formsOf = (body: Json, of: Kind) => {
  const made = exportOf(body, of);
  return made ? [made.full, made.clean] : [];
};

test('every document is valid by the schema, whatever the definition is', () => {
  fc.assert(
    fc.property(fc.oneof(openApi, swagger, wild), kind, (body, of) => {
      for (const { document } of formsOf(body, of)) expect(openApiViolations(document)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

// The validator compiles its schema anew for each document.
test('every document is valid by the validator, whatever the definition is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.oneof(openApi, swagger, wild), kind, async (body, of) => {
      for (const { document } of formsOf(body, of)) expect(await openApiProblems(document)).toEqual([]);
    }),
    { numRuns: 25 },
  );
}, 120_000);

test('nothing of a correct definition is left out', () => {
  fc.assert(
    fc.property(fc.oneof(openApi, swagger), kind, (body, of) => {
      expect(formsOf(body, of).map(({ losses }) => losses)).toEqual([[], []]);
    }),
    { numRuns: 200 },
  );
});

test('a document that came out comes out as it is', () => {
  fc.assert(
    fc.property(fc.oneof(openApi, swagger, wild), kind, (body, of) => {
      for (const { document } of formsOf(body, of).slice(0, 1)) {
        const again = exportOf(document, of).full;
        expect(again.document).toEqual(document);
        expect(again.losses).toEqual([]);
      }
    }),
    { numRuns: 150 },
  );
});

test.each<[Kind, fc.Arbitrary<Json>]>([
  ['rest', fc.oneof(openApi.map(forRest), swagger)],
  ['http', fc.oneof(openApi, swagger)],
])(
  'what comes out of a correct definition goes in again: %s',
  (of, definition) => {
    fc.assert(
      fc.property(definition, (body) => {
        expectRoundTrip(exportOf(body, of).clean.document, of);
      }),
      { numRuns: 25 },
    );
  },
  120_000,
);
