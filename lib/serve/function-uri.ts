import { type LambdaTarget } from '../template/model/common';
import { type Environment } from './environment';

/** Which function a URI names, with version or alias. */
export interface FunctionName {
  readonly functionId?: string;
  readonly target: string;
  readonly qualifier?: string;
}

/** What {@link functionCall} finds for the variables of a stage; only once if the URI has none. */
export function functionNamer(
  uri: string,
  target: LambdaTarget | undefined,
  environment: Environment,
): (variables: Readonly<Record<string, string>>) => FunctionName {
  const varies = (text: string): boolean => text.includes('${stageVariables.');
  let found: FunctionName | undefined;
  return (variables) => {
    if (found) return found;
    const name = functionCall(uri, target, environment, variables);
    const { qualifier } = target ?? {};
    if (!varies(uri) && (qualifier === undefined || !varies(environment.text(qualifier)))) found = name;
    return name;
  };
}

/** Stage variables in a text: `${stageVariables.x}`; those that are not there are nothing. */
export const withStageVariables = (text: string, variables: Readonly<Record<string, string>>): string =>
  text.replace(/\$\{stageVariables\.([\w-]+)\}/g, (_, name: string) =>
    Object.hasOwn(variables, name) ? variables[name] : '',
  );

/** The function of a URI `…:lambda:path/2015-03-31/functions/<ARN>/invocations`, or of an ARN. */
export function functionCall(
  uri: string,
  target: LambdaTarget | undefined,
  environment: Environment,
  variables: Readonly<Record<string, string>>,
): FunctionName {
  const written = /^[^/]*\/[^/]*\/functions\/(.+)\/[a-z-]*invocations$/s.exec(uri)?.[1] ?? uri;
  const arn = withStageVariables(written, variables);
  const [, , service, , , , , qualifier] = arn.split(':');
  const ofTarget =
    target?.qualifier === undefined ? undefined : withStageVariables(environment.text(target.qualifier), variables);
  const chosen = service === 'lambda' ? (qualifier ?? ofTarget) : ofTarget;
  return {
    ...(target?.function ? { functionId: environment.nameOf(target.function) } : {}),
    target: arn,
    ...(chosen === undefined || chosen === '' ? {} : { qualifier: chosen }),
  };
}
