import { type Subject, type Trait } from '../diff/trait';
import { type ApiRouteExpectations } from './route-expectations';

/** One expectation that is not met. */
export interface Difference {
  readonly what: string;
  readonly expected: string;
  readonly found: string;
}

const NONE = '(none)';

/** The expectations that the route does not meet. */
export function differences(route: Subject, expected: ApiRouteExpectations): Difference[] {
  const traits = new Map(route.traits.map((trait) => [trait.name, trait]));
  const text = (name: string): string => textOf(traits.get(name));
  const found: Difference[] = [];
  const compare = (what: string, wanted: string | undefined, actual: string): void => {
    if (wanted !== undefined && wanted !== actual) found.push({ what, expected: wanted, found: actual });
  };
  const { authorization, authorizerName, scopes, apiKeyRequired, validatesBody, throttle, timeout } = expected;
  compare('authorization', authorization, text('authorization'));
  compare('authorizerName', authorizerName, text('authorizer'));
  compare('scopes', scopes && listText(scopes), scopesOf(traits.get('scope')));
  compare('apiKeyRequired', asText(apiKeyRequired), text('API key required'));
  compare('validatesBody', asText(validatesBody), String([...traits.keys()].some((name) => name.startsWith('body'))));
  compare('requiredQuery', listOf(expected.requiredQuery), required(route, 'query parameter '));
  compare('requiredHeaders', listOf(expected.requiredHeaders), required(route, 'header '));
  compare('timeout in ms', asText(timeout?.toMilliseconds()), text('timeout in ms'));
  if (throttle) {
    const stages = stagesOf(route).filter((name) => expected.stage === undefined || name === expected.stage);
    if (stages.length === 0) {
      const wanted =
        expected.stage === undefined ? 'a stage with a throttle' : `the stage "${expected.stage}" with a throttle`;
      found.push({ what: 'throttle', expected: wanted, found: NONE });
    }
    for (const stage of stages) {
      compare(`throttle.rateLimit in ${stage}`, asText(throttle.rateLimit), text(`rate limit in ${stage}`));
      compare(`throttle.burstLimit in ${stage}`, asText(throttle.burstLimit), text(`burst limit in ${stage}`));
    }
  }
  const integration = text('integration');
  if (expected.integration !== undefined && !integration.startsWith(expected.integration)) {
    found.push({ what: 'integration', expected: expected.integration, found: integration });
  }
  return found;
}

const asText = (value: number | boolean | undefined): string | undefined =>
  value === undefined ? undefined : String(value);

const listText = (list: readonly string[]): string => (list.length === 0 ? NONE : [...list].sort().join(', '));
const listOf = (list: readonly string[] | undefined): string | undefined => list && listText(list);

const scopesOf = (trait: Trait | undefined): string => (trait?.isDefault ? NONE : textOf(trait));

export function textOf(trait: Trait | undefined): string {
  if (trait?.elements) return listText(trait.elements.map((one) => one.text));
  return trait?.value?.text ?? NONE;
}

function required({ traits }: Subject, prefix: string): string {
  const names = traits.filter(({ name, value }) => name.startsWith(prefix) && value?.text === 'required');
  return listText(names.map(({ name }) => name.slice(prefix.length)));
}

const LIMIT = /^(?:rate|burst) limit in (.*)$/s;

const stagesOf = ({ traits }: Subject): string[] => [
  ...new Set(traits.flatMap(({ name }) => LIMIT.exec(name)?.slice(1) ?? [])),
];
