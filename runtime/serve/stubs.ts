import { isKnown } from '../../lib/template/model/value';
import { type ApiModel } from '../../lib/template/model/model';
import { type LocalFunction } from '../../lib/serve/functions';
import { type ConstructPaths, idOfPath } from './construct-paths';
import { type FunctionStub } from './types';

export type FunctionStubs = Readonly<Record<string, FunctionStub>>;

/** The stubs by logical id, or by the name that the test gave. @throws Error for names that no function has */
export function stubsById(
  stubs: FunctionStubs,
  functions: readonly LocalFunction[],
  paths: ConstructPaths,
  model: ApiModel,
): FunctionStubs {
  const known = new Set(functions.flatMap(({ id, name }) => [id, name]));
  return Object.fromEntries(
    Object.entries(stubs).map(([name, stub]) => {
      const id = idOfPath(paths, name);
      if (!known.has(id) && (name.includes('/') || !callsOthers(model)))
        throw new Error(unknown(name, functions, paths));
      return [id, stub];
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
