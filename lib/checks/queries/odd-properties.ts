import { RESOURCE_PROPERTIES, SPECIFICATION } from '../../facts/resource-properties';
import { nearest } from '../../lookup/nearest';
import { type ApiModel, type OddProperty } from '../../template/model/model';
import { type Violation } from '../rule';
import { listed } from './common';

/** The properties with a fault, of all resources. */
export function* oddProperties(model: ApiModel, fault: OddProperty['fault']): Iterable<OddProperty> {
  for (const { odd } of model.gatewayResources) {
    for (const one of odd) {
      if (one.fault === fault) yield one;
    }
  }
}

/** The reference of all types, with their properties. */
export const TYPE_REFERENCE =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/AWS_ApiGateway.html';

/** What is missing from the specification may be newer than it, unless it is a slip of the pen or belongs to another type. */
export function unknownProperty({ location, name, owner, allowed, isRefused }: OddProperty): Violation {
  const [meant] = nearest(name, allowed);
  const isSlip = meant !== undefined || isOfAnotherType(name);
  const instead = meant === undefined ? `it has ${listed(allowed, 8)} (${SPECIFICATION})` : `did you mean ${meant}?`;
  return {
    location,
    message: `${owner} has no property ${name}; ${instead}`,
    ...(!(isSlip && isRefused) && { severity: 'warning' }),
  };
}

let names: ReadonlySet<string> | undefined;

/** The properties of all types; most templates have none that is odd. */
const allNames = (): ReadonlySet<string> =>
  (names ??= new Set(Object.values(RESOURCE_PROPERTIES).flatMap((fields) => fields.match(/[A-Za-z]\w+/g) ?? [])));

/** Or one that no property has, e.g. with a colon. */
const isOfAnotherType = (name: string): boolean => allNames().has(name) || /\W/.test(name);
