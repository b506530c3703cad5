// `npm run serve`: synthesizes the quick start, and serves it; what follows `--` are options of `apigw serve`.
import { spawn } from 'node:child_process';
import { bin, compileMissing, environment, installMissing, root, run } from './install.mjs';

installMissing();
compileMissing();
const synth = ['synth', '--quiet', '-c', 'example=quickstart'];
console.log('Synthesizing the quick start (examples/quickstart/stack.ts) …\n');
run(bin('cdk'), synth);
const command = [process.execPath, bin('cdk'), ...synth].map((word) => JSON.stringify(word)).join(' ');
const args = ['assets/cli/apigw.js', 'serve', 'cdk.out', '--issuer', 'local', '--synth', command];
const child = spawn(process.execPath, [...args, ...process.argv.slice(2)], {
  ...{ cwd: root, stdio: 'inherit', env: environment() },
});
// The terminal signals both; the command ends in its own way, and its exit code is that of this one.
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('close', (code) => (process.exitCode = code ?? 1));
