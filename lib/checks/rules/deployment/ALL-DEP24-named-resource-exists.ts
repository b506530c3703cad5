import { type NamedKind } from '../../../template/model/references';
import { type Rule } from '../../rule';
import { guide, listed, methodsOf, onMethod, resourceKey } from '../../queries/common';
import { allApisOf } from '../../queries/v2';

/** A stage may be created by something else, unless the templates create some; a document may define the others itself. */
const isExpected = (kind: NamedKind, others: readonly string[], isSilent: boolean): boolean =>
  kind === 'stage' ? others.length > 0 : !isSilent;

export const rule: Rule = {
  id: 'ALL-DEP24',
  appliesTo: ['rest', 'http', 'websocket', 'domain'],
  severity: 'warning',
  title: 'A stage, model, validator or documentation version that a name refers to exists',
  why: 'API Gateway looks for the name in the API and rejects one that is not there: "API Stage not found", "Invalid stage identifier specified" or "Invalid model identifier specified". The name is right only if something outside the templates creates it.',
  fix: {
    library: 'Use `usagePlans`, `domain`, `webAcl` and `documentationVersion` of the gateway, which use its own names.',
    l2: 'Pass the stage itself (`api.deploymentStage`) and the `Model` itself.',
    cloudFormation: 'Write `!Ref` of the stage, the model or the documentation version instead of its name.',
  },
  link: guide('api-gateway-api-usage-plans'),
  *check(model) {
    // A document may define what is named; that an HTTP API has no request models is a finding of ALL-DEP26.
    const silent = new Set(
      allApisOf(model).flatMap(({ kind, imported, location }) =>
        imported || kind === 'http' ? [resourceKey(location)] : [],
      ),
    );
    for (const { api, method } of methodsOf(model)) {
      if (method.missingValidator !== undefined) {
        yield onMethod(
          method,
          `names the request validator "${method.missingValidator}", which ${api.location.logicalId} does not have`,
        );
      }
    }
    for (const { kind, name, api, others, location } of model.namedResources) {
      if (others && api && isExpected(kind, others, silent.has(resourceKey(api)))) {
        const instead = others.length > 0 ? `; the templates define ${listed(others)}` : '';
        yield {
          location,
          message: `${location.logicalId} names the ${kind} "${name}", which ${api.logicalId} does not have${instead}`,
        };
      }
    }
  },
};
