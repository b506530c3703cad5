import { runRules } from '../../lib/checks/run';
import { readModel } from '../../lib/template/reader/read';
import { placesIn, swapped } from '../support/places';
import { samCases } from '../template/sam/cases';
import { BASES, resourcesOf } from './corpus/bases';
import { source } from './support';

/** What only the deployment knows: whether a property is there, and what it is. */
const hidden = (value: unknown): [string, unknown][] => [
  ['a parameter', { Ref: 'Unknown' }],
  ['a condition', { 'Fn::If': ['Maybe', value, { Ref: 'AWS::NoValue' }] }],
  ['a condition with a parameter', { 'Fn::If': ['Maybe', value, { Ref: 'Unknown' }] }],
];

const SECTIONS = {
  Parameters: { Unknown: { Type: 'String' } },
  Conditions: { Maybe: { 'Fn::Equals': [{ Ref: 'Unknown' }, 'x'] } },
};

type Loose = Record<string, unknown>;

interface Template extends Loose {
  readonly Resources: Readonly<Record<string, { readonly Properties?: unknown }>>;
}

/** Errors and warnings: rule and message. */
function findingsIn(template: Template): [id: string, place: string, message: string][] {
  const sections = Object.entries(SECTIONS).map(([name, more]) => [name, { ...(template[name] as Loose), ...more }]);
  const whole = { ...template, ...(Object.fromEntries(sections) as Loose) };
  return runRules(readModel([source(whole, 'cdk.out/t0.template.json')]))
    .filter(({ severity }) => severity !== 'info')
    .map(({ id, logicalId, path, message }) => [id, `${logicalId} ${path}`, message]);
}

/**
 * What is found once a value is hidden that was not found before.
 * @param isExcepted by the rule and the place that is hidden
 * @param step of the places, which are many
 */
function foundByHiding(
  template: Template,
  isExcepted: (rule: string, place: string) => boolean,
  step: number,
  offset: number,
): string[] {
  const before = findingsIn(template);
  const known = new Set(before.flatMap(([id, place, message]) => [`${id} ${place}`, `${id} ${message}`]));
  const places = Object.entries(template.Resources).flatMap(([id, { Properties }]) =>
    placesIn(Properties)
      .filter((path) => path.length > 0 && !path.some((key) => key === 'Ref' || key.startsWith('Fn::')))
      .map((path) => ['Resources', id, 'Properties', ...path]),
  );
  return places
    .filter((_place, index) => index % step === offset % step)
    .flatMap((place) => {
      const value = place.reduce((held: unknown, key) => (held as Loose)[key], template);
      return hidden(value).flatMap(([name, by]) =>
        findingsIn(swapped(template, place, by) as Template)
          .filter(([id, at, message]) => !known.has(`${id} ${at}`) && !known.has(`${id} ${message}`))
          .filter(([id]) => !isExcepted(id, place.slice(3).join('.')))
          .map(([id, , message]) => `${place.join('.')} by ${name}: ${id} ${message}`),
      );
    });
}

describe('what only the deployment knows is no finding', () => {
  /** The others are those with a domain, in whose bases the API is the same. */
  const bases = BASES.filter((base) => !base.startsWith('domain-') || base === 'domain-mtls-raw');

  test.each(bases.map((base, index) => [base, index] as const))('in %s', (base, index) => {
    const isExcepted = (rule: string, place: string): boolean =>
      // The resource may belong to another API then, which the templates do not hold.
      ['RestApiId', 'ApiId'].includes(place) ||
      // The name of the function is generated: no parameter can name it.
      (rule === 'ALL-AUTH33' && place === 'FunctionName');
    expect(foundByHiding({ Resources: resourcesOf(base) } as Template, isExcepted, 3, index)).toEqual([]);
  });

  test.each(samCases.map(({ name, template }, index) => [name, template, index] as const))(
    'in the SAM template %s',
    (_name, template, index) => {
      const isExcepted = (rule: string, place: string): boolean =>
        // The event may belong to another API then, which the templates do not hold.
        /\.(RestApiId|ApiId)$/.test(place) ||
        // Findings about all of an implicit API are at its first event, which is another one then.
        /^Events(\.|$)/.test(place) ||
        // A domain of another name is another domain, and has none of the settings that a second API gave the first.
        (rule.startsWith('DOM') && place.endsWith('DomainName')) ||
        // Whether the domain of a private API is public is judged by the type of its mapping, which SAM chooses.
        (rule === 'REST-NET7' && place === 'Domain.EndpointConfiguration') ||
        // That who reaches the API can call it holds for every type of endpoint.
        (rule === 'ALL-AUTH1' && place.startsWith('EndpointConfiguration')) ||
        // A copy without the spelling of its numbers, in this test alone.
        rule === 'HTTP-AUTH16';
      expect(foundByHiding(template as Template, isExcepted, 2, index)).toEqual([]);
    },
  );

  test('events of SAM, which decide on routes', () => {
    const event = (Properties: unknown): Loose => ({ Type: 'Api', Properties });
    const found = (Events: unknown): string[] => {
      const Api = { Type: 'AWS::Serverless::Api', Properties: { StageName: 'prod' } };
      const Fn = { Type: 'AWS::Serverless::Function', Properties: { Events } };
      const template = { Transform: 'AWS::Serverless-2016-10-31', Resources: { Api, Fn } };
      return findingsIn(template).map(([id]) => id);
    };
    const route = { RestApiId: { Ref: 'Api' }, Path: '/', Method: 'get' };
    expect(found({})).toContain('REST-DEP3');
    for (const [, by] of hidden(route)) {
      expect(found({ E: event(by) })).not.toContain('REST-DEP3');
      expect(found({ E: by })).not.toContain('REST-DEP3');
      expect(found(by)).not.toContain('REST-DEP3');
      expect(found({ E: event({ ...route, Path: by }) })).not.toContain('REST-DEP3');
    }
  });
});
