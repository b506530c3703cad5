import { spawnSync } from 'node:child_process';
import { mkdtempSync, openSync, closeSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CHECK_FORMATS } from '../../runtime/cli/io';
import { FORMS } from '../checks/forms';
import { numbers } from '../report';
import { withFindings } from './found';

const COMMANDS = [
  ...CHECK_FORMATS.map((format) => `check --severity info --format ${format}`),
  'routes',
  'routes --format json',
  'advise',
  'openapi',
  'openapi --format yaml',
];

/** What one run of the command took: all its time on the processor, and the most memory that it had at once. */
interface Cost {
  readonly cpuMs: number;
  readonly peakMb: number;
}

/** Runs the bundled command, which tells at its end what it took. */
function costOf(bundle: string, words: readonly string[]): Cost {
  const told = `process.on('exit', () => { const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    require('fs').writeSync(3, JSON.stringify({ cpuMs: (userCPUTime + systemCPUTime) / 1000, peakMb: maxRSS / 1024 })); });`;
  const nothing = openSync('/dev/null', 'w');
  const script = `${told} process.argv.splice(1, 0, ${JSON.stringify(bundle)}); require(${JSON.stringify(bundle)});`;
  const { output, status } = spawnSync(process.execPath, ['-e', script, '--', ...words], {
    stdio: ['ignore', nothing, 'pipe', 'pipe'],
  });
  closeSync(nothing);
  if (status !== 0 && status !== 1)
    throw new Error(`apigw ${words.join(' ')} ended with ${status}: ${String(output[2])}`);
  return JSON.parse(String(output[3])) as Cost;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** Every command and format on templates whose every route has findings, at three sizes. */
export function commands(bundle: string, sizes: readonly number[], runs: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'bench-cli-'));
  try {
    const rows: (string | number)[][] = [];
    for (const form of FORMS) {
      const files = sizes.map((size) => {
        const file = join(folder, `${form}-${size}.json`);
        writeFileSync(file, JSON.stringify(withFindings(form, size)));
        return file;
      });
      for (const command of COMMANDS.filter((one) => form !== 'websocket' || !one.startsWith('openapi'))) {
        const costs = files.map((file) =>
          Array.from({ length: runs }, () => costOf(bundle, [...command.split(' '), file])),
        );
        const cpu = costs.map((all) => median(all.map(({ cpuMs }) => cpuMs)));
        const peak = costs.map((all) => median(all.map(({ peakMb }) => peakMb)));
        rows.push([
          form,
          command,
          ...cpu.map((one) => one.toFixed(0)),
          (cpu[2] / cpu[1]).toFixed(1),
          ...peak.map((one) => one.toFixed(0)),
        ]);
      }
    }
    const [, many, most] = sizes;
    const head = ['form', 'command', ...sizes.map((size) => `ms at ${size}`), `${most} ÷ ${many}`];
    return numbers([...head, ...sizes.map((size) => `MB at ${size}`)], rows);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
