import { outline } from '../../../template/model/text';
import { isKnown, knownOr } from '../../../template/model/value';
import { binaryTypeOf } from '../../queries/binary-types';
import { type Rule } from '../../rule';
import { guide, methodsOf, onMethod } from '../../queries/common';

const READS_JSON = /\$!?\{?input\.(json|path)\(/;

export const rule: Rule = {
  id: 'REST-INT29',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'A request template does not read Base64 as JSON',
  why: 'The body of a binary type that is converted to text is Base64. `$input.json(…)` and `$input.path(…)` find nothing in it, and the back end gets an empty request.',
  fix: {
    library:
      'Set `binaryMediaTypes` that do not match the type of the template, or decode the body in the template, with ' +
      'base64Decode and then parseJson of $util.',
    l2:
      'Set `binaryMediaTypes` on the `RestApi` that do not match the type of the template, or decode the body in the ' +
      'template, with base64Decode and then parseJson of $util.',
    cloudFormation:
      'Set `BinaryMediaTypes` that do not match the type of the template, or decode the body in the template, with ' +
      'base64Decode and then parseJson of $util.',
  },
  link: guide('api-gateway-payload-encodings-workflow'),
  *check(model) {
    for (const { api, method } of methodsOf(model)) {
      const { integration } = method;
      if (!isKnown(integration) || integration.contentHandling !== 'CONVERT_TO_TEXT') {
        continue;
      }
      for (const [type, template] of Object.entries(knownOr(integration.requestTemplates, {}))) {
        const binary = binaryTypeOf(type, api);
        if (binary !== undefined && READS_JSON.test(outline(template))) {
          yield onMethod(
            method,
            `reads the body as JSON in its template for ${type}, but ${binary} turns it into Base64`,
            integration.location,
          );
          break;
        }
      }
    }
  },
};
