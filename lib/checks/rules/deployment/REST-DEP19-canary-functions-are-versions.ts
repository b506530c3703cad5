import { type LambdaTarget, type Method, type RestApi } from '../../../template/model/model';
import { isLiteral, textKey } from '../../../template/model/text';
import { isKnown } from '../../../template/model/value';
import { type Rule, type Violation } from '../../rule';
import { guide, listed, routeOf, stageLabel } from '../../queries/common';

/** Why both deployments call the same code; undefined for a version, and if it is unknown. */
function shared({ function: found, text, qualifier }: LambdaTarget): string | undefined {
  if (qualifier === undefined) {
    // The value of a stage variable may be a version.
    const isTold = isLiteral(text) && !text.includes('stageVariables');
    return found !== undefined || isTold ? 'has no version' : undefined;
  }
  if (qualifier === '$LATEST') {
    return 'is the latest code';
  }
  return isLiteral(qualifier) && !qualifier.includes('stageVariables') && !/^\d+$/.test(qualifier)
    ? 'is an alias'
    : undefined;
}

function* check(api: RestApi): Iterable<Violation> {
  const stage = api.stages.find(({ canary, release }) => (canary ?? release) !== undefined);
  if (!stage) {
    return;
  }
  const found = new Map<string, { readonly name: string; readonly why: string; readonly methods: Method[] }>();
  for (const method of api.methods) {
    const lambda = isKnown(method.integration) ? method.integration.lambda : undefined;
    const why = lambda && shared(lambda);
    if (lambda && why !== undefined) {
      const base = lambda.function?.logicalId ?? String(lambda.text);
      const name = lambda.qualifier === undefined ? base : `${base}:${lambda.qualifier}`;
      const key = `${textKey(lambda.text)}:${textKey(lambda.qualifier ?? '')}`;
      const entry = found.get(key) ?? { name, why, methods: [] };
      entry.methods.push(method);
      found.set(key, entry);
    }
  }
  for (const { name, why, methods } of found.values()) {
    yield {
      location: methods[0].location,
      message: `${listed(methods.map(routeOf))} calls ${name}, which ${why}: with the canary of ${stageLabel(stage)}, its code changes for all callers at once`,
      key: name,
    };
  }
}

export const rule: Rule = {
  id: 'REST-DEP19',
  appliesTo: ['rest'],
  severity: 'warning',
  title: 'Functions behind a stage canary are versions',
  why:
    'A canary splits callers between two deployments of the API. Code without a version, or behind an alias, is the ' +
    'same in both: a change reaches all callers at once, and a rollback of the canary does not revert it.',
  fix: {
    library: 'Use versions: `RestIntegration.lambda(fn.currentVersion)`.',
    l2: 'Use versions: `new LambdaIntegration(fn.currentVersion)`, with a `removalPolicy` that retains them in `currentVersionOptions`.',
    cloudFormation:
      'Create an `AWS::Lambda::Version` with `DeletionPolicy: RetainExceptOnCreate` for each release, use its ARN in the `Uri`, and set `Credentials` to a role that may invoke all versions.',
  },
  link: guide('canary-release'),
  *check(model) {
    for (const api of model.restApis) {
      yield* check(api);
    }
  },
};
