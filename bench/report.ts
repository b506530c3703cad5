import { type Cell, table } from '../runtime/cli/table';
import { type CheckRuns } from './checks/run';
import { type Run } from './run';
import { type VariantName } from './variants';

/** The runs of one variant and one number of routes, as medians. */
export interface Summary extends Omit<Run, 'processCpuMs' | 'synthCpuMs'> {
  readonly runs: number;
  readonly processCpuMs: number;
  readonly synthCpuMs: number;
  /** Half of the distance between the quartiles: how much the runs differ. */
  readonly synthCpuSpreadMs: number;
}

/** What a variant is measured against: the same API written by hand. */
function floorOf(variant: VariantName): VariantName {
  if (variant.startsWith('rich-')) return 'rich-l1-body';
  return variant.startsWith('http-') ? 'http-l1-body' : 'l1-body';
}

/** The L2 of the same kind of API; it stops long before a rich one. */
function l2Of(variant: VariantName): VariantName | undefined {
  if (variant.startsWith('rich-')) return undefined;
  return variant.startsWith('http-') ? 'http-l2' : 'l2';
}

export function summarize(runs: readonly Run[]): Summary[] {
  const groups = new Map<string, Run[]>();
  for (const run of runs) {
    const key = `${run.routes} ${run.variant}`;
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()].map((group) => {
    const synth = group.map((run) => run.synthCpuMs);
    return {
      ...group[0],
      runs: group.length,
      processCpuMs: quantile(
        group.map((run) => run.processCpuMs),
        0.5,
      ),
      synthCpuMs: quantile(synth, 0.5),
      synthCpuSpreadMs: (quantile(synth, 0.75) - quantile(synth, 0.25)) / 2,
    };
  });
}

/** One line for each variant and number of routes, with its cost relative to the floor and to the L2. */
export function comparison(summaries: readonly Summary[]): string {
  const head = ['routes', 'variant', 'resources', 'bytes', 'minified', 'synth CPU ms', '±', 'process CPU ms'];
  const cpu = (routes: number, variant: VariantName | undefined) =>
    summaries.find((summary) => summary.routes === routes && summary.variant === variant)?.synthCpuMs;
  const rows = summaries.map((summary) => [
    summary.routes,
    summary.variant,
    summary.resources,
    summary.bytes,
    summary.minifiedBytes,
    summary.synthCpuMs.toFixed(0),
    summary.synthCpuSpreadMs.toFixed(0),
    summary.processCpuMs.toFixed(0),
    ratio(summary.synthCpuMs, cpu(summary.routes, floorOf(summary.variant))),
    ratio(summary.synthCpuMs, cpu(summary.routes, l2Of(summary.variant))),
    summary.findings ?? '',
  ]);
  return numbers([...head, '÷ floor', '÷ L2', 'findings'], rows);
}

/** What a route costs at each size; it must not rise. */
export function growth(summaries: readonly Summary[]): string {
  const rows = summaries.map((summary, index) => {
    const smaller = index > 0 ? summaries[index - 1] : undefined;
    const further = smaller && (summary.synthCpuMs - smaller.synthCpuMs) / (summary.routes - smaller.routes);
    return [
      summary.variant,
      summary.routes,
      summary.synthCpuMs.toFixed(0),
      (summary.synthCpuMs / summary.routes).toFixed(3),
      further?.toFixed(3) ?? '',
    ];
  });
  return numbers(['variant', 'routes', 'synth CPU ms', 'ms per route', 'ms per further route'], rows);
}

/** What reading and checking takes at each size; ten times the routes may take ten times as long. */
export function scaling(results: readonly CheckRuns[]): string {
  const rows: (string | number)[][] = [];
  let first = 0;
  for (const [index, { form, routes, bytes, cpuMs, findings }] of results.entries()) {
    const median = quantile(cpuMs, 0.5);
    if (results[index - 1]?.form !== form) first = median;
    rows.push([
      form,
      routes,
      Math.round(bytes / 1000),
      median.toFixed(0),
      ((quantile(cpuMs, 0.75) - quantile(cpuMs, 0.25)) / 2).toFixed(0),
      (median / routes).toFixed(3),
      ratio(median, first),
      findings,
    ]);
  }
  return numbers(['form', 'routes', 'KB', 'CPU ms', '±', 'ms per route', '÷ first', 'findings'], rows);
}

/** A table, numbers to the right. */
export function numbers(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const isText = (column: number): boolean => rows.some((row) => /[a-z]/.test(String(row[column])));
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => String(row[column]).length)));
  const cells = (row: readonly (string | number)[]): Cell[] =>
    row.map((value, column) => (isText(column) ? String(value) : String(value).padStart(widths[column])));
  return table({ columns: 200 }, cells(head), rows.map(cells)).trimEnd();
}

function ratio(value: number, base: number | undefined): string {
  return base === undefined ? '' : (value / base).toFixed(2);
}

function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * part;
  const below = Math.floor(position);
  const above = sorted[Math.min(below + 1, sorted.length - 1)];
  return sorted[below] + (above - sorted[below]) * (position - below);
}
