import { type Owner, show } from '../authoring/errors';
import { ShapeCheck } from '../authoring/shapes/check';
import { type ServiceGrant } from '../integrations/service-roles';
import { suggest } from '../lookup/nearest';
import { validateStageVariables } from '../stages/stage-variables';

// What an integration requests from its gateway comes from outside as well, and is checked like all input.

/** @throws if it is not a key of the `stages` map */
export function checkStage(stage: string, stages: Readonly<Record<string, unknown>>, owner: Owner): void {
  if (Object.hasOwn(stages, stage)) return;
  throw owner.error(`there is no stage ${show(stage)}.${suggest(String(stage), Object.keys(stages))}`);
}

/** @throws if no stage can have it */
export function checkVariable(name: string, value: string, owner: Owner): void {
  const part = owner.part('setStageVariable');
  const check = new ShapeCheck(() => part);
  check.parameter({ name: 'name', shape: 'string', optional: false }, name);
  check.parameter({ name: 'value', shape: 'string', optional: false }, value);
  validateStageVariables({ [name]: value }, part);
}

/** @throws if a service is not valid, or a permission is incomplete */
export function checkPermissions(service: string, permissions: readonly ServiceGrant[], owner: Owner): void {
  const part = owner.part('grantService');
  const check = new ShapeCheck(() => part);
  check.parameter({ name: 'service', shape: 'string', optional: false }, service);
  check.parameter({ name: 'permissions', shape: { array: 'ServicePermission' }, optional: false }, permissions);
  if (!/^[a-z][^/]*$/.test(service))
    throw part.error(`service ${show(service)} must be the name in the service's endpoint, e.g. "sns"`);
  for (const { actions, resources } of permissions) {
    if (actions.length === 0 || resources.length === 0)
      throw part.error('a permission needs actions and resources; name at least one of each');
    const wild = actions.find((action) => !/^[a-z0-9-]+:[A-Za-z0-9]+$/.test(action));
    if (wild !== undefined)
      throw part.error(
        `actions has ${show(wild)}; write one action with its service, without wildcards, e.g. "sns:Publish"`,
      );
  }
}
