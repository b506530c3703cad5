import { type AnyIntegration } from '../../template/model/model';
import { Expression } from '../../template/model/expression';
import { integrationOf } from '../../template/describe/rest';
import { UNKNOWN, type Value } from '../../template/model/value';
import { type Resolved } from '../../template/model/resolved';
import { type Text } from '../../template/model/text';
import { always, breaking, harmless, limit, uncertain } from '../rules';
import { type Shown } from '../trait';
import { type Side, type Traits } from './side';

const BACK_END = always(uncertain('another back end responds'));
const REQUEST = always(uncertain('the back end receives other requests'));
const RESPONSE = always(uncertain('callers may get other responses'));
const TIMEOUT = limit(breaking('requests that take longer now fail'), harmless('slower requests succeed'));

/** The longest time of an integration, which is the default. @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const DEFAULT_TIMEOUT = { rest: 29_000, http: 30_000, websocket: 29_000 };

/** Where requests go, and what becomes of them on the way. */
export function integrationTraits(
  traits: Traits,
  integration: Value<AnyIntegration> | undefined,
  kind: keyof typeof DEFAULT_TIMEOUT,
): void {
  const { side, location } = traits;
  if (integration === undefined) return;
  if (integration === UNKNOWN) {
    traits.add({ name: 'integration', rule: BACK_END, value: side.unknown(location) });
    return;
  }
  traits.add({ name: 'integration', rule: BACK_END, value: targetOf(side, integration) });
  traits.value('timeout in ms', integration.timeoutInMillis, TIMEOUT, DEFAULT_TIMEOUT[kind], integration.location);
  const { requestParameters, requestTemplates, passthroughBehavior, contentHandling } = integration;
  mapped(traits, 'request mapping', REQUEST, integration, [
    requestParameters,
    requestTemplates,
    passthroughBehavior,
    contentHandling,
  ]);
  const responses = integration.responses.map((one) => [
    'selectionPattern' in one ? [one.selectionPattern, one.statusCode] : one.integrationResponseKey,
    [one.parameters, one.templates, one.contentHandling],
  ]);
  const added = 'responseParameters' in integration ? integration.responseParameters : undefined;
  mapped(traits, 'response mapping', RESPONSE, integration, [responses, added]);
}

function mapped(
  traits: Traits,
  name: string,
  rule: typeof REQUEST,
  { location }: AnyIntegration,
  parts: readonly unknown[],
): void {
  const shown = contentOf(traits.side, parts, location);
  if (shown) traits.add({ name, rule, value: shown, location });
}

/** Nothing, if all that is in it is empty. */
function contentOf(side: Side, parts: readonly unknown[], location: AnyIntegration['location']): Shown | undefined {
  let isUnknown = false;
  const printed: string[] = [];
  const plain = (value: unknown): Resolved => {
    if (value === UNKNOWN) isUnknown = true;
    if (value === undefined || value === UNKNOWN) return null;
    if (Array.isArray(value)) return (value as unknown[]).map(plain);
    if (typeof value !== 'object' || value === null || value instanceof Expression) {
      printed.push(String(value));
      return value as Resolved;
    }
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, plain(each)]));
  };
  const content = side.json(parts.map(plain), location);
  if (isUnknown) return { ...content, key: content.key + side.unknown(location).key, text: '(unknown)', isSure: false };
  // A mapping is too long to be shown, but not to be told from another one.
  return printed.length === 0 ? undefined : { ...content, text: `(mapped, ${digestOf(printed.join('\n'))})` };
}

/** Eight letters and digits: FNV-1a. */
function digestOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

/** A version of a function is another one with each change of its code, which the templates do not tell otherwise. */
function targetOf(side: Side, integration: AnyIntegration): Shown {
  const { type, uri, lambda, httpMethod, connectionId, credentials, location } = integration;
  const versions = (text: Text | undefined): Text | undefined =>
    typeof text === 'object' && text.resource && side.model.typeOf(text.resource) === 'AWS::Lambda::Version'
      ? '(version)'
      : text;
  const parts = lambda
    ? [type, lambda.function ?? lambda.text, versions(lambda.qualifier)]
    : [type, 'subtype' in integration ? integration.subtype : undefined, uri, httpMethod, connectionId];
  const shown = integrationOf(
    lambda ? { ...integration, lambda: { ...lambda, qualifier: versions(lambda.qualifier) } } : integration,
  );
  const content = contentOf(side, [...parts, credentials === undefined ? undefined : null], location);
  return { key: content?.key ?? '', text: shown, isSure: content?.isSure ?? true };
}
