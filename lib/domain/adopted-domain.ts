import { type AdoptedPart } from '../authoring/adoption';
import { type Owner, show } from '../authoring/errors';
import { type ApiDomainAdoptOptions } from './adopt-options';
import { ApiDomainEndpointType } from './domain-props';

/** Id of the construct of a mapping. */
export const mappingId = (path: string): string => `${MAPPING}${pathIn(path)}`;

const MAPPING = 'Mapping-';
const pathIn = (path: string): string => (path === '' ? 'root' : path.replaceAll('/', '|'));
const FORM = 'a path that is mapped, "" for the whole name';

export const domainParts = (options: ApiDomainAdoptOptions): AdoptedPart[] => [
  { option: 'domainName', id: 'Resource', given: options.domainName },
  { option: 'certificate', id: 'Certificate', given: options.certificate },
  { option: 'records', id: 'Record', given: options.records },
  { option: 'mappings', id: MAPPING, given: options.mappings, nameIn: pathIn, form: FORM },
  { option: 'basePathMappings', id: MAPPING, given: options.basePathMappings, nameIn: pathIn, form: FORM },
];

/** @throws if a path cannot be a base path mapping of the domain, or is adopted twice */
export function checkBasePaths(
  { mappings = {}, basePathMappings = {} }: ApiDomainAdoptOptions,
  type: ApiDomainEndpointType,
  owner: Owner,
): void {
  const paths = Object.keys(basePathMappings);
  if (paths.length > 0 && type !== ApiDomainEndpointType.REGIONAL) {
    throw owner.error(
      `adopt.basePathMappings is for REGIONAL domains, and this one is ${type}, whose mappings have one type; write adopt.mappings`,
    );
  }
  for (const path of paths) {
    if (Object.hasOwn(mappings, path)) {
      throw owner.error(
        `adopt.mappings and adopt.basePathMappings both have the path ${show(path)}, which is mapped once; remove the one of the other type`,
      );
    }
    if (path.includes('/')) {
      throw owner.error(
        `adopt.basePathMappings has the path ${show(path)}, and a base path mapping has one level; write it in adopt.mappings`,
      );
    }
  }
}
