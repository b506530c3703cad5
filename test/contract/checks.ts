import { paths, newApp, synth } from '../checks/plugin-support';
import { anyRoute, type Cases, make, newStack } from './support';

/** Ids of findings of the API or its stages, beside those that an open or unprotected test API has. */
export const checksCases: Cases = {
  'checks: a gateway has no finding, and an override that breaks a rule is found on its construct': (kind) => {
    const good = newApp();
    const made = make(kind, {}, newStack(good));
    for (const key of kind.beside ?? []) made.addRoute(key, anyRoute(kind));
    expect(synth(good).violations).toEqual([]);

    const app = newApp();
    const { gateway } = make(kind, {}, newStack(app));
    const stage = gateway.cfnStage('prod');
    stage.addPropertyDeletionOverride(kind.accessLogProperty);
    const found = synth(app).violations.filter(({ ruleName }) => ruleName === 'ALL-LOG1');
    expect(paths(found)).toEqual([stage.node.path]);
  },
};
