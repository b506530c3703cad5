import { Stack } from 'aws-cdk-lib';
import { type Construct } from 'constructs';
import { Owner } from '../authoring/errors';
import { checkedProps } from '../authoring/shapes/guard';
import { registerGateway } from '../checks/registration';
import { type GatewayEndpoints } from '../domain/gateway-endpoints';
import { type GatewayKind, KINDS } from '../facts/kinds';
import { renamedErrors } from '../stages/stage-names';
import { type StageResources } from './stage-resources';

/** A gateway as its last checks see it, whatever its kind. */
export interface GatewayParts {
  readonly owner: Owner;
  readonly stages: Readonly<Record<string, StageResources>>;
  readonly endpoints: GatewayEndpoints;
  /** Grows until the synthesis. */
  readonly routes: readonly unknown[];
  /** The errors of the finished gateway, one without routes too. */
  readonly errors: () => string[];
  /** The tree is finished, and there are routes: records what is known of them, and returns further errors. */
  readonly finish: () => string[];
}

/**
 * Who errors are told in the name of, once the props are checked.
 *
 * @param isSubclass whether props may hold more than the kind has
 */
export function ownerOf(kind: GatewayKind, id: string, props: object, isSubclass: boolean): Owner {
  const { gateway } = KINDS[kind];
  return checkedProps(new Owner(`${gateway} '${id}'`), `${gateway}Props`, props, isSubclass);
}

/** Called last by constructors: what has failed in one is not checked. */
export function checkWhenFinished(gateway: Construct, parts: GatewayParts): void {
  const { owner, stages, endpoints, routes } = parts;
  gateway.node.addValidation({
    validate: () => {
      const errors = [...parts.errors(), ...endpoints.errors(), ...renamedErrors(stages, owner)];
      return routes.length === 0 ? errors : [...errors, ...parts.finish()];
    },
  });
  registerGateway(gateway);
}

/** `arn:…:execute-api:region:account:api`: what the ARNs of an API's stages and routes begin with. */
export function apiArn(scope: Construct, apiId: string): string {
  const { partition, region, account } = Stack.of(scope);
  return `arn:${partition}:execute-api:${region}:${account}:${apiId}`;
}
