import { Stack } from 'aws-cdk-lib';
import { type IFunction } from 'aws-cdk-lib/aws-lambda';
import { type Construct } from 'constructs';
import { acknowledgeEveryVersion } from '../release/every-version';
import { pinFunction } from '../release/pinned-function';
import { type Owner } from '../authoring/errors';
import {
  type FunctionTarget,
  isInOtherRegion,
  isOfOtherAccount,
  refuseOtherPartition,
  regionOf,
} from '../integrations/function-place';
import { type LambdaPermissions } from '../integrations/lambda-permission';
import { type LateBinding } from '../gateway/late-binding/late-binding';
import { type ServiceRoles } from '../integrations/service-roles';
import { type RouteArn } from '../integrations/source-arn';
import { type RestStageDefinition } from './stage';

/** The role for calls of functions under a stage canary and of functions in other Regions. */
const CALLED = 'Lambda';
const EVERY_VERSION_REASON =
  'The stage has a canary: its stable deployment calls the version of an earlier release, which no template names any more.';

/** The function of an authorizer, as named in the document. */
export interface AuthorizerTarget extends FunctionTarget {
  /** The role for the call; undefined if the function itself permits it. */
  readonly credentials?: string;
}

/** How the functions of one API are named in its document, and what allows the API to call them. */
export class Invocations {
  private readonly stack: Stack;
  /** Whether a role is needed, by function: many routes share one. */
  private readonly checked = new Map<IFunction, boolean>();
  private acknowledged = false;

  constructor(
    gateway: Construct,
    private readonly stages: Readonly<Record<string, RestStageDefinition>>,
    private readonly permissions: LambdaPermissions,
    private readonly roles: ServiceRoles,
    private readonly late: LateBinding,
  ) {
    this.stack = Stack.of(gateway);
  }

  /** @param arn may be that of an alias of the function */
  public targetOf(fn: IFunction, arn: string): FunctionTarget {
    return { region: regionOf(fn, this.stack), arn: this.late.arnOf(arn, 'variable') };
  }

  /** The function of an authorizer, which the API may call from now on. */
  public authorizer(fn: IFunction, owner: Owner): AuthorizerTarget {
    const credentials = this.needsRole(fn, owner) ? this.role([fn.functionArn]) : undefined;
    if (credentials === undefined) this.permissions.grantAuthorizer(fn);
    return { ...this.targetOf(fn, fn.functionArn), credentials };
  }

  /** Allows a route to call the function; returns the role for the call, if there is one. */
  public route(fn: IFunction, stage: string | undefined, arn: RouteArn, owner: Owner): string | undefined {
    const needsRole = this.needsRole(fn, owner);
    const isSplit = Object.values(this.stages).some(({ canary }) => canary !== undefined);
    if (!isSplit) {
      if (needsRole) return this.role([fn.functionArn]);
      this.permissions.grantRoute(fn, arn, stage === undefined ? undefined : this.stages[stage]);
      return undefined;
    }
    if (stage !== undefined) {
      throw owner.error(
        'a stage has a canary, but lambdaByStage reads a variable that both deployments share; write RestIntegration.lambda(fn.currentVersion)',
      );
    }
    // A role instead of a permission on each version: permissions of versions that left the template are removed.
    const { resources, permitted } = pinFunction(fn, owner);
    if (!isInOtherRegion(fn, this.stack)) permitted.forEach((each) => this.permissions.grantRoute(each, arn));
    if (!this.acknowledged) acknowledgeEveryVersion(this.roles, `${CALLED}-Policy`, EVERY_VERSION_REASON);
    this.acknowledged = true;
    return this.role(resources);
  }

  /**
   * A permission must be in the Region of the function, where this stack creates none; a role works in all Regions.
   *
   * @throws if the function is in another partition
   */
  private needsRole(fn: IFunction, owner: Owner): boolean {
    const known = this.checked.get(fn);
    if (known !== undefined) return known;
    refuseOtherPartition(fn, this.stack, owner);
    const needsRole = isInOtherRegion(fn, this.stack) && !isOfOtherAccount(fn, this.stack);
    this.checked.set(fn, needsRole);
    return needsRole;
  }

  private role(resources: readonly string[]): string {
    return this.roles.grant(CALLED, [{ actions: ['lambda:InvokeFunction'], resources }]);
  }
}
