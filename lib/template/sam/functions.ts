import { type Target } from './events';
import { type Expansion, type SamResource, within } from './expansion';
import { att, dict, given, isJson, type Json, ref, text } from './json';

/** Properties of functions and of layers that SAM passes on as they are. */
const PASSED = [
  'Handler',
  'Runtime',
  'PackageType',
  'Environment',
  'Layers',
  'MemorySize',
  'Architectures',
  'ReservedConcurrentExecutions',
  'LoggingConfig',
];

/** What SAM makes of an `AWS::Serverless::Function`, its events apart; and how these name it. */
export function expandFunction(expansion: Expansion, resource: SamResource): Target {
  const { logicalId, properties } = resource;
  expansion.replace(resource, 'AWS::Lambda::Function', {
    FunctionName: properties.FunctionName,
    Timeout: properties.Timeout,
    Code: functionCode(expansion, properties),
    ...Object.fromEntries(PASSED.map((name) => [name, properties[name]])),
    ...(given(properties.Tracing) !== undefined && { TracingConfig: { Mode: properties.Tracing } }),
    Role: given(properties.Role) ?? att(`${logicalId}Role`, 'Arn'),
  });
  if (given(properties.Role) === undefined) {
    addRole(expansion, resource, 'lambda.amazonaws.com');
  }
  const alias = given(properties.AutoPublishAlias);
  if (alias === undefined) {
    return { name: ref(logicalId), arn: `\${${logicalId}.Arn}` };
  }
  const version = `${logicalId}Version`;
  const id = `${logicalId}Alias${(text(alias) ?? '').replaceAll('-', 'D').replaceAll('_', 'U')}`;
  expansion.add(version, 'AWS::Lambda::Version', { FunctionName: ref(logicalId) }, resource);
  expansion.add(
    id,
    'AWS::Lambda::Alias',
    { Name: alias, FunctionName: ref(logicalId), FunctionVersion: att(version, 'Version') },
    resource,
    { place: within(resource, 'AutoPublishAlias') },
  );
  expansion.references.set(`${logicalId}.Alias`, id);
  expansion.references.set(`${logicalId}.Version`, version);
  return { name: ref(id), arn: `\${${id}}` };
}

/** What SAM makes of an `AWS::Serverless::LayerVersion`, but for the hash that it adds to the id. */
export function expandLayer(expansion: Expansion, resource: SamResource): void {
  const { properties, logicalId } = resource;
  expansion.replace(resource, 'AWS::Lambda::LayerVersion', {
    LayerName: given(properties.LayerName) ?? logicalId,
    Content: uploaded(expansion, properties.ContentUri),
    CompatibleRuntimes: properties.CompatibleRuntimes,
  });
}

function functionCode(expansion: Expansion, properties: Json): unknown {
  const { InlineCode: inline, ImageUri: image, CodeUri: uri } = properties;
  if (given(inline) !== undefined) return { ZipFile: inline };
  return given(image) === undefined ? uploaded(expansion, uri) : { ImageUri: image };
}

const OBJECT_IN_S3 = /^s3:\/\/([^/]+)\/([^?]+)/;

/** An object in S3, by its URL or its parts; else the path of what is to be uploaded, as it is written. */
function uploaded(expansion: Expansion, written: unknown): unknown {
  const uri = expansion.told(written);
  const parts = dict(uri);
  const [, bucket, key] = OBJECT_IN_S3.exec(text(uri) ?? '') ?? [];
  if (parts) return { S3Bucket: parts.Bucket, S3Key: parts.Key, S3ObjectVersion: parts.Version };
  return key === undefined ? uri : { S3Bucket: bucket, S3Key: key };
}

/** The role of a function or a state machine, with the policies that are written out next to it. */
export function addRole(expansion: Expansion, resource: SamResource, service: string): void {
  const { logicalId, properties } = resource;
  const written: unknown = properties.Policies;
  const all = Array.isArray(written) ? (written as unknown[]) : [written];
  const id = `${logicalId}Role`;
  const policies: Json[] = [];
  all.forEach((policy, index) => {
    // Names of managed policies and templates of SAM say nothing about API Gateway.
    const document = isJson(policy) && 'Statement' in policy ? dict(policy) : undefined;
    if (!document) return;
    const place = Array.isArray(written) ? within(resource, 'Policies', String(index)) : within(resource, 'Policies');
    const at = ['Properties', 'Policies', String(policies.length), 'PolicyDocument'];
    expansion.written.add(id, at, place);
    policies.push({ PolicyName: `${id}Policy${index}`, PolicyDocument: document });
  });
  expansion.add(
    id,
    'AWS::IAM::Role',
    {
      AssumeRolePolicyDocument: assumedBy(service),
      Policies: policies.length > 0 ? policies : undefined,
    },
    resource,
  );
}

export const assumedBy = (service: string): Json => ({
  Version: '2012-10-17',
  Statement: [{ Action: ['sts:AssumeRole'], Effect: 'Allow', Principal: { Service: [service] } }],
});
