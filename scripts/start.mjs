// `npm start`: from a fresh clone to the synthesized quick start, its routes, its size and its findings.
import { bin, installMissing, run } from './install.mjs';

installMissing();
console.log('Compiling …');
run(process.execPath, ['scripts/build-assets.mjs']);
run(bin('jsii'), ['--silence-warnings=reserved-word']);
run(process.execPath, ['scripts/build-shapes.mjs']);
console.log('Synthesizing the quick start (examples/quickstart/stack.ts) …\n');
run(bin('cdk'), ['synth', '--quiet', '-c', 'example=quickstart']);
run(process.execPath, ['assets/cli/apigw.js', 'routes', 'cdk.out']);
console.log('\nFindings');
run(process.execPath, ['assets/cli/apigw.js', 'check', 'cdk.out']);
