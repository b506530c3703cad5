import { FORMS } from '../../bench/checks/forms';
import { textOf } from '../../bench/checks/measure';
import { runRules } from '../../lib/checks/run';
import { type AnyRoute } from '../../lib/template/model/model';
import { readModel } from '../../lib/template/reader/read';
import { type CfnTemplate } from '../../lib/template/reader/source';
import { isKnown } from '../../lib/template/model/value';

function modelOf(text: string) {
  return readModel([{ file: 'bench.template.json', template: JSON.parse(text) as CfnTemplate, bytes: text.length }]);
}

describe.each(FORMS)('the template %s of the benchmark of the checks', (form) => {
  test('has as many routes as it says, each with an integration and a permission for it', () => {
    const { restApis, httpApis, webSocketApis, permissions } = modelOf(textOf(form, 30));
    const all: readonly AnyRoute[] = [
      ...restApis.flatMap(({ methods }) => methods),
      ...httpApis.flatMap(({ routes }) => routes),
      ...webSocketApis.flatMap(({ routes }) => routes),
    ];
    const routes = all.filter((route) => !('routeKey' in route) || !String(route.routeKey).startsWith('$'));
    expect(routes).toHaveLength(30);
    expect(routes.every(({ integration }) => isKnown(integration) && integration.lambda?.function)).toBe(true);
    expect(permissions.length).toBeGreaterThan(30);
  });

  test('has nothing to find that grows with the routes, and no error', () => {
    const findings = (routes: number) => runRules(modelOf(textOf(form, routes)));
    const few = findings(30);
    expect(few.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(findings(60).map(({ id }) => id)).toEqual(few.map(({ id }) => id));
  });
});
