import { App } from 'aws-cdk-lib';
import { EXAMPLES } from './examples';

// `cdk synth -c example=orders-rest` picks one; the quick start is the default.
const app = new App();
const wanted = String(app.node.tryGetContext('example') ?? 'quickstart');
const build = EXAMPLES[wanted];
if (!build) {
  throw new Error(`There is no example "${wanted}"; there are: ${Object.keys(EXAMPLES).join(', ')}.`);
}
build(app);
