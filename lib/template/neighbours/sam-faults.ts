import { GLOBAL_PROPERTIES, GLOBAL_SECTIONS } from '../../facts/sam-globals';
import { at } from '../../lookup/named';
import { nearest } from '../../lookup/nearest';
import { type SamFault } from '../model/sam';
import { type TemplateSource } from '../reader/source';
import { dict, entriesOf, given, isIntrinsic, type Json } from '../sam/json';
import { eventFaults } from './sam-event-faults';
import { API, definedOf, HTTP_API, SamTemplate } from './sam-template';

type Fault = Omit<SamFault, 'location'> & { readonly path: readonly string[] };

/**
 * What SAM itself refuses: CloudFormation never sees such a template.
 * @see https://github.com/aws/serverless-application-model/tree/v1.110.0/samtranslator
 */
export function readSamFaults(sources: readonly TemplateSource[]): SamFault[] {
  return sources.flatMap(({ file, template }) => {
    const json = dict(template);
    const whole = json && new SamTemplate(json);
    if (!whole?.isPlain) return [];
    const globals = globalFaults(whole.globals).map(({ path: [section, ...path], ...one }) => ({
      ...one,
      location: { template: file, logicalId: 'Globals', path: [section, ...path] },
    }));
    const resources = whole.entries().flatMap(([logicalId, body]) =>
      faultsOf(whole, logicalId, body).map(({ path, ...one }) => ({
        ...one,
        location: { template: file, logicalId, path: ['Properties', ...path] },
      })),
    );
    return [...globals, ...resources];
  });
}

/** What is not near a known name may be newer than the list. */
function globalFaults(globals: Json): Fault[] {
  const unknown = (name: string, known: readonly string[], path: string[], what: string): Fault[] => {
    if (known.includes(name) || name.startsWith('Fn::')) return [];
    const [meant] = nearest(name, known);
    const instead = meant === undefined ? `allowed are ${known.join(', ')}` : `did you mean ${meant}?`;
    return [{ path, message: `${what}; ${instead}`, ...(meant === undefined && { severity: 'warning' as const }) }];
  };
  return Object.entries(globals).flatMap(([section, properties]) => [
    ...unknown(section, GLOBAL_SECTIONS, [section], `Globals has no section ${section}`),
    ...entriesOf(properties).flatMap(([name]) => {
      const known = at(GLOBAL_PROPERTIES, section);
      return known ? unknown(name, known, [section, name], `Globals.${section} takes no ${name}`) : [];
    }),
  ]);
}

function faultsOf(whole: SamTemplate, logicalId: string, body: Json): Fault[] {
  const properties = dict(body.Properties) ?? {};
  switch (body.Type) {
    case API:
      return [...definitionFaults(properties), ...authorizerFaults(properties.Auth, whole.api(logicalId, API).Auth)];
    case HTTP_API:
      return [
        ...definitionFaults(properties),
        ...authorizerFaults(properties.Auth, whole.api(logicalId, HTTP_API).Auth),
      ];
    case 'AWS::Serverless::Function':
    case 'AWS::Serverless::StateMachine':
      return eventFaults(whole, properties.Events);
    default:
      return [];
  }
}

function definitionFaults(properties: Json): Fault[] {
  const isBoth = given(properties.DefinitionUri) !== undefined && given(properties.DefinitionBody) !== undefined;
  const isTold = !isIntrinsic(properties.DefinitionUri) && !isConditional(properties.DefinitionBody);
  return isBoth && isTold ? [{ path: ['DefinitionUri'], message: 'has a DefinitionUri and a DefinitionBody' }] : [];
}

const isConditional = (value: unknown): boolean => isIntrinsic(value) && Object.hasOwn(value, 'Fn::If');

function authorizerFaults(written: unknown, all: unknown): Fault[] {
  const { DefaultAuthorizer: byDefault, Authorizers: authorizers } = dict(all) ?? {};
  const names = entriesOf(authorizers).map(([name]) => name);
  const isMissing =
    typeof byDefault === 'string' && names.length > 0 && ![...names, 'AWS_IAM', 'NONE'].includes(byDefault);
  const missing = isMissing
    ? [{ path: ['Auth', 'DefaultAuthorizer'], message: `has the DefaultAuthorizer ${byDefault}; ${definedOf(names)}` }]
    : [];
  const types = entriesOf(dict(written)?.Authorizers).flatMap(([name, authorizer]) => {
    const type = dict(authorizer)?.FunctionPayloadType;
    return typeof type === 'string' && !['TOKEN', 'REQUEST'].includes(type)
      ? [
          {
            path: ['Auth', 'Authorizers', name, 'FunctionPayloadType'],
            message: `has the FunctionPayloadType "${type}" in its authorizer ${name}, but it must be TOKEN or REQUEST`,
          },
        ]
      : [];
  });
  return [...missing, ...types];
}
