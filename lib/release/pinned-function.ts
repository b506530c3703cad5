import { CfnDeletionPolicy, type CfnResource, Fn, Token } from 'aws-cdk-lib';
import { type IAlias, type IFunction, type IVersion } from 'aws-cdk-lib/aws-lambda';
import { type Owner } from '../authoring/errors';
import { keepAlways } from '../authoring/removal';

const LATEST = '$LATEST';
const UNQUALIFIED_PARTS = 7;

/** A function behind a stage canary. */
export interface PinnedFunction {
  /** The resources for the role's permissions: every version, since the stable deployment calls that of an earlier release. */
  readonly resources: readonly string[];
  /**
   * The resources for resource-based permissions: a deployment from before the canary calls the function without a role, and is stable
   * until the first promotion.
   */
  readonly permitted: readonly IFunction[];
}

/**
 * Retains the version of a function behind a stage canary.
 * @throws if the function is not a version, or its version would be deleted with the next release
 */
export function pinFunction(fn: IFunction, owner: Owner): PinnedFunction {
  const { version, lambda, aliasName } = fn as Partial<IVersion & IAlias>;
  if (aliasName !== undefined) {
    throw owner.error(
      'a stage has a canary, and an alias changes for the callers of both deployments at once; use a version, fn.currentVersion',
    );
  }
  if (version !== undefined && lambda !== undefined) {
    if (version === LATEST) throw unversioned(owner);
    retain(fn, owner);
    const permitted = [lambda, fn].filter(isMade);
    return { resources: [`${functionArnOf(lambda)}:*`], permitted };
  }
  const qualifier = Token.isUnresolved(fn.functionArn) ? undefined : fn.functionArn.split(':')[UNQUALIFIED_PARTS];
  const isUnknown = Token.isUnresolved(fn.functionArn) && !isMade(fn);
  if (!isUnknown && (qualifier === undefined || !/^\d+$/.test(qualifier))) throw unversioned(owner);
  // If only the deployment knows the kind, the function itself is allowed as well.
  const arn = functionArnOf(fn);
  return { resources: isUnknown ? [arn, `${arn}:*`] : [`${arn}:*`], permitted: [] };
}

const isMade = (fn: IFunction): boolean => fn.node.defaultChild !== undefined;

function unversioned(owner: Owner): Error {
  return owner.error(
    'a stage has a canary, and code without a version changes for the callers of both deployments at once; use a version, fn.currentVersion',
  );
}

/** The ARN without version or alias. */
function functionArnOf(fn: IFunction): string {
  const arn = fn.functionArn;
  if (isMade(fn)) return arn;
  const parts = Token.isUnresolved(arn)
    ? Array.from({ length: UNQUALIFIED_PARTS }, (_, index) => Fn.select(index, Fn.split(':', arn)))
    : arn.split(':').slice(0, UNQUALIFIED_PARTS);
  return parts.join(':');
}

/** The stable deployment calls the version after the next release has created another one. */
function retain(version: IFunction, owner: Owner): void {
  const resource = version.node.defaultChild as CfnResource | undefined;
  if (!resource) return;
  const { deletionPolicy } = resource.cfnOptions;
  if (deletionPolicy === undefined) return keepAlways(resource, CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE);
  if (deletionPolicy === CfnDeletionPolicy.RETAIN || deletionPolicy === CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE) {
    return keepAlways(resource, deletionPolicy);
  }
  throw owner.error(
    `the version "${version.node.path}" is deleted with the next release, while the stable deployment still calls it; ` +
      'set currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE } on the function',
  );
}
