import { type Form } from '../checks/forms';
import { resourcesOf } from '../checks/measure';
import { type Resources } from '../checks/parts';

interface Resource {
  readonly Type: string;
  readonly Properties: Record<string, unknown>;
}

/** A template of the form in which each route has findings: nobody is asked who they are, and no function may be called. */
export function withFindings(form: Form, routes: number): { readonly Resources: Resources } {
  const resources = Object.entries(resourcesOf(form, routes) as Record<string, Resource>)
    .filter(([, { Type }]) => Type !== 'AWS::Lambda::Permission')
    .map(([logicalId, resource]): [string, Resource] => [logicalId, open(resource)]);
  return { Resources: Object.fromEntries(resources) };
}

function open(resource: Resource): Resource {
  const { Body, AuthorizationType, ...rest } = resource.Properties;
  if (AuthorizationType !== undefined) {
    delete rest.AuthorizerId;
    delete rest.AuthorizationScopes;
    return { ...resource, Properties: { ...rest, AuthorizationType: 'NONE' } };
  }
  // A route of a WebSocket API has nobody to ask: its integration waits for longer than it may.
  if (rest.IntegrationType !== undefined) return { ...resource, Properties: { ...rest, TimeoutInMillis: 40_000 } };
  if (Body === undefined) return resource;
  const without = JSON.stringify(Body, (key, value: unknown) => (key === 'security' ? undefined : value));
  return { ...resource, Properties: { ...rest, Body: JSON.parse(without) as unknown } };
}
