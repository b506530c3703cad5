// One measurement in one process: `run.js <variant> <routes> <outdir> [--parts]`, or `run.js --limit <variant> <outdir>`.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { measureParts, type Parts } from './parts';
import { pathsOf, type Variant } from './variant';
import { load, type VariantName } from './variants';

/** What one process measured. */
export interface Run {
  readonly variant: VariantName;
  readonly routes: number;
  /** User and system time of the whole process, loading the modules included. */
  readonly processCpuMs: number;
  /** The same from the first construct to the end of the synth. */
  readonly synthCpuMs: number;
  /** The most memory that the process had, in megabytes. */
  readonly peakMb: number;
  readonly resources: number;
  /** Of the template as CDK writes it, and without white space. */
  readonly bytes: number;
  readonly minifiedBytes: number;
  /** Errors and warnings that the checks found; none where no checks ran. */
  readonly findings?: number;
  /** The checkout whose library it is; not given for this one. */
  readonly library?: string;
  /** CPU time of parts, if requested. */
  readonly parts?: Parts;
}

const STACK = 'Bench';

function synthesize(variant: Variant, routes: number, outdir: string, limitResources: boolean): void {
  const app = new App({
    outdir,
    // The engine of CloudFormation Validate costs seconds and is the same for all; plugins are not touched by this.
    builtinCloudFormationValidation: false,
    analyticsReporting: false,
    context: {
      // Findings are counted and shown; they must not end the measurement.
      '@aws-cdk/core:failSynthOnValidationErrors': false,
      ...(limitResources ? {} : { '@aws-cdk/core:stackResourceLimit': 0 }),
    },
  });
  variant.build(new Stack(app, STACK), pathsOf(routes));
  app.synth();
}

function measure(name: VariantName, routes: number, outdir: string, apart: boolean): Run {
  const variant = load(name);
  const parts = apart ? measureParts(__dirname) : undefined;
  const before = process.cpuUsage();
  synthesize(variant, routes, outdir, false);
  const synth = process.cpuUsage(before);
  const all = process.cpuUsage();
  const peakMb = process.resourceUsage().maxRSS / 1024;
  const text = readFileSync(join(outdir, `${STACK}.template.json`), 'utf8');
  const template = JSON.parse(text) as { Resources?: object };
  return {
    variant: name,
    routes,
    processCpuMs: (all.user + all.system) / 1000,
    synthCpuMs: (synth.user + synth.system) / 1000,
    peakMb,
    resources: Object.keys(template.Resources ?? {}).length,
    bytes: Buffer.byteLength(text),
    minifiedBytes: Buffer.byteLength(JSON.stringify(template)),
    findings: findingsIn(outdir, name),
    ...(parts && { parts }),
  };
}

/** @throws where the checks of this library should have run and did not: the number would then say too little */
function findingsIn(outdir: string, name: VariantName): number | undefined {
  const file = join(outdir, 'validation-report.json');
  const report = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ValidationReport) : undefined;
  const checks = report?.pluginReports.find(({ pluginName }) => pluginName === 'ApiGateway');
  if (['gateway', 'rich-gateway', 'asset-gateway'].includes(name) && !checks) throw new Error('the checks did not run');
  // Core leaves out a plugin that has nothing to say, acknowledged or not: so it is of the HTTP gateway.
  return checks?.violations.length ?? (name === 'http-gateway' ? 0 : undefined);
}

interface ValidationReport {
  readonly pluginReports: readonly { readonly pluginName: string; readonly violations: readonly unknown[] }[];
}

/** The most routes that CDK still synthesizes into one stack with its own limits in force. */
function limitOf(name: VariantName, outdir: string): number {
  const variant = load(name);
  const fits = (routes: number) => {
    try {
      synthesize(variant, routes, outdir, true);
      return true;
    } catch {
      return false;
    } finally {
      rmSync(outdir, { recursive: true, force: true });
    }
  };
  let [works, fails] = [0, 512];
  while (fails - works > 1) {
    const middle = Math.floor((works + fails) / 2);
    if (fits(middle)) works = middle;
    else fails = middle;
  }
  return works;
}

const [first, second, third, fourth] = process.argv.slice(2);
const result =
  first === '--limit'
    ? limitOf(second as VariantName, third)
    : measure(first as VariantName, Number(second), third, fourth === '--parts');
if (process.send) process.send(result);
else console.log(JSON.stringify(result));
