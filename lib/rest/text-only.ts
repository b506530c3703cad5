import { type TextOnly } from './content-handling';
import { type RestIntegrationConfig } from './integration-config';
import { RestPassthroughBehavior } from './integrations/response-options';

/** Payloads that the API's binary types must not turn into bytes, since a template of the integration reads them. */
export function textOnlyOf(config: RestIntegrationConfig): TextOnly[] {
  const types = Object.keys(config.requestTemplates ?? {});
  const passedBeside =
    config.contentHandling === undefined && config.passthroughBehavior === RestPassthroughBehavior.WHEN_NO_MATCH;
  const readsResponse = (config.responses ?? []).some(({ templates = {} }) =>
    Object.values(templates).some((template) => template.includes('$input')),
  );
  return [
    ...(passedBeside && types.length > 0 ? [besideBytes(types)] : []),
    ...(config.textTemplates ? [readBody(types), ...(readsResponse ? [READ_RESPONSE] : [])] : []),
  ];
}

const besideBytes = (types: readonly string[]): TextOnly => ({
  types,
  unknownCounts: true,
  problem: () =>
    'has a template for a type of binaryMediaTypes, and passes other types through: bytes must become Base64 for the template, and stay bytes for the others. ' +
    'Name the binary types one by one, e.g. binaryMediaTypes: ["image/png"], or set contentHandling, which applies to both',
});

const readBody = (types: readonly string[]): TextOnly => ({
  types,
  problem: (type) =>
    `a template reads the body, but binaryMediaTypes of the gateway turns "${type}" into bytes, which no template can read: the response would be a 500. ` +
    'Name the binary types one by one, e.g. binaryMediaTypes: ["image/png"]',
});

/** The types that JSON services respond with, and the others when API Gateway asks them for JSON. */
const READ_RESPONSE: TextOnly = {
  types: ['application/json', 'application/x-amz-json-1.0', 'application/x-amz-json-1.1'],
  problem: (type) =>
    `a template reads the response of the service, but binaryMediaTypes of the gateway turns "${type}" into bytes, which no template can read. ` +
    'Name the binary types one by one, e.g. binaryMediaTypes: ["image/png"]',
};
