import { App, Stack } from 'aws-cdk-lib';
import { runRules } from '../../lib/checks/run';
import { routeOf } from '../../lib/checks/queries/common';
import { allApisOf, routesOfApi } from '../../lib/checks/queries/v2';
import { readAssembly } from '../../lib/template/reader/assembly';
import { readModel } from '../../lib/template/reader/read';

/** The routes that are read in what the stack and those beside it synthesize to, and errors and warnings; hints are for whoever asks. */
export function readL2(build: (stack: Stack) => void): { routes: string; found: string[] } {
  const app = new App();
  build(new Stack(app, 'Stack', { env: { account: '123456789012', region: 'eu-west-1' } }));
  const model = readModel(readAssembly(app.synth().directory));
  return {
    routes: allApisOf(model)
      .flatMap((api) => routesOfApi(api).map(routeOf))
      .sort()
      .join(', '),
    found: runRules(model)
      .filter(({ severity }) => severity !== 'info')
      .map(({ id, logicalId, path, message }) => `${id} ${logicalId} ${path}: ${message}`),
  };
}
