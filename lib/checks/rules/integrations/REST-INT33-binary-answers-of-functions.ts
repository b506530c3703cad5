import { isKnown, knownOr } from '../../../template/model/value';
import { type Method } from '../../../template/model/model';
import { binaryTypeOf } from '../../queries/binary-types';
import { guide, methodsOf, onMethod } from '../../queries/common';
import { type Rule } from '../../rule';

/** Types whose bytes are no text. */
const BINARY =
  /^(?:(?:image\/(?!svg)|audio\/|video\/|font\/).+|application\/(?:pdf|zip|gzip|octet-stream|x-protobuf|vnd\.(?:ms-|openxmlformats-).+))$/i;

export const rule: Rule = {
  id: 'REST-INT33',
  appliesTo: ['rest'],
  severity: 'info',
  title: 'A REST API passes files of a function on as bytes',
  why:
    'Without `binaryMediaTypes` a REST API takes what a Lambda proxy integration returns and receives for text: a file in Base64 arrives ' +
    'as Base64, and bytes that are not UTF-8 are lost. Adapters of web frameworks rely on it; HTTP APIs need no setting.',
  fix: {
    library:
      "Set `binaryMediaTypes: ['*/*']` of the `RestGateway`. docs/handlers.md shows what adapters need in addition.",
    l2: "Set `binaryMediaTypes: ['*/*']` on the `RestApi`.",
    cloudFormation: "Set `BinaryMediaTypes: ['*/*']` of the API, or the types of the files.",
  },
  link: guide('lambda-proxy-binary-media'),
  *check(model) {
    for (const { api, method } of methodsOf(model)) {
      const { integration } = method;
      if (!isKnown(integration) || integration.type !== 'AWS_PROXY' || !isKnown(api.binaryMediaTypes)) continue;
      const type = fileTypesOf(method).find((one) => binaryTypeOf(one, api) === undefined);
      if (type !== undefined)
        yield onMethod(method, `has ${type} as a content type, but no binary media type of the API covers it`);
    }
  },
};

/** The content types of files that the method declares. */
const fileTypesOf = ({ requestModels, responses }: Method): string[] =>
  [requestModels, ...responses.map(({ responseModels }) => responseModels)]
    .flatMap((models) => Object.keys(knownOr(models, {})))
    .filter((type) => BINARY.test(type));
