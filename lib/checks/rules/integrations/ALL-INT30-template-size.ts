import { MAPPING_TEMPLATE_MAX_BYTES } from '../../../facts/quotas';
import { type AnyRoute } from '../../../template/model/model';
import { keyWithReferencesAs, textKey, type Texts } from '../../../template/model/text';
import { isKnown, knownOr, type Value } from '../../../template/model/value';
import { type Rule, type Violation } from '../../rule';
import { guide, onRoute } from '../../queries/common';
import { allRoutesOf } from '../../queries/v2';

/** The size in bytes of the first template that is too large. */
const tooLarge = (templates: Value<Texts>): number | undefined =>
  Object.values(knownOr(templates, {}))
    .map((text) => Buffer.byteLength(keyWithReferencesAs('', textKey(text))))
    .find((bytes) => bytes > MAPPING_TEMPLATE_MAX_BYTES);

const textOf = (what: string, bytes: number): string =>
  `has a ${what} template of ${bytes} bytes; the quota is ${MAPPING_TEMPLATE_MAX_BYTES}`;

function* templatesOf(route: AnyRoute): Iterable<Violation> {
  const { integration } = route;
  if (!isKnown(integration)) {
    return;
  }
  const request = tooLarge(integration.requestTemplates);
  if (request !== undefined) {
    yield onRoute(route, textOf('request', request), integration.location);
  }
  for (const response of integration.responses) {
    const bytes = tooLarge(response.templates);
    if (bytes !== undefined) {
      yield onRoute(route, textOf('response', bytes), response.location);
    }
  }
}

export const rule: Rule = {
  id: 'ALL-INT30',
  appliesTo: ['rest', 'websocket'],
  severity: 'error',
  title: 'A mapping template has at most 300 KB',
  why: 'API Gateway rejects a larger one, and the stack rolls back. The quota cannot be raised.',
  fix: {
    library:
      'Make the template of the integration or of `gatewayResponses` shorter, or let a Lambda function do its work.',
    l2:
      'Make the template in `requestTemplates`, `responseTemplates` or `addGatewayResponse(…)` shorter, or let a Lambda ' +
      'function do its work.',
    cloudFormation:
      'Make the template in `RequestTemplates` or `ResponseTemplates` shorter, or let a Lambda function do its work.',
  },
  link: guide('api-gateway-execution-service-limits-table'),
  *check(model) {
    for (const { route } of allRoutesOf(model)) {
      yield* templatesOf(route);
    }
    for (const response of model.restApis.flatMap((api) => api.gatewayResponses)) {
      const bytes = tooLarge(response.templates);
      if (bytes !== undefined) {
        const { location } = response;
        const type = knownOr(response.responseType, location.logicalId);
        yield { location, message: `the gateway response ${type} ${textOf('body', bytes)}`, key: type };
      }
    }
  },
};
