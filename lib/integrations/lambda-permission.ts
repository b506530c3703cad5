import { Lazy, Stack, Stage, Token, Validations } from 'aws-cdk-lib';
import { CfnPermission, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { partitionOf } from '../facts/partitions';
import { isInOtherRegion, isOfOtherAccount } from './function-place';
import { covering, patternOf, type RouteArn } from './source-arn';

/** The routes that may invoke a function: those of given stages. */
interface Grant {
  readonly stages: readonly string[] | '*';
  /** Covers all of them. */
  route: RouteArn;
}

/** Functions have both, but they are not part of `IFunction`. */
interface FunctionInternals {
  readonly canCreatePermissions?: boolean;
  readonly _skipPermissions?: boolean;
}

/** Builds the ARNs of one API, e.g. `arn:aws:execute-api:eu-west-1:123456789012:a1b2c3`. */
export interface ExecuteApiArn {
  readonly prefix: string;
  /** The API's stages, for the pattern of a function that all of them invoke. */
  readonly stageNames: () => readonly string[];
}

/**
 * The permissions of one API to invoke functions: one statement per function, in the API's stack, so a function of
 * another stack gets no reference back to the API (which would be a cycle).
 */
export class LambdaPermissions extends Construct {
  private readonly grants = new Map<string, Grant>();
  private readonly ofAuthorizers = new Set<string>();
  /** A path is computed on each access, and many routes share one function. */
  private readonly paths = new Map<IFunction, string>();

  constructor(
    scope: Construct,
    id: string,
    private readonly arn: ExecuteApiArn,
  ) {
    super(scope, id);
  }

  /** Grants a route of the given stages (of all if none is given) permission to invoke the function. */
  public grantRoute(fn: IFunction, route: RouteArn, stage?: { readonly key: string; readonly name: string }): void {
    const path = this.paths.get(fn) ?? fn.node.path;
    this.paths.set(fn, path);
    const key = stage === undefined ? path : `${path}#${stage.key}`;
    const known = this.grants.get(key);
    if (known) {
      known.route = covering(known.route, route);
      return;
    }
    const grant: Grant = { stages: stage === undefined ? '*' : [stage.name], route };
    this.grants.set(key, grant);
    const suffix = stage === undefined ? '' : `@${stage.key}`;
    this.permit(
      fn,
      functionIdOf(this, fn) + suffix,
      Lazy.uncachedString({ produce: () => `${this.arn.prefix}/${this.pattern(grant)}` }),
    );
  }

  /**
   * Grants the API's authorizers permission to invoke the function.
   *
   * @param authorizerId if it can be referred to
   */
  public grantAuthorizer(fn: IFunction, authorizerId = '*'): void {
    const { path } = fn.node;
    if (this.ofAuthorizers.has(path)) return;
    this.ofAuthorizers.add(path);
    // The id of an authorizer that is imported with the Body is unknown before the deployment.
    this.permit(fn, `${functionIdOf(this, fn)}@authorizer`, `${this.arn.prefix}/authorizers/${authorizerId}`);
  }

  private pattern(grant: Grant): string {
    const stages = grant.stages === '*' ? this.arn.stageNames() : grant.stages;
    return `${stages.length === 1 ? stages[0] : '*'}/${patternOf(grant.route)}`;
  }

  private permit(fn: IFunction, id: string, sourceArn: string): void {
    const internals = fn as FunctionInternals;
    const stack = Stack.of(this);
    const isForeign = isOfOtherAccount(fn, stack) || isInOtherRegion(fn, stack);
    if (isForeign || internals.canCreatePermissions === false || internals._skipPermissions) return this.warn(fn, id);
    new CfnPermission(this, id, {
      action: 'lambda:InvokeFunction',
      functionName: fn.functionArn,
      principal: 'apigateway.amazonaws.com',
      sourceArn,
    });
  }

  private warn(fn: IFunction, id: string): void {
    const stack = Stack.of(this);
    const { account, region } = stack;
    const place = isInOtherRegion(fn, stack) ? ` --region ${fn.env.region}` : '';
    const known = (value: string, name: string) => (Token.isUnresolved(value) ? `<${name}>` : value);
    const target = known(fn.functionArn, 'function ARN');
    const source = `arn:${Token.isUnresolved(region) ? '<partition>' : partitionOf(region)}:execute-api:${known(region, 'region')}:${known(account, 'account')}:<api id>/*`;
    Validations.of(this).addWarning(
      `LambdaPermission-${id}`,
      `the function ${target} cannot be granted from here (it is in another account or Region, or its import says so), and API Gateway responds with 500 ` +
        `"Invalid permissions on Lambda function" until its owner runs: aws lambda add-permission${place} --function-name ${target} ` +
        `--statement-id apigateway-${this.node.addr.slice(-8)} --action lambda:InvokeFunction ` +
        `--principal apigateway.amazonaws.com --source-arn "${source}"`,
    );
  }
}

/** A construct id that identifies the function, and does not depend on the order of routes. */
export function functionIdOf(scope: Construct, fn: IFunction): string {
  const anchor = Stack.of(fn) === Stack.of(scope) ? Stack.of(scope) : Stage.of(scope);
  const prefix = anchor?.node.path ? `${anchor.node.path}/` : '';
  const path = fn.node.path.startsWith(prefix) ? fn.node.path.slice(prefix.length) : fn.node.path;
  return path.replaceAll('/', '.');
}
