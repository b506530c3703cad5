import { type Cell, table } from '../runtime/cli/table';
import { type CheckRuns } from './checks/run';
import { type Parts } from './parts';
import { type Run } from './run';
import { type VariantName } from './variants';

/** The runs of one variant and one number of routes, as medians. */
export interface Summary extends Omit<Run, 'processCpuMs' | 'synthCpuMs'> {
  readonly runs: number;
  readonly processCpuMs: number;
  /** The lowest and the highest. */
  readonly processRange: readonly [number, number];
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
    const key = `${run.routes} ${run.variant} ${run.library ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), run]);
  }
  return [...groups.values()].map((group) => {
    const synth = group.map((run) => run.synthCpuMs);
    const whole = group.map((run) => run.processCpuMs);
    const { parts } = group[0];
    return {
      ...group[0],
      peakMb: quantile(
        group.map((run) => run.peakMb),
        0.5,
      ),
      runs: group.length,
      processCpuMs: quantile(whole, 0.5),
      processRange: [quantile(whole, 0), quantile(whole, 1)],
      ...(parts && { parts: mediansOf(group.flatMap((run) => run.parts ?? [])) }),
      synthCpuMs: quantile(synth, 0.5),
      synthCpuSpreadMs: (quantile(synth, 0.75) - quantile(synth, 0.25)) / 2,
    };
  });
}

const mediansOf = (all: readonly Parts[]): Parts => {
  const median = (part: keyof Parts) =>
    quantile(
      all.map((parts) => parts[part]),
      0.5,
    );
  return { rendering: median('rendering'), reading: median('reading'), rules: median('rules') };
};

/** One line for each variant and number of routes, with its cost relative to the floor and to the L2. */
export function comparison(summaries: readonly Summary[]): string {
  const head = ['routes', 'variant', 'resources', 'bytes', 'minified', 'synth CPU ms', '±', '÷ floor', '÷ L2'];
  const find = (routes: number, variant: VariantName | undefined) =>
    summaries.find((one) => one.routes === routes && one.variant === variant && one.library === undefined);
  const isCompared = summaries.some(({ library }) => library !== undefined);
  const rows = summaries.map((summary) => {
    const { routes, variant, library, processCpuMs, processRange } = summary;
    const [floor, l2, own] = [floorOf(variant), l2Of(variant), library === undefined ? undefined : variant].map((of) =>
      find(routes, of),
    );
    return [
      routes,
      library === undefined ? variant : `${variant} of ${library}`,
      summary.resources,
      summary.bytes,
      summary.minifiedBytes,
      summary.synthCpuMs.toFixed(0),
      summary.synthCpuSpreadMs.toFixed(0),
      ratio(summary.synthCpuMs, floor?.synthCpuMs),
      ratio(summary.synthCpuMs, l2?.synthCpuMs),
      processCpuMs.toFixed(0),
      processRange.map((value) => value.toFixed(0)).join('–'),
      ratio(processCpuMs, floor?.processCpuMs),
      ratio(processCpuMs, l2?.processCpuMs),
      summary.peakMb.toFixed(0),
      ...(isCompared ? [own ? ratio(own.processCpuMs, processCpuMs) : ''] : []),
      summary.findings ?? '',
    ];
  });
  const process = ['process CPU ms', 'from–to', '÷ floor', '÷ L2', 'peak MB', ...(isCompared ? ['ours ÷ this'] : [])];
  return numbers([...head, ...process, 'findings'], rows);
}

/** What rendering the template, reading it back and the rules take of a synth. */
export function partsOf(summaries: readonly Summary[]): string {
  const rows = summaries.map(({ variant, routes, synthCpuMs, parts }) => [
    variant,
    routes,
    synthCpuMs.toFixed(0),
    ...[parts?.rendering, parts?.reading, parts?.rules].map((part) => part?.toFixed(0) ?? ''),
  ]);
  return numbers(['variant', 'routes', 'synth CPU ms', 'rendering', 'reading', 'rules'], rows);
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
