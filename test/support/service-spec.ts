import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';

interface SpecResource {
  readonly cloudFormationType: string;
  readonly properties: Readonly<Record<string, { readonly causesReplacement?: 'yes' | 'no' | 'maybe' }>>;
}

let resources: readonly SpecResource[] | undefined;

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
