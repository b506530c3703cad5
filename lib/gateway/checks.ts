import { type Owner } from '../authoring/errors';
import { type SplicedBody } from '../document/spliced-body';
import { BODY_MAX_BYTES, STAGE_VARIABLES_PER_STAGE } from '../facts/quotas';
import { suggest } from '../lookup/nearest';
import { type DefinitionAsset } from './definition-asset';
import { type RouteBinder } from './route-binder';
import { type KeyedRoute } from './routes';
import { type StageDefinition } from './stage';

/** A gateway whose routes are complete. */
export interface FinishedGateway {
  readonly owner: Owner;
  readonly stages: Readonly<Record<string, StageDefinition>>;
  readonly routes: readonly KeyedRoute[];
  readonly binder: RouteBinder;
}

/** What must hold between stages and routes, once all routes are there; returns the errors. */
export function checkStages({ owner, stages, routes, binder }: FinishedGateway): string[] {
  const keys = routes.map(({ route }) => route.key);
  return Object.values(stages).flatMap((stage) => {
    const errors: string[] = [];
    const report = (message: string) => errors.push(owner.part(`stage "${stage.key}"`).error(message).message);
    for (const route of Object.keys(stage.routes)) {
      if (!keys.includes(route))
        report(`routes has "${route}", which is not a route of the gateway.${suggest(route, keys)}`);
    }
    const variables = binder.variablesOf(stage);
    const names = Object.keys(variables);
    for (const [name, route] of binder.usedVariables) {
      if (!Object.hasOwn(variables, name)) {
        const hint = names.length > 0 ? suggest(name, names) : ` Set it: variables: { ${name}: "…" }`;
        report(`has no variable "${name}", which route "${route}" reads.${hint}`);
      }
    }
    if (names.length > STAGE_VARIABLES_PER_STAGE) {
      report(
        `has ${names.length} variables, including those of lambdaByStage; a stage can have ${STAGE_VARIABLES_PER_STAGE}`,
      );
    }
    return errors;
  });
}

/** Of APIs whose routes are in a document. */
export function checkBodySize(body: SplicedBody, owner: Owner, asset: DefinitionAsset | undefined): string[] {
  if (asset || body.size <= BODY_MAX_BYTES) return [];
  return [
    owner.error(
      `the OpenAPI document is ${Math.round(body.size / 1000)} KB, and a template takes 1000 KB in all; set definitionAsAsset: true, ` +
        'which adds a function that stores the document for API Gateway, or join routes with one back end into "ANY /…/{proxy+}"',
    ).message,
  ];
}
