import { App } from 'aws-cdk-lib';
import { EXAMPLES } from '../../examples/examples';
import { refusals } from '../support/service-models';

test.each(Object.keys(EXAMPLES))('%s has nothing that a service refuses', (name) => {
  const app = new App();
  EXAMPLES[name](app);
  for (const { template, stackName } of app.synth().stacks) expect(refusals(template, stackName)).toEqual([]);
});
