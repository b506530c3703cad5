// `npm start`: from a fresh clone to the synthesized quick start, its routes, its size and its findings.
import { bin, compile, installMissing, run } from './install.mjs';

installMissing();
compile();
console.log('Synthesizing the quick start (examples/quickstart/stack.ts) …\n');
run(bin('cdk'), ['synth', '--quiet', '-c', 'example=quickstart']);
run(process.execPath, ['assets/cli/apigw.js', 'routes', 'cdk.out']);
console.log('\nFindings');
run(process.execPath, ['assets/cli/apigw.js', 'check', 'cdk.out']);
console.log('\nnpm run serve serves it on this machine. Then: curl -i http://localhost:3000/prod/health');
