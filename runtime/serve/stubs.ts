import { isKnown } from '../../lib/template/model/value';
import { type ApiModel } from '../../lib/template/model/model';
import { type LocalFunction } from '../../lib/serve/functions';
import { type ConstructPaths, idOfPath } from './construct-paths';
import { type FunctionStub } from './types';

export type FunctionStubs = Readonly<Record<string, FunctionStub>>;

/** The stubs by the ids of the functions, or by the name that the test gave. @throws Error for names that no function has */
export function stubsById(
  stubs: FunctionStubs,
  functions: readonly LocalFunction[],
  paths: ConstructPaths,
  model: ApiModel,
): FunctionStubs {
  return Object.fromEntries(
    Object.entries(stubs).flatMap(([name, stub]) => {
      const wanted = idOfPath(paths, name);
      // Several templates may have the same logical id, as stages of one app do.
      const ids = functions.filter((fn) => [fn.id, fn.name, fn.logicalId].includes(wanted)).map(({ id }) => id);
      if (ids.length === 0 && (name.includes('/') || !callsOthers(model)))
        throw new Error(unknown(name, functions, paths));
      return (ids.length === 0 ? [wanted] : ids).map((id) => [id, stub]);
    }),
  );
}

function unknown(name: string, functions: readonly LocalFunction[], paths: ConstructPaths): string {
  const pathOf = new Map([...paths].map(([path, id]) => [id, path]));
  const all = functions.map(({ id }) => (pathOf.has(id) ? `${id} (${pathOf.get(id)})` : id)).join(', ') || 'none';
  return `functions: no function has the logical id, name or construct path ${JSON.stringify(name)}; there is ${all}.`;
}

/** Whether an integration or authorizer may call a function that is not in the templates, and so has any name. */
function callsOthers({ restApis, httpApis, webSocketApis }: ApiModel): boolean {
  const integrations = [
    ...restApis.flatMap(({ methods }) => methods.map(({ integration }) => integration)),
    ...[...httpApis, ...webSocketApis].flatMap(({ integrations: all }) => all),
  ];
  const authorizers = [...restApis, ...httpApis, ...webSocketApis].flatMap(({ authorizers: all }) => [...all]);
  const callers = [...integrations, ...authorizers];
  return callers.some((one) => one !== undefined && isKnown(one) && one.lambda !== undefined && !one.lambda.function);
}
