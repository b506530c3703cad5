import * as fc from 'fast-check';
import { inputOf } from '../../../lib/serve/mapping/input';
import { UTIL } from '../../../lib/serve/mapping/util';
import { render } from '../../../lib/serve/vtl/render';
import { TemplateError } from '../../../lib/serve/vtl/scanner';
import { parseTemplate } from '../../../lib/serve/vtl/template';
import { renderAll, whatIsMissing } from '../../support/apache-velocity/render';
import { BODY, PRELUDE, template } from './generated';

const missing = whatIsMissing();
const inCi = process.env.CI === 'true' && process.platform === 'linux';

/** What is printed, or that it fails. */
function own(text: string): string | undefined {
  try {
    return render(parseTemplate(text), { input: inputOf({ body: BODY }), util: UTIL });
  } catch (error) {
    if (error instanceof TemplateError) return undefined;
    throw error;
  }
}

const apache = (templates: readonly string[]): Array<string | undefined> =>
  renderAll(templates.map((text) => ({ template: text, input: { body: BODY }, nothing: null }))).map(
    ({ text }) => text,
  );

(missing === undefined || inCi ? test : test.skip)('generated templates render as in Apache Velocity', () => {
  const templates = fc.sample(template, { numRuns: 3000, seed: 20_275 }).map((text) => PRELUDE + text);
  const expected = apache(templates);
  const different = templates.flatMap((text, at) => {
    const got = own(text);
    return got === expected[at] ? [] : [{ template: text.slice(PRELUDE.length), got, expected: expected[at] }];
  });
  expect(different).toEqual([]);
  expect(expected.filter((text) => text !== undefined).length).toBeGreaterThan(1500);
});
