import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

interface SpecResource {
  readonly cloudFormationType: string;
  readonly primaryIdentifier?: readonly string[];
  readonly properties: Readonly<Record<string, { readonly causesReplacement?: 'yes' | 'no' | 'maybe' }>>;
}

let resources: readonly SpecResource[] | undefined;
let byType: ReadonlyMap<string, TypeSpecification> | undefined;

/** What tells resources of a type apart, and what makes a new one. */
export interface TypeSpecification {
  /** Properties that are the id together; empty where the service makes the id, or a part of it. */
  readonly identifier: readonly string[];
  /** Properties that name a resource: the identifier, else the own name where another one is another resource. */
  readonly names: readonly string[];
  /** Properties whose change is a replacement for sure. */
  readonly replacing: readonly string[];
}

/** A type by the database that `cdk diff` reads; nothing where it is not in it. */
export function specificationOf(type: string): TypeSpecification | undefined {
  byType ??= new Map((resources ??= read()).map((it) => [it.cloudFormationType, specified(it)]));
  return byType.get(type);
}

function specified({ cloudFormationType, primaryIdentifier = [], properties }: SpecResource): TypeSpecification {
  const replacing = Object.keys(properties).filter((name) => properties[name].causesReplacement === 'yes');
  const identifier = primaryIdentifier.every((name) => name in properties) ? primaryIdentifier : [];
  const own = [`${cloudFormationType.split('::')[2]}Name`, 'Name'].filter((name) => replacing.includes(name));
  return { identifier, names: identifier.length > 0 ? identifier : own.slice(0, 1), replacing };
}

/** Properties of a type whose change replaces the resource, or may: by the database that `cdk diff` reads. */
export function replacingProperties(type: string): readonly string[] {
  resources ??= read();
  const resource = resources.find(({ cloudFormationType }) => cloudFormationType === type);
  if (!resource) throw new Error(`the specification has no ${type}`);
  return Object.entries(resource.properties)
    .filter(([, { causesReplacement = 'no' }]) => causesReplacement !== 'no')
    .map(([name]) => name);
}

function read(): readonly SpecResource[] {
  const file = join(dirname(require.resolve('aws-cdk/package.json')), 'db.json.gz');
  const { schema } = JSON.parse(gunzipSync(readFileSync(file)).toString()) as {
    schema: { resource: { entities: SpecResource[] } };
  };
  return schema.resource.entities;
}
