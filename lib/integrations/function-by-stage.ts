import { Aws, Fn, type Stack, Token } from 'aws-cdk-lib';
import { type IAlias, type IFunction, type IVersion } from 'aws-cdk-lib/aws-lambda';
import { STAGE_VARIABLE_NAME } from '../facts/names';
import { suggest } from '../lookup/nearest';
import { type Owner, show } from '../authoring/errors';
import { isInOtherRegion, isOfOtherAccount } from './function-place';
import { at } from '../lookup/named';

/** The requirements of an integration with one function per stage for its gateway. */
export interface FunctionByStageContext {
  readonly owner: Owner;
  readonly stack: Stack;
  readonly route: { readonly key: string };
  /** The keys of the `stages` map. */
  readonly stages: readonly string[];
  /** Grants the route permission to invoke the function from one stage. */
  grantInvoke(fn: IFunction, stage: string): void;
  setStageVariable(stage: string, name: string, value: string): void;
  useStageVariable(name: string): void;
}

/**
 * Sets a stage variable to the function of each stage, grants each function permission for its own stage, and returns the ARN that
 * reads the variable.
 * @throws if a stage has no function, or one in another account or Region
 */
export function functionByStage(
  functions: Readonly<Record<string, IFunction>>,
  options: { readonly variableName?: string },
  context: FunctionByStageContext,
): string {
  const { stack, stages, owner } = context;
  for (const stage of Object.keys(functions)) {
    if (!stages.includes(stage)) {
      throw owner.error(
        `lambdaByStage names the stage "${stage}", which the gateway does not have.${suggest(stage, stages)}`,
      );
    }
  }
  const missing = stages.filter((stage) => at(functions, stage) === undefined);
  if (missing.length > 0) {
    throw owner.error(
      `lambdaByStage has no function for the stage ${missing.map((s) => `"${s}"`).join(', ')}; every stage needs one`,
    );
  }
  const name = options.variableName ?? variableName(context.route.key);
  if (!STAGE_VARIABLE_NAME.test(name)) {
    throw owner.error(`variableName "${name}" must be A-Z a-z 0-9 and _, up to 64 characters`);
  }
  // A stage that comes later has no function, which is found once all are there.
  context.useStageVariable(name);
  for (const stage of stages) {
    const fn = functions[stage];
    if (isOfOtherAccount(fn, stack)) {
      throw owner.error(
        `the function of stage "${stage}" is in account ${fn.env.account}; a stage variable can only refer to functions in the API's account (${stack.account})`,
      );
    }
    if (isInOtherRegion(fn, stack)) {
      throw owner.error(
        `the function of stage "${stage}" is in ${fn.env.region}; a stage variable can only refer to functions in the API's Region (${stack.region}): ` +
          'pass a function in that Region, or use lambda(fn) on a gateway for each environment',
      );
    }
    context.setStageVariable(stage, name, qualifiedName(fn, owner.part(`stage "${stage}"`)));
    context.grantInvoke(fn, stage);
  }
  return `arn:${Aws.PARTITION}:lambda:${stack.region}:${stack.account}:function:\${stageVariables.${name}}`;
}

/** The name as in an ARN, with the alias or the version of an imported function: `orders`, `orders:live`. */
function qualifiedName(fn: IFunction, owner: Owner): string {
  // A function of this app, or one imported as an alias or a version, has it as an attribute.
  const { version, aliasName } = fn as Partial<IVersion & IAlias>;
  if (fn.node.defaultChild !== undefined || version !== undefined || aliasName !== undefined) return fn.functionName;
  const arn = fn.functionArn;
  const name = arn.split(FUNCTION)[1] as string | undefined;
  if (name !== undefined && name !== '') return name;
  // Only the deployment knows the rest, and the variable accepts all of it.
  if (Token.isUnresolved(arn)) return Fn.select(1, Fn.split(FUNCTION, arn));
  throw owner.error(
    `${show(arn)} is not the ARN of a function; the format is arn:aws:lambda:<region>:<account>:function:<name>`,
  );
}

const FUNCTION = ':function:';

/** `lambda_GET_orders_id` for `GET /orders/{id}`. */
function variableName(routeKey: string): string {
  return `lambda_${routeKey}`
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/_$/, '')
    .slice(0, 64);
}
